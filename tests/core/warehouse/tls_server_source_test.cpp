// SPDX-License-Identifier: GPL-3.0-or-later
// What is verified of a server, on each driver. The servers' certificate is for localhost alone.
#include "fakes/print_to.h"
#include "fakes/test_authority.h"
#include "fakes/test_servers.h"

#include <functional>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

struct TlsDriver
{
    const char* name;
    std::function<SourceOptions()> options;
    const char* isEncrypted; ///< SELECT of a text that is empty without encryption
};

class TlsSource : public testing::TestWithParam<TlsDriver>
{
protected:
    static std::string serversAuthority()
    {
        const std::string file = qEnvironmentVariable("HEADGATE_TEST_CA").toStdString();
        EXPECT_FALSE(file.empty()) << "HEADGATE_TEST_CA is not set";
        return file;
    }

    static SourceOptions with(const std::string& host, const std::string& tls,
                              const std::string& authority)
    {
        SourceOptions options = GetParam().options();
        options.fields["host"] = host;
        options.fields["tls"] = tls;
        options.fields["tlsCa"] = authority;
        return options;
    }

    static std::string codeOf(const SourceOptions& options)
    {
        const auto source = Source::open(options, {});
        if (source)
            return "connected";
        EXPECT_EQ(source.error().kind, ErrorKind::Source);
        EXPECT_FALSE(source.error().message.isEmpty());
        return source.error().code;
    }
};

} // namespace

TEST_P(TlsSource, ConnectsEncryptedToTheServerThatItKnows)
{
    const auto source = Source::open(with("localhost", "verify", serversAuthority()), {});
    ASSERT_TRUE(source) << testing::PrintToString(source.error());
    const auto rows = fakes::readAll(**source, GetParam().isEncrypted);
    ASSERT_TRUE(rows) << testing::PrintToString(rows.error());
    EXPECT_NE(rows->front().back().text, "");
}

TEST_P(TlsSource, RefusesAnotherAuthority)
{
    const fakes::TestAuthority stranger;
    EXPECT_EQ(codeOf(with("localhost", "verify", stranger.caFile())), "source.connect.tls");
}

TEST_P(TlsSource, RefusesAnotherName)
{
    EXPECT_EQ(codeOf(with("127.0.0.1", "verify", serversAuthority())), "source.connect.tls");
}

TEST_P(TlsSource, TrustsNoAuthorityThatTheSystemDoesNotTrust)
{
    EXPECT_EQ(codeOf(with("localhost", "verify", "")), "source.connect.tls");
}

// The system finds this machine under that name, and Headgate takes no name but "localhost" for it.
constexpr const char* otherName = "LOCALHOST";

TEST_P(TlsSource, VerifiesWithoutBeingAskedWhereTheNameIsNotThisMachine)
{
    const fakes::TestAuthority stranger;
    EXPECT_EQ(codeOf(with(otherName, "auto", serversAuthority())), "connected");
    EXPECT_EQ(codeOf(with(otherName, "auto", stranger.caFile())), "source.connect.tls");
    EXPECT_EQ(codeOf(with(otherName, "auto", "")), "source.connect.tls");
    EXPECT_EQ(codeOf(with(otherName, "require", "")), "connected");
    EXPECT_EQ(codeOf(with("localhost", "auto", "")), "connected");
}

TEST_P(TlsSource, SaysWhenNobodyChecksWhomItTalksTo)
{
    const auto source = Source::open(with(otherName, "require", ""), {});
    ASSERT_TRUE(source) << testing::PrintToString(source.error());
    const auto report = (*source)->test();
    ASSERT_TRUE(report);
    bool said = false;
    for (const QString& caveat : report->caveats)
        said = said || caveat.contains(QStringLiteral("nobody checks with whom"));
    EXPECT_TRUE(said);
}

constexpr const char* postgresEncrypted =
    "select coalesce(version, '') from pg_stat_ssl where pid = pg_backend_pid() and ssl";
constexpr const char* mariadbEncrypted =
    "select variable_value from information_schema.session_status where variable_name = "
    "'SSL_VERSION'";

INSTANTIATE_TEST_SUITE_P(
    Drivers, TlsSource,
    testing::Values(TlsDriver{"postgresql", fakes::postgresOptions, postgresEncrypted},
                    TlsDriver{"mariadb", fakes::mariadbOptions, mariadbEncrypted},
                    TlsDriver{"psqlodbc", [] { return fakes::odbcOptions("PostgreSQL Unicode"); },
                              postgresEncrypted},
                    TlsDriver{"maodbc", [] { return fakes::odbcOptions("MariaDB Unicode"); },
                              mariadbEncrypted}),
    [](const auto& instance) { return std::string(instance.param.name); });

} // namespace headgate::warehouse
