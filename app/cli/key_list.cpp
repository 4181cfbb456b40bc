// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/key_list.h"

#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/console.h"
#include "cli/printable_text.h"
#include "data/json_text.h"

#include <QFile>
#include <set>

namespace headgate::cli {

namespace {

constexpr std::size_t mostBytes = 256 << 20;

Result<std::string> readKeyFile(const std::string& name)
{
    if (name == "-")
        return readInput(mostBytes);
    QFile file(toQString(name));
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(ErrorKind::Usage, "usage.keys.file",
                    CliText::tr("'%1' cannot be read: %2")
                        .arg(printable(name), printable(file.errorString())));
    }
    if (file.size() > static_cast<qint64>(mostBytes)) {
        return fail(
            ErrorKind::Usage, "usage.keys.file",
            CliText::tr("'%1' holds more than %2 bytes.").arg(printable(name)).arg(mostBytes));
    }
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError || bytes.size() != file.size()) {
        return fail(ErrorKind::State, "keys.file",
                    CliText::tr("'%1' could not be read to its end: %2")
                        .arg(printable(name), printable(file.errorString())));
    }
    return bytes.toStdString();
}

class CsvReader
{
public:
    explicit CsvReader(std::string_view csv) : m_csv(csv)
    {
        if (m_csv.starts_with("\xEF\xBB\xBF"))
            m_at = 3;
    }
    [[nodiscard]] bool atEnd() const { return m_at >= m_csv.size(); }
    /// The first field of the next record; the rest of the record is passed over.
    Result<std::string> next();

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
                CliText::tr("The quotation marks in line %1 do not match.").arg(begin));
}

Result<std::string> CsvReader::next()
{
    Result<std::string> first = field();
    while (first && at(',')) {
        ++m_at;
        if (Result<std::string> other = field(); !other)
            return other;
    }
    if (at('\r'))
        ++m_at;
    if (at('\n'))
        ++m_at;
    ++m_line;
    return first;
}

} // namespace

std::vector<OptionSpec> keyListOptions()
{
    return {
        {"key",
         "KEY",
         CliText::tr("A record key, as headgate preview shows it. May be repeated."),
         {},
         true},
        {"keys-from", "FILE",
         CliText::tr("Keys from a file: one a line, or the first column of a CSV file; - reads "
                     "standard input.")},
        {"header", "", CliText::tr("The file's first line is a header.")},
    };
}

Result<std::vector<std::string>> firstFields(std::string_view csv, bool skipFirst)
{
    if (data::findInvalidUtf8(csv) != std::string_view::npos) {
        return fail(ErrorKind::Usage, "usage.keys.encoding",
                    CliText::tr("The list of keys is not valid UTF-8."));
    }
    CsvReader reader(csv);
    std::vector<std::string> fields;
    for (bool first = true; !reader.atEnd(); first = false) {
        Result<std::string> field = reader.next();
        if (!field)
            return propagate(std::move(field));
        if (!field->empty() && !(first && skipFirst))
            fields.push_back(std::move(*field));
    }
    return fields;
}

Result<std::vector<std::string>> givenKeys(const Arguments& arguments)
{
    std::vector<std::string> keys = arguments.values("key");
    if (arguments.has("keys-from")) {
        const Result<std::string> bytes = readKeyFile(arguments.value("keys-from"));
        if (!bytes)
            return Failure(bytes.error());
        const auto fields = firstFields(*bytes, arguments.has("header"));
        if (!fields)
            return Failure(fields.error());
        keys.insert(keys.end(), fields->begin(), fields->end());
    }
    std::set<std::string> seen;
    std::erase_if(keys, [&](const std::string& key) { return !seen.insert(key).second; });
    if (keys.empty()) {
        return fail(ErrorKind::Usage, "usage.keys.none",
                    CliText::tr("No key is given: --key=KEY or --keys-from=FILE."));
    }
    return keys;
}

} // namespace headgate::cli
