// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/cell_order.h"

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

namespace {

std::strong_ordering compareIntegers(std::string_view a, std::string_view b)
{
    const bool negative = a.starts_with('-');
    if (negative != b.starts_with('-'))
        return negative ? std::strong_ordering::less : std::strong_ordering::greater;
    const auto magnitude = a.size() != b.size() ? a.size() <=> b.size() : a.compare(b) <=> 0;
    return negative ? 0 <=> magnitude : magnitude;
}

bool isText(ValueKind kind)
{
    return kind == ValueKind::Text || kind == ValueKind::Uuid;
}

} // namespace

std::strong_ordering compareCells(ValueView a, ValueView b)
{
    if (a.kind == ValueKind::Integer && b.kind == ValueKind::Integer)
        return compareIntegers(a.text, b.text);
    if (a.kind == b.kind && a.text == b.text)
        return std::strong_ordering::equal;
    return data::compare(a, b);
}

std::strong_ordering compareSorted(ValueView a, ValueView b, bool descending)
{
    if (a.isNull() || b.isNull())
        return a.isNull() <=> b.isNull();
    return descending ? compareCells(b, a) : compareCells(a, b);
}

bool isSameCell(ValueView a, ValueView b)
{
    if (a.kind == b.kind && a.text == b.text)
        return true;
    if (data::isNumber(a.kind) && data::isNumber(b.kind))
        return data::compareNumbers(a.text, b.text) == 0;
    return isText(a.kind) && isText(b.kind) && a.text == b.text;
}

} // namespace headgate::shape
