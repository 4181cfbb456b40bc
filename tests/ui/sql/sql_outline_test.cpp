// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_outline.h"

#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

/// The text without its "|", which stands for the caret.
std::pair<std::string, std::size_t> caretIn(std::string text)
{
    const std::size_t at = text.find('|');
    EXPECT_NE(at, std::string::npos) << text;
    text.erase(at, 1);
    return {text, at};
}

SqlContext contextIn(const std::string& marked, const char* warehouse = "postgresql")
{
    const auto [text, at] = caretIn(marked);
    return SqlOutline(text, SqlDialect::ofWarehouse(warehouse)).contextAt(at);
}

/// "orders=o customers=c =s(a,b)": tables in scope, nearest first.
std::string shownUses(const std::vector<SqlTableUse>& uses)
{
    std::string all;
    for (const SqlTableUse& use : uses) {
        all += all.empty() ? "" : " ";
        for (std::size_t i = 0; i < use.path.size(); ++i)
            all += (i > 0 ? "." : "") + use.path[i];
        if (!use.alias.empty())
            all += "=" + use.alias;
        if (!use.derived)
            continue;
        all += "(";
        for (std::size_t i = 0; i < use.columns.size(); ++i)
            all += (i > 0 ? "," : "") + use.columns[i];
        if (!use.stars.empty())
            all += (use.columns.empty() ? "" : ",") + ("*" + shownUses(use.stars));
        all += ")";
    }
    return all;
}

struct ScopeCase
{
    const char* sql;
    const char* tables;
    const char* queries = "";
};

TEST(SqlOutline, KnowsTheTablesAtTheCaret)
{
    const ScopeCase cases[] = {
        {"select | from orders", "orders"},
        {"select | from orders o", "orders=o"},
        {"select | from shop.orders as o", "shop.orders=o"},
        {"select | from \"My Orders\" \"O\"", "My Orders=O"},
        {"select | from a, b x, c", "a b=x c"},
        {"select | from a join b on a.x = b.x left join c using (y)", "a b c"},
        {"select | from a inner join b x on true cross join c", "a b=x c"},
        {"select * from orders o where |", "orders=o"},
        {"select * from orders o where o.|", "orders=o"},
        {"select o.| from orders o", "orders=o"},
        {"select o. | from orders o", "orders=o"},
        {"select * from orders o where o.id in (select | from lines l)", "lines=l orders=o"},
        {"select | from (select id, name as n, count(*) c from t) s", "=s(id,n,c)"},
        {"select | from (select * from t) s", "=s(*t)"},
        {"select | from (select t.*, u.x from t join u on 1=1) s", "=s(x,*t)"},
        {"select * from (select | from t) s", "t"},
        {"select | from lateral (select 1 as one) l", "=l(one)"},
        {"select a.|, b from t a where x is distinct from b", "t=a"},
        {"select extract(year from |) from t", "t"},
        {"select a from t1 union select | from t2", "t2"},
        {"select | from t1 union all select a from t2", "t1"},
        {"select | from generate_series(1, 10) as g(n)", "generate_series=g(n)"},
        {"select | from (a join b on true) join c on true", "a b c"},
        {"with w as (select a, b.c from b) select | from w", "w(a,c)", "=w(a,c)"},
        {"with w (x, y) as (select 1, 2) select | from w", "w(x,y)", "=w(x,y)"},
        {"with w as (select a from t), v as (select | from w) select 1", "w(a)", "=w(a)"},
        {"with w as (select | from t) select * from w", "t"},
        {"with w as materialized (select x::int, y as z from t) select | from w", "w(x,z)",
         "=w(x,z)"},
        {"with recursive r as (select 1 as n union all select n + 1 from r) select | from r",
         "r(n)", "=r(n)"},
        {"with w as (select case when a then 1 end as k, b c from t) select | from w", "w(k,c)",
         "=w(k,c)"},
        {"select 1; select | from b; select 2 from c", "b"},
        {"select | from orders o where name = 'x", "orders=o"},
        {"select | /* from x */ from orders -- from y", "orders"},
        {"select $q$ from z $q$, | from orders", "orders"},
        {"select | from", ""},
        {"|", ""},
        {"select (((|", ""},
        {")))) select | from t", "t"},
    };
    for (const ScopeCase& each : cases) {
        const SqlContext context = contextIn(each.sql);
        EXPECT_EQ(shownUses(context.tables), each.tables) << each.sql;
        EXPECT_EQ(shownUses(context.queries), each.queries) << each.sql;
    }
}

struct WantedCase
{
    const char* sql;
    SqlWanted wanted;
    const char* prefix = "";
    const char* qualifiers = "";
};

TEST(SqlOutline, KnowsWhatIsWantedAtTheCaret)
{
    const WantedCase cases[] = {
        {"|", SqlWanted::Keyword},
        {"sel|", SqlWanted::Keyword, "sel"},
        {"select |", SqlWanted::Expression},
        {"select na|", SqlWanted::Expression, "na"},
        {"select o.|", SqlWanted::Expression, "", "o"},
        {"select o.na| from t", SqlWanted::Expression, "na", "o"},
        {"select s.o.na|", SqlWanted::Expression, "na", "s.o"},
        {"select \"na| from t", SqlWanted::Expression, "na"},
        {"select a, | from t", SqlWanted::Expression},
        {"select f(|", SqlWanted::Expression},
        {"select a from |", SqlWanted::Table},
        {"select a from or|", SqlWanted::Table, "or"},
        {"select a from shop.|", SqlWanted::Table, "", "shop"},
        {"select a from t, |", SqlWanted::Table},
        {"select a from t join |", SqlWanted::Table},
        {"select a from t |", SqlWanted::Keyword},
        {"select a from t wh|", SqlWanted::Keyword, "wh"},
        {"select a from t where |", SqlWanted::Expression},
        {"select a from t where a is distinct from |", SqlWanted::Expression},
        {"select a from t join u on |", SqlWanted::Expression},
        {"select a from t join u using (|", SqlWanted::Expression},
        {"select a from t group by |", SqlWanted::Expression},
        {"select a from t where b in (|", SqlWanted::Expression},
        {"select a from (|", SqlWanted::Keyword},
        {"with |", SqlWanted::Nothing},
        {"with w as (|", SqlWanted::Keyword},
        {"select a as |", SqlWanted::Nothing},
        {"select 'te|xt'", SqlWanted::Nothing},
        {"select 'te|", SqlWanted::Nothing},
        {"select $$te|$$", SqlWanted::Nothing},
        {"select a -- com|", SqlWanted::Nothing},
        {"select /* com| */ a", SqlWanted::Nothing},
        {"select 12|", SqlWanted::Nothing},
        {"select :sin|", SqlWanted::Nothing},
        {"select 'a' |", SqlWanted::Expression},
        {"select 1; sel|", SqlWanted::Keyword, "sel"},
    };
    for (const WantedCase& each : cases) {
        const SqlContext context = contextIn(each.sql);
        EXPECT_EQ(context.wanted, each.wanted) << each.sql;
        EXPECT_EQ(context.prefix, each.prefix) << each.sql;
        std::string qualifiers;
        for (const std::string& part : context.qualifiers)
            qualifiers += (qualifiers.empty() ? "" : ".") + part;
        EXPECT_EQ(qualifiers, each.qualifiers) << each.sql;
    }
}

TEST(SqlOutline, ReplacesFromTheFirstLetterOrQuote)
{
    EXPECT_EQ(contextIn("select na|me").begin, 7U);
    EXPECT_EQ(contextIn("select o.na|").begin, 9U);
    EXPECT_EQ(contextIn("select \"na|").begin, 7U);
    EXPECT_TRUE(contextIn("select \"na|").inQuotes);
    EXPECT_EQ(contextIn("select |").begin, 7U);
}

TEST(SqlOutline, FindsTheStatementAtTheCaret)
{
    const std::pair<const char*, const char*> cases[] = {
        {"|", ""},
        {"  select 1|  ", "select 1"},
        {"sel|ect 1; select 2", "select 1"},
        {"select 1;| select 2", "select 1"},
        {"select 1; |select 2", "select 2"},
        {"select 1; s|elect 2", "select 2"},
        {"select 1;\n|\nselect 2", "select 2"},
        {"select 1;\n|select 2", "select 2"},
        {"select 1;\n\n|", "select 1"},
        {"select 1;;|", "select 1"},
        {"select ';'|; select 2", "select ';'"},
        {"select $$;$$|", "select $$;$$"},
        {"-- a; b\nselect 1|", "select 1"},
        {"select 1 -- end|", "select 1"},
        {"select (1;|select 2", "select (1"},
        {"select 'half; |", "select 'half; "},
    };
    for (const auto& [marked, expected] : cases) {
        const auto [text, at] = caretIn(marked);
        const SqlRange range =
            SqlOutline(text, SqlDialect::ofWarehouse("postgresql")).statementAt(at);
        EXPECT_EQ(text.substr(range.begin, range.end - range.begin), expected) << marked;
    }
}

TEST(SqlOutline, SurvivesEveryBeginningOfATextAndDeepNesting)
{
    const std::string sql =
        "with a(x) as (select \"q\"\"r\" from (select * from b, lateral (select 1) l) s "
        "join c using (x)) , d as materialized (values (1)) select a.*, count(*) filter (where "
        "x is distinct from 'y') over (partition by z) from a natural join d t(u, v) where exists "
        "(select 1 from e where e.x = a.x) union all (select $$;$$ from f) order by 1;";
    for (const char* warehouse : {"postgresql", "mariadb", "sqlserver"}) {
        const SqlDialect dialect = SqlDialect::ofWarehouse(warehouse);
        for (std::size_t length = 0; length <= sql.size(); ++length) {
            const SqlOutline outline(sql.substr(0, length), dialect);
            for (const std::size_t at : {std::size_t{0}, length / 2, length}) {
                EXPECT_LE(outline.statementAt(at).end, length);
                EXPECT_LE(outline.contextAt(at).begin, at);
            }
        }
    }
    for (const std::string& part :
         {std::string("("), std::string("select * from ("), std::string("with a as (")}) {
        std::string deep;
        for (int i = 0; i < 3000; ++i)
            deep += part;
        const SqlOutline outline(deep, SqlDialect());
        EXPECT_LE(outline.contextAt(deep.size()).begin, deep.size());
    }
}

} // namespace
} // namespace headgate::ui
