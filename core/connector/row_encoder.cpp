// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/row_encoder.h"

#include "base/text.h"
#include "data/csv.h"
#include "data/json.h"
#include "data/json_members.h"
#include "data/json_text.h"

#include <algorithm>

namespace headgate::connector {

namespace {

[[nodiscard]] RecordOutcome refusedRow(std::string code, const QString& message)
{
    return {Fate::Rejected, std::move(code), message.toStdString(), {}};
}

[[nodiscard]] RecordOutcome noObject()
{
    return refusedRow("file.payload", Text::tr("The payload is no JSON object."));
}

[[nodiscard]] RecordOutcome noUtf8()
{
    return refusedRow("file.utf8", Text::tr("The payload is not valid UTF-8."));
}

} // namespace

std::optional<RecordOutcome> JsonLinesEncoder::append(std::string& out,
                                                      std::string_view payload) const
{
    if (data::jsonType(payload) != data::JsonType::Object)
        return noObject();
    if (data::findInvalidUtf8(payload) != std::string_view::npos)
        return noUtf8();
    if (payload.find_first_of("\r\n") == std::string_view::npos)
        out += payload;
    else if (auto compact = data::appendCompactJson(out, payload); !compact)
        return noObject();
    out += '\n';
    return std::nullopt;
}

std::string CsvEncoder::header(std::string_view first)
{
    if (m_format.columns.empty())
        for (data::JsonMember& member :
             data::jsonMembers(first).value_or(std::vector<data::JsonMember>()))
            m_format.columns.push_back(std::move(member.name));
    std::string row;
    for (const std::string& column : m_format.columns) {
        row += row.empty() ? "" : std::string(1, m_format.separator);
        data::appendCsvCell(row, column, m_format.separator, column.empty());
    }
    return row + "\r\n";
}

std::string CsvEncoder::note() const
{
    std::string note = "[";
    for (const std::string& column : m_format.columns) {
        note += note.size() > 1 ? "," : "";
        data::appendJsonString(note, column);
    }
    return note + ']';
}

bool CsvEncoder::takeOver(const std::string& note)
{
    const auto columns = data::jsonElements(note);
    if (!columns || columns->empty())
        return false;
    m_format.columns.clear();
    for (const std::string_view column : *columns)
        m_format.columns.push_back(data::jsonText(column));
    return true;
}

std::optional<RecordOutcome> CsvEncoder::append(std::string& out, std::string_view payload) const
{
    const auto members = data::jsonMembers(payload);
    if (!members)
        return noObject();
    if (data::findInvalidUtf8(payload) != std::string_view::npos)
        return noUtf8();
    const auto& columns = m_format.columns;
    if (columns.empty())
        return refusedRow("file.column.none",
                          Text::tr("The file has no columns: no record before this one has fields. "
                                   "Name the columns in the sync."));
    std::vector<std::string_view> values(columns.size());
    std::size_t next = 0;
    for (const data::JsonMember& member : *members) {
        if (next >= columns.size() || columns[next] != member.name)
            next = static_cast<std::size_t>(std::find(columns.begin(), columns.end(), member.name) -
                                            columns.begin());
        if (next == columns.size())
            return refusedRow("file.column.unknown",
                              Text::tr("The file has no column '%1': its columns were fixed by its "
                                       "first record. Name all columns in the sync.")
                                  .arg(toQString(member.name)));
        values[next++] = member.value;
    }
    const std::size_t start = out.size();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0)
            out += m_format.separator;
        appendCell(out, values[i]);
    }
    const bool isBlank = out.size() == start; // a line that readers pass over
    out += isBlank ? "\"\"\r\n" : "\r\n";
    return std::nullopt;
}

void CsvEncoder::appendCell(std::string& out, std::string_view value) const
{
    if (value.empty() || value == "null") {
        out += m_format.nullText;
        return;
    }
    const bool isText = data::jsonType(value) == data::JsonType::String;
    std::string text = data::jsonText(value);
    const bool risky =
        isText && !text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string::npos;
    if (m_format.formulaGuard && risky)
        text.insert(0, 1, '\'');
    data::appendCsvCell(out, text, m_format.separator, isText && text == m_format.nullText);
}

} // namespace headgate::connector
