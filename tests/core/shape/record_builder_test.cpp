// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/record_builder.h"

#include "core/shape/table_case.h"
#include "data/json.h"
#include "fakes/print_to.h"

#include <QDir>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

constexpr const char* idsShape = R"({"kind":"object","fields":[
    {"name":"ids","kind":"list","form":"values","element":[{"kind":"column","column":"id"}]}]})";

/// `keys` records of `fanout` rows each, their rows far apart.
TableCase wideTable(int keys, int fanout)
{
    TableCase table = TableCase::parse(
        R"({"rowKey":["id"],"recordKey":["who"],"columns":["id:integer","who:text","pad:text"],"rows":[]})");
    for (int i = 0; i < keys * fanout; ++i)
        table.mainRows.push_back({{data::ValueKind::Integer, std::to_string(i)},
                                  {data::ValueKind::Text, "k" + std::to_string(i % keys)},
                                  {data::ValueKind::Text, std::string(50, 'x')}});
    return table;
}

std::string payloads(const std::vector<ShapedRecord>& records)
{
    std::string all;
    for (const ShapedRecord& record : records)
        all += record.keyText + ' ' +
               (record.problems.empty() ? record.payload : record.problems.front().code) + '\n';
    return all;
}

Result<RecordStep> readToEnd(RecordBuilder& builder, std::vector<ShapedRecord>& records)
{
    while (true) {
        auto step = builder.read(records);
        if (!step || *step == RecordStep::Done)
            return step;
    }
}

/// Takes the last of so many records; of 0 none.
class EveryOther final : public RecordSieve
{
public:
    explicit EveryOther(std::size_t of) : m_of(of) {}
    void expect(std::string_view key) override { m_expected = key; }
    [[nodiscard]] bool takes(const ShapedRecord& record) override
    {
        EXPECT_EQ(m_expected, record.key) << "what comes next is announced";
        return m_of > 0 && ++m_seen % m_of == 0;
    }

private:
    std::size_t m_of;
    std::size_t m_seen = 0;
    std::string m_expected;
};

OpenRows opening(const data::Schema& schema, const TableCase::Rows& rows,
                 std::optional<Error> error = {})
{
    return [=]() -> Result<std::unique_ptr<data::RowStream>> {
        return std::make_unique<fakes::FakeRowStream>(schema, rows, 100, error);
    };
}

} // namespace

TEST(RecordBuilder, rowsThatAreRecordsStreamThrough)
{
    TableCase table = wideTable(5, 1);
    table.models.rowKey = table.models.recordKey;
    table.options.temporaryDirectory = "/nonexistent";
    const auto builder = table.builder(
        shapeOf(R"({"kind":"object","fields":[{"name":"id","kind":"column","column":"id"}]})"), 2);
    ASSERT_TRUE(builder);
    std::vector<ShapedRecord> records;
    ASSERT_TRUE(builder->read(records));
    EXPECT_EQ(records.size(), 2u);
    EXPECT_EQ(builder->rowsRead(), 2u);
    ASSERT_TRUE(readToEnd(*builder, records));
    ASSERT_EQ(records.size(), 5u);
    EXPECT_EQ(records[4].payload, R"({"id":4})");
    EXPECT_EQ(records[4].keyText, "k4");
    EXPECT_EQ(records[4].match, (data::Value{data::ValueKind::Text, "k4"}));
    EXPECT_EQ(*builder->read(records), RecordStep::Done);
}

TEST(RecordBuilder, recordsThatComeBackLeaveNothingInTheNextOnes)
{
    const auto read = [](bool recycles, std::size_t taken) {
        TableCase table = wideTable(50, 1);
        table.models.rowKey = table.models.recordKey;
        const auto builder = table.builder(
            shapeOf(R"({"kind":"object","fields":[{"name":"id","kind":"column","column":"id"}]})"),
            7);
        builder->setSieve(std::make_shared<EveryOther>(taken));
        std::string all;
        for (bool more = true; more;) {
            std::vector<ShapedRecord> block;
            const auto step = builder->read(block);
            EXPECT_TRUE(step);
            more = step && *step == RecordStep::More;
            all += payloads(block);
            for (ShapedRecord& record : block) {
                EXPECT_EQ(record.leaves.size(), 1u);
                EXPECT_EQ(record.rowCount, 1u);
                record.problems.push_back({"left.over", {}, {}, {}, 0});
                record.filtered = true;
            }
            if (recycles)
                builder->recycle(std::move(block));
        }
        return all;
    };
    for (const std::size_t taken : {0, 1, 2, 3}) {
        EXPECT_EQ(read(false, taken).empty(), taken == 1);
        EXPECT_EQ(read(true, taken), read(false, taken)) << taken;
    }
}

TEST(RecordBuilder, littleMemoryGivesTheSameRecords)
{
    TableCase table = wideTable(700, 6);
    const Shape shape = shapeOf(idsShape);
    const std::string expected = payloads(table.records(shape, 1000));
    EXPECT_EQ(std::count(expected.begin(), expected.end(), '\n'), 700);
    // 4,200 rows of 50 bytes and a big cell: several passes of splitting.
    table.options.memoryBudget = 1;
    for (auto& row : table.mainRows)
        row[2].text = std::string(20000, 'y');
    EXPECT_EQ(payloads(table.records(shape, 1000)), expected);
}

TEST(RecordBuilder, recordsOverTheRowLimitAreNamedAndPassedOver)
{
    TableCase table = wideTable(20, 5);
    for (int i = 0; i < 200; ++i)
        table.mainRows.push_back({{data::ValueKind::Integer, std::to_string(1000 + i)},
                                  {data::ValueKind::Text, "huge"},
                                  {data::ValueKind::Text, "x"}});
    const Shape shape = shapeOf(idsShape);
    table.options.mostRows = 100;
    const auto check = [&] {
        const auto records = table.records(shape);
        ASSERT_EQ(records.size(), 21u);
        const ShapedRecord& huge = records.front();
        EXPECT_EQ(huge.keyText, "huge");
        ASSERT_EQ(huge.problems.size(), 1u);
        EXPECT_EQ(huge.problems.front().code, "record.rows.limit");
        EXPECT_TRUE(huge.problems.front().message.contains(QStringLiteral("“huge” has 200 rows")));
        EXPECT_TRUE(huge.payload.empty());
        EXPECT_FALSE(huge.key.empty());
        EXPECT_EQ(huge.rowCount, 200u);
        for (std::size_t i = 1; i < records.size(); ++i)
            EXPECT_TRUE(records[i].problems.empty());
    };
    check();
    // The same when it is found out without loading the rows.
    table.options.memoryBudget = 1;
    for (auto& row : table.mainRows)
        row[2].text = std::string(100000, 'y');
    check();
}

TEST(RecordBuilder, recordsOverTheByteLimitAreNamedAndPassedOver)
{
    TableCase table = wideTable(3, 3);
    for (auto& row : table.mainRows)
        if (row[1].text == "k1")
            row[2].text = std::string(3 << 20, 'y');
    table.options.mostBytes = 5 << 20;
    for (const std::uint64_t budget : {std::uint64_t(32) << 20, std::uint64_t(1)}) {
        table.options.memoryBudget = budget;
        EXPECT_EQ(payloads(table.records(shapeOf(idsShape))),
                  "k0 {\"ids\":[0,3,6]}\nk1 record.bytes.limit\nk2 {\"ids\":[2,5,8]}\n");
    }
}

TEST(RecordBuilder, relatedRowsWithoutMainRowAreCounted)
{
    TableCase table = TableCase::parse(R"({"rowKey":["id"],"recordKey":["id"],
        "columns":["id:integer","city:text"],"rows":[[1,"Ulm"],[2,"Ulm"],[3,null]],
        "related":[
          {"name":"views","join":{"id":"id"},"columns":["id:integer","sku:text"],
           "rows":[[1,"a"],[1,"b"],[9,"c"],[null,"d"],[2,"e"]]},
          {"name":"cities","join":{"city":"name"},"toOne":true,"columns":["name:text","land:text"],
           "rows":[["Ulm","BW"],["Bonn","NW"],["Kiel","SH"],[null,"?"]]}]})");
    const Shape shape = shapeOf(R"({"kind":"object","fields":[
        {"name":"views","kind":"list","form":"values","source":{"model":"views"},
         "element":[{"kind":"column","column":"sku"}]},
        {"name":"land","kind":"column","column":"land","model":"cities"}]})");
    const auto builder = table.builder(shape);
    std::vector<ShapedRecord> records;
    ASSERT_TRUE(readToEnd(*builder, records));
    EXPECT_EQ(records.size(), 3u);
    EXPECT_EQ(builder->rowsRead(), 3u);
    EXPECT_EQ(builder->relatedRowsRead(0), 5u);
    EXPECT_EQ(builder->relatedRowsUnmatched(0), 2u);
    EXPECT_EQ(builder->relatedRowsRead(1), 4u);
    EXPECT_EQ(builder->relatedRowsUnmatched(1), 3u);
}

TEST(RecordBuilder, lookUpsWithLittleMemoryReachEveryRecord)
{
    TableCase table = wideTable(3000, 2);
    table.models.related = {
        {"pads", schemaOf({"pad:text", "title:text"}), {"pad"}, {"pad"}, true, {}}};
    table.relatedRows = {
        {{{data::ValueKind::Text, std::string(50, 'x')}, {data::ValueKind::Text, "all of them"}},
         {{data::ValueKind::Text, "unused"}, {data::ValueKind::Text, "none"}}}};
    table.options.memoryBudget = 1;
    const Shape shape = shapeOf(R"({"kind":"object","fields":[
        {"name":"title","kind":"column","column":"title","model":"pads","missing":"invalid"},
        {"name":"rows","kind":"column","pick":"count"}]})");
    const auto builder = table.builder(shape, 1000);
    std::vector<ShapedRecord> records;
    ASSERT_TRUE(readToEnd(*builder, records));
    ASSERT_EQ(records.size(), 3000u);
    for (const ShapedRecord& record : records) {
        EXPECT_EQ(record.payload, R"({"title":"all of them","rows":2})");
        EXPECT_EQ(record.rowCount, 3u);
    }
    EXPECT_EQ(builder->relatedRowsUnmatched(0), 1u);
}

TEST(RecordBuilder, anInterruptedReadIsAnError)
{
    const Error lost{ErrorKind::Source, "source.lost", QStringLiteral("gone"), {}, {}, {}};
    const TableCase table = wideTable(3, 2);
    const auto program = ShapeProgram::compile(shapeOf(idsShape), table.models);
    RecordOptions options = table.options;
    options.shape = *program;
    auto builder =
        RecordBuilder::create(options, {opening(table.models.main, table.mainRows, lost)});
    ASSERT_TRUE(builder);
    std::vector<ShapedRecord> records;
    const auto done = readToEnd(**builder, records);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "source.lost");
    EXPECT_TRUE(records.empty());
    EXPECT_EQ((*builder)->read(records).error().code, "record.ended");
}

TEST(RecordBuilder, changedColumnsAreAnError)
{
    const TableCase table = wideTable(1, 1);
    const auto program = ShapeProgram::compile(shapeOf(idsShape), table.models);
    RecordOptions options = table.options;
    options.shape = *program;
    auto builder =
        RecordBuilder::create(options, {opening(schemaOf({"id:integer", "who:text"}), {})});
    std::vector<ShapedRecord> records;
    EXPECT_EQ(readToEnd(**builder, records).error().code, "record.schema.changed");
}

TEST(RecordBuilder, aFolderThatCannotBeWrittenIsAnError)
{
    TableCase table = wideTable(1, 1);
    const auto program = ShapeProgram::compile(shapeOf(idsShape), table.models);
    RecordOptions options = table.options;
    options.shape = *program;
    options.temporaryDirectory = "/nonexistent";
    const auto builder = RecordBuilder::create(options, {opening(table.models.main, {})});
    ASSERT_FALSE(builder);
    EXPECT_EQ(builder.error().code, "spool.disk");
    EXPECT_EQ(builder.error().kind, ErrorKind::State);
}

TEST(RecordBuilder, temporaryFilesAreGoneAfterwards)
{
    const QTemporaryDir folder;
    TableCase table = wideTable(300, 4);
    table.options.temporaryDirectory = folder.path().toStdString();
    table.options.memoryBudget = 1;
    EXPECT_EQ(table.records(shapeOf(idsShape)).size(), 300u);
    EXPECT_TRUE(
        QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden));
}

TEST(RecordBuilder, optionsAreChecked)
{
    const auto codeOf = [](const auto& change) {
        TableCase table = wideTable(1, 1);
        change(table);
        const auto program = ShapeProgram::compile(shapeOf(idsShape), table.models);
        RecordOptions options = table.options;
        options.shape = *program;
        const auto builder = RecordBuilder::create(options, {opening(table.models.main, {})});
        return builder ? std::string() : builder.error().code;
    };
    EXPECT_EQ(codeOf([](TableCase&) {}), "");
    EXPECT_EQ(codeOf([](TableCase& t) { t.options.cursor = "none"; }), "record.options");
    EXPECT_EQ(codeOf([](TableCase& t) { t.options.matchLeaf = "/none"; }), "record.options");
    EXPECT_EQ(codeOf([](TableCase& t) { t.models.recordKey = {"none"}; }), "record.options");
    EXPECT_EQ(codeOf([](TableCase& t) { t.models.rowKey.clear(); }), "record.options");
    EXPECT_EQ(codeOf([](TableCase& t) {
                  Condition unknown;
                  unknown.op = ConditionOperator::IsNull;
                  unknown.column = "none";
                  t.options.filter = unknown;
              }),
              "record.options");
}

TEST(RecordBuilder, rowsAreKeptForTheHistoryWithinTheirBudget)
{
    TableCase table = wideTable(1, 4);
    table.options.keepRows = true;
    const auto all = table.records(shapeOf(idsShape));
    const auto json = data::parseJson(all.front().rows);
    ASSERT_TRUE(json) << all.front().rows;
    ASSERT_EQ(json->size(), 4u);
    EXPECT_EQ((*json)[1].dump(), R"({"model":"main","row":2,"values":{"id":1,"who":"k0","pad":")" +
                                     std::string(50, 'x') + "\"}}");
    table.options.rowsBytes = 250;
    const auto cut = data::parseJson(table.records(shapeOf(idsShape)).front().rows);
    ASSERT_TRUE(cut);
    ASSERT_EQ(cut->size(), 3u);
    EXPECT_EQ((*cut)[2].dump(), R"({"leftOut":2})");
}

TEST(RecordBuilder, leafHashesTellWhatChanged)
{
    TableCase table = wideTable(2, 1);
    const Shape shape = shapeOf(R"({"kind":"object","fields":[
        {"name":"pad","kind":"column","column":"pad"},
        {"name":"inner","kind":"object","fields":[{"name":"none","kind":"column","column":"pad",
          "functions":[{"function":"case","cases":[{"when":"gone","then":null}]}],"nulls":"leave_out"}]},
        {"name":"ids","kind":"list","form":"values","element":[{"kind":"column","column":"id"}]}]})");
    ASSERT_EQ(shape.leafPaths(), (std::vector<std::string>{"/pad", "/inner/none", "/ids"}));
    const auto before = table.records(shape);
    table.mainRows[0][2].text = "gone";
    const auto after = table.records(shape);
    ASSERT_EQ(before[0].leaves.size(), 3u);
    ASSERT_EQ(after[0].leaves.size(), 2u);
    EXPECT_EQ(before[1].leaves.size(), 3u);
    EXPECT_NE(before[0].leaves[0].hash, after[0].leaves[0].hash);
    EXPECT_EQ(after[0].leaves[1].node, 2u);
    EXPECT_EQ(before[0].leaves[2].hash, after[0].leaves[1].hash);
}
