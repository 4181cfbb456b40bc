// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/masked_record.h"

#include "base/text.h"
#include "data/json_members.h"
#include "data/json_text.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <map>

namespace headgate::service {

namespace {

using data::ValueKind;

/// Parts of column names, between marks and changes of case.
constexpr std::array personalWords{
    "email", "mail",     "phone",    "mobile",    "tel",       "fax",      "address",  "street",
    "city",  "zip",      "postcode", "postal",    "birth",     "birthday", "dob",      "ssn",
    "iban",  "passport", "surname",  "person",    "firstname", "lastname", "fullname", "username",
    "login", "ip",       "latitude", "longitude", "lat",       "lon",      "lng"};
/// Before "name", "id" or "number".
constexpr std::array personWords{"first",      "last",    "full",      "given",   "family",
                                 "middle",     "nick",    "user",      "display", "contact",
                                 "customer",   "person",  "member",    "patient", "client",
                                 "subscriber", "account", "recipient", "guest",   "owner"};

template <typename Words>
bool holdsWord(const Words& words, const QString& word)
{
    return std::any_of(words.begin(), words.end(),
                       [&](const char* known) { return word == QLatin1String(known); });
}

QStringList wordsOf(const std::string& name)
{
    QStringList words{QString()};
    bool wasLower = false;
    for (const QChar c : toQString(name)) {
        if (!c.isLetter() || (c.isUpper() && wasLower))
            words << QString();
        if (c.isLetter())
            words.back() += c.toLower();
        wasLower = c.isLower();
    }
    words.removeAll(QString());
    return words;
}

bool isPersonalName(const std::string& name)
{
    const QStringList words = wordsOf(name);
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (holdsWord(personalWords, words[i]))
            return true;
        const bool naming = words[i] == QLatin1String("name") || words[i] == QLatin1String("id") ||
                            words[i] == QLatin1String("number");
        if (naming && i > 0 && holdsWord(personWords, words[i - 1]))
            return true;
    }
    return false;
}

bool isAddress(std::string_view text)
{
    const std::size_t at = text.find('@');
    return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
           text.find(' ') == std::string_view::npos;
}

bool mentionsAddress(std::string_view text)
{
    for (std::size_t at = text.find('@'); at != std::string_view::npos;
         at = text.find('@', at + 1)) {
        const std::size_t begin = text.find_last_of(" \t\n\"<>,;:", at);
        const std::size_t from = begin == std::string_view::npos ? 0 : begin + 1;
        if (isAddress(text.substr(from, text.find_first_of(" \t\n\"<>,;", at) - from)))
            return true;
    }
    return false;
}

/// A number of the same length.
std::string maskedNumber(std::string_view number)
{
    std::string masked(number);
    bool first = true;
    for (char& c : masked) {
        if (c < '0' || c > '9')
            continue;
        c = first ? '1' : '0';
        first = false;
    }
    return masked;
}

std::string maskedJson(std::string_view json)
{
    std::string masked;
    switch (data::jsonType(json)) {
    case data::JsonType::Null:
    case data::JsonType::Bool:
        return std::string(json);
    case data::JsonType::Number:
        return maskedNumber(json);
    case data::JsonType::String:
        data::appendJsonString(masked, maskedText(data::jsonText(json)));
        return masked;
    case data::JsonType::Array: {
        const auto elements = data::jsonElements(json).value_or(std::vector<std::string_view>());
        for (const std::string_view element : elements)
            masked += (masked.empty() ? "[" : ",") + maskedJson(element);
        return masked.empty() ? "[]" : masked + ']';
    }
    case data::JsonType::Object: {
        const auto members = data::jsonMembers(json).value_or(std::vector<data::JsonMember>());
        for (const data::JsonMember& member : members) {
            masked += masked.empty() ? '{' : ',';
            data::appendJsonString(masked, member.name);
            masked += ':' + maskedJson(member.value);
        }
        return masked.empty() ? "{}" : masked + '}';
    }
    }
    return "null";
}

std::string maskedCell(data::ValueView cell)
{
    switch (cell.kind) {
    case ValueKind::Null:
    case ValueKind::Bool:
    case ValueKind::Invalid:
        return std::string(cell.text);
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
        return maskedNumber(cell.text);
    case ValueKind::Bytes:
        return "AAAA";
    case ValueKind::Date:
        return "2000-01-01";
    case ValueKind::Time:
        return "00:00:00";
    case ValueKind::Timestamp:
        return "2000-01-01T00:00:00";
    case ValueKind::TimestampTz:
        return "2000-01-01T00:00:00+00:00";
    case ValueKind::Uuid:
        return "00000000-0000-4000-8000-000000000000";
    case ValueKind::Json:
        return maskedJson(cell.text);
    case ValueKind::Text:
        return data::isJsonNumber(cell.text) ? maskedNumber(cell.text) : maskedText(cell.text);
    }
    return {};
}

/// The masked forms of one record's values, kept apart.
class CellMasker
{
public:
    data::Value masked(data::ValueView cell)
    {
        if (cell.isNull() || cell.kind == ValueKind::Invalid || cell.kind == ValueKind::Bool)
            return data::Value(cell);
        const auto known = m_known.find(std::string(cell.text));
        if (known != m_known.end())
            return {cell.kind, known->second};
        const std::string plain = maskedCell(cell);
        std::string text = plain;
        const bool canCount = cell.kind == ValueKind::Text || data::isNumber(cell.kind);
        for (int i = 2; canCount && !m_used.insert(text).second; ++i)
            text = told(plain, i);
        m_known.emplace(cell.text, text);
        return {cell.kind, text};
    }

private:
    /// "x•••@example.com" and "x•••2@example.com", "Xxx" and "Xxx2", "1000" and "10002".
    static std::string told(std::string text, int number)
    {
        const std::size_t at = std::min(text.find('@'), text.size());
        return text.insert(at, std::to_string(number));
    }

    std::map<std::string, std::string> m_known;
    std::set<std::string> m_used;
};

const data::Schema& schemaOf(const RecordSample& sample, std::size_t model)
{
    return model == 0 ? sample.models.main : sample.models.related[model - 1].schema;
}

const data::RowBlock& blockOf(const RecordSample& sample, std::size_t model)
{
    return model == 0 ? sample.main : sample.related[model - 1];
}

const std::vector<std::uint32_t>& rowsOf(const RecordSample::Record& record, std::size_t model)
{
    return model == 0 ? record.rows : record.related[model - 1];
}

} // namespace

std::string maskedText(std::string_view utf8)
{
    const QString text = toQString(utf8);
    if (isAddress(utf8)) {
        const qsizetype first = text.front().isHighSurrogate() && text.size() > 1 ? 2 : 1;
        return text.left(first).toStdString() + "•••@example.com";
    }
    std::string masked;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size();
        const char32_t c =
            pair ? QChar::surrogateToUcs4(text[i], text[i + 1]) : char32_t(text[i].unicode());
        if (QChar::isDigit(c))
            masked += '0';
        else if (QChar::isUpper(c) || QChar::isTitleCase(c))
            masked += 'X';
        else if (c < 0x80 && !QChar::isLetter(c))
            masked += static_cast<char>(c);
        else if (!QChar::isMark(c))
            masked += 'x';
        i += pair ? 1 : 0;
    }
    return masked;
}

std::set<SampleColumn> personalColumns(const RecordSample& sample, std::size_t record)
{
    std::set<SampleColumn> found;
    for (std::size_t model = 0; model <= sample.related.size(); ++model) {
        const data::Schema& schema = schemaOf(sample, model);
        for (std::size_t column = 0; column < schema.columns.size(); ++column) {
            const auto& rows = rowsOf(sample.records[record], model);
            const bool addresses = std::any_of(rows.begin(), rows.end(), [&](std::uint32_t row) {
                return mentionsAddress(blockOf(sample, model).at(row, column).text);
            });
            if (addresses || isPersonalName(schema.columns[column].name))
                found.insert({model, column});
        }
    }
    return found;
}

std::shared_ptr<const RecordSample> maskedRecord(const RecordSample& sample, std::size_t record,
                                                 const std::set<SampleColumn>& columns)
{
    auto masked = std::make_shared<RecordSample>();
    masked->models = sample.models;
    masked->related.resize(sample.related.size());
    masked->records.push_back(sample.records[record]);
    RecordSample::Record& only = masked->records.front();
    only.sharesRowKey = false; // the others stay behind
    CellMasker masker;
    for (std::size_t model = 0; model <= sample.related.size(); ++model) {
        const data::RowBlock& from = blockOf(sample, model);
        data::RowBlock& to = model == 0 ? masked->main : masked->related[model - 1];
        std::vector<std::uint32_t>& rows = model == 0 ? only.rows : only.related[model - 1];
        to.reset(schemaOf(sample, model).columns.size());
        for (std::uint32_t& row : rows) {
            for (std::size_t column = 0; column < to.columnCount(); ++column) {
                const data::ValueView cell = from.at(row, column);
                if (columns.contains({model, column}))
                    to.append(masker.masked(cell).view());
                else
                    to.append(cell);
            }
            row = static_cast<std::uint32_t>(to.rowCount() - 1);
        }
    }
    // Joins and keys compare masked values alike, so the record holds together.
    return masked;
}

} // namespace headgate::service
