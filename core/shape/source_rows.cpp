// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/source_rows.h"

#include "data/json_text.h"

#include <charconv>

namespace headgate::shape {

namespace {

void appendRowNumber(data::ByteBuffer& out, std::uint64_t number)
{
    constexpr std::size_t mostDigits = 20;
    char* const to = out.room(mostDigits);
    out.commit(static_cast<std::size_t>(std::to_chars(to, to + mostDigits, number).ptr - to));
}

} // namespace

SourceRows::SourceRows(const ShapeProgram& program)
{
    for (std::size_t model = 0; model <= program.models.related.size(); ++model) {
        Words& words = m_words.emplace_back();
        words.head = R"({"model":)";
        data::appendJsonString(words.head, program.nameOf(model));
        words.head += R"(,"row":)";
        for (const std::string& name : program.schemaOf(model).addressableNames()) {
            std::string& member = words.members.emplace_back();
            member = words.members.size() > 1 ? "," : R"(,"values":{)";
            data::appendJsonString(member, name);
            member += ':';
        }
    }
}

std::string_view SourceRows::json(const ModelRows& own, std::span<const ModelRows> related,
                                  std::size_t bytes)
{
    m_out.clear();
    m_out.append('[');
    std::uint64_t leftOut = addRows(m_words.front(), own, bytes, 0);
    for (std::size_t i = 0; i < related.size(); ++i)
        leftOut = addRows(m_words[i + 1], related[i], bytes, leftOut);
    if (leftOut > 0) {
        if (m_out.size() > 1)
            m_out.append(',');
        m_out.append(std::string_view(R"({"leftOut":)"));
        appendRowNumber(m_out, leftOut);
        m_out.append('}');
    }
    m_out.append(']');
    return m_out.view();
}

std::uint64_t SourceRows::addRows(const Words& words, const ModelRows& rows, std::size_t bytes,
                                  std::uint64_t leftOut)
{
    for (const std::uint32_t row : rows.rows) {
        const std::size_t before = m_out.size();
        if (leftOut == 0) {
            if (before > 1)
                m_out.append(',');
            addRow(words, rows, row);
        }
        if (leftOut > 0 || m_out.size() > bytes) {
            m_out.cutTo(before);
            ++leftOut;
        }
    }
    return leftOut;
}

void SourceRows::addRow(const Words& words, const ModelRows& rows, std::uint32_t row)
{
    m_out.append(words.head);
    appendRowNumber(m_out, rows.numberOf(row));
    for (std::size_t column = 0; column < words.members.size(); ++column) {
        m_out.append(words.members[column]);
        const data::ValueView cell = rows.block->at(row, column);
        // The history shows rows; JSON of foreign origin is quoted rather than trusted.
        if (cell.kind == data::ValueKind::Json)
            data::appendJsonString(m_out, cell.text);
        else
            data::appendJsonValue(m_out, cell);
    }
    m_out.append(std::string_view("}}"));
}

} // namespace headgate::shape
