// SPDX-License-Identifier: GPL-3.0-or-later
// Each reader in a process of its own: what a result needs must not grow with its rows.
#include "fakes/print_to.h"
#include "fakes/test_servers.h"

#include <QCoreApplication>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

constexpr const char* childVariable = "HEADGATE_TEST_READER";
constexpr const char* childTest = "ReaderMemory.ReadsAndTellsItsPeak";
constexpr std::uint64_t few = 20'000;
constexpr std::uint64_t many = 2'000'000;
constexpr long allowedKib = 32 * 1024;

/// The most memory that this process ever had resident.
long peakKib()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toLong();
    return -1;
}

std::string counted(std::string sql, std::uint64_t count)
{
    sql.replace(sql.find("COUNT"), 5, std::to_string(count));
    return sql;
}

struct Reader
{
    std::string name;
    SourceOptions options;
    std::string sql;
};

Reader readerNamed(const std::string& name, const std::string& file)
{
    const std::string postgres =
        "select n, 'row number ' || n as t from (select generate_series(1, COUNT) as n) s";
    if (name == "libpq")
        return {name, fakes::postgresOptions(), postgres};
    if (name == "psqlodbc")
        return {name, fakes::odbcOptions("PostgreSQL Unicode"), postgres};
    if (name == "libmariadb")
        return {name, fakes::mariadbOptions(),
                "select seq as n, concat('row number ', seq) as t from seq_1_to_COUNT"};
    return {name, fakes::sqliteOptions(file),
            "with recursive s(n) as (select 1 union all select n + 1 from s where n < COUNT) "
            "select n, 'row number ' || n as t from s"};
}

/// The peak of a process that reads so many rows; -1 where it failed.
long peakOfReading(const char* reader, std::uint64_t rows)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QString::fromLatin1(childVariable),
                       QStringLiteral("%1 %2").arg(QString::fromLatin1(reader)).arg(rows));
    // Sanitizers keep freed memory back.
    environment.insert(QStringLiteral("ASAN_OPTIONS"),
                       environment.value(QStringLiteral("ASAN_OPTIONS")) +
                           QStringLiteral(":quarantine_size_mb=1"));
    QProcess child;
    child.setProcessEnvironment(environment);
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--gtest_filter=") + QString::fromLatin1(childTest)});
    EXPECT_TRUE(child.waitForFinished(-1));
    const QByteArray said = child.readAllStandardOutput();
    EXPECT_EQ(child.exitCode(), 0) << said.toStdString();
    const qsizetype at = said.indexOf("peak KiB: ");
    EXPECT_GE(at, 0) << said.toStdString();
    return at < 0 ? -1 : said.mid(at + 10, said.indexOf('\n', at) - at - 10).toLong();
}

} // namespace

// On its own it reads a few rows; the tests below run it with their own wishes.
TEST(ReaderMemory, ReadsAndTellsItsPeak)
{
    const QString asked = qEnvironmentVariable(childVariable, QStringLiteral("sqlite3 20000"));
    const std::uint64_t expected = asked.section(QLatin1Char(' '), 1).toULongLong();
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("empty.db")).toStdString();
    fakes::runOnSqlite(file, "create table unused (a int)");
    const Reader reader = readerNamed(asked.section(QLatin1Char(' '), 0, 0).toStdString(), file);
    const auto source = Source::open(reader.options, {});
    ASSERT_TRUE(source) << testing::PrintToString(source.error());
    auto stream = (*source)->query(counted(reader.sql, expected), {}, 0);
    ASSERT_TRUE(stream) << testing::PrintToString(stream.error());
    data::RowBlock block;
    std::uint64_t rows = 0;
    for (;;) {
        const auto step = (*stream)->read(block);
        ASSERT_TRUE(step) << testing::PrintToString(step.error());
        rows += block.rowCount();
        if (*step == data::ReadStep::Done)
            break;
    }
    ASSERT_EQ(rows, expected);
    EXPECT_GT(peakKib(), 0);
    std::printf("peak KiB: %ld\n", peakKib());
}

class ReaderMemoryOf : public testing::TestWithParam<const char*>
{};

TEST_P(ReaderMemoryOf, StaysFlatOverAHundredTimesTheRows)
{
    const long little = peakOfReading(GetParam(), few);
    const long much = peakOfReading(GetParam(), many);
    ASSERT_GT(little, 0);
    ASSERT_GT(much, 0);
    RecordProperty("peak_kib_20000", std::to_string(little));
    RecordProperty("peak_kib_2000000", std::to_string(much));
    std::printf("%s: %ld KiB for %llu rows, %ld KiB for %llu\n", GetParam(), little,
                static_cast<unsigned long long>(few), much, static_cast<unsigned long long>(many));
    EXPECT_LE(much - little, allowedKib);
}

INSTANTIATE_TEST_SUITE_P(Readers, ReaderMemoryOf,
                         testing::Values("libpq", "libmariadb", "sqlite3", "psqlodbc"),
                         [](const auto& instance) { return std::string(instance.param); });

} // namespace headgate::warehouse
