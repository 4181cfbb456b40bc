// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/connection_finder.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::service {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ConnectionFinderTest : public testing::Test
{
protected:
    /// A file of this user's home, private.
    void put(const char* path, const char* text)
    {
        const QString file = m_home.filePath(QLatin1String(path));
        ASSERT_TRUE(QDir().mkpath(QFileInfo(file).path()));
        QFile out(file);
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        ASSERT_EQ(out.write(text), static_cast<qint64>(qstrlen(text)));
        ASSERT_TRUE(out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    }

    [[nodiscard]] FoundPlaces places()
    {
        const std::string home = m_home.path().toStdString();
        return FoundPlaces::of(Platform::Unix, home, home + "/project",
                               [this](const std::string& name) -> std::optional<std::string> {
                                   const auto found = m_environment.find(name);
                                   return found == m_environment.end()
                                              ? std::nullopt
                                              : std::optional<std::string>(found->second);
                               });
    }

    [[nodiscard]] std::vector<std::string> names()
    {
        std::vector<std::string> all;
        for (const auto& each : findConnections(places()).connections)
            all.push_back(each.name);
        return all;
    }

    QTemporaryDir m_home;
    std::map<std::string, std::string> m_environment{{"PGSYSCONFDIR", "/nowhere"},
                                                     {"ODBCSYSINI", "/nowhere"}};
};

} // namespace

TEST_F(ConnectionFinderTest, aHomeWithoutOthersFilesHasNone)
{
    const FoundConnections found = findConnections(places());
    EXPECT_THAT(found.connections, IsEmpty());
    EXPECT_THAT(found.issues, IsEmpty());
}

TEST_F(ConnectionFinderTest, everyProgramIsLookedAt)
{
    put(".dbt/profiles.yml", "shop: {outputs: {dev: {type: postgres, host: h}}}\n");
    put(".pg_service.conf", "[service]\nhost=h\nuser=u\ndbname=d\n");
    put(".pgpass", "h:*:d:u:pw\nother:5432:*:u:pw\n");
    put(".local/share/DBeaverData/workspace6/General/.dbeaver/data-sources.json",
        R"({"connections":{"a":{"provider":"postgresql","driver":"p","name":"beaver"}}})");
    put(".odbc.ini", "[source]\nDriver=x\n");
    EXPECT_THAT(names(), ElementsAre("shop / dev", "service", "u@other", "beaver", "source"))
        << "the password of the service is no connection of its own";
}

TEST_F(ConnectionFinderTest, variablesLeadElsewhere)
{
    put("dbt/profiles.yml", "there: {outputs: {dev: {type: postgres, host: h}}}\n");
    put(".dbt/profiles.yml", "not this: {outputs: {dev: {type: postgres, host: h}}}\n");
    put("services", "[there]\nhost=h\n");
    put("passwords", "h:1:d:u:pw\n");
    put("data/DBeaverData/workspace6/Mine/.dbeaver/data-sources.json",
        R"({"connections":{"a":{"provider":"mysql","driver":"mysql8","name":"there"}}})");
    put("odbc", "[odbc there]\nDriver=x\n");
    const std::string home = m_home.path().toStdString();
    m_environment["DBT_PROFILES_DIR"] = home + "/dbt";
    m_environment["PGSERVICEFILE"] = home + "/services";
    m_environment["PGPASSFILE"] = home + "/passwords";
    m_environment["XDG_DATA_HOME"] = home + "/data";
    m_environment["ODBCINI"] = home + "/odbc";
    EXPECT_THAT(names(), ElementsAre("there / dev", "there", "u@h/d", "there", "odbc there"));
}

TEST_F(ConnectionFinderTest, theProjectsOwnProfilesComeFirst)
{
    put(".dbt/profiles.yml", "mine: {outputs: {dev: {type: postgres, host: h}}}\n");
    put("project/profiles.yml", "ours: {outputs: {dev: {type: postgres, host: h}}}\n");
    EXPECT_THAT(names(), ElementsAre("ours / dev"));
}

TEST_F(ConnectionFinderTest, aPlainTextPasswordIsReadOnDemandOnly)
{
    put(".pg_service.conf", "[service]\nhost=h\npassword=in plain text\n");
    const FoundConnections found = findConnections(places());
    ASSERT_EQ(found.connections.size(), 1U);
    ASSERT_EQ(found.connections.front().secrets.count("password"), 1U);
    EXPECT_TRUE(found.connections.front().secrets.at("password").empty());
    const auto secret = readFoundSecret(places(), found.connections.front(), "password");
    ASSERT_TRUE(secret);
    EXPECT_EQ(secret->reveal(), "in plain text");
    put(".pg_service.conf", "[service]\nhost=h\n");
    const auto gone = readFoundSecret(places(), found.connections.front(), "password");
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, "secret.found");
}

TEST_F(ConnectionFinderTest, filesThatCannotBeReadAreSaid)
{
    put(".dbt/profiles.yml", "a: [\n");
    put(".local/share/DBeaverData/workspace6/General/.dbeaver/data-sources.json", "{");
    put(".pg_service.conf", "[service]\nhost=h\nuser=u\n");
    put(".pgpass", "h:*:*:u:pw\n");
    ASSERT_TRUE(QFile::setPermissions(m_home.filePath(QStringLiteral(".pgpass")),
                                      QFileDevice::ReadOwner | QFileDevice::ReadOther));
    const FoundConnections found = findConnections(places());
    ASSERT_EQ(found.connections.size(), 1U);
    EXPECT_FALSE(found.connections.front().driverHasPassword) << "libpq would pass over it";
    std::vector<std::string> codes;
    for (const Issue& issue : found.issues)
        codes.push_back(issue.code);
    EXPECT_THAT(codes, ElementsAre("found.form", "found.private", "found.form"));
}

TEST_F(ConnectionFinderTest, otherSystemsHaveOtherPlaces)
{
    const auto none = [](const std::string& name) -> std::optional<std::string> {
        return name == "APPDATA" ? std::optional<std::string>("C:/Users/me/AppData/Roaming")
                                 : std::nullopt;
    };
    const FoundPlaces windows = FoundPlaces::of(Platform::Windows, "C:/Users/me", "C:/p", none);
    EXPECT_THAT(windows.serviceFiles,
                ElementsAre("C:/Users/me/AppData/Roaming/postgresql/.pg_service.conf"));
    EXPECT_EQ(windows.passwordFile, "C:/Users/me/AppData/Roaming/postgresql/pgpass.conf");
    EXPECT_FALSE(windows.passwordFileMustBePrivate);
    EXPECT_THAT(windows.dbtProfiles,
                ElementsAre("C:/p/profiles.yml", "C:/Users/me/.dbt/profiles.yml"));
    const FoundPlaces mac = FoundPlaces::of(Platform::MacOs, "/Users/me", "/p", none);
    EXPECT_THAT(mac.dbeaver, ElementsAre("/Users/me/Library/DBeaverData/workspace6/*/.dbeaver/"
                                         "data-sources.json"));
}

} // namespace headgate::service
