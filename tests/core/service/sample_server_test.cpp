// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sync_reader_project.h"
#include "fakes/test_servers.h"
#include "service/sample_reader.h"

#include <chrono>
#include <gtest/gtest.h>
#include <thread>

namespace headgate::service {

namespace {

class SampleServers : public testing::Test
{
protected:
    [[nodiscard]] SampleReader::Options options() const
    {
        return {m_world.project, m_world.sync, "development", m_world.path("")};
    }

    [[nodiscard]] std::shared_ptr<const RecordSample> sample(const SampleReader::Options& options)
    {
        auto read = SampleReader(options, m_world.secrets(), {}).read();
        if (!read) {
            ADD_FAILURE() << read.error().toString().toStdString();
            return std::make_shared<RecordSample>();
        }
        return *read;
    }

    SyncReaderProject m_world;
};

/// Values of one column in the rows of a record.
std::multiset<std::string> cells(const data::RowBlock& block,
                                 const std::vector<std::uint32_t>& rows, std::size_t column)
{
    std::multiset<std::string> values;
    for (const std::uint32_t row : rows)
        values.emplace(block.at(row, column).text);
    return values;
}

} // namespace

TEST_F(SampleServers, recordsOfAnUnsortedModelAreWhole)
{
    // 4,995 customers with 12 rows each, scattered, and 60 rows of nobody. Each customer has three
    // views; half of the views' owners have bought nothing.
    fakes::runOnPostgres(
        "drop table if exists hg_sample_sales; drop table if exists hg_sample_views;"
        "create table hg_sample_sales (id integer, customer numeric(20,2), amount integer);"
        "insert into hg_sample_sales values (0, 7.5, 0), (-1, 9007199254740993, 0);"
        "insert into hg_sample_sales select g as id, case when g % 1000 = 0 then null else "
        "(g::bigint * 7919 % 5000)::numeric(12,2) end as customer, g % 7 as amount from "
        "generate_series(1, 60000) g order by md5(g::text);"
        "create table hg_sample_views as select g as id, g % 10000 as customer from "
        "generate_series(1, 30000) g order by md5(g::text)");
    m_world.addSource("pg", fakes::postgresOptions());
    m_world.addModel("sales", "pg", "select * from hg_sample_sales; -- all of them", "id");
    m_world.addModel("views", "pg", "select * from hg_sample_views", "id");
    m_world.relate("views", project::RelatedKind::ToMany, "customer", "customer");
    m_world.sync.model = "sales";
    m_world.sync.recordKey = {"customer"};
    SampleReader::Options few = options();
    few.firstRows = 4000;
    few.records = 1200;
    const auto taken = sample(few);
    EXPECT_FALSE(taken->complete);
    EXPECT_FALSE(taken->cutRows);
    ASSERT_EQ(taken->records.size(), 1200U);
    std::size_t withoutKey = 0;
    std::size_t related = 0;
    for (const RecordSample::Record& record : taken->records) {
        if (record.key.empty()) {
            EXPECT_EQ(record.rows.size(), 1U);
            EXPECT_TRUE(record.related.front().empty());
            ++withoutKey;
            continue;
        }
        if (record.keyText == "7.50" || record.keyText == "9007199254740993.00") {
            EXPECT_TRUE(record.related.front().empty()) << "no integer of four bytes is that";
            continue;
        }
        const int customer = std::stoi(record.keyText);
        ASSERT_EQ(record.rows.size(), 12U) << record.keyText;
        EXPECT_EQ(cells(taken->main, record.rows, 1).count(std::to_string(customer) + ".00"), 12U);
        ASSERT_EQ(record.related.front().size(), 3U) << record.keyText;
        EXPECT_EQ(cells(taken->related.front(), record.related.front(), 1)
                      .count(std::to_string(customer)),
                  3U);
        related += 3;
    }
    EXPECT_EQ(taken->related.front().rowCount(), related) << "rows of those records only";
    EXPECT_EQ(withoutKey + related / 3 + 2, 1200U);

    SampleReader::Options all = options();
    all.firstRows = 100'000;
    const auto whole = sample(all);
    EXPECT_TRUE(whole->complete);
    EXPECT_EQ(whole->records.size(), 4995U + 60U + 2U);
    EXPECT_EQ(whole->related.front().rowCount(), 4995U * 3U) << "views of others stay behind";
    fakes::runOnPostgres("drop table hg_sample_sales; drop table hg_sample_views");
}

TEST_F(SampleServers, keysOfOtherTypesAreFoundToo)
{
    fakes::runOnPostgres(
        "drop table if exists hg_sample_logins; drop table if exists hg_sample_devices;"
        "create table hg_sample_logins as select g as id, timestamp '2026-10-25 00:30:00' + (g % "
        "4) "
        "* interval '1 hour' as at, case when g % 4 = 3 then 'unknown' else "
        "'0b9c2f7e-0000-4000-8000-00000000000' || (g % 4) end as device from "
        "generate_series(1, 40) g;"
        "create table hg_sample_devices as select ('0b9c2f7e-0000-4000-8000-00000000000' || "
        "g)::uuid as device, 'd' || g as name from generate_series(0, 9) g");
    m_world.addSource("pg", fakes::postgresOptions());
    m_world.addModel("logins", "pg", "select * from hg_sample_logins", "id");
    m_world.project.models.back().zone = "Europe/Berlin";
    m_world.addModel("devices", "pg", "select * from hg_sample_devices", "device");
    m_world.relate("devices", project::RelatedKind::ToOne, "device", "device");
    m_world.sync.model = "logins";
    m_world.sync.recordKey = {"at"};
    SampleReader::Options few = options();
    few.firstRows = 5;
    const auto taken = sample(few);
    ASSERT_EQ(taken->records.size(), 4U);
    for (const RecordSample::Record& record : taken->records) {
        EXPECT_EQ(record.rows.size(), 10U) << record.keyText;
        const bool unknown =
            cells(taken->main, record.rows, 2).count("unknown") == record.rows.size();
        EXPECT_EQ(record.related.front().size(), unknown ? 0U : 1U) << record.keyText;
    }
    EXPECT_EQ(taken->records.front().keyText, "2026-10-24T23:30:00+00:00")
        << "an instant: the clock of Berlin is two hours ahead";
    fakes::runOnPostgres("drop table hg_sample_logins; drop table hg_sample_devices");
}

TEST_F(SampleServers, aCollationMixesNoRecords)
{
    fakes::runOnMariadb("drop table if exists hg_sample_names");
    fakes::runOnMariadb("create table hg_sample_names (id int primary key, name varchar(10)) "
                        "character set utf8mb4 collate utf8mb4_general_ci");
    fakes::runOnMariadb("insert into hg_sample_names values (1,'a'),(2,'b'),(3,'A'),(4,'a'),"
                        "(5,'\xC3\xA4'),(6,'B')");
    m_world.addSource("maria", fakes::mariadbOptions());
    m_world.addModel("names", "maria", "select * from hg_sample_names order by id", "id");
    m_world.sync.model = "names";
    m_world.sync.recordKey = {"name"};
    SampleReader::Options few = options();
    few.firstRows = 2;
    const auto taken = sample(few);
    ASSERT_EQ(taken->records.size(), 2U);
    EXPECT_EQ(cells(taken->main, taken->records[0].rows, 0),
              (std::multiset<std::string>{"1", "4"}));
    EXPECT_EQ(cells(taken->main, taken->records[1].rows, 0), std::multiset<std::string>{"2"});
    EXPECT_EQ(taken->main.rowCount(), 3U);
    fakes::runOnMariadb("drop table hg_sample_names");
}

TEST_F(SampleServers, aReadThatIsRunningIsCancelled)
{
    m_world.addSource("pg", fakes::postgresOptions());
    m_world.addModel("slow", "pg",
                     "select g as id, g as who, pg_sleep(0.01) is null as slept from "
                     "generate_series(1, 1000000) g",
                     "id");
    m_world.sync.model = "slow";
    m_world.sync.recordKey = {"who"};
    StopSource stop;
    SampleReader reader(options(), m_world.secrets(), stop.token());
    const StopCallback cancel(stop.token(), [&] { reader.cancel(); });
    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(400));
        stop.requestStop();
    });
    const auto read = reader.read();
    other.join();
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Cancelled) << read.error().toString().toStdString();
}

} // namespace headgate::service
