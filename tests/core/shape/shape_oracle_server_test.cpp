// SPDX-License-Identifier: GPL-3.0-or-later
// Each folder of tests/golden/oracle is a case: what the shape makes of 50,000 records is what
// PostgreSQL's own JSON functions make of the same tables, byte for byte but for the order of the
// keys of objects, and never depends on the order in which rows arrive.
#include "base/hash.h"
#include "fakes/run_world.h"
#include "fakes/test_servers.h"
#include "shape/record_builder.h"
#include "shape/shape_json.h"

#include <QDir>
#include <QTemporaryDir>
#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <set>
#include <stdexcept>
#include <unordered_map>

using namespace headgate;

namespace {

constexpr std::size_t oracleRecords = 50'000;
const std::string oracleFolder = HEADGATE_SOURCE_DIR "/tests/golden/oracle/";

std::string oracleText(const std::string& path)
{
    std::ifstream in(oracleFolder + path, std::ios::binary);
    EXPECT_TRUE(in.is_open()) << path;
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> oracleNames()
{
    std::vector<std::string> names;
    for (const QString& name :
         QDir(QString::fromStdString(oracleFolder)).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        names.push_back(name.toStdString());
    return names;
}

const std::set<std::string> fourForms{"list_of_dictionaries", "dictionary_of_lists",
                                      "list_of_values", "dictionary_by_key"};

std::vector<std::string> namesReadOnce()
{
    std::vector<std::string> names = oracleNames();
    names.erase(std::remove_if(names.begin(), names.end(),
                               [](const auto& name) { return fourForms.count(name) != 0; }),
                names.end());
    return names;
}

/// The four forms of a list; every shape where time is given.
std::vector<std::string> namesReadThrice()
{
    if (qEnvironmentVariableIsSet("HEADGATE_TEST_DEEP"))
        return oracleNames();
    return {fourForms.begin(), fourForms.end()};
}

/// Reads valid JSON text and writes it compact, the members of every object in the order of their
/// names, every other byte as it was.
class KeySorter
{
public:
    [[nodiscard]] static std::string sorted(std::string_view json)
    {
        KeySorter sorter(json);
        std::string out;
        out.reserve(json.size());
        sorter.appendValue(out);
        return out;
    }

private:
    explicit KeySorter(std::string_view json) : m_json(json) { skipSpace(); }

    void skipSpace()
    {
        while (m_at < m_json.size() && m_json[m_at] <= ' ')
            ++m_at;
    }
    bool take(char c)
    {
        if (m_at >= m_json.size() || m_json[m_at] != c)
            return false;
        ++m_at;
        skipSpace();
        return true;
    }
    std::string_view scalar()
    {
        const std::size_t begin = m_at;
        if (m_at >= m_json.size())
            throw std::runtime_error("the JSON text is cut");
        if (m_json[m_at] == '"') {
            for (++m_at; m_at < m_json.size() && m_json[m_at] != '"'; ++m_at)
                m_at += m_json[m_at] == '\\' ? 1 : 0;
            ++m_at;
        } else {
            while (m_at < m_json.size() &&
                   std::string_view(",]} \n:").find(m_json[m_at]) == std::string_view::npos)
                ++m_at;
        }
        const std::string_view found = m_json.substr(begin, m_at - begin);
        if (found.empty())
            throw std::runtime_error("the JSON text has a value missing");
        skipSpace();
        return found;
    }
    void appendValue(std::string& out)
    {
        if (take('{'))
            appendMembers(out);
        else if (take('['))
            appendElements(out);
        else
            out += scalar();
    }
    void appendElements(std::string& out)
    {
        out += '[';
        while (!take(']')) {
            appendValue(out);
            if (take(','))
                out += ',';
        }
        out += ']';
    }
    void appendMembers(std::string& out)
    {
        std::vector<std::pair<std::string_view, std::string>> members;
        while (!take('}')) {
            const std::string_view name = scalar();
            take(':');
            std::string value;
            appendValue(value);
            members.emplace_back(name, std::move(value));
            take(',');
        }
        std::sort(members.begin(), members.end());
        out += '{';
        for (std::size_t i = 0; i < members.size(); ++i) {
            out += i == 0 ? "" : ",";
            out.append(members[i].first).append(":").append(members[i].second);
        }
        out += '}';
    }

    std::string_view m_json;
    std::size_t m_at = 0;
};

/// What the oracle says of a record, and what the first read made of it.
struct Expected
{
    std::string json;
    Hash128 payload;
    std::size_t reads = 0;
};
using ExpectedByKey = std::unordered_map<std::string, Expected>;

/// Passes records on and compares each with the oracle.
class ComparedRecords final : public shape::RecordStream
{
public:
    ComparedRecords(std::unique_ptr<shape::RecordStream> records, ExpectedByKey& expected)
        : m_records(std::move(records)), m_expected(expected)
    {}
    [[nodiscard]] Result<shape::RecordStep> read(std::vector<shape::ShapedRecord>& into) override
    {
        const std::size_t before = into.size();
        auto step = m_records->read(into);
        for (std::size_t i = before; i < into.size(); ++i)
            if (m_differences < 3 && !compare(into[i]))
                ++m_differences;
        const auto taken = std::remove_if(
            into.begin() + static_cast<std::ptrdiff_t>(before), into.end(),
            [this](const auto& record) { return shape::isTaken(m_sieve.get(), record); });
        into.erase(taken, into.end());
        return step;
    }
    [[nodiscard]] std::uint64_t rowsRead() const override { return m_records->rowsRead(); }
    void setSieve(std::shared_ptr<shape::RecordSieve> sieve) override
    {
        m_sieve = std::move(sieve);
    }

private:
    bool compare(const shape::ShapedRecord& record)
    {
        const auto found = m_expected.find(record.keyText);
        if (found == m_expected.end() || !record.problems.empty()) {
            ADD_FAILURE() << record.keyText << ": "
                          << (record.problems.empty()
                                  ? "unknown to the oracle"
                                  : record.problems.front().message.toStdString());
            return false;
        }
        Expected& expected = found->second;
        const Hash128 payload = fastHash(record.payload);
        if (++expected.reads > 1) {
            EXPECT_EQ(payload, expected.payload) << record.keyText << " became " << record.payload;
            return payload == expected.payload;
        }
        expected.payload = payload;
        const std::string json = KeySorter::sorted(record.payload);
        EXPECT_EQ(json, expected.json) << record.keyText;
        return json == expected.json;
    }

    std::unique_ptr<shape::RecordStream> m_records;
    std::shared_ptr<shape::RecordSieve> m_sieve; ///< asked here: all records are compared
    ExpectedByKey& m_expected;
    std::size_t m_differences = 0;
};

class ShapeOracle : public testing::TestWithParam<std::string>
{
protected:
    struct Model
    {
        std::string sql;
        data::Schema schema;
    };

    static void SetUpTestSuite()
    {
        const std::string tables = oracleText("tables.sql");
        const std::string version = toHex(fastHash(tables).view());
        fakes::runOnPostgres(
            "do $oracle$ begin perform pg_advisory_xact_lock(4711); "
            "if obj_description(to_regnamespace('hg_oracle')::oid, 'pg_namespace') "
            "is distinct from '" +
            version + "' then drop schema if exists hg_oracle cascade; create schema hg_oracle;" +
            tables + "comment on schema hg_oracle is '" + version + "'; end if; end $oracle$");
    }

    void SetUp() override
    {
        auto source = warehouse::Source::open(fakes::postgresOptions(), {});
        ASSERT_TRUE(source) << source.error().toString().toStdString();
        m_source = std::move(*source);
        readCase();
        readOracle();
    }

    Model modelOf(const data::JsonNode& json)
    {
        Model model{json.at("sql").get<std::string>(), {}};
        const auto none = fakes::readAll(*m_source, model.sql, {}, 1, &model.schema);
        EXPECT_TRUE(none) << none.error().toString().toStdString();
        return model;
    }

    void readCase()
    {
        const data::JsonNode json = *data::parseJson(oracleText(GetParam() + "/models.json"));
        m_models.push_back(modelOf(json.at("main")));
        m_shapeModels.main = m_models.front().schema;
        m_shapeModels.rowKey = json.at("main").at("rowKey").get<std::vector<std::string>>();
        m_shapeModels.recordKey = json.at("recordKey").get<std::vector<std::string>>();
        for (const data::JsonNode& related : json.value("related", data::JsonNode::array())) {
            m_models.push_back(modelOf(related));
            shape::RelatedModel model;
            model.name = related.at("name").get<std::string>();
            model.schema = m_models.back().schema;
            for (const auto& [main, theirs] : related.at("join").items()) {
                model.mainColumns.push_back(main);
                model.columns.push_back(theirs.get<std::string>());
            }
            model.toOne = related.value("toOne", false);
            m_shapeModels.related.push_back(std::move(model));
        }
        Issues issues;
        const auto shape = shape::shapeFromJson(
            *data::parseJson(oracleText(GetParam() + "/shape.json")), {}, issues);
        ASSERT_TRUE(shape) << toString(issues).toStdString();
        const auto program = shape::ShapeProgram::compile(*shape, m_shapeModels);
        ASSERT_TRUE(program) << program.error().toString().toStdString();
        m_program = *program;
    }

    void readOracle()
    {
        auto stream = m_source->query(oracleText(GetParam() + "/oracle.sql"), {}, 0);
        ASSERT_TRUE(stream) << stream.error().toString().toStdString();
        data::RowBlock block;
        for (auto step = data::ReadStep::More; step == data::ReadStep::More;) {
            const auto read = (*stream)->read(block);
            ASSERT_TRUE(read) << read.error().toString().toStdString();
            step = *read;
            for (std::size_t row = 0; row < block.rowCount(); ++row)
                m_expected[std::string(block.at(row, 0).text)].json =
                    KeySorter::sorted(block.at(row, 1).text);
        }
        ASSERT_EQ(m_expected.size(), oracleRecords);
    }

    /// The records as they come of rows in a random order, every model's.
    Result<std::unique_ptr<shape::RecordStream>> shuffledRecords()
    {
        shape::RecordOptions options;
        options.shape = m_program;
        options.temporaryDirectory = m_directory.path().toStdString();
        std::vector<shape::OpenRows> rows;
        for (const Model& model : m_models)
            rows.push_back([this, sql = "select * from (" + model.sql + ") m order by random()"] {
                return m_source->query(sql, {}, 0);
            });
        auto builder = shape::RecordBuilder::create(options, std::move(rows));
        if (!builder)
            return propagate(std::move(builder));
        return std::make_unique<ComparedRecords>(std::move(*builder), m_expected);
    }

    run::RunReport runOver(run::RunKind kind)
    {
        return m_world.run(kind, [this](run::SyncRunOptions& options) {
            options.openRecords = [this] { return shuffledRecords(); };
        });
    }

    void expectReads(std::size_t reads) const
    {
        for (const auto& [key, expected] : m_expected)
            ASSERT_EQ(expected.reads, reads) << key;
    }

    QTemporaryDir m_directory;
    fakes::RunWorldFixture m_world;
    std::unique_ptr<warehouse::Source> m_source;
    std::vector<Model> m_models;
    shape::ShapeModels m_shapeModels;
    std::shared_ptr<const shape::ShapeProgram> m_program;
    ExpectedByKey m_expected;
};

/// The same three times, each in another random order, with a plan after each.
class ShapeOraclePlan : public ShapeOracle
{};

} // namespace

TEST_P(ShapeOracle, agreesWithPostgresWhateverTheOrderOfRows)
{
    const auto records = shuffledRecords();
    ASSERT_TRUE(records) << records.error().toString().toStdString();
    std::vector<shape::ShapedRecord> block;
    for (auto step = shape::RecordStep::More; step == shape::RecordStep::More; block.clear()) {
        const auto read = (*records)->read(block);
        ASSERT_TRUE(read) << read.error().toString().toStdString();
        step = *read;
    }
    expectReads(1);
}

TEST_P(ShapeOraclePlan, isEmptyForTheSameRowsInAnotherOrder)
{
    const run::RunReport first = runOver(run::RunKind::Baseline);
    EXPECT_EQ(first.planned[plan::Category::Added], oracleRecords);
    for (int i = 0; i < 2; ++i) {
        const run::RunReport next = runOver(run::RunKind::DryRun);
        EXPECT_EQ(next.planned.sent(), 0U);
        EXPECT_EQ(next.planned[plan::Category::Unchanged], oracleRecords);
    }
    expectReads(3);
}

INSTANTIATE_TEST_SUITE_P(Postgres, ShapeOracle, testing::ValuesIn(namesReadOnce()),
                         [](const auto& tested) { return tested.param; });
INSTANTIATE_TEST_SUITE_P(Postgres, ShapeOraclePlan, testing::ValuesIn(namesReadThrice()),
                         [](const auto& tested) { return tested.param; });
