// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/dbeaver_found.h"
#include "warehouse/form_issues.h"
#include "warehouse/odbc_found.h"
#include "warehouse/postgres_found.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace headgate::warehouse {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::UnorderedElementsAre;

std::string notesOf(const FoundConnection& connection)
{
    std::string all;
    for (const QString& note : connection.notes)
        all += note.toStdString() + '\n';
    return all;
}

struct SslModeCase
{
    const char* mode;
    const char* tls;
    bool noted;
};

} // namespace

TEST(FoundServices, aServiceBecomesAConnection)
{
    const auto found = readServiceFile("# mine\n"
                                       "before=the first section\n"
                                       "[shop]\n"
                                       "host=db.example.com\r\n"
                                       "port=5433\n"
                                       "dbname=shop\n"
                                       "user = reader\n"
                                       "sslmode=verify-full\n"
                                       "\n"
                                       "[local]\n"
                                       "dbname=test\n"
                                       "user=me\n"
                                       "password=secret text\n"
                                       "sslcert=/c.pem\n",
                                       "/srv/me/.pg_service.conf",
                                       readPasswordFile("db.example.com:*:shop:reader:x\n"));
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].name, "shop");
    EXPECT_EQ(found[0].warehouse, "postgresql");
    EXPECT_THAT(found[0].fields,
                UnorderedElementsAre(Pair("host", "db.example.com"), Pair("port", "5433"),
                                     Pair("database", "shop"), Pair("user", "reader"),
                                     Pair("tls", "verify")));
    EXPECT_TRUE(found[0].driverHasPassword);
    EXPECT_THAT(found[0].notes, IsEmpty());
    EXPECT_EQ(found[1].secrets.at("password").reveal(), "secret text");
    EXPECT_FALSE(found[1].driverHasPassword);
    EXPECT_NE(notesOf(found[1]).find("localhost"), std::string::npos);
    EXPECT_NE(notesOf(found[1]).find("sslcert"), std::string::npos);
    EXPECT_EQ(notesOf(found[1]).find("secret text"), std::string::npos);
}

TEST(FoundServices, sslModesAreSaidByTheForm)
{
    const SslModeCase cases[] = {{"verify-full", "verify", false},
                                 {"verify-ca", "verify", true},
                                 {"require", "require", false},
                                 {"disable", "disable", false},
                                 {"prefer", "", true},
                                 {"", "", false}};
    for (const SslModeCase& c : cases) {
        FoundConnection found;
        takeSslMode(found, c.mode);
        EXPECT_EQ(found.fields.count("tls") == 0 ? "" : found.fields["tls"], c.tls) << c.mode;
        EXPECT_EQ(found.notes.size(), c.noted ? 1U : 0U) << c.mode;
    }
}

TEST(FoundPasswords, theFileIsReadAsLibpqDoes)
{
    const auto entries = readPasswordFile("# a comment\n"
                                          "localhost:5432:shop:reader:pw\n"
                                          "\n"
                                          "*:*:*:me:p\\:w:x\r\n"
                                          "fe80\\:\\:1:5432:a\\\\b:u:pw\n"
                                          "too:few:parts\n"
                                          "host:1:db:user:\n");
    ASSERT_EQ(entries.size(), 3U) << "a line without a password is none";
    EXPECT_EQ(entries[0].user, "reader");
    EXPECT_EQ(entries[1].host, "*");
    EXPECT_EQ(entries[2].host, "fe80::1");
    EXPECT_EQ(entries[2].database, "a\\b");
    FoundConnection connection;
    connection.fields = {{"user", "me"}, {"database", "anything"}};
    EXPECT_TRUE(entries[1].fits(connection));
    EXPECT_FALSE(entries[0].fits(connection));
    connection.fields = {{"user", "reader"}, {"database", "shop"}};
    EXPECT_TRUE(entries[0].fits(connection)) << "localhost and 5432 are the defaults";
}

TEST(FoundPasswords, linesThatNameHostAndUserAreConnections)
{
    const auto found = connectionsOf(readPasswordFile("*:*:*:me:pw\nh:*:*:u:pw\nh2:5433:d:u2:pw\n"),
                                     "/srv/me/.pgpass");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].name, "u@h");
    EXPECT_EQ(found[0].notes.size(), 1U);
    EXPECT_EQ(found[1].name, "u2@h2/d");
    EXPECT_THAT(found[1].fields, UnorderedElementsAre(Pair("host", "h2"), Pair("port", "5433"),
                                                      Pair("database", "d"), Pair("user", "u2")));
    EXPECT_TRUE(found[1].driverHasPassword);
}

TEST(FoundDataSources, theGenericFormTakesThem)
{
    const auto found = readDataSources("[ODBC Data Sources]\nshop=PostgreSQL\n"
                                       "[shop]\nDriver=PostgreSQL Unicode\nServername=h\n"
                                       "Username=u\nPassword=pw\nDescription=The shop\n"
                                       "[ODBC]\nTrace=0\n"
                                       "[bare]\n",
                                       "/etc/odbc.ini");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].warehouse, "odbc");
    EXPECT_THAT(found[0].fields, UnorderedElementsAre(Pair("dsn", "shop"), Pair("user", "u")));
    EXPECT_TRUE(found[0].driverHasPassword);
    EXPECT_EQ(notesOf(found[0]), "The shop\n");
    EXPECT_FALSE(found[1].driverHasPassword);
}

TEST(FoundDBeaver, connectionsAreReadWithoutSecrets)
{
    const auto read = readDBeaver(R"({"folders":{},"connections":{
        "postgres-jdbc-1":{"provider":"postgresql","driver":"postgres-jdbc","name":"Shop",
          "configuration":{"host":"db.example.com","port":"5432","database":"shop","user":"app",
            "password":"leaked","handlers":{"ssh_tunnel":{"enabled":true,"properties":
              {"host":"bastion","port":22,"authType":"PUBLIC_KEY","keyPath":"/k","userName":"d"}},
              "postgre_ssl":{"enabled":true,"properties":{"sslMode":"require"}}}}},
        "mysql8-2":{"provider":"mysql","driver":"mysql8","name":"By address",
          "configuration":{"url":"jdbc:mysql://h:3310/d?useSSL=false","configurationType":"URL"}},
        "maria-3":{"provider":"mysql","driver":"mariaDB","configuration":{"host":"m","handlers":
          {"ssh_tunnel":{"enabled":false,"properties":{"host":"no"}}}}},
        "sqlite-4":{"provider":"sqlite","driver":"sqlite_jdbc","name":"File",
          "configuration":{"database":"/data/shop.db"}},
        "ch-5":{"provider":"clickhouse","driver":"com_clickhouse","name":"Clicks","configuration":{}},
        "snow-6":{"provider":"snowflake","driver":"snowflake_jdbc","name":"Snow",
          "configuration":{"host":"org-acc.snowflakecomputing.com","database":"D"}},
        "odd-7":[1,2],"odd-8":{"provider":5,"configuration":"x"}}})",
                                  "data-sources.json");
    ASSERT_TRUE(read);
    const auto& found = *read;
    ASSERT_EQ(found.size(), 7U);
    EXPECT_THAT(found[0].fields,
                UnorderedElementsAre(
                    Pair("host", "db.example.com"), Pair("port", "5432"), Pair("database", "shop"),
                    Pair("user", "app"), Pair("sshHost", "bastion"), Pair("sshPort", "22"),
                    Pair("sshUser", "d"), Pair("sshKey", "/k"), Pair("tls", "require")));
    EXPECT_THAT(found[0].secrets, IsEmpty());
    EXPECT_EQ(notesOf(found[0]).find("leaked"), std::string::npos);
    EXPECT_THAT(found[1].fields, UnorderedElementsAre(Pair("host", "h"), Pair("port", "3310"),
                                                      Pair("database", "d")));
    EXPECT_EQ(found[1].warehouse, "mysql");
    EXPECT_EQ(found[2].warehouse, "mariadb");
    EXPECT_EQ(found[2].name, "maria-3");
    EXPECT_THAT(found[2].fields, ElementsAre(Pair("host", "m")));
    EXPECT_THAT(found[3].fields, ElementsAre(Pair("file", "/data/shop.db")));
    EXPECT_EQ(found[4].warehouse, "");
    EXPECT_NE(notesOf(found[4]).find("com_clickhouse"), std::string::npos);
    EXPECT_THAT(found[5].fields,
                UnorderedElementsAre(Pair("account", "org-acc"), Pair("database", "D")));
    EXPECT_EQ(found[6].name, "odd-8");
}

TEST(FoundDBeaver, otherJsonHoldsNone)
{
    for (const char* json :
         {"{}", "[]", "5", "null", R"({"connections":[]})", R"({"connections":{"a":null}})"}) {
        const auto found = readDBeaver(json, "f");
        ASSERT_TRUE(found) << json;
        EXPECT_THAT(*found, IsEmpty()) << json;
    }
    EXPECT_FALSE(readDBeaver("{", "f"));
}

TEST(FoundConnections, onlyWhatTheFormHasIsKept)
{
    const auto spec = loadWarehouseSpec("sqlserver");
    ASSERT_TRUE(spec);
    FoundConnection found;
    found.warehouse = "sqlserver";
    found.fields = {{"host", "h"}, {"sshHost", "bastion"}, {"port", ""}, {"password", "no"}};
    found.secretRefs = {{"password", "env:P"}, {"token", "env:T"}};
    fitToForm(found, *spec);
    EXPECT_THAT(found.fields, ElementsAre(Pair("host", "h")));
    EXPECT_THAT(found.secretRefs, ElementsAre(Pair("password", "env:P")));
    ASSERT_EQ(found.notes.size(), 1U);
    EXPECT_NE(notesOf(found).find("sshHost"), std::string::npos);
    EXPECT_NE(notesOf(found).find("token"), std::string::npos);
}

TEST(FoundConnections, anyBytesAreRead)
{
    EXPECT_TRUE(rc::check("no text is refused by the readers of lines", [] {
        const auto text = *rc::gen::container<std::string>(rc::gen::weightedOneOf<char>(
            {{6, rc::gen::elementOf(std::string("[]=:#;\\*\n\r \"ab"))},
             {1, rc::gen::arbitrary<char>()}}));
        const auto passwords = readPasswordFile(text);
        for (const FoundConnection& each : connectionsOf(passwords, "f"))
            RC_ASSERT(!each.fields.at("host").empty() && !each.fields.at("user").empty());
        for (const FoundConnection& each : readServiceFile(text, "f", passwords))
            RC_ASSERT(!each.name.empty());
        for (const FoundConnection& each : readDataSources(text, "f"))
            RC_ASSERT(each.fields.at("dsn") == each.name);
    }));
}

TEST(FormIssues, everyFieldIsToldItsOwn)
{
    const auto spec = loadWarehouseSpec("postgresql");
    ASSERT_TRUE(spec);
    const auto places = [&](const std::map<std::string, std::string>& fields,
                            const std::set<std::string>& secrets) {
        std::vector<std::string> all;
        for (const Issue& issue : checkFormFields(*spec, fields, secrets))
            all.push_back(issue.place);
        return all;
    };
    EXPECT_THAT(places({}, {}), ElementsAre("/database", "/user")) << "localhost is the default";
    EXPECT_THAT(places({{"database", "d"}, {"user", "u"}}, {}), IsEmpty());
    EXPECT_THAT(places({{"database", "d"}, {"user", "u"}, {"port", "70000"}, {"tls", "maybe"}}, {}),
                ElementsAre("/port", "/tls"));
    const auto redshift = loadWarehouseSpec("redshift");
    ASSERT_TRUE(redshift);
    EXPECT_THAT(
        checkFormFields(*redshift, {{"host", "h"}, {"database", "d"}, {"user", "u"}}, {"password"}),
        IsEmpty());
}

} // namespace headgate::warehouse
