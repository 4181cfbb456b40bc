// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/row_key_check.h"

#include "base/text.h"
#include "widgets/count_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <unordered_map>

namespace headgate::ui {

namespace {

constexpr std::size_t mostExamples = 5;

class RowKeyText
{
    Q_DECLARE_TR_FUNCTIONS(RowKeyText)
};

struct KeyRows
{
    std::size_t first = 0;
    std::uint64_t rows = 0;
};

/// The values of a row's key in one text that no other key has.
std::string joinedKey(const RowSet& rows, std::size_t row, const std::vector<std::size_t>& columns)
{
    std::string joined;
    for (const std::size_t column : columns) {
        const data::ValueView value = rows.at(row, column);
        joined += std::to_string(value.text.size()) + ':';
        joined += value.text;
    }
    return joined;
}

/// Greater: more like the name of a key.
int keyLikeness(const std::string& column)
{
    const QString name = toQString(column).toLower();
    if (name == QLatin1String("id") || name == QLatin1String("key"))
        return 3;
    if (name.endsWith(QLatin1String("id")) || name.endsWith(QLatin1String("key")))
        return 2;
    return name.contains(QLatin1String("number")) || name.contains(QLatin1String("code")) ||
                   name.contains(QLatin1String("mail"))
               ? 1
               : 0;
}

QString exampleText(const service::RowKeyCheck::Repeated& repeated)
{
    QStringList values;
    for (const data::Value& value : repeated.key) {
        QString text = toQString(value.text);
        if (text.size() > 40)
            text = text.left(40) + QChar(0x2026);
        values << text;
    }
    return RowKeyText::tr("%1 rows share (%2)")
        .arg(countText(repeated.rows), values.join(QStringLiteral(", ")));
}

QString scopeText(KeyScope scope, std::uint64_t rows)
{
    switch (scope) {
    case KeyScope::Fetched:
        return RowKeyText::tr("the first %1 rows", nullptr, pluralOf(rows)).arg(countText(rows));
    case KeyScope::FetchedAll:
    case KeyScope::Warehouse:
        return RowKeyText::tr("all %1 rows", nullptr, pluralOf(rows)).arg(countText(rows));
    }
    return {};
}

} // namespace

std::optional<service::RowKeyCheck>
checkRowKey(const RowSet& rows, const std::vector<std::string>& key, const StopToken& stop)
{
    std::vector<std::size_t> columns;
    for (const std::string& column : key)
        if (const auto index = rows.schema().indexOf(column))
            columns.push_back(*index);
    service::RowKeyCheck check;
    check.rows = rows.rowCount();
    std::unordered_map<std::string, KeyRows> seen;
    for (std::size_t row = 0; row < rows.rowCount(); ++row) {
        if (row % 4096 == 0 && stop.stopRequested())
            return std::nullopt;
        const bool null = std::any_of(columns.begin(), columns.end(), [&](std::size_t column) {
            return rows.at(row, column).isNull();
        });
        if (null) {
            ++check.withoutKey;
            continue;
        }
        KeyRows& found = seen[joinedKey(rows, row, columns)];
        if (found.rows++ == 0)
            found.first = row;
    }
    std::vector<KeyRows> repeated;
    for (const auto& [joined, found] : seen) {
        if (found.rows < 2)
            continue;
        ++check.repeatedKeys;
        check.repeatingRows += found.rows;
        repeated.push_back(found);
    }
    std::sort(repeated.begin(), repeated.end(), [](const KeyRows& a, const KeyRows& b) {
        return a.rows != b.rows ? a.rows > b.rows : a.first < b.first;
    });
    repeated.resize(std::min(repeated.size(), mostExamples));
    for (const KeyRows& found : repeated) {
        service::RowKeyCheck::Repeated example;
        example.rows = found.rows;
        for (const std::size_t column : columns)
            example.key.emplace_back(rows.at(found.first, column));
        check.examples.push_back(std::move(example));
    }
    return check;
}

std::optional<std::string> uniqueColumn(const RowSet& rows, const StopToken& stop)
{
    std::vector<std::string> columns = rows.schema().addressableNames();
    std::stable_sort(columns.begin(), columns.end(),
                     [](const auto& a, const auto& b) { return keyLikeness(a) > keyLikeness(b); });
    for (const std::string& column : columns) {
        const auto check = checkRowKey(rows, {column}, stop);
        if (!check)
            return std::nullopt;
        if (check->rows > 0 && check->repeatedKeys == 0 && check->withoutKey == 0)
            return column;
    }
    return std::string();
}

KeySentence keySentence(const service::RowKeyCheck& check, KeyScope scope)
{
    KeySentence said;
    const QString where = scopeText(scope, check.rows);
    if (check.rows == 0) {
        said.sentence = RowKeyText::tr("There are no rows to check.");
        return said;
    }
    if (check.repeatedKeys == 0 && check.withoutKey == 0) {
        said.tone = Tone::Success;
        said.sentence = RowKeyText::tr("Unique in %1.").arg(where);
        return said;
    }
    said.tone = Tone::Error;
    QStringList sentences;
    if (check.repeatedKeys > 0)
        sentences << RowKeyText::tr("Repeats: %1 rows of %2 share a key with another.")
                         .arg(countText(check.repeatingRows), where);
    if (check.withoutKey > 0)
        sentences << RowKeyText::tr("%1 of %2 have no key: NULL is in it.")
                         .arg(countText(check.withoutKey), where);
    said.sentence = sentences.join(QLatin1Char(' '));
    QStringList examples;
    for (const auto& example : check.examples)
        examples << exampleText(example);
    said.detail = examples.join(QLatin1Char('\n'));
    return said;
}

} // namespace headgate::ui
