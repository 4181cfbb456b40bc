// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redaction.h"
#include "connector/csv_table.h"
#include "connector/record_matcher.h"
#include "core/connector/delivery_test.h"

#include <numeric>

namespace headgate::connector {
namespace {

using testing::Each;
using testing::ElementsAre;

/// Reads answers for three records "a", "b", "c".
class MatchingTest : public testing::Test
{
protected:
    std::vector<Fate> read(const AnswerSpec& answer, const std::string& body)
    {
        const AnswerDefaults defaults;
        const MatchField field{"id", {}, {Normalisation::Lowercase}};
        std::vector<OutgoingRecord> outgoing;
        for (const TestRecord& record : records)
            outgoing.push_back({record.key, record.match.view(), {}, record.payload, {}});
        std::vector<std::size_t> traces(outgoing.size());
        std::iota(traces.begin(), traces.end(), 0);
        RecordMatcher matcher(answer, defaults, &field, outgoing, traces);
        std::vector<Fate> fates;
        outcomes = answer.matching == Matching::CsvKey
                       ? matcher.readCsv(body)
                       : matcher.read(data::parseJson(body).value());
        for (const RecordOutcome& outcome : outcomes)
            fates.push_back(outcome.fate);
        return fates;
    }

    std::vector<TestRecord> records = {textRecord("a", "{}"), textRecord("b", "{}"),
                                       textRecord("c", "{}")};
    std::vector<RecordOutcome> outcomes;
};

AnswerSpec everyItem()
{
    AnswerSpec answer;
    answer.matching = Matching::Index;
    answer.lists = {{"", {}, {}, {}, true}};
    answer.itemAccepted = Condition{"/ok", {true}};
    answer.itemKey = "/id";
    answer.itemCode = "/error";
    return answer;
}

AnswerSpec errorsOnly(Matching matching)
{
    AnswerSpec answer;
    answer.matching = matching;
    answer.lists = {{"/errors", {}, {}, {}, true}};
    answer.itemIndex = "/index";
    answer.itemKey = "/key";
    answer.itemMessage = "/message";
    answer.itemArray = "/array";
    answer.array = "rows";
    return answer;
}

TEST_F(MatchingTest, OneItemPerRecordStaysInStepOrSaysNothing)
{
    const AnswerSpec answer = everyItem();
    EXPECT_THAT(read(answer, R"([{"ok":true},{"ok":false,"error":"no"},{"ok":true}])"),
                ElementsAre(Fate::Accepted, Fate::Rejected, Fate::Accepted));
    EXPECT_EQ(outcomes[1].code, "no");
    EXPECT_THAT(read(answer, R"([{"ok":true},{"ok":true}])"), Each(Fate::InDoubt));
    EXPECT_THAT(read(answer, R"([{"ok":true},{"ok":true},{"ok":true},{"ok":true}])"),
                Each(Fate::InDoubt));
    EXPECT_THAT(read(answer, R"({"ok":true})"), Each(Fate::InDoubt));
    EXPECT_THAT(read(answer, R"([{"ok":true,"id":"a"},{"ok":true,"id":"C"},{"ok":true,"id":"B"}])"),
                ElementsAre(Fate::Accepted, Fate::InDoubt, Fate::InDoubt));
    EXPECT_THAT(read(answer, R"([{"ok":true,"error":"though"},{},{"ok":true}])"),
                ElementsAre(Fate::InDoubt, Fate::InDoubt, Fate::Accepted));
}

TEST_F(MatchingTest, ErrorsByIndex)
{
    const AnswerSpec answer = errorsOnly(Matching::Index);
    EXPECT_THAT(read(answer, R"({"errors":[{"index":1,"message":"bad"}]})"),
                ElementsAre(Fate::Accepted, Fate::Rejected, Fate::Accepted));
    EXPECT_EQ(outcomes[1].message, "bad");
    EXPECT_THAT(read(answer, R"({"errors":[{"index":"2"}]})"),
                ElementsAre(Fate::Accepted, Fate::Accepted, Fate::Rejected));
    for (const char* index :
         {"3", "-1", "1.5", "\"one\"", "null", "[0]", "1e0", "99999999999999999999"})
        EXPECT_THAT(read(answer, std::string(R"({"errors":[{"index":)") + index + "}]}"),
                    Each(Fate::InDoubt))
            << index;
    EXPECT_THAT(read(answer, R"({"errors":[{"index":0},{"index":7}]})"),
                ElementsAre(Fate::Rejected, Fate::InDoubt, Fate::InDoubt));
    EXPECT_THAT(read(answer, "{}"), Each(Fate::InDoubt));
    EXPECT_THAT(read(answer, R"({"errors":{"index":0}})"), Each(Fate::InDoubt));
}

TEST_F(MatchingTest, ErrorsInAnotherArrayAreNotOurs)
{
    const AnswerSpec answer = errorsOnly(Matching::IndexInNamedArray);
    EXPECT_THAT(read(answer, R"({"errors":[{"array":"rows","index":0}]})"),
                ElementsAre(Fate::Rejected, Fate::Accepted, Fate::Accepted));
    EXPECT_THAT(read(answer, R"({"errors":[{"array":"events","index":0}]})"), Each(Fate::InDoubt));
}

TEST_F(MatchingTest, TracesAndKeys)
{
    EXPECT_THAT(read(errorsOnly(Matching::TraceId), R"({"errors":[{"key":["2"]}]})"),
                ElementsAre(Fate::Accepted, Fate::Accepted, Fate::Rejected));
    EXPECT_THAT(read(errorsOnly(Matching::TraceId), R"({"errors":[{"key":["row-2"]}]})"),
                Each(Fate::InDoubt));
    EXPECT_THAT(read(errorsOnly(Matching::EchoedKey), R"({"errors":[{"key":"B"}]})"),
                ElementsAre(Fate::Accepted, Fate::Rejected, Fate::Accepted));
    EXPECT_THAT(read(errorsOnly(Matching::EchoedKey), R"({"errors":[{"key":"z"}]})"),
                Each(Fate::InDoubt));
    EXPECT_THAT(read(errorsOnly(Matching::EchoedKey), R"({"errors":[{}]})"), Each(Fate::InDoubt));
}

TEST_F(MatchingTest, FieldsToIndexes)
{
    AnswerSpec answer = errorsOnly(Matching::FieldToIndexes);
    answer.unnamed = Meaning::Retry;
    EXPECT_THAT(read(answer, R"({"errors":{"time":[0,2],"id":[2]}})"),
                ElementsAre(Fate::Rejected, Fate::Retry, Fate::Rejected));
    EXPECT_EQ(outcomes[2].message, "time");
    EXPECT_THAT(read(answer, R"({"errors":{"time":[0,3]}})"),
                ElementsAre(Fate::Rejected, Fate::InDoubt, Fate::InDoubt));
    EXPECT_THAT(read(answer, R"({"errors":"time"})"), Each(Fate::InDoubt));
}

TEST_F(MatchingTest, JobErrorsAndTables)
{
    AnswerSpec answer = errorsOnly(Matching::JobErrors);
    answer.itemIndex = "/pointer";
    answer.itemIndexPrefix = "/data/";
    EXPECT_THAT(read(answer, R"({"errors":[{"pointer":"/data/1/email"}]})"),
                ElementsAre(Fate::Accepted, Fate::Rejected, Fate::Accepted));
    EXPECT_THAT(read(answer, R"({"errors":[{"pointer":"/other/1"}]})"), Each(Fate::InDoubt));
    EXPECT_THAT(read(answer, R"({"errors":[{"pointer":"/data/1x"}]})"), Each(Fate::InDoubt));

    AnswerSpec table;
    table.matching = Matching::CsvKey;
    table.itemKey = "id";
    table.itemMessage = "why";
    EXPECT_THAT(read(table, "why,id\n\"too, \"\"long\"\"\",B\n"),
                ElementsAre(Fate::Accepted, Fate::Rejected, Fate::Accepted));
    EXPECT_EQ(outcomes[1].message, "too, \"long\"");
    EXPECT_THAT(read(table, "why,id\r\n"), Each(Fate::Accepted));
    for (const char* broken :
         {"", "why,key\nx,b\n", "why,id\n\"open,b\n", "why,id\nx,z\n", "<html>", "why,id\nx\n"})
        EXPECT_THAT(read(table, broken), Each(Fate::InDoubt)) << broken;
}

TEST_F(MatchingTest, CountsMustFit)
{
    AnswerSpec answer = errorsOnly(Matching::Index);
    answer.acceptedCount = "/good";
    answer.rejectedCount = "/bad";
    EXPECT_THAT(read(answer, R"({"errors":[{"index":0}],"good":2,"bad":1})"),
                ElementsAre(Fate::Rejected, Fate::Accepted, Fate::Accepted));
    EXPECT_THAT(read(answer, R"({"errors":[{"index":0}],"good":1,"bad":2})"),
                ElementsAre(Fate::Rejected, Fate::InDoubt, Fate::InDoubt));
    EXPECT_THAT(read(answer, R"({"errors":[],"good":3})"), Each(Fate::InDoubt));
    EXPECT_THAT(read(answer, R"({"errors":[],"good":"all","bad":0})"), Each(Fate::InDoubt));

    AnswerSpec counts;
    counts.matching = Matching::CountsOnly;
    counts.acceptedCount = "/good";
    counts.rejectedCount = "/bad";
    EXPECT_THAT(read(counts, R"({"good":3,"bad":0})"), Each(Fate::Unconfirmed));
    EXPECT_THAT(read(counts, R"({"good":2,"bad":1})"), Each(Fate::Unconfirmed));
    EXPECT_EQ(outcomes[0].warnings.size(), 1U);
    EXPECT_THAT(read(counts, R"({"good":0,"bad":3})"), Each(Fate::Rejected));
    for (const char* odd : {R"({"good":2,"bad":2})", R"({})", R"({"bad":4})", R"({"good":null})"})
        EXPECT_THAT(read(counts, odd), Each(Fate::InDoubt)) << odd;
}

TEST(ForeignText, IsPlainAndShort)
{
    EXPECT_EQ(foreignText("a\tb\r\nc\x7f"), "a b  c ");
    EXPECT_EQ(foreignText("ok\xff\xc3"), "ok\xEF\xBF\xBD\xEF\xBF\xBD");
    const std::string cut = foreignText(std::string(2000, 'x'));
    EXPECT_EQ(cut.size(), 503U);
    std::string wide;
    for (int i = 0; i < 600; ++i)
        wide += "東";
    EXPECT_EQ(foreignText(wide).size(), 500U * 3 + 3);
    Redaction::registerSecret("secret-across-the-cut");
    EXPECT_EQ(foreignText(std::string(490, 'x') + "secret-across-the-cut").find("secret"),
              std::string::npos);
}

} // namespace
} // namespace headgate::connector
