// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/row_frame.h"

namespace headgate::shape {

void appendVarint(std::string& out, std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        out += static_cast<char>((value & 0x7F) | 0x80);
    out += static_cast<char>(value);
}

std::optional<std::uint64_t> takeVarint(std::string_view& bytes)
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
        if (byte < 0x80)
            return value;
    }
    return std::nullopt;
}

std::optional<RowFrame> RowFrame::parse(std::string_view bytes)
{
    const auto size = takeVarint(bytes);
    if (!size || *size > bytes.size())
        return std::nullopt;
    const auto length = static_cast<std::size_t>(*size);
    return RowFrame{bytes.substr(0, length), bytes.substr(length)};
}

void RowFrame::append(std::string& out, std::string_view key, std::string_view body)
{
    appendVarint(out, key.size());
    out += key;
    out += body;
}

void appendRowBody(std::string& out, RowHead head, const data::RowBlock& block, std::size_t row)
{
    appendVarint(out, head.model);
    appendVarint(out, head.number);
    for (std::size_t column = 0; column < block.columnCount(); ++column) {
        const data::ValueView cell = block.at(row, column);
        out += static_cast<char>(cell.kind);
        if (cell.isNull())
            continue;
        appendVarint(out, cell.text.size());
        out += cell.text;
    }
}

std::optional<RowHead> takeRowHead(std::string_view& body)
{
    const auto model = takeVarint(body);
    const auto number = model ? takeVarint(body) : std::nullopt;
    if (!number)
        return std::nullopt;
    return RowHead{static_cast<std::uint32_t>(*model), *number};
}

bool appendCells(std::string_view cells, data::RowBlock& into)
{
    for (std::size_t column = 0; column < into.columnCount(); ++column) {
        if (cells.empty() || static_cast<unsigned char>(cells.front()) >
                                 static_cast<unsigned char>(data::ValueKind::Invalid))
            return false;
        const auto kind = static_cast<data::ValueKind>(cells.front());
        cells.remove_prefix(1);
        if (kind == data::ValueKind::Null) {
            into.appendNull();
            continue;
        }
        const auto size = takeVarint(cells);
        if (!size || *size > cells.size())
            return false;
        into.append(kind, cells.substr(0, static_cast<std::size_t>(*size)));
        cells.remove_prefix(static_cast<std::size_t>(*size));
    }
    return cells.empty();
}

} // namespace headgate::shape
