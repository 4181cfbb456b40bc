// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/csv_table.h"

namespace headgate::connector {

namespace {

/// Reads one cell and stands behind it; false on a quote out of place.
bool readCsvCell(std::string_view text, std::size_t& at, std::string& cell)
{
    cell.clear();
    if (at >= text.size() || text[at] != '"') {
        const std::size_t end = std::min(text.find_first_of(",\r\n\"", at), text.size());
        cell = text.substr(at, end - at);
        at = end;
        return at == text.size() || text[at] != '"';
    }
    for (++at; at < text.size(); ++at) {
        if (text[at] != '"') {
            cell += text[at];
            continue;
        }
        if (at + 1 >= text.size() || text[at + 1] != '"') {
            ++at;
            return at == text.size() ||
                   std::string_view(",\r\n").find(text[at]) != std::string_view::npos;
        }
        cell += text[at++];
    }
    return false;
}

} // namespace

std::optional<CsvTable> parseCsv(std::string_view text)
{
    CsvTable table;
    std::size_t at = 0;
    std::string cell;
    while (at < text.size()) {
        std::vector<std::string> row;
        while (true) {
            if (!readCsvCell(text, at, cell))
                return std::nullopt;
            row.push_back(cell);
            if (at >= text.size() || text[at] != ',')
                break;
            ++at;
        }
        if (at < text.size() && text[at] == '\r')
            ++at;
        if (at < text.size() && text[at] == '\n')
            ++at;
        table.push_back(std::move(row));
    }
    if (table.empty())
        return std::nullopt;
    return table;
}

std::optional<std::size_t> columnOf(const CsvTable& table, std::string_view name)
{
    for (std::size_t i = 0; !name.empty() && i < table.front().size(); ++i)
        if (table.front()[i] == name)
            return i;
    return std::nullopt;
}

} // namespace headgate::connector
