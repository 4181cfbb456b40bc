// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/coded_runs.h"

#include <QDir>

namespace headgate::service {
namespace {

using data::JsonNode;
using testing::HasSubstr;
using testing::IsEmpty;

const JsonNode jsonLines = {{"connector", "files"}, {"fields", {{"folder", "out"}}}};

std::string line(const char* person, const char* name)
{
    return std::string(R"({"name":")") + name + R"(","amount":)" +
           (std::string(person) == "p1" ? exactAmount : "1") + R"(,"views":[{"product":"Tea"}]})";
}

/// A project whose destination is the folder "out" beside its definitions.
class FilesRuns : public testing::Test
{
protected:
    void deliverTo(const char* format, const char* mode)
    {
        QDir().mkpath(QString::fromStdString(world.path("out")));
        JsonNode destination = jsonLines;
        destination["fields"]["format"] = format;
        world.writeDestination(destination);
        world.writeSync({{"mode", mode}, {"matching", nullptr}});
    }
    [[nodiscard]] QStringList files() const
    {
        return QDir(QString::fromStdString(world.path("out"))).entryList(QDir::Files, QDir::Name);
    }

    CodedWorld world;
};

TEST_F(FilesRuns, appendWritesEachNewRecordOnce)
{
    deliverTo("jsonl", "append");
    ASSERT_THAT(world.validate(), IsEmpty());
    world.sql("insert into views values (1, 'p1', 'Ann', '" + exactAmount + "', 'Tea')");
    const run::RunReport first = world.run();
    ASSERT_EQ(sumsOf(first), (Sums{1, 0, 0, 0, 1, 0})) << whyNot(first);
    ASSERT_EQ(files().size(), 1);
    const std::string file = "out/" + files().front().toStdString();
    EXPECT_EQ(world.read(file), line("p1", "Ann") + "\n");

    EXPECT_EQ(sumsOf(world.run()), (Sums{0, 0, 0, 1, 0, 0}));
    world.sql("update views set name = 'Anna'");
    EXPECT_EQ(sumsOf(world.run()), (Sums{0, 0, 0, 1, 0, 0})) << "each new record once";
    EXPECT_EQ(world.read(file), line("p1", "Ann") + "\n");

    world.sql("insert into views values (2, 'p2', 'Bob', '1', 'Tea')");
    EXPECT_EQ(sumsOf(world.run()), (Sums{1, 0, 0, 1, 1, 0}));
    std::string all;
    for (const QString& name : files())
        all += world.read("out/" + name.toStdString());
    EXPECT_THAT(all, HasSubstr(line("p1", "Ann") + "\n"));
    EXPECT_THAT(all, HasSubstr(line("p2", "Bob") + "\n"));
    EXPECT_EQ(std::count(all.begin(), all.end(), '\n'), 2);
}

TEST_F(FilesRuns, replaceHoldsTheWholeSetEachTime)
{
    deliverTo("csv", "replace");
    world.sql("insert into views values (1, 'p1', 'Ann', '" + exactAmount + "', 'Tea')");
    world.sql("insert into views values (2, 'p2', 'Bob', '1', 'Tea')");
    const run::RunReport first = world.run();
    ASSERT_EQ(sumsOf(first), (Sums{2, 0, 0, 0, 2, 0})) << whyNot(first);
    EXPECT_EQ(files(), QStringList{QStringLiteral("people.csv")});
    const std::string head = "name,amount,views\r\n";
    const std::string ann = "Ann," + exactAmount + ",\"[{\"\"product\"\":\"\"Tea\"\"}]\"\r\n";
    const std::string bob = "Bob,1,\"[{\"\"product\"\":\"\"Tea\"\"}]\"\r\n";
    const std::string whole = world.read("out/people.csv");
    EXPECT_TRUE(whole == head + ann + bob || whole == head + bob + ann) << whole;

    world.sql("delete from views where id = 2");
    const run::RunReport second = world.run();
    EXPECT_EQ(second.outcomes[run::Outcome::Successful], 1U) << whyNot(second);
    EXPECT_EQ(world.read("out/people.csv"), head + ann);
}

TEST_F(FilesRuns, aPartOfAReplacedSetIsNotSent)
{
    deliverTo("jsonl", "replace");
    world.sql("insert into views values (1, 'p1', 'Ann', '1', 'Tea')");
    RunRequest request;
    request.sync = "people";
    request.kind = run::RunKind::Limit;
    request.limit = 1;
    const auto refused = world.prepare(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "run.replace.part");
    EXPECT_TRUE(files().isEmpty());
}

TEST_F(FilesRuns, aDryRunWritesNothing)
{
    deliverTo("jsonl", "append");
    world.sql("insert into views values (1, 'p1', 'Ann', '1', 'Tea')");
    EXPECT_EQ(world.run(run::RunKind::DryRun).planned[plan::Category::Added], 1U);
    EXPECT_TRUE(files().isEmpty());
}

TEST_F(FilesRuns, aFolderThatIsGoneSendsNothingAndTheNextRunSendsAll)
{
    deliverTo("jsonl", "append");
    world.sql("insert into views values (1, 'p1', 'Ann', '1', 'Tea')");
    QDir(QString::fromStdString(world.path("out"))).removeRecursively();
    RunRequest request;
    request.sync = "people";
    const auto refused = world.prepare(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "file.missing");
    QDir().mkpath(QString::fromStdString(world.path("out")));
    EXPECT_EQ(sumsOf(world.run()), (Sums{1, 0, 0, 0, 1, 0}));
    EXPECT_EQ(files().size(), 1);
}

TEST_F(FilesRuns, whatFilesCannotDoIsSaidBefore)
{
    deliverTo("jsonl", "mirror");
    const Issues issues = world.validate();
    const auto found = std::find_if(issues.begin(), issues.end(), [](const Issue& issue) {
        return issue.code == "project.mode.unsupported";
    });
    ASSERT_NE(found, issues.end());
    EXPECT_TRUE(found->remedy.contains(QStringLiteral("append"))) << found->remedy.toStdString();
}

TEST_F(FilesRuns, noInboxStandsInForAFolder)
{
    deliverTo("jsonl", "append");
    RunRequest request;
    request.sync = "people";
    request.destinationUrl = "http://127.0.0.1:9";
    const auto refused = world.prepare(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "destination.url");
}

TEST(SqliteRuns, mirrorsIntoATable)
{
    CodedWorld world;
    world.writeDestination({{"connector", "sqlite"}, {"fields", {{"database", "crm.sqlite"}}}});
    world.write("crm.sqlite", {});
    connector::SqlAccount account;
    account.database = world.path("crm.sqlite");
    auto side = connector::openSqliteSession(account);
    ASSERT_TRUE(side);
    rowsOf(**side, "create table people (id text primary key, name text check (length(name) <= 10),"
                   " amount text, views json)");
    ASSERT_THAT(world.validate(), IsEmpty());
    mirrorIntoATable(world, **side);
}

TEST(SqliteRuns, fillsOnlyWhatIsEmpty)
{
    CodedWorld world;
    world.writeDestination({{"connector", "sqlite"}, {"fields", {{"database", "crm.sqlite"}}}});
    world.write("crm.sqlite", {});
    connector::SqlAccount account;
    account.database = world.path("crm.sqlite");
    auto side = connector::openSqliteSession(account);
    ASSERT_TRUE(side);
    rowsOf(**side, "create table people (id text primary key, name text, amount text)");
    rowsOf(**side, "insert into people values ('p1', 'by hand', ''), ('p2', '', 'by hand')");
    const JsonNode name = {
        {"name", "name"}, {"kind", "column"}, {"column", "name"}, {"nulls", "set_if_empty"}};
    const JsonNode amount = {{"name", "amount"}, {"kind", "column"}, {"column", "amount"}};
    world.writeSync({{"shape", {{"kind", "object"}, {"fields", {name, amount}}}}});
    ASSERT_FALSE(hasErrors(world.validate()));
    world.sql("insert into views values (1, 'p1', 'Ann', '1', 'Tea'), (2, 'p2', 'Bob', '2', 'Tea'),"
              " (3, 'p3', 'Cy', '3', 'Tea')");
    const run::RunReport report = world.run();
    EXPECT_EQ(sumsOf(report), (Sums{3, 0, 0, 0, 3, 0})) << whyNot(report);
    EXPECT_EQ(rowsOf(**side, "select id, name, amount from people order by id"),
              (std::vector<std::vector<std::string>>{
                  {"p1", "by hand", "1"}, {"p2", "Bob", "2"}, {"p3", "Cy", "3"}}));

    const JsonNode nested = {{"name", "views"}, {"kind", "object"}, {"fields", {name}}};
    world.writeSync({{"shape", {{"kind", "object"}, {"fields", {nested}}}}});
    EXPECT_THAT(toString(world.validate()).toStdString(), HasSubstr("[project.set_if_empty]"));
}

} // namespace
} // namespace headgate::service
