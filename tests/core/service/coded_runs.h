// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/coded_world.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::service {

inline const std::string exactAmount = "1234567890123456789012345678.0123456789";

/// What a run did, short: "planned", then "outcomes".
struct Sums
{
    std::uint64_t added = 0;
    std::uint64_t changed = 0;
    std::uint64_t removed = 0;
    std::uint64_t unchanged = 0;
    std::uint64_t successful = 0;
    std::uint64_t rejected = 0;

    bool operator==(const Sums&) const = default;
};

inline void PrintTo(const Sums& sums, std::ostream* out)
{
    *out << "added " << sums.added << ", changed " << sums.changed << ", removed " << sums.removed
         << ", unchanged " << sums.unchanged << ", successful " << sums.successful << ", rejected "
         << sums.rejected;
}

[[nodiscard]] inline Sums sumsOf(const run::RunReport& report)
{
    EXPECT_TRUE(report.addsUp());
    const auto category = [&](plan::Category which) { return report.planned[which]; };
    return {category(plan::Category::Added),           category(plan::Category::Changed),
            category(plan::Category::Removed),         category(plan::Category::Unchanged),
            report.outcomes[run::Outcome::Successful], report.outcomes[run::Outcome::Rejected]};
}

[[nodiscard]] inline std::string whyNot(const run::RunReport& report)
{
    return report.error ? report.error->toString().toStdString() : std::string("no error");
}

/// Five people, the first with two views.
inline void fillWarehouse(const CodedWorld& world)
{
    world.sql("insert into views values (1, 'p1', 'Ann', '" + exactAmount +
              "', 'Tea'), (2, 'p1', 'Ann', '" + exactAmount +
              "', 'Say \"hi\", ok'), (3, 'p2', 'Bob', '0.10', 'Tea'), (4, 'p3', null, null, "
              "'Jam'), (5, 'p4', 'Żółw 東', '-1', 'Jam'), (6, 'p5', 'Eve', '5', 'Jam')");
}

/// A table of a database: everything that Mirror does, seen from the other side.
inline void mirrorIntoATable(CodedWorld& world, connector::SqlSession& side)
{
    const std::string all = "SELECT id, name, amount, views FROM people ORDER BY id";
    world.writeSync({{"mode", "mirror"},
                     {"deleteBehaviour", "delete"},
                     {"object", side.dialect() == connector::SqlDialect::Postgres ? "public.people"
                                                                                  : "people"}});
    fillWarehouse(world);
    const run::RunReport first = world.run();
    ASSERT_EQ(sumsOf(first), (Sums{5, 0, 0, 0, 5, 0})) << whyNot(first);
    EXPECT_EQ(first.exitCode, 0);
    const auto rows = rowsOf(side, all);
    ASSERT_EQ(rows.size(), 5U);
    EXPECT_EQ(rows[0],
              (std::vector<std::string>{"p1", "Ann", exactAmount,
                                        R"([{"product":"Tea"},{"product":"Say \"hi\", ok"}])"}));
    EXPECT_EQ(rows[2], (std::vector<std::string>{"p3", "", "", R"([{"product":"Jam"}])"}));
    EXPECT_EQ(rows[3][1], "Żółw 東");

    rowsOf(side, "UPDATE people SET name = 'seen' WHERE id = 'p5'");
    EXPECT_EQ(sumsOf(world.run()), (Sums{0, 0, 0, 5, 0, 0}));
    EXPECT_EQ(rowsOf(side, all)[4][1], "seen") << "nothing was sent for what is unchanged";

    world.sql("update views set name = 'Bobby' where person = 'p2'");
    EXPECT_EQ(sumsOf(world.run()), (Sums{0, 1, 0, 4, 1, 0}));
    EXPECT_EQ(rowsOf(side, all)[1][1], "Bobby");
    EXPECT_EQ(rowsOf(side, all)[4][1], "seen");

    world.sql("delete from views where person = 'p3'");
    EXPECT_EQ(sumsOf(world.run()), (Sums{0, 0, 1, 4, 1, 0}));
    EXPECT_EQ(rowsOf(side, all).size(), 4U);

    world.sql("insert into views values (9, 'p9', 'much too long a name', '1', 'Tea')");
    const run::RunReport refused = world.run();
    EXPECT_EQ(sumsOf(refused), (Sums{1, 0, 0, 4, 0, 1}));
    EXPECT_EQ(refused.exitCode, 1);
    ASSERT_EQ(refused.rejections.size(), 1U);
    EXPECT_EQ(refused.rejections[0].example, "p9");
    EXPECT_FALSE(refused.rejections[0].message.empty());

    rowsOf(side, "DROP TABLE people");
    world.sql("update views set name = 'Bob' where person = 'p2'");
    const run::RunReport gone = world.run();
    EXPECT_EQ(gone.exitCode, 4);
    ASSERT_TRUE(gone.error);
    EXPECT_EQ(gone.error->detail, QStringLiteral("sql.table"));
    EXPECT_EQ(gone.outcomes[run::Outcome::Successful], 0U);
}

} // namespace headgate::service
