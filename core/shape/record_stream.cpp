// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/record_stream.h"

namespace headgate::shape {

namespace {

void clearValue(data::Value& value)
{
    value.kind = data::ValueKind::Null;
    value.text.clear();
}

} // namespace

void ShapedRecord::clear()
{
    key.clear();
    keyText.clear();
    clearValue(match);
    payload.clear();
    leaves.clear();
    clearValue(eventTime);
    clearValue(cursor);
    rows.clear();
    rowCount = 0;
    filtered = false;
    problems.clear();
}

bool isTaken(RecordSieve* sieve, const ShapedRecord& record)
{
    return sieve && !record.filtered && record.problems.empty() && sieve->takes(record);
}

} // namespace headgate::shape
