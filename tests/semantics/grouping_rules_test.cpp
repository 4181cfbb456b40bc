// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/table_case.h"
#include "semantics/many_records.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::fakes;
using run::Outcome;

namespace {

std::string groupedRecordsOf(const std::string& table, const char* shape)
{
    const shape::TableCase parsed = shape::TableCase::parse(table);
    return shape::recordsJson(parsed.records(shape::shapeOf(shape)), parsed);
}

std::string table(const std::string& columns, const std::string& rows)
{
    return R"({"rowKey":["id"],"recordKey":["who"],"columns":["id:integer","who:text",)" + columns +
           R"(],"rows":[)" + rows + "]}";
}

std::string list(const std::string& members)
{
    return R"({"kind":"object","fields":[{"name":"l","kind":"list","form":"values",)" + members +
           "}]}";
}

std::string payloadOf(const std::string& table, const std::string& shape)
{
    const shape::TableCase parsed = shape::TableCase::parse(table);
    const auto records = parsed.records(shape::shapeOf(shape));
    EXPECT_EQ(records.size(), 1u);
    return records.empty() ? std::string() : records.front().payload;
}

} // namespace

TEST(Rule07, shuffledAndScatteredRowsGiveTheSameRecords)
{
    std::string rows;
    for (int i = 0; i < 300; ++i)
        rows += (i > 0 ? ",[" : "[") + std::to_string(i) + R"(,"k)" + std::to_string(i % 7) +
                R"(","v)" + std::to_string(i % 13) + "\"]";
    const shape::TableCase original = shape::TableCase::parse(table(R"("v:text")", rows));
    const shape::Shape shape =
        shape::shapeOf(list(R"("element":[{"kind":"column","column":"v"}])"));
    const std::string expected = shape::recordsJson(original.records(shape), original);
    EXPECT_EQ(original.records(shape).size(), 7u);
    std::mt19937 random(7);
    for (int i = 0; i < 10; ++i) {
        const shape::TableCase shuffled = original.shuffled(random);
        EXPECT_EQ(shape::recordsJson(shuffled.records(shape), shuffled), expected);
    }
}

TEST(Rule07, aRecordOverTheLimitIsInvalidAndNamed)
{
    shape::TableCase parsed = shape::TableCase::parse(
        table(R"("v:text")", R"([1,"big","x"],[2,"big","x"],[3,"big","x"],[4,"small","x"])"));
    EXPECT_EQ(parsed.options.mostRows, 100'000u);
    EXPECT_EQ(parsed.options.mostBytes, 32u << 20);
    parsed.options.mostRows = 2;
    const auto records =
        parsed.records(shape::shapeOf(list(R"("element":[{"kind":"column","column":"v"}])")));
    EXPECT_EQ(shape::recordsJson(records, parsed),
              R"([{"key":"big","problems":["record.rows.limit"]},)"
              R"({"key":"small","payload":{"l":["x"]}}])");
}

TEST(Rule08, textIsSortedByCodePointAndNullsAreLastBothWays)
{
    const std::string rows =
        table(R"("v:text")", R"([1,"a","b"],[2,"a",null],[3,"a","B"],[4,"a","ä"],[5,"a","z"])");
    EXPECT_EQ(payloadOf(rows, list(R"("sortBy":[{"column":"v"}],
        "element":[{"kind":"text","text":"{id}{v}"}])")),
              R"({"l":["3B","1b","5z","4ä",null]})");
    EXPECT_EQ(payloadOf(rows, list(R"("sortBy":[{"column":"v","descending":true}],
        "element":[{"kind":"text","text":"{id}{v}"}])")),
              R"({"l":["4ä","5z","1b","3B",null]})");
}

TEST(Rule08, anUnmappedColumnNeverReorders)
{
    const char* shape = R"({"kind":"object","fields":[{"name":"l","kind":"list","form":"values",
        "element":[{"kind":"column","column":"v"}]}]})";
    EXPECT_EQ(groupedRecordsOf(
                  table(R"("v:text","other:integer")", R"([1,"a","x",9],[2,"a","w",1])"), shape),
              groupedRecordsOf(
                  table(R"("v:text","other:integer")", R"([1,"a","x",1],[2,"a","w",9])"), shape));
}

TEST(Rule08, stepsApplyInTheOrderWhereSortDistinctLimit)
{
    EXPECT_EQ(payloadOf(table(R"("v:integer","n:integer")",
                              R"([1,"a",5,1],[2,"a",5,2],[3,"a",4,3],[4,"a",9,-1],[5,"a",3,4])"),
                        list(R"("where":[{"column":"n","op":">","value":0}],
        "sortBy":[{"column":"v","descending":true}],"distinct":["v"],"limit":2,
        "element":[{"kind":"column","column":"v"}])")),
              R"({"l":[5,4]})");
}

TEST(Rule08, sumMinAndMaxOfNothingAreNullAndCountIsZero)
{
    EXPECT_EQ(payloadOf(table(R"("v:integer")", R"([1,"a",null],[2,"a",null])"),
                        R"({"kind":"object","fields":[
        {"name":"sum","kind":"column","column":"v","pick":"sum"},
        {"name":"min","kind":"column","column":"v","pick":"min"},
        {"name":"max","kind":"column","column":"v","pick":"max"},
        {"name":"count","kind":"column","column":"v","pick":"count"},
        {"name":"ids","kind":"list","form":"values","element":[{"kind":"column","column":"id"}]}]})"),
              R"({"sum":null,"min":null,"max":null,"count":0,"ids":[1,2]})");
}

TEST(Rule09, aMapRefusesNullAndRepeatedKeysUnlessTheLastWins)
{
    constexpr const char* strict = R"({"kind":"object","fields":[
        {"name":"m","kind":"map","key":{"column":"k"},"value":{"kind":"column","column":"v"}}]})";
    constexpr const char* last = R"({"kind":"object","fields":[{"name":"m","kind":"map",
        "sortBy":[{"column":"id"}],"repeatedKeys":"last_by_sort",
        "key":{"column":"k"},"value":{"kind":"column","column":"v"}}]})";
    const std::string repeated =
        table(R"("k:text","v:integer")", R"([1,"a","x",1],[2,"a","x",2],[3,"a","y",3])");
    EXPECT_EQ(groupedRecordsOf(repeated, strict),
              R"([{"key":"a","problems":["map.key.repeated"]}])");
    EXPECT_EQ(groupedRecordsOf(repeated, last), R"([{"key":"a","payload":{"m":{"x":2,"y":3}}}])");
    EXPECT_EQ(groupedRecordsOf(table(R"("k:text","v:integer")", R"([1,"a",null,1])"), strict),
              R"([{"key":"a","problems":["map.key.null"]}])");
}

TEST(Rule09, anElementOfALeftJoinWithoutAMatchIsLeftOut)
{
    EXPECT_EQ(payloadOf(table(R"("sku:text","price:decimal")", R"([1,"a",null,null])"),
                        R"({"kind":"object","fields":[{"name":"l","kind":"list",
        "form":"dictionaries","element":[{"name":"sku","kind":"column","column":"sku"},
        {"name":"price","kind":"column","column":"price"}]}]})"),
              R"({"l":[]})");
}

TEST(Rule09, groupByGivesAnElementPerValueWhoseInnerNodesWalkItsRows)
{
    EXPECT_EQ(payloadOf(table(R"("no:integer","sku:text")",
                              R"([1,"a",10,"x"],[2,"a",11,"y"],[3,"a",10,"z"])"),
                        R"({"kind":"object","fields":[{"name":"orders","kind":"list",
        "form":"dictionaries","groupBy":["no"],"element":[
          {"name":"no","kind":"column","column":"no"},
          {"name":"lines","kind":"list","form":"values",
           "element":[{"kind":"column","column":"sku"}]}]}]})"),
              R"({"orders":[{"no":10,"lines":["x","z"]},{"no":11,"lines":["y"]}]})");
}

TEST(Rule09, aMissingLookUpIsNullSkipOrInvalidAsChosen)
{
    const auto chosen = [](const std::string& missing) {
        return groupedRecordsOf(R"({"rowKey":["who"],"recordKey":["who"],"columns":["who:text"],
            "rows":[["a"],["b"]],"related":[{"name":"cities","join":{"who":"who"},"toOne":true,
            "columns":["who:text","city:text"],"rows":[["a","Ulm"]]}]})",
                                (R"({"kind":"object","fields":[{"name":"city","kind":"column",
            "column":"city","model":"cities")" +
                                 missing + "}]}")
                                    .c_str());
    };
    EXPECT_EQ(chosen(""),
              R"([{"key":"a","payload":{"city":"Ulm"}},{"key":"b","payload":{"city":null}}])");
    EXPECT_EQ(chosen(R"(,"missing":"leave_out")"),
              R"([{"key":"a","payload":{"city":"Ulm"}},{"key":"b","payload":{}}])");
    EXPECT_EQ(
        chosen(R"(,"missing":"invalid")"),
        R"([{"key":"a","payload":{"city":"Ulm"}},{"key":"b","problems":["record.lookup.missing"]}])");
}

TEST(Rule10, anInterruptedReadEndsTheRunAndIsNeverAShortResult)
{
    RunWorldFixture world;
    mirror(world);
    world.records = manyRecords(30);
    static_cast<void>(world.run());
    world.records.resize(28);
    world.readFailure = Error{ErrorKind::Source, "source.cut", {}, {}, {}, {}};
    const run::RunReport report = world.run();
    EXPECT_EQ(report.exitCode, 3);
    EXPECT_EQ(report.requests, 0u);
    EXPECT_EQ(world.saas.records.size(), 30u);
}

TEST(Rule10, anInterruptedReadOfARelatedModelIsNoShortResultEither)
{
    const shape::TableCase parsed = shape::TableCase::parse(
        R"({"rowKey":["who"],"recordKey":["who"],"columns":["who:text"],"rows":[["a"],["b"]],
        "related":[{"name":"views","join":{"who":"who"},"columns":["who:text","sku:text"],
        "rows":[["a","x"],["b","y"]]}]})");
    const shape::Shape shape = shape::shapeOf(R"({"kind":"object","fields":[{"name":"skus",
        "kind":"list","form":"values","source":{"model":"views"},
        "element":[{"kind":"column","column":"sku"}]}]})");
    auto program = shape::ShapeProgram::compile(shape, parsed.models);
    ASSERT_TRUE(program);
    shape::RecordOptions options = parsed.options;
    options.shape = *program;
    const Error cut{ErrorKind::Source, "source.cut", {}, {}, {}, {}};
    std::vector<shape::OpenRows> open;
    open.push_back([&]() -> Result<std::unique_ptr<data::RowStream>> {
        return std::make_unique<FakeRowStream>(parsed.models.main, parsed.mainRows, 10);
    });
    open.push_back([&]() -> Result<std::unique_ptr<data::RowStream>> {
        return std::make_unique<FakeRowStream>(parsed.models.related[0].schema,
                                               parsed.relatedRows[0], 10, cut);
    });
    auto builder = shape::RecordBuilder::create(options, std::move(open));
    ASSERT_TRUE(builder);
    std::vector<shape::ShapedRecord> records;
    while (true) {
        const auto step = (*builder)->read(records);
        if (!step) {
            EXPECT_EQ(step.error().code, "source.cut");
            break;
        }
        ASSERT_EQ(*step, shape::RecordStep::More) << "a short result";
    }
}

TEST(Rule10, aRelatedModelThatLostItsRowsStopsTheRun)
{
    for (const std::uint64_t rows : {0, 89, 90, 100}) {
        RunWorldFixture world;
        world.records = manyRecords(30);
        const run::RunReport report =
            world.run(run::RunKind::Run, [&](run::SyncRunOptions& options) {
                options.relatedCounts = [rows] {
                    return std::vector<plan::RelatedCount>{{"views", rows, 100}};
                };
            });
        EXPECT_EQ(report.exitCode, rows < 90 ? 7 : 0) << rows;
    }
}
