// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/table_case.h"

#include "data/json_text.h"
#include "shape/condition_json.h"
#include "shape/shape_json.h"

#include <QDir>
#include <algorithm>
#include <gtest/gtest.h>

namespace headgate::shape {

using data::JsonNode;
using data::Value;
using data::ValueKind;

namespace {

ValueKind kindNamed(const std::string& text)
{
    for (int kind = 0; kind <= static_cast<int>(ValueKind::Invalid); ++kind)
        if (text == data::name(static_cast<ValueKind>(kind)))
            return static_cast<ValueKind>(kind);
    ADD_FAILURE() << "no kind " << text;
    return ValueKind::Text;
}

Value cellOf(const JsonNode& json, ValueKind kind)
{
    if (json.is_null())
        return {};
    if (json.is_object() && json.contains("invalid"))
        return {ValueKind::Invalid, json["invalid"].get<std::string>()};
    if (json.is_string())
        return {kind, json.get<std::string>()};
    return {kind, json.dump()};
}

TableCase::Rows rowsOf(const JsonNode& json, const data::Schema& schema)
{
    TableCase::Rows rows;
    for (const JsonNode& row : json) {
        rows.emplace_back();
        for (std::size_t i = 0; i < schema.columns.size(); ++i)
            rows.back().push_back(cellOf(row.at(i), schema.columns[i].kind));
    }
    return rows;
}

RelatedModel relatedOf(const JsonNode& json)
{
    RelatedModel related;
    related.name = json.at("name").get<std::string>();
    related.schema = schemaOf(json.at("columns").get<std::vector<std::string>>());
    related.toOne = json.value("toOne", false);
    related.eventTime = json.value("eventTime", "");
    for (const auto& [main, own] : json.at("join").items()) {
        related.mainColumns.push_back(main);
        related.columns.push_back(own.get<std::string>());
    }
    return related;
}

void appendMember(std::string& out, const char* name, const Value& value)
{
    out += std::string(",\"") + name + "\":";
    data::appendJsonValue(out, value.view());
}

} // namespace

data::Schema schemaOf(const std::vector<std::string>& columns)
{
    data::Schema schema;
    for (const std::string& column : columns) {
        const std::size_t colon = column.rfind(':');
        schema.columns.push_back(
            {column.substr(0, colon), kindNamed(column.substr(colon + 1)), {}, {}});
    }
    return schema;
}

Shape shapeOf(std::string_view json)
{
    const auto parsed = data::parseJson(json);
    EXPECT_TRUE(parsed) << parsed.error().toString().toStdString();
    Issues issues;
    auto shape = shapeFromJson(parsed.value(), {}, issues);
    EXPECT_TRUE(issues.empty()) << toString(issues).toStdString();
    return shape.value_or(Shape{});
}

TableCase TableCase::parse(std::string_view text)
{
    const auto json = data::parseJson(text);
    EXPECT_TRUE(json) << json.error().toString().toStdString();
    TableCase table;
    table.models.main = schemaOf(json->at("columns").get<std::vector<std::string>>());
    table.models.rowKey = json->at("rowKey").get<std::vector<std::string>>();
    table.models.recordKey = json->at("recordKey").get<std::vector<std::string>>();
    table.mainRows = rowsOf(json->at("rows"), table.models.main);
    for (const JsonNode& related : json->value("related", JsonNode::array())) {
        table.models.related.push_back(relatedOf(related));
        table.relatedRows.push_back(rowsOf(related.at("rows"), table.models.related.back().schema));
    }
    table.options.matchColumn = json->value("match", "");
    table.options.matchLeaf = json->value("matchLeaf", "");
    table.options.eventTime = json->value("eventTime", "");
    table.options.cursor = json->value("cursor", "");
    table.keepsOrder = json->value("keepsOrder", false);
    Issues issues;
    if (json->contains("filter"))
        table.options.filter = conditionFromJson(json->at("filter"), "/filter", issues);
    EXPECT_TRUE(issues.empty()) << toString(issues).toStdString();
    table.options.temporaryDirectory = QDir::tempPath().toStdString();
    return table;
}

TableCase TableCase::shuffled(std::mt19937& random) const
{
    TableCase other = *this;
    std::shuffle(other.mainRows.begin(), other.mainRows.end(), random);
    for (Rows& rows : other.relatedRows)
        std::shuffle(rows.begin(), rows.end(), random);
    return other;
}

std::unique_ptr<RecordBuilder> TableCase::builder(const Shape& shape, std::size_t blockRows) const
{
    auto program = ShapeProgram::compile(shape, models);
    if (!program) {
        ADD_FAILURE() << program.error().toString().toStdString();
        return nullptr;
    }
    RecordOptions all = options;
    all.shape = *program;
    const auto opener = [blockRows](const data::Schema& schema, const Rows& rows) {
        return [=]() -> Result<std::unique_ptr<data::RowStream>> {
            return std::make_unique<fakes::FakeRowStream>(schema, rows, blockRows);
        };
    };
    std::vector<OpenRows> open{opener(models.main, mainRows)};
    for (std::size_t i = 0; i < relatedRows.size(); ++i)
        open.push_back(opener(models.related[i].schema, relatedRows[i]));
    auto made = RecordBuilder::create(all, std::move(open));
    if (!made) {
        ADD_FAILURE() << made.error().toString().toStdString();
        return nullptr;
    }
    return std::move(*made);
}

std::vector<ShapedRecord> TableCase::records(const Shape& shape, std::size_t blockRows) const
{
    std::vector<ShapedRecord> records;
    const auto stream = builder(shape, blockRows);
    if (!stream)
        return records;
    while (true) {
        std::vector<ShapedRecord> block;
        const auto step = stream->read(block);
        records.insert(records.end(), block.begin(), block.end());
        // What a record leaves behind must not show in the one that gets its memory.
        stream->recycle(std::move(block));
        if (!step) {
            ADD_FAILURE() << step.error().toString().toStdString();
            break;
        }
        if (*step == RecordStep::Done)
            break;
    }
    const auto sortKey = [](const ShapedRecord& record) {
        return std::pair(record.keyText,
                         record.problems.empty() ? std::string() : record.problems.front().code);
    };
    std::stable_sort(records.begin(), records.end(),
                     [&](const auto& a, const auto& b) { return sortKey(a) < sortKey(b); });
    return records;
}

std::string recordsJson(const std::vector<ShapedRecord>& records, const TableCase& table)
{
    std::string out = "[";
    for (const ShapedRecord& record : records) {
        out += out.size() > 1 ? ",{\"key\":" : "{\"key\":";
        data::appendJsonString(out, record.keyText);
        if (!record.problems.empty()) {
            out += ",\"problems\":[";
            for (const RecordProblem& problem : record.problems) {
                out += &problem == &record.problems.front() ? "" : ",";
                data::appendJsonString(out, problem.code);
            }
            out += ']';
        } else if (record.filtered) {
            out += ",\"filtered\":true";
        } else {
            out += ",\"payload\":" + record.payload;
        }
        if (!table.options.matchColumn.empty() || !table.options.matchLeaf.empty())
            appendMember(out, "match", record.match);
        if (!table.options.eventTime.empty())
            appendMember(out, "eventTime", record.eventTime);
        if (!table.options.cursor.empty())
            appendMember(out, "cursor", record.cursor);
        out += '}';
    }
    return out + ']';
}

} // namespace headgate::shape
