// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/ssh_tunnel.h"

#include "fakes/print_to.h"
#include "fakes/ssh_server.h"
#include "fakes/test_servers.h"

#include <QProcessEnvironment>
#include <functional>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

struct TunnelledServer
{
    const char* name;
    std::function<SourceOptions()> options;
    const char* endless; ///< more rows than the way there holds
};

std::unique_ptr<fakes::SshServer>& sshHolder()
{
    static std::unique_ptr<fakes::SshServer> server;
    return server;
}

/// One for all tests of a suite.
fakes::SshServer& sshServer()
{
    if (!sshHolder())
        sshHolder() = std::make_unique<fakes::SshServer>();
    return *sshHolder();
}

SourceOptions through(SourceOptions options, const std::string& key)
{
    options.fields["sshHost"] = "127.0.0.1";
    options.fields["sshPort"] = std::to_string(sshServer().port());
    options.fields["sshKey"] = key;
    return options;
}

std::string tunnelCode(const std::string& key, const char* said)
{
    const auto source = Source::open(through(fakes::postgresOptions(), key), {});
    if (source)
        return "connected";
    const QString& message = source.error().message;
    EXPECT_TRUE(message.contains(QString::fromLatin1(said))) << message.toStdString();
    EXPECT_TRUE(message.contains(QStringLiteral("127.0.0.1"))) << message.toStdString();
    return source.error().code;
}

class SshTunnels : public testing::Test
{
protected:
    static void TearDownTestSuite() { sshHolder().reset(); }
};

class Tunnelled : public testing::TestWithParam<TunnelledServer>
{
protected:
    static void TearDownTestSuite() { sshHolder().reset(); }
    static SourceOptions options()
    {
        sshServer().becomeKnown();
        return through(GetParam().options(), sshServer().keyFile());
    }
};

} // namespace

TEST_F(SshTunnels, RefusesAnUnknownHost)
{
    sshServer().becomeUnknown();
    EXPECT_EQ(tunnelCode(sshServer().keyFile(), "not in the list of known hosts"),
              "source.tunnel.hostkey");
}

TEST_F(SshTunnels, RefusesAHostWithAnotherKey)
{
    sshServer().becomeKnownWithAnotherKey();
    EXPECT_EQ(tunnelCode(sshServer().keyFile(), "its key has changed"), "source.tunnel.hostkey");
}

TEST_F(SshTunnels, SaysWhenTheHostDoesNotAcceptTheKey)
{
    sshServer().becomeKnown();
    EXPECT_EQ(tunnelCode(sshServer().strangersKeyFile(), "does not accept the key"),
              "source.tunnel.auth");
}

TEST_P(Tunnelled, ReadsThroughAKnownHost)
{
    auto source = Source::open(options(), {});
    ASSERT_TRUE(source) << testing::PrintToString(source.error());
    const auto rows = fakes::readAll(**source, GetParam().endless, {}, 5000);
    ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
    EXPECT_EQ(rows->size(), 5000U);
    EXPECT_EQ(rows->back().front().text, "5000");
}

TEST_P(Tunnelled, ATunnelThatDiesInAReadIsAFailedRead)
{
    const auto source = Source::open(options(), {});
    ASSERT_TRUE(source) << testing::PrintToString(source.error());
    auto stream = (*source)->query(GetParam().endless, {}, 0);
    ASSERT_TRUE(stream) << testing::PrintToString(stream.error());
    data::RowBlock block;
    ASSERT_TRUE((*stream)->read(block));
    sshServer().killClient();
    Result<data::ReadStep> step = data::ReadStep::More;
    while (step && *step == data::ReadStep::More)
        step = (*stream)->read(block);
    ASSERT_FALSE(step);
    EXPECT_EQ(step.error().kind, ErrorKind::Source);
    EXPECT_EQ(step.error().code, "source.tunnel.lost") << testing::PrintToString(step.error());
    EXPECT_EQ(block.rowCount(), 0U);
}

TEST(SshTunnel, TakesNoHostThatIsAnOption)
{
    for (const char* host : {"-oProxyCommand=touch /tmp/x", "a b", "a\nb"}) {
        SshTunnelOptions options;
        options.host = host;
        options.targetHost = "db";
        options.targetPort = 5432;
        const auto tunnel = SshTunnel::open(options, {});
        ASSERT_FALSE(tunnel) << host;
        EXPECT_EQ(tunnel.error().code, "source.tunnel.options") << host;
    }
}

TEST(SshTunnel, AsksNothingAndChecksTheHost)
{
    SshTunnelOptions options;
    options.host = "bastion";
    options.targetHost = "2001:db8::1";
    options.targetPort = 5432;
    const QStringList arguments = SshTunnel::arguments(options, 4000);
    EXPECT_TRUE(arguments.contains(QStringLiteral("StrictHostKeyChecking=yes")));
    EXPECT_TRUE(arguments.contains(QStringLiteral("BatchMode=yes")));
    EXPECT_TRUE(arguments.contains(QStringLiteral("127.0.0.1:4000:[2001:db8::1]:5432")));
    EXPECT_EQ(arguments.mid(arguments.size() - 2),
              (QStringList{QStringLiteral("--"), QStringLiteral("bastion")}));
}

TEST(SshTunnel, SeesNoVariableThatItDoesNotNeed)
{
    QProcessEnvironment ours;
    ours.insert(QStringLiteral("HOME"), QStringLiteral("/h"));
    ours.insert(QStringLiteral("SSH_AUTH_SOCK"), QStringLiteral("/a"));
    ours.insert(QStringLiteral("WAREHOUSE_PASSWORD"), QStringLiteral("canary"));
    ours.insert(QStringLiteral("PGPASSWORD"), QStringLiteral("canary"));
    const QProcessEnvironment theirs = SshTunnel::environment(ours);
    EXPECT_EQ(theirs.keys(),
              (QStringList{QStringLiteral("HOME"), QStringLiteral("SSH_AUTH_SOCK")}));
}

INSTANTIATE_TEST_SUITE_P(
    Servers, Tunnelled,
    testing::Values(TunnelledServer{"postgresql", fakes::postgresOptions,
                                    "select n, repeat('x', 100) as t from (select "
                                    "generate_series(1, 10000000) as n) s"},
                    TunnelledServer{"mariadb", fakes::mariadbOptions,
                                    "select seq as n, repeat('x', 100) as t from "
                                    "seq_1_to_10000000"},
                    TunnelledServer{"psqlodbc",
                                    [] { return fakes::odbcOptions("PostgreSQL Unicode"); },
                                    "select n, repeat('x', 100) as t from (select "
                                    "generate_series(1, 10000000) as n) s"}),
    [](const auto& instance) { return std::string(instance.param.name); });

} // namespace headgate::warehouse
