// SPDX-License-Identifier: GPL-3.0-or-later
// A connection that ends after any number of bytes gives an error or the whole result. MariaDB's
// ODBC driver is left out: 3.1.15 crashes where the answer to a statement is cut (its caveat says
// so).
#include "fakes/cutting_proxy.h"
#include "fakes/print_to.h"
#include "fakes/test_servers.h"

#include <functional>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

struct CutServer
{
    std::string name;
    std::function<SourceOptions()> options;
    std::string rows; ///< SELECT of some hundred rows
};

constexpr const char* postgresRows =
    "select n, repeat('x', 20) as t, null as u from generate_series(1, 300) as n";
constexpr const char* mariadbRows =
    "select seq as n, repeat('x', 20) as t, null as u from seq_1_to_300";
constexpr std::uint64_t cuts = 150;

class CutConnection : public testing::TestWithParam<CutServer>
{
protected:
    CutConnection()
        : m_options(GetParam().options()),
          m_proxy(m_options.fields.at("host"),
                  static_cast<std::uint16_t>(std::stoi(m_options.fields.at("port"))))
    {
        m_options.fields["port"] = std::to_string(m_proxy.port());
    }

    Result<fakes::Rows> read() const
    {
        auto source = Source::open(m_options, {});
        if (!source)
            return propagate(std::move(source));
        return fakes::readAll(**source, GetParam().rows);
    }

    SourceOptions m_options;
    fakes::CuttingProxy m_proxy;
};

} // namespace

TEST_P(CutConnection, IsAnErrorOrAWholeResult)
{
    const auto whole = read();
    ASSERT_TRUE(whole) << testing::PrintToString(whole.error());
    ASSERT_EQ(whole->size(), 300U);
    const std::uint64_t said = m_proxy.passed();
    ASSERT_GT(said, 300U * 20U);
    std::uint64_t refused = 0;
    for (std::uint64_t cut = 0; cut < cuts; ++cut) {
        const std::uint64_t after = 1 + cut * said / cuts;
        SCOPED_TRACE(after);
        m_proxy.cutAfter(after);
        const auto rows = read();
        if (rows) {
            ASSERT_EQ(*rows, *whole);
            continue;
        }
        ++refused;
        EXPECT_EQ(rows.error().kind, ErrorKind::Source) << testing::PrintToString(rows.error());
        EXPECT_FALSE(rows.error().message.isEmpty());
    }
    EXPECT_GT(refused, cuts / 2);
}

INSTANTIATE_TEST_SUITE_P(
    Servers, CutConnection,
    testing::Values(CutServer{"postgresql", fakes::postgresOptions, postgresRows},
                    CutServer{"mariadb", fakes::mariadbOptions, mariadbRows},
                    CutServer{"psqlodbc", [] { return fakes::odbcOptions("PostgreSQL Unicode"); },
                              postgresRows}),
    [](const auto& instance) { return instance.param.name; });

} // namespace headgate::warehouse
