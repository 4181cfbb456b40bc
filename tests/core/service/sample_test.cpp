// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sync_reader_project.h"
#include "fakes/test_servers.h"
#include "service/sample_reader.h"
#include "service/sample_survey.h"
#include "service/workspace.h"
#include "shape/shape_edit.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::service;

namespace {

/// What customers bought, a row each, the customers' rows far apart; and what is known of the
/// articles.
class SampleTest : public testing::Test
{
protected:
    void SetUp() override
    {
        fakes::runOnSqlite(
            m_world.path("shop.sqlite"),
            "create table sales (id integer primary key, customer text, email text, sku text, "
            "amount integer);"
            "insert into sales values "
            "(1,'a','a@x','s1',5),(2,'b','b@x','s1',7),(3,null,'?','s9',1),"
            "(4,'c','c@x','s3',1),(5,'a','a@x','s2',9),(6,'d','d@x',null,2),(7,'b','B@x','s4',null)"
            ","
            "(8,'a','a@x','s1',3);"
            "create table articles (sku text, title text, tag text);"
            "insert into articles values ('s1','Sock','warm'),('s1','Sock','grey'),"
            "('s2','Zoë','x'),('s9','None','y'),('s4','Four','z'),('s8','Nobody','z')");
        m_world.addSource("shop", fakes::sqliteOptions(m_world.path("shop.sqlite")));
        m_world.addModel("sales", "shop", "select * from sales", "id");
        m_world.addModel("articles", "shop", "select * from articles", "sku");
        m_world.sync.model = "sales";
        m_world.sync.recordKey = {"customer"};
        m_world.relate("articles", project::RelatedKind::ToMany, "sku", "sku");
        m_world.setShape(R"({"kind":"object","fields":[
            {"name":"email","kind":"column","column":"email"},
            {"name":"total","kind":"column","column":"amount","pick":"sum",
             "functions":[{"function":"number_format","decimals":2}]},
            {"name":"bought","kind":"list","form":"dictionaries","sortBy":[{"column":"id"}],
             "where":[{"column":"sku","op":"is not null"}],"element":[
               {"name":"sku","kind":"column","column":"sku","functions":["upper"],"type":"text"},
               {"name":"tags","kind":"list","form":"values","source":{"model":"articles"},
                "element":[{"name":"tag","kind":"column","column":"tag"}]}]}]})");
    }

    SampleReader::Options options() const
    {
        return {m_world.project, m_world.sync, "development", m_world.path("")};
    }

    Result<std::shared_ptr<const RecordSample>> read(const SampleReader::Options& options)
    {
        return SampleReader(options, m_world.secrets(), {}).read();
    }

    std::shared_ptr<const RecordSample> sample(const SampleReader::Options& options)
    {
        auto read = this->read(options);
        if (!read) {
            ADD_FAILURE() << read.error().toString().toStdString();
            return std::make_shared<RecordSample>();
        }
        return *read;
    }

    std::unique_ptr<SampleShaper> shaper(std::shared_ptr<const RecordSample> sample)
    {
        auto made =
            SampleShaper::create(std::move(sample), m_world.sync, m_world.project.models.front());
        if (!made)
            ADD_FAILURE() << made.error().toString().toStdString();
        return made ? std::move(*made) : nullptr;
    }

    SyncReaderProject m_world;
};

/// "key: id id, related rows" of every record.
std::vector<std::string> rowsOf(const RecordSample& sample)
{
    std::vector<std::string> all;
    for (const RecordSample::Record& record : sample.records) {
        std::string text = record.keyText + ':';
        for (const std::uint32_t row : record.rows)
            text += ' ' + std::string(sample.main.at(row, 0).text);
        for (std::size_t i = 0; i < sample.related.size(); ++i) {
            text += " |";
            for (const std::uint32_t row : record.related[i])
                text += ' ' + std::string(sample.related[i].at(row, 2).text);
        }
        all.push_back(text);
    }
    return all;
}

using Texts = std::vector<std::string>;

shape::NodeId nodeAt(const shape::Shape& shape, const std::string& path)
{
    for (const auto& [id, known] : shape.paths())
        if (known == path)
            return id;
    ADD_FAILURE() << path;
    return 0;
}

const Texts allRecords{"a: 1 5 8 | warm grey x", "b: 2 7 | warm grey z", ": 3 | y", "c: 4 |",
                       "d: 6 |"};

} // namespace

TEST_F(SampleTest, aSmallModelIsTakenWhole)
{
    const auto taken = sample(options());
    EXPECT_EQ(rowsOf(*taken), allRecords);
    EXPECT_TRUE(taken->complete);
    EXPECT_TRUE(taken->wholeRecords);
    EXPECT_FALSE(taken->cutRows);
    EXPECT_EQ(taken->models.recordKey, Texts{"customer"});
    EXPECT_TRUE(taken->records[2].key.empty()) << "NULL is no key";
}

TEST_F(SampleTest, recordsOfAGreatModelAreWhole)
{
    SampleReader::Options few = options();
    few.firstRows = 3;
    few.records = 2;
    few.keyRows.keysPerStatement = 1;
    const auto taken = sample(few);
    EXPECT_EQ(rowsOf(*taken), (Texts{"a: 1 5 8 | warm grey x", "b: 2 7 | warm grey z"}));
    EXPECT_FALSE(taken->complete);
    EXPECT_FALSE(taken->cutRows);
    few.records = 3;
    EXPECT_EQ(rowsOf(*sample(few)),
              (Texts{"a: 1 5 8 | warm grey x", "b: 2 7 | warm grey z", ": 3 | y"}));
}

TEST_F(SampleTest, aRowPerRecordNeedsNoSecondLook)
{
    m_world.sync.recordKey.clear();
    SampleReader::Options few = options();
    few.firstRows = 3;
    few.records = 2;
    const auto taken = sample(few);
    EXPECT_EQ(rowsOf(*taken), (Texts{"1: 1 | warm grey", "2: 2 | warm grey"}));
    EXPECT_FALSE(taken->complete);
}

TEST_F(SampleTest, recordsWithTooManyRowsAreLeftOut)
{
    SampleReader::Options few = options();
    few.firstRows = 4;
    few.keyRows.rows = 2;
    const auto main = sample(few);
    EXPECT_TRUE(main->cutRows);
    EXPECT_EQ(rowsOf(*main), (Texts{": 3 | y", "c: 4 |"})) << "a and b have more rows than fit";

    SampleReader::Options related = options();
    related.records = 1;
    related.keyRows.rows = 1;
    const auto short_ = sample(related);
    EXPECT_TRUE(short_->cutRows);
    EXPECT_FALSE(short_->complete);
    EXPECT_TRUE(short_->records.empty()) << "two articles are one too many";
}

TEST_F(SampleTest, moreKeysThanAStatementTakesAreRead)
{
    std::string rows;
    for (int i = 0; i < 3000; ++i)
        rows += (i == 0 ? "" : ",") + std::string("(") + std::to_string(100 + i) + ",'k" +
                std::to_string(i % 1500) + "','e','s1',1)";
    fakes::runOnSqlite(m_world.path("shop.sqlite"), "insert into sales values " + rows);
    SampleReader::Options many = options();
    many.firstRows = 1400;
    many.records = 1200;
    many.keyRows.keysPerStatement = 1100;
    const auto taken = sample(many);
    ASSERT_EQ(taken->records.size(), 1200U);
    EXPECT_EQ(taken->records[2].keyText, "");
    for (std::size_t i = 5; i < taken->records.size(); ++i)
        ASSERT_EQ(taken->records[i].rows.size(), 2U) << taken->records[i].keyText;
}

TEST_F(SampleTest, keysOfNoDeclaredTypeAreFound)
{
    m_world.project.models.front().sql = "select id, length(customer) + 0 as letters, sku as sku "
                                         "from sales where customer is not null";
    m_world.sync.recordKey = {"letters"};
    SampleReader::Options few = options();
    few.firstRows = 2;
    const auto taken = sample(few);
    ASSERT_EQ(taken->records.size(), 1U);
    EXPECT_EQ(taken->records.front().rows.size(), 7U);
    EXPECT_FALSE(taken->cutRows);
}

TEST_F(SampleTest, otherRecordKeysNeedNoQuery)
{
    const auto taken = sample(options());
    const auto perRow = regrouped(*taken, {"id"});
    ASSERT_TRUE(perRow);
    EXPECT_EQ((*perRow)->records.size(), 8U);
    EXPECT_EQ((*perRow)->records.front().keyText, "1");
    EXPECT_TRUE((*perRow)->wholeRecords);
    EXPECT_EQ(regrouped(*taken, {"gone"}).error().code, "sample.column");
    EXPECT_EQ(regrouped(*taken, {}).error().code, "sample.record_key");

    SampleReader::Options few = options();
    few.firstRows = 3;
    few.records = 1;
    const auto part = sample(few);
    EXPECT_TRUE(regrouped(*part, {"customer", "id"}).value()->wholeRecords);
    EXPECT_FALSE(regrouped(*part, {"email"}).value()->wholeRecords);
}

TEST_F(SampleTest, recordsThatShareARowKeyAreKnownBeforeTheyAreShaped)
{
    const auto sharing = [](const RecordSample& sample) {
        Texts keys;
        for (const RecordSample::Record& record : sample.records)
            if (record.sharesRowKey)
                keys.push_back(record.keyText);
        return keys;
    };
    EXPECT_EQ(sharing(*sample(options())), Texts());
    m_world.project.models.front().rowKey = {"sku"};
    const auto taken = sample(options());
    EXPECT_EQ(sharing(*taken), (Texts{"a", "b"}));
    EXPECT_EQ(sharing(*regrouped(*taken, {"sku"}).value()), Texts());
    const auto shaper = this->shaper(taken);
    ASSERT_TRUE(shaper);
    ASSERT_FALSE(shaper->shape(1).problems.empty());
    EXPECT_EQ(shaper->shape(1).problems.front().code, "record.row.duplicate");
    EXPECT_TRUE(shaper->shape(3).problems.empty());
}

TEST_F(SampleTest, whatDoesNotFitIsSaid)
{
    m_world.sync.recordKey = {"gone"};
    EXPECT_EQ(read(options()).error().code, "sample.column");
    m_world.sync.recordKey.clear();
    m_world.project.models.front().rowKey.clear();
    EXPECT_EQ(read(options()).error().code, "sample.record_key");
    m_world.sync.recordKey = {"customer"};
    m_world.sync.related.front().join.front().right = "gone";
    EXPECT_EQ(read(options()).error().code, "sample.column");
    m_world.sync.model = "gone";
    EXPECT_EQ(read(options()).error().code, "sync.model");
    StopSource stop;
    stop.requestStop();
    m_world.sync.model = "sales";
    const auto cancelled = SampleReader(options(), m_world.secrets(), stop.token()).read();
    ASSERT_FALSE(cancelled);
    EXPECT_EQ(cancelled.error().kind, ErrorKind::Cancelled);
}

TEST_F(SampleTest, recordsAreShapedAsARunWould)
{
    const auto taken = sample(options());
    const auto shaper = this->shaper(taken);
    ASSERT_TRUE(shaper);
    const SyncReaderProject::Payloads run = m_world.read();
    ASSERT_EQ(run.size(), 5U);
    for (std::size_t i = 0; i < taken->records.size(); ++i) {
        const ShapedSample shaped = shaper->shape(i);
        EXPECT_EQ(shaped.problems.empty() ? shaped.payload : shaped.problems.front().code,
                  run.at(shaped.keyText));
    }
    const ShapedSample first = shaper->shape(0);
    EXPECT_EQ(first.payload,
              R"({"email":"a@x","total":17.00,"bought":[{"sku":"S1","tags":["grey","warm"]},)"
              R"({"sku":"S2","tags":["x"]},{"sku":"S1","tags":["grey","warm"]}]})");
    EXPECT_EQ(first.match, "a");
    const auto& values = first.provenance.values;
    ASSERT_GT(values.size(), 4U);
    EXPECT_EQ(values[2].node, nodeAt(*m_world.sync.shape, "/bought/*/sku"));
    ASSERT_TRUE(values[2].origin);
    EXPECT_EQ(values[2].origin->row, 1U);
    EXPECT_EQ(shaper->shape(2).problems.front().code, "record.key.null");
}

TEST_F(SampleTest, aShapeUnderEditShowsWhatItCan)
{
    auto edited = shape::addField(*m_world.sync.shape, {m_world.sync.shape->root.id, 0}, "new",
                                  shape::NodeKind::Column);
    ASSERT_TRUE(edited);
    const shape::NodeId unbound = edited->selected;
    edited = shape::addField(edited->shape, {edited->shape.root.id}, "map", shape::NodeKind::Map);
    const shape::NodeId map = edited->selected;
    m_world.sync.shape = edited->shape;
    m_world.sync.matching.leaf = "/new";
    const auto shaper = this->shaper(sample(options()));
    ASSERT_TRUE(shaper);
    EXPECT_EQ(shaper->shape(3).payload,
              R"({"email":"c@x","total":1.00,"bought":[{"sku":"S3","tags":[]}]})");
    EXPECT_EQ(shaper->shape(3).match, "c");
    EXPECT_EQ(shaper->leftOut(), (std::vector<shape::NodeId>{unbound, map}));
    m_world.sync.shape.reset();
    EXPECT_EQ(SampleShaper::create(sample(options()), m_world.sync, m_world.project.models.front())
                  .error()
                  .code,
              "sync.unshaped");
}

TEST_F(SampleTest, valuesAreTracedThroughTheirFunctions)
{
    const auto shaper = this->shaper(sample(options()));
    ASSERT_TRUE(shaper);
    const shape::Shape& shape = *m_world.sync.shape;
    const auto trace = [&](std::size_t record, const std::string& path) {
        Texts steps;
        for (const TracedValue& value : shaper->trace(record, nodeAt(shape, path)))
            steps.push_back(value.invalid.empty() ? value.json : '!' + value.invalid);
        return steps;
    };
    EXPECT_EQ(trace(0, "/bought/*/sku"), (Texts{R"("s1")", R"("S1")", R"("S1")"}));
    EXPECT_EQ(trace(0, "/total"), (Texts{"17", "17.00"}));
    EXPECT_EQ(trace(0, "/email"), Texts{R"("a@x")"});
    EXPECT_EQ(trace(4, "/bought/*/tags/*"), Texts{}) << "nothing joins";
    EXPECT_EQ(trace(0, "/bought"), Texts{}) << "a list has no value of its own";
}

TEST_F(SampleTest, theSurveyCountsWhatStandsOut)
{
    m_world.sync.filter = {};
    const auto shaper = this->shaper(sample(options()));
    ASSERT_TRUE(shaper);
    const SampleSurvey all = survey(*shaper, {});
    const shape::Shape& shape = *m_world.sync.shape;
    EXPECT_TRUE(all.finished);
    EXPECT_EQ(all.records, 5U);
    EXPECT_EQ(all.invalid, 2U) << "b has two addresses, one row has no key";
    ASSERT_EQ(all.problems.size(), 2U);
    const bool keyFirst = all.problems[0].code == "record.key.null";
    const SampleSurvey::Problem& differs = all.problems[keyFirst ? 1 : 0];
    EXPECT_EQ(differs.code, "record.value.differs");
    EXPECT_EQ(differs.node, nodeAt(shape, "/email"));
    EXPECT_EQ(differs.records, 1U);
    EXPECT_EQ(differs.example, 1U);
    EXPECT_EQ(all.awkward.invalid, 1U);
    EXPECT_EQ(all.lists.at(nodeAt(shape, "/bought")).longest, 3U);
    EXPECT_EQ(all.lists.at(nodeAt(shape, "/bought")).emptyRecords, 1U);
    EXPECT_EQ(all.lists.at(nodeAt(shape, "/bought/*/tags")).longest, 2U);
    EXPECT_EQ(all.awkward.longestList, 0U);
    EXPECT_EQ(all.awkward.emptyList, 3U) << "c's article is not known";
    EXPECT_EQ(all.awkward.largest, 0U);
    EXPECT_EQ(all.largestBytes, shaper->shape(0).payload.size());
    EXPECT_EQ(all.awkward.nonAscii, std::nullopt);
    EXPECT_EQ(all.varying, (std::set<std::string>{"id", "email", "sku", "amount"}));
    StopSource stop;
    stop.requestStop();
    EXPECT_FALSE(survey(*shaper, stop.token()).finished);
    EXPECT_EQ(survey(*shaper, stop.token()).records, 0U);
}

TEST_F(SampleTest, recordsThatTheDestinationFindsTooLargeAreAProblemOfTheRoot)
{
    m_world.sync.filter = {};
    const auto shaper = this->shaper(sample(options()));
    ASSERT_TRUE(shaper);
    const std::size_t largest = survey(*shaper, {}).largestBytes;
    const auto sizes = [&](std::size_t limit) {
        std::vector<SampleSurvey::Problem> found;
        for (const SampleSurvey::Problem& problem : survey(*shaper, {}, limit).problems)
            if (problem.code == "record.size")
                found.push_back(problem);
        return found;
    };
    EXPECT_TRUE(sizes(largest).empty());
    const auto found = sizes(largest - 1);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].node, m_world.sync.shape->root.id);
    EXPECT_EQ(found[0].example, 0U);
    EXPECT_EQ(found[0].message.toStdString(),
              "The payload has " + std::to_string(largest) + " bytes; the destination takes " +
                  std::to_string(largest - 1) +
                  ". Shorten what is long in the query, or leave it "
                  "out of the shape.");
    EXPECT_EQ(survey(*shaper, {}, largest - 1).invalid, survey(*shaper, {}).invalid + 1);
    ASSERT_TRUE(found[0].heaviest);
    EXPECT_EQ(found[0].heaviest->node, nodeAt(*m_world.sync.shape, "/bought"));
    EXPECT_EQ(found[0].heaviest->elements, 2U) << "of three, when a byte is too much";
    EXPECT_EQ(sizes(1)[0].heaviest->elements, 0U);
}

TEST_F(SampleTest, filteredRecordsAreCounted)
{
    m_world.sync.filter.op = shape::ConditionOperator::Equal;
    m_world.sync.filter.column = "sku";
    m_world.sync.filter.value = "s3";
    const auto shaper = this->shaper(sample(options()));
    ASSERT_TRUE(shaper);
    EXPECT_TRUE(shaper->shape(0).filtered);
    EXPECT_TRUE(shaper->shape(0).payload.empty());
    EXPECT_EQ(survey(*shaper, {}).filtered, 3U);
}

TEST_F(SampleTest, aWorkspaceSamplesWhatIsNotSaved)
{
    qputenv("HEADGATE_STATE_DIR", QByteArray::fromStdString(m_world.path("state")));
    SystemClock clock;
    SystemRandom random;
    const std::string folder = m_world.path("sample");
    ASSERT_TRUE(initSample(folder, random));
    auto opened = Workspace::open({folder, {}}, {clock, random, m_world.secrets()});
    ASSERT_TRUE(opened) << opened.error().toString().toStdString();
    Workspace& workspace = **opened;
    ASSERT_FALSE(workspace.project().syncs.empty());
    const std::string slug = workspace.project().syncs.front().slug;
    const auto saved = workspace.sampleRecords(workspace.project(), slug, 10, {});
    ASSERT_TRUE(saved) << saved.error().toString().toStdString();
    EXPECT_GT((*saved)->records.size(), 1U);

    project::Project edited = workspace.project();
    project::SyncDefinition& sync = edited.syncs.front();
    sync.recordKey = {"n"};
    sync.related.clear();
    for (project::ModelDefinition& model : edited.models)
        if (model.slug == sync.model) {
            model.table.reset();
            model.sql = "select 7 as n";
        }
    const auto unsaved = workspace.sampleRecords(edited, slug, 10, {});
    ASSERT_TRUE(unsaved) << unsaved.error().toString().toStdString();
    ASSERT_EQ((*unsaved)->records.size(), 1U);
    EXPECT_EQ((*unsaved)->records.front().keyText, "7");
    EXPECT_EQ(workspace.sampleRecords(edited, "gone", 10, {}).error().code, "sync.unknown");
}
