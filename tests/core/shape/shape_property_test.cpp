// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/random_shape.h"
#include "data/json.h"
#include "data/json_text.h"
#include "shape/shape_check.h"
#include "shape/shape_json.h"

#include <gtest/gtest.h>
#include <numeric>
#include <rapidcheck.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

/// Everything that a plan sees of the records, in one text.
std::string allOf(const std::vector<ShapedRecord>& records)
{
    std::string all;
    for (const ShapedRecord& record : records) {
        all += record.keyText + ' ' + record.payload;
        for (const LeafHash& leaf : record.leaves)
            all += ' ' + std::to_string(leaf.node) + '=' + std::to_string(leaf.hash);
        // Which of several problems is met first may depend on the order of rows.
        all += record.problems.empty() ? "\n" : " invalid\n";
    }
    return all;
}

/// The rows of one record as the Shaper takes them, every row of a model joined.
struct HeldRows
{
    data::RowBlock block;
    std::vector<std::uint32_t> rows;

    HeldRows(const data::Schema& schema, const TableCase::Rows& from)
    {
        block.reset(schema.columns.size());
        for (const auto& row : from)
            for (const data::Value& cell : row)
                block.append(cell.view());
        rows.resize(from.size());
        std::iota(rows.begin(), rows.end(), 0u);
    }
    [[nodiscard]] ModelRows view() const { return {&block, rows, {}, 1}; }
};

/// Replaces parts of a JSON text's tree at random.
data::JsonNode mutated(data::JsonNode json, std::mt19937& random, const data::JsonNode& donor)
{
    const auto scrap = [&]() -> data::JsonNode {
        switch (random() % 8) {
        case 0:
            return nullptr;
        case 1:
            return -1;
        case 2:
            return "main";
        case 3:
            return data::JsonNode::array();
        case 4:
            return data::JsonNode::object();
        case 5:
            return true;
        case 6:
            return 1.5e300;
        default:
            return donor.is_structured() && !donor.empty()
                       ? *std::next(donor.begin(),
                                    static_cast<std::ptrdiff_t>(random() % donor.size()))
                       : donor;
        }
    };
    if (random() % 12 == 0)
        return scrap();
    if (json.is_structured())
        for (auto& child : json)
            child = mutated(std::move(child), random, json);
    return json;
}

} // namespace

TEST(ShapeProperty, shuffledRowsGiveIdenticalRecords)
{
    EXPECT_TRUE(rc::check("shuffled rows", [](std::uint32_t seed) {
        RandomShape source(seed);
        const TableCase table = source.table();
        const Shape shape = source.shape();
        RC_PRE(!hasErrors(issuesOf(checkShape(shape, table.models))));
        const std::string expected = allOf(table.records(shape));
        for (int i = 0; i < 2; ++i)
            RC_ASSERT(allOf(table.shuffled(source.random()).records(shape, 7)) == expected);
        for (const ShapedRecord& record : table.records(shape)) {
            RC_ASSERT(record.problems.empty() != record.payload.empty());
            RC_ASSERT(record.payload.empty() || data::parseJson(record.payload).has_value());
        }
    }));
}

TEST(ShapeProperty, provenanceMatchesThePayload)
{
    EXPECT_TRUE(rc::check("provenance", [](std::uint32_t seed) {
        RandomShape source(seed);
        const TableCase table = source.table();
        const Shape shape = source.shape();
        RC_PRE(!table.mainRows.empty());
        const auto program = ShapeProgram::compile(shape, table.models);
        RC_PRE(program.has_value());
        const HeldRows own(table.models.main, {table.mainRows.begin(), table.mainRows.begin() + 1});
        const HeldRows views(table.models.related[0].schema, table.relatedRows[0]);
        const HeldRows products(table.models.related[1].schema, table.relatedRows[1]);
        const std::vector<ModelRows> related{views.view(), products.view()};
        Shaper shaper(*program);
        ShapedRecord plain;
        shaper.shape(own.view(), related, plain);
        ShapedRecord traced;
        Provenance provenance;
        shaper.shape(own.view(), related, traced, &provenance);
        RC_ASSERT(traced.payload == plain.payload);
        RC_ASSERT(traced.problems.size() == plain.problems.size());
        RC_ASSERT(plain.problems.empty() || provenance.values.empty());
        for (const ProvenanceValue& value : provenance.values) {
            const Node* node = shape.find(value.node);
            RC_ASSERT(node != nullptr);
            RC_ASSERT(value.end <= traced.payload.size());
            const std::string bytes = traced.payload.substr(value.begin, value.end - value.begin);
            if (node->kind == NodeKind::List && value.element &&
                node->list.form == ListForm::DictionaryOfLists) {
                RC_ASSERT(bytes.empty());
                continue;
            }
            std::string compact;
            RC_ASSERT(data::appendCompactJson(compact, bytes).has_value());
            RC_ASSERT(compact == bytes);
            const bool plainCell = node->kind == NodeKind::Column && value.origin &&
                                   node->leaf.type == LeafType::AsIs && !node->leaf.whenNull &&
                                   node->leaf.pick == Pick::None;
            if (!plainCell)
                continue;
            const auto& rows = value.origin->model == 0
                                   ? table.mainRows
                                   : table.relatedRows[value.origin->model - 1];
            const data::Value& cell = rows[value.origin->row - 1][*value.column];
            std::string expected;
            if (cell.kind == data::ValueKind::Json)
                RC_ASSERT(data::appendCompactJson(expected, cell.text).has_value());
            else
                data::appendJsonValue(expected, cell.view());
            RC_ASSERT(bytes == expected);
        }
    }));
}

TEST(ShapeProperty, everyRowOfAListIsSeenOrDropped)
{
    EXPECT_TRUE(rc::check("rows of a list", [](std::uint32_t seed) {
        RandomShape source(seed);
        const TableCase table = source.table();
        RC_PRE(!table.mainRows.empty());
        Shape shape;
        Node list;
        list.name = "l";
        list.kind = NodeKind::List;
        list.list.source.model = "views";
        list.list.sortBy = {{"at", true, {}}};
        list.list.distinct = {"sku"};
        list.list.limit = 3;
        Condition priced;
        priced.op = ConditionOperator::Greater;
        priced.column = "price";
        priced.value = 0;
        list.list.where.parts = {priced};
        list.children.resize(1);
        list.children.front().name = "sku";
        list.children.front().kind = NodeKind::Column;
        list.children.front().leaf.column = "sku";
        shape.root.children = {list};
        const auto program = ShapeProgram::compile(shape, table.models);
        RC_ASSERT(program.has_value());
        const HeldRows own(table.models.main, {table.mainRows.begin(), table.mainRows.begin() + 1});
        const HeldRows views(table.models.related[0].schema, table.relatedRows[0]);
        const HeldRows products(table.models.related[1].schema, {});
        const std::vector<ModelRows> related{views.view(), products.view()};
        ShapedRecord record;
        Provenance provenance;
        Shaper(*program).shape(own.view(), related, record, &provenance);
        std::set<std::uint64_t> rows;
        std::size_t elements = 0;
        for (const ProvenanceValue& value : provenance.values)
            if (value.element) {
                RC_ASSERT(rows.insert(value.origin->row).second);
                ++elements;
            }
        for (const ProvenanceDrop& drop : provenance.drops)
            RC_ASSERT(rows.insert(drop.origin->row).second);
        RC_ASSERT(rows.size() == table.relatedRows[0].size());
        RC_ASSERT(elements <= 3u);
    }));
}

TEST(ShapeProperty, randomJsonNeverCrashesTheLoader)
{
    RandomShape source(1);
    const ShapeModels models = source.table().models;
    std::size_t loaded = 0;
    for (std::uint32_t seed = 0; seed < 3000; ++seed) {
        RandomShape shapes(seed);
        const data::JsonNode valid = toJson(shapes.shape());
        const data::JsonNode json = mutated(valid, shapes.random(), valid);
        Issues issues;
        const auto shape = shapeFromJson(json, {}, issues);
        EXPECT_EQ(shape.has_value(), !hasErrors(issues)) << json.dump();
        if (!shape)
            continue;
        ++loaded;
        const data::JsonNode written = toJson(*shape);
        Issues again;
        const auto reread = shapeFromJson(written, {}, again);
        ASSERT_TRUE(reread) << written.dump() << toString(again).toStdString();
        EXPECT_EQ(*reread, *shape) << written.dump();
        const bool correct = !hasErrors(issuesOf(checkShape(*shape, models)));
        EXPECT_EQ(ShapeProgram::compile(*shape, models).has_value(), correct) << written.dump();
    }
    EXPECT_GT(loaded, 100u);
}
