// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/key_list.h"

#include "base/text.h"
#include "data/json_text.h"

#include <QFile>
#include <algorithm>
#include <optional>
#include <unordered_set>

namespace headgate::service {

namespace {

/// A record of CSV and the line on which it begins.
struct CsvRecord
{
    std::vector<std::string> fields;
    std::uint64_t line = 1;

    [[nodiscard]] bool isEmpty() const
    {
        return std::all_of(fields.begin(), fields.end(),
                           [](const std::string& field) { return field.empty(); });
    }
};

class CsvReader
{
public:
    explicit CsvReader(std::string_view csv) : m_csv(csv)
    {
        if (m_csv.starts_with("\xEF\xBB\xBF"))
            m_at = 3;
    }
    [[nodiscard]] bool atEnd() const { return m_at >= m_csv.size(); }
    Result<CsvRecord> next();

private:
    Result<std::string> field();
    [[nodiscard]] bool at(char c) const { return !atEnd() && m_csv[m_at] == c; }
    [[nodiscard]] bool atLineEnd() const { return atEnd() || at('\n') || at('\r'); }

    std::string_view m_csv;
    std::size_t m_at = 0;
    std::uint64_t m_line = 1;
};

Result<std::string> CsvReader::field()
{
    std::string field;
    if (!at('"')) {
        while (!atLineEnd() && !at(','))
            field += m_csv[m_at++];
        return field;
    }
    const std::uint64_t begin = m_line;
    for (++m_at; !atEnd(); ++m_at) {
        if (at('"')) {
            ++m_at;
            if (!at('"')) {
                if (atLineEnd() || at(','))
                    return field;
                break;
            }
        }
        m_line += at('\n') ? 1 : 0;
        field += m_csv[m_at];
    }
    return fail(ErrorKind::Usage, "usage.keys.csv",
                Text::tr("The quotation marks in line %1 do not match.").arg(begin));
}

Result<CsvRecord> CsvReader::next()
{
    CsvRecord record;
    record.line = m_line;
    for (bool more = true; more;) {
        Result<std::string> each = field();
        if (!each)
            return propagate(std::move(each));
        record.fields.push_back(*std::move(each));
        more = at(',');
        m_at += more ? 1 : 0;
    }
    if (at('\r'))
        ++m_at;
    if (at('\n'))
        ++m_at;
    ++m_line;
    return record;
}

/// Positions of the columns in a header; empty if one is missing.
std::vector<std::size_t> positionsOf(const std::vector<std::string>& columns,
                                     const std::vector<std::string>& header)
{
    std::vector<std::size_t> positions;
    for (const std::string& column : columns) {
        const QString name = toQString(column);
        const auto found = std::find_if(header.begin(), header.end(), [&](const std::string& each) {
            return toQString(each).trimmed().compare(name, Qt::CaseInsensitive) == 0;
        });
        if (found == header.end())
            return {};
        positions.push_back(static_cast<std::size_t>(found - header.begin()));
    }
    return positions;
}

/// Collects the keys of records, each once.
class KeyCollector
{
public:
    KeyCollector(std::vector<std::size_t> positions) : m_positions(std::move(positions)) {}

    Result<void> add(const CsvRecord& record);
    KeyList list;

private:
    [[nodiscard]] Result<std::string> keyOf(const CsvRecord& record) const;

    std::vector<std::size_t> m_positions;
    std::unordered_set<std::string> m_seen;
};

Result<std::string> KeyCollector::keyOf(const CsvRecord& record) const
{
    const bool whole = record.fields.size() == 1 && record.fields.front().starts_with('[');
    if (m_positions.size() < 2 || whole) {
        const std::size_t at = whole || m_positions.empty() ? 0 : m_positions.front();
        return at < record.fields.size() ? record.fields[at] : std::string();
    }
    std::string key = "[";
    for (const std::size_t at : m_positions) {
        if (at >= record.fields.size())
            return fail(ErrorKind::Usage, "usage.keys.columns",
                        Text::tr("Line %1 has %2 fields; a key of this sync has %3 parts.")
                            .arg(record.line)
                            .arg(record.fields.size())
                            .arg(m_positions.size()));
        key += key.size() > 1 ? "," : "";
        data::appendJsonString(key, record.fields[at]);
    }
    return key + ']';
}

Result<void> KeyCollector::add(const CsvRecord& record)
{
    if (record.isEmpty())
        return {};
    auto key = keyOf(record);
    if (!key)
        return propagate(std::move(key));
    if (key->empty())
        ++list.empty;
    else if (!m_seen.insert(*key).second)
        ++list.repeated;
    else
        list.keys.push_back(*std::move(key));
    return {};
}

/// By position, until a header says better.
std::vector<std::size_t> firstColumns(std::size_t count)
{
    std::vector<std::size_t> positions;
    for (std::size_t at = 0; at < std::max<std::size_t>(count, 1); ++at)
        positions.push_back(at);
    return positions;
}

} // namespace

Result<KeyList> readKeyList(std::string_view csv, const std::vector<std::string>& recordKey,
                            KeyListHeader header)
{
    if (data::findInvalidUtf8(csv) != std::string_view::npos)
        return fail(ErrorKind::Usage, "usage.keys.encoding",
                    Text::tr("The list of keys is not valid UTF-8."));
    CsvReader reader(csv);
    std::optional<KeyCollector> keys;
    while (!reader.atEnd()) {
        const auto record = reader.next();
        if (!record)
            return Failure(record.error());
        if (!keys) {
            const auto named = positionsOf(recordKey, record->fields);
            const bool isHeader =
                header == KeyListHeader::Yes || (header == KeyListHeader::Guess && !named.empty());
            if (record->isEmpty() && !isHeader)
                continue;
            if (isHeader && named.empty() && recordKey.size() > 1)
                return fail(ErrorKind::Usage, "usage.keys.columns",
                            Text::tr("The header does not name every column of the record key."));
            keys.emplace(isHeader && !named.empty() ? named : firstColumns(recordKey.size()));
            if (isHeader) {
                keys->list.columns = named.empty() ? std::vector<std::string>() : recordKey;
                continue;
            }
        }
        HEADGATE_TRY(keys->add(*record));
    }
    return keys ? std::move(keys->list) : KeyList();
}

Result<std::string> readKeyListFile(const std::string& name)
{
    QFile file(toQString(name));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Usage, "usage.keys.file",
                    Text::tr("'%1' cannot be read: %2").arg(toQString(name), file.errorString()));
    if (file.size() > static_cast<qint64>(longestKeyList))
        return fail(
            ErrorKind::Usage, "usage.keys.file",
            Text::tr("'%1' holds more than %2 bytes.").arg(toQString(name)).arg(longestKeyList));
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError || bytes.size() != file.size())
        return fail(ErrorKind::State, "keys.file",
                    Text::tr("'%1' could not be read to its end: %2")
                        .arg(toQString(name), file.errorString()));
    return bytes.toStdString();
}

} // namespace headgate::service
