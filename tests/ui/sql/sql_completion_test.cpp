// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

using testing::ElementsAre;
using testing::IsSupersetOf;

SqlCatalog shopCatalog()
{
    using data::ValueKind;
    const std::vector<data::Column> orders{{"id", ValueKind::Integer, "int8", ""},
                                           {"customer_id", ValueKind::Integer, "int8", ""},
                                           {"Total", ValueKind::Decimal, "numeric(10,2)", ""}};
    const std::vector<data::Column> customers{{"id", ValueKind::Integer, "int8", ""},
                                              {"name", ValueKind::Text, "text", ""}};
    return {{{"public", "customers", "table", customers},
             {"public", "orders", "table", orders},
             {"public", "order_lines", "table", std::nullopt},
             {"audit", "log view", "view", std::nullopt}}};
}

class Completion
{
public:
    explicit Completion(std::string marked, const char* warehouse = "postgresql")
        : m_dialect(SqlDialect::ofWarehouse(warehouse))
    {
        const std::size_t at = marked.find('|');
        marked.erase(at, 1);
        m_context = SqlOutline(marked, m_dialect).contextAt(at);
    }

    [[nodiscard]] std::vector<std::string> written(std::size_t most = 100) const
    {
        std::vector<std::string> all;
        for (const SqlSuggestion& each : sqlSuggestions(m_context, m_catalog, m_dialect))
            if (all.size() < most)
                all.push_back(each.written);
        return all;
    }
    [[nodiscard]] std::vector<std::string> unknown() const
    {
        std::vector<std::string> all;
        for (const SqlTable* table : unknownTables(m_context, m_catalog))
            all.push_back(table->name);
        return all;
    }

private:
    SqlDialect m_dialect;
    SqlCatalog m_catalog = shopCatalog();
    SqlContext m_context;
};

TEST(SqlCompletion, AnAliasGivesTheColumnsOfItsTable)
{
    EXPECT_THAT(Completion("select o.| from orders o").written(),
                ElementsAre("id", "customer_id", "\"Total\""));
    EXPECT_THAT(Completion("select O.cu| from public.orders as o").written(),
                ElementsAre("customer_id"));
    EXPECT_THAT(Completion("select c.| from orders o join customers c on c.|").written(),
                ElementsAre("id", "name"));
}

TEST(SqlCompletion, ColumnsOfAllTablesComeBeforeWords)
{
    EXPECT_THAT(Completion("select | from customers").written(3),
                ElementsAre("id", "name", "customers"));
    EXPECT_THAT(Completion("select na| from customers").written(2), ElementsAre("name", "natural"));
}

TEST(SqlCompletion, AfterFromAreTablesQueriesAndSchemas)
{
    EXPECT_THAT(Completion("with recent as (select 1) select * from |").written(5),
                ElementsAre("recent", "customers", "orders", "order_lines", "\"log view\""));
    EXPECT_THAT(Completion("select * from audit.|").written(), ElementsAre("\"log view\""));
    EXPECT_THAT(Completion("select * from aud|").written(), ElementsAre("audit"));
    EXPECT_THAT(Completion("select * from lines|").written(), ElementsAre("order_lines"));
}

TEST(SqlCompletion, AQueryGivesItsColumnsAndThoseOfItsStars)
{
    EXPECT_THAT(
        Completion("with w as (select id as k, o.* from orders o) select w.| from w").written(),
        ElementsAre("k", "id", "customer_id", "\"Total\""));
}

TEST(SqlCompletion, QuotesAsTheWarehouseDoesAndOnlyWhereNeeded)
{
    EXPECT_THAT(Completion("select To| from orders", "mariadb").written(1), ElementsAre("Total"));
    EXPECT_THAT(Completion("select * from log|", "mariadb").written(1), ElementsAre("`log view`"));
    EXPECT_THAT(Completion("select \"cu|\" from orders").written(), ElementsAre("\"customer_id\""));
}

TEST(SqlCompletion, WordsFollowTheCaseThatIsTyped)
{
    EXPECT_THAT(Completion("SEL|").written(), ElementsAre("SELECT"));
    EXPECT_THAT(Completion("sel|").written(), ElementsAre("select"));
    EXPECT_THAT(Completion("select coa|").written(), ElementsAre("coalesce"));
}

TEST(SqlCompletion, TellsWhoseColumnsAreNotKnown)
{
    EXPECT_THAT(Completion("select l.| from order_lines l, orders").unknown(),
                ElementsAre("order_lines"));
    EXPECT_THAT(Completion("select | from orders").unknown(), ElementsAre());
    EXPECT_THAT(Completion("select * from |").unknown(), ElementsAre());
}

} // namespace
} // namespace headgate::ui
