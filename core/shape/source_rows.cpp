// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/source_rows.h"

#include "data/json_text.h"

namespace headgate::shape {

namespace {

void appendSourceRow(std::string& out, std::string_view model,
                     const std::vector<std::string>& members, const ModelRows& rows,
                     std::uint32_t row)
{
    out += R"({"model":)";
    data::appendJsonString(out, model);
    out += R"(,"row":)" + std::to_string(rows.numberOf(row)) + R"(,"values":{)";
    for (std::size_t column = 0; column < members.size(); ++column) {
        if (column > 0)
            out += ',';
        out += members[column];
        const data::ValueView cell = rows.block->at(row, column);
        // The history shows rows; JSON of foreign origin is quoted rather than trusted.
        if (cell.kind == data::ValueKind::Json)
            data::appendJsonString(out, cell.text);
        else
            data::appendJsonValue(out, cell);
    }
    out += "}}";
}

} // namespace

std::string sourceRowsJson(const ShapeProgram& program, const ModelRows& own,
                           std::span<const ModelRows> related, std::size_t bytes)
{
    std::string out = "[";
    std::uint64_t leftOut = 0;
    const auto add = [&](std::size_t model, const ModelRows& rows) {
        const std::vector<std::string>& members = program.sourceMembers[model];
        for (const std::uint32_t row : rows.rows) {
            const std::size_t before = out.size();
            if (out.size() > 1)
                out += ',';
            if (leftOut == 0)
                appendSourceRow(out, program.nameOf(model), members, rows, row);
            if (leftOut > 0 || out.size() > bytes) {
                out.resize(before);
                ++leftOut;
            }
        }
    };
    add(0, own);
    for (std::size_t i = 0; i < related.size(); ++i)
        add(i + 1, related[i]);
    if (leftOut > 0)
        out += (out.size() > 1 ? "," : "") + std::string(R"({"leftOut":)") +
               std::to_string(leftOut) + '}';
    return out + ']';
}

} // namespace headgate::shape
