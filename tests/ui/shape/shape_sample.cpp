// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shape/shape_sample.h"

#include "shape/shape_json.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

using data::ValueKind;

data::Column column(const char* name, ValueKind kind)
{
    data::Column made;
    made.name = name;
    made.kind = kind;
    return made;
}

void addRow(data::RowBlock& block, const std::vector<data::Value>& cells)
{
    for (const data::Value& cell : cells)
        block.append(cell.view());
}

} // namespace

std::shared_ptr<const service::RecordSample> viewsSample()
{
    auto sample = std::make_shared<service::RecordSample>();
    sample->models.main.columns = {
        column("view_id", ValueKind::Integer), column("customer_id", ValueKind::Integer),
        column("first_name", ValueKind::Text), column("product", ValueKind::Text),
        column("price", ValueKind::Decimal),   column("viewed_at", ValueKind::Timestamp)};
    sample->models.rowKey = {"view_id"};
    sample->models.recordKey = {"customer_id"};
    sample->main.reset(6);
    const auto view = [&](const char* id, const char* customer, const char* name,
                          const char* product, const char* price, const char* at) {
        const data::Value none;
        addRow(sample->main, {{ValueKind::Integer, id},
                              {ValueKind::Integer, customer},
                              {ValueKind::Text, name},
                              {ValueKind::Text, product},
                              *price == '\0' ? none : data::Value(ValueKind::Decimal, price),
                              {ValueKind::Timestamp, at}});
    };
    view("1", "7", "Zo\u00EB", "Lamp", "19.90", "2026-01-01T10:00:00");
    view("2", "7", "Zo\u00EB", "Chair", "49.00", "2026-01-03T10:00:00");
    view("3", "8", "Ada", "Rug", "", "2026-01-02T10:00:00");
    view("4", "7", "Zo\u00EB", "Table", "120.00", "2026-01-02T10:00:00");
    sample->records = {{"7", "7", {0, 1, 3}, {}}, {"8", "8", {2}, {}}};
    sample->complete = true;
    return sample;
}

project::ModelDefinition viewsModel()
{
    project::ModelDefinition model;
    model.slug = "views";
    model.name = "Views";
    model.rowKey = {"view_id"};
    return model;
}

shape::Shape shapeOf(const char* json)
{
    Issues issues;
    auto shape = shape::shapeFromJson(data::JsonNode::parse(json), {}, issues);
    EXPECT_TRUE(shape) << toString(issues).toStdString();
    return shape.value_or(shape::Shape());
}

project::SyncDefinition viewsSync()
{
    project::SyncDefinition sync;
    sync.slug = "views";
    sync.name = "Views";
    sync.model = "views";
    sync.recordKey = {"customer_id"};
    sync.destination = "tool";
    sync.object = "user";
    sync.shape = shapeOf(R"({"kind":"object","fields":[
        {"name":"firstName","kind":"column","column":"first_name"},
        {"name":"viewed","kind":"list","form":"dictionaries",
         "sortBy":[{"column":"viewed_at","descending":true}],"limit":2,
         "element":[{"name":"name","kind":"column","column":"product"},
                    {"name":"price","kind":"column","column":"price"}]}]})");
    return sync;
}

} // namespace headgate::ui
