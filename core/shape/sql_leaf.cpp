// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/sql_leaf.h"

#include "base/text.h"
#include "data/json_text.h"
#include "shape/text_template.h"

#include <algorithm>

namespace headgate::shape {

using data::ValueKind;

SqlValue SqlLeaf::cannot(const QString& why) const
{
    return {m_words.cannot(why), ValueKind::Text};
}

SqlMember SqlLeaf::member(const Node& node, const ShapeProgram::Leaf& leaf,
                          const std::vector<SqlValue>& cells) const
{
    const bool isNullable = !leaf.whenNull || leaf.whenNull->value.isNull();
    const bool leavesOut = leaf.nulls != NullPolicy::SendNull;
    if (leaf.constant) {
        const bool isNull = leaf.constant->value.isNull();
        const std::string& json = isNull && !isNullable ? leaf.whenNull->json : leaf.constant->json;
        return {
            {}, m_words.jsonLiteral(json), isNull && isNullable && leavesOut ? "1 = 1" : "", true};
    }
    if (leaf.whenInvalid)
        m_words.note(Text::tr("SQL does not replace a value that does not fit."));
    SqlValue value;
    if (node.kind == NodeKind::Text) {
        std::vector<std::string> texts;
        std::size_t cell = 0;
        if (const auto parsed = TextTemplate::parse(node.leaf.text))
            for (const TextTemplate::Piece& piece : parsed->pieces)
                texts.push_back(piece.isColumn ? m_words.text(cells[cell++])
                                               : m_words.literal(piece.text));
        value = chained({m_words.concatenated(texts), ValueKind::Text}, node.leaf.functions, cells,
                        cell);
    } else {
        value = chained(cells.front(), node.leaf.functions, cells, 1);
    }
    if (node.kind == NodeKind::Json)
        value = typed(value, LeafType::Json, std::nullopt);
    value = typed(value, node.leaf.type, node.leaf.format);
    if (!isNullable)
        return {{}, m_words.jsonOr(value, leaf.whenNull->json), {}, false};
    return {{}, m_words.json(value), leavesOut ? value.text + " IS NULL" : std::string(), true};
}

std::string SqlLeaf::keyText(const ListKey& key, const std::vector<SqlValue>& cells) const
{
    return m_words.text(chained(cells.front(), key.functions, cells, 1));
}

SqlValue SqlLeaf::chained(SqlValue value, const std::vector<Function>& functions,
                          const std::vector<SqlValue>& cells, std::size_t nextCell) const
{
    for (const Function& function : functions) {
        std::vector<SqlValue> operands;
        for (const Operand& operand : function.operands)
            operands.push_back(operand.column.empty() ? literalOf(operand.value)
                                                      : cells[nextCell++]);
        value = applied(value, function, operands);
    }
    return value;
}

SqlValue SqlLeaf::literalOf(const data::JsonNode& json) const
{
    const data::Value value = literalValue(json);
    if (value.isNull())
        return {"NULL", ValueKind::Null};
    if (value.kind == ValueKind::Text)
        return {m_words.literal(value.text), ValueKind::Text};
    if (value.kind == ValueKind::Bool && m_words.dialect() != SqlDialect::Postgres)
        return {value.text == "true" ? "1" : "0", ValueKind::Bool};
    if (value.kind == ValueKind::Json)
        return {m_words.jsonLiteral(value.text), ValueKind::Json};
    return {value.text, value.kind};
}

SqlValue SqlLeaf::applied(const SqlValue& value, const Function& function,
                          const std::vector<SqlValue>& operands) const
{
    switch (function.kind) {
    case FunctionKind::Trim:
        return {m_words.trimmed(m_words.text(value)), ValueKind::Text};
    case FunctionKind::Lower:
    case FunctionKind::Upper:
        m_words.note(m_words.dialect() == SqlDialect::Sqlite
                         ? Text::tr("SQLite changes the case of a to z only.")
                         : Text::tr("The database changes case by its own tables: ß and a few "
                                    "other letters come out differently."));
        return {(function.kind == FunctionKind::Lower ? "lower(" : "upper(") + m_words.text(value) +
                    ')',
                ValueKind::Text};
    case FunctionKind::Case:
        return mapped(value, function);
    case FunctionKind::Concat:
        return joined(value, function, operands);
    case FunctionKind::Coalesce:
        return firstOf(value, operands);
    case FunctionKind::NumberFormat:
        return rounded(value, function.format);
    case FunctionKind::DateFormat:
        return cannot(Text::tr("Dates by a pattern are not said in SQL."));
    case FunctionKind::RegexReplace:
        return cannot(Text::tr("Regular expressions mean other things in every database."));
    case FunctionKind::Sha256:
        return hashed(value, function);
    }
    return value;
}

SqlValue SqlLeaf::mapped(const SqlValue& value, const Function& function) const
{
    std::vector<data::JsonNode> results;
    for (const Function::Mapping& mapping : function.cases)
        results.push_back(mapping.then);
    if (function.otherwise)
        results.push_back(*function.otherwise);
    const bool texts = std::all_of(results.begin(), results.end(), [](const data::JsonNode& json) {
        return json.is_string() || json.is_null();
    });
    const bool staysText = function.otherwise || value.kind == ValueKind::Text;
    if (!texts || !staysText)
        return cannot(Text::tr("A mapping to values of several kinds is not said in SQL."));
    const bool isNumber = data::isNumber(value.kind);
    std::string written = "CASE";
    for (const Function::Mapping& mapping : function.cases) {
        const data::Value when = literalValue(mapping.when);
        if (isNumber && !when.isNull() && !data::isJsonNumber(when.text))
            continue;
        std::string test = value.text + " IS NULL";
        if (!when.isNull() && isNumber)
            test = value.text + " = " + when.text;
        else if (!when.isNull())
            test = m_words.exact({m_words.text(value), ValueKind::Text}) + " = " +
                   m_words.literal(when.text);
        written += " WHEN " + test + " THEN " + literalOf(mapping.then).text;
    }
    if (written == "CASE")
        return value;
    written += " WHEN " + value.text + " IS NULL THEN NULL ELSE " +
               (function.otherwise ? literalOf(*function.otherwise).text : value.text) + " END";
    return {written, ValueKind::Text};
}

SqlValue SqlLeaf::joined(const SqlValue& value, const Function& function,
                         const std::vector<SqlValue>& operands) const
{
    std::vector<std::string> texts{m_words.text(value)};
    for (const SqlValue& operand : operands)
        texts.push_back(m_words.text(operand));
    const std::string separator = m_words.literal(function.separator);
    std::string all;
    std::string any;
    for (const std::string& text : texts) {
        any += (any.empty() ? "" : ", ") + text;
        if (m_words.dialect() == SqlDialect::Sqlite)
            all +=
                (all.empty() ? "" : " || ") + ("coalesce(" + separator + " || " + text + ", '')");
    }
    if (m_words.dialect() == SqlDialect::Sqlite)
        all = "substr(" + all + ", length(" + separator + ") + 1)";
    else
        all = "concat_ws(" + separator + ", " + any + ')';
    if (texts.size() == 1)
        return {texts.front(), ValueKind::Text};
    return {"CASE WHEN coalesce(" + any + ") IS NOT NULL THEN " + all + " END", ValueKind::Text};
}

SqlValue SqlLeaf::firstOf(const SqlValue& value, const std::vector<SqlValue>& operands) const
{
    std::string all = value.text;
    for (const SqlValue& operand : operands) {
        if (operand.kind == ValueKind::Null)
            continue;
        const bool numbers = data::isNumber(operand.kind) && data::isNumber(value.kind);
        if (operand.kind != value.kind && !numbers)
            return cannot(Text::tr("Values of several kinds have no first one in SQL."));
        all += ", " + operand.text;
    }
    return {"coalesce(" + all + ')', value.kind};
}

SqlValue SqlLeaf::rounded(const SqlValue& value, const Format& format) const
{
    const bool isPlain = format.grouping.empty() && format.decimalPoint == "." && format.decimals &&
                         format.rounding == Rounding::HalfUp;
    const bool isExact = value.kind == ValueKind::Integer || value.kind == ValueKind::Decimal ||
                         value.kind == ValueKind::Text;
    if (!isPlain || !isExact || m_words.dialect() == SqlDialect::Sqlite)
        return cannot(Text::tr("This number format is not said in SQL."));
    const std::string decimals = std::to_string(*format.decimals);
    if (m_words.dialect() == SqlDialect::MariaDb)
        return {"CAST(" + value.text + " AS DECIMAL(65," + decimals + "))", ValueKind::Decimal};
    return {"round(" + value.text + "::numeric, " + decimals + ')', ValueKind::Decimal};
}

SqlValue SqlLeaf::hashed(const SqlValue& value, const Function& function) const
{
    if (function.normalise != MatchingKey::None || function.encoding != HashEncoding::Hex ||
        m_words.dialect() == SqlDialect::Sqlite)
        return cannot(Text::tr("This digest is not said in SQL."));
    const std::string text = m_words.text(value);
    if (m_words.dialect() == SqlDialect::MariaDb)
        return {"SHA2(" + text + ", 256)", ValueKind::Text};
    return {"encode(sha256(convert_to(" + text + ", 'UTF8')), 'hex')", ValueKind::Text};
}

SqlValue SqlLeaf::typed(const SqlValue& value, LeafType type,
                        const std::optional<Format>& format) const
{
    switch (type) {
    case LeafType::AsIs:
        return value;
    case LeafType::Text:
        return {m_words.text(value), ValueKind::Text};
    case LeafType::Number:
        if (format)
            return rounded(value, *format);
        // A text that is a number keeps its digits this way.
        if (value.kind == ValueKind::Text)
            return typed(value, LeafType::Json, std::nullopt);
        return value;
    case LeafType::Integer:
        return format ? rounded(value, *format) : asInteger(value);
    case LeafType::Boolean:
        return asBoolean(value);
    case LeafType::Date:
    case LeafType::DateTime:
        if (format)
            return cannot(Text::tr("Dates by a pattern are not said in SQL."));
        return asTime(value, type);
    case LeafType::Json:
        if (value.kind != ValueKind::Text)
            return value;
        return {m_words.dialect() == SqlDialect::Postgres ? value.text + "::json" : value.text,
                ValueKind::Json};
    case LeafType::List:
        return asList(value);
    }
    return value;
}

SqlValue SqlLeaf::asInteger(const SqlValue& value) const
{
    if (value.kind == ValueKind::Integer)
        return value;
    if (value.kind != ValueKind::Decimal && value.kind != ValueKind::Text)
        return cannot(Text::tr("Such a value does not become an integer in SQL."));
    switch (m_words.dialect()) {
    case SqlDialect::Postgres:
        return {"trunc(" + value.text + "::numeric)", ValueKind::Integer};
    case SqlDialect::MariaDb:
        return {"CAST(" + value.text + " AS DECIMAL(65,0))", ValueKind::Integer};
    case SqlDialect::Sqlite:
        return {"CAST(" + value.text + " AS INTEGER)", ValueKind::Integer};
    }
    return value;
}

SqlValue SqlLeaf::asBoolean(const SqlValue& value) const
{
    if (value.kind == ValueKind::Bool)
        return value;
    if (value.kind == ValueKind::Integer)
        return {'(' + value.text + " <> 0)", ValueKind::Bool};
    return {"(lower(" + m_words.trimmed(m_words.text(value)) +
                ") IN ('true', 't', 'yes', 'y', '1'))",
            ValueKind::Bool};
}

SqlValue SqlLeaf::asTime(const SqlValue& value, LeafType type) const
{
    const bool toDate = type == LeafType::Date;
    if (value.kind == (toDate ? ValueKind::Date : ValueKind::Timestamp) ||
        (!toDate && value.kind == ValueKind::TimestampTz))
        return value;
    const bool isTime = value.kind == ValueKind::Timestamp || value.kind == ValueKind::TimestampTz;
    if (!toDate || !isTime)
        return cannot(Text::tr("Such a value does not become a date or time in SQL."));
    switch (m_words.dialect()) {
    case SqlDialect::Postgres:
        return {
            '(' + value.text +
                (value.kind == ValueKind::TimestampTz ? " AT TIME ZONE 'UTC')::date" : ")::date"),
            ValueKind::Date};
    case SqlDialect::MariaDb:
        return {"CAST(" + value.text + " AS DATE)", ValueKind::Date};
    case SqlDialect::Sqlite:
        return {"substr(" + value.text + ", 1, 10)", ValueKind::Date};
    }
    return value;
}

SqlValue SqlLeaf::asList(const SqlValue& value) const
{
    if (value.kind == ValueKind::Json)
        return cannot(Text::tr("Whether JSON is a list already is not asked in SQL."));
    const char* const made = m_words.dialect() == SqlDialect::Postgres  ? "json_build_array("
                             : m_words.dialect() == SqlDialect::MariaDb ? "JSON_ARRAY("
                                                                        : "json_array(";
    return {"CASE WHEN " + value.text + " IS NOT NULL THEN " + made + m_words.json(value) + ") END",
            ValueKind::Json};
}

} // namespace headgate::shape
