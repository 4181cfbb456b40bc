// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_tokens.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

/// "w:select q:"a" ..." : a letter per kind, "!" where it is not closed, and the text.
std::vector<std::string> shown(const std::string& sql, const char* warehouse)
{
    std::vector<std::string> all;
    std::size_t behind = 0;
    for (const SqlToken& token : sqlTokens(sql, SqlDialect::ofWarehouse(warehouse))) {
        EXPECT_LE(behind, token.begin) << sql;
        EXPECT_LT(token.begin, token.end) << sql;
        EXPECT_LE(token.end, sql.size()) << sql;
        behind = token.end;
        const char letter = "wqtnpcs"[static_cast<int>(token.kind)];
        all.push_back(std::string(1, letter) + (token.closed ? ":" : "!") +
                      sql.substr(token.begin, token.end - token.begin));
    }
    return all;
}

struct TokenCase
{
    const char* warehouse;
    std::string sql;
    std::vector<std::string> tokens;
};

TEST(SqlTokens, TakesApartWhatEachWarehouseWrites)
{
    const std::vector<TokenCase> cases{
        {"postgresql", "", {}},
        {"postgresql", "select a.b", {"w:select", "w:a", "s:.", "w:b"}},
        {"postgresql", "x::int", {"w:x", "s:::", "w:int"}},
        {"postgresql", "1e-5 .5 0x1F", {"n:1e-5", "s:.", "n:5", "n:0x1F"}},
        {"postgresql", "'it''s'", {"t:'it''s'"}},
        {"postgresql", "e'a\\'b' 'a\\'", {"t:e'a\\'b'", "t:'a\\'"}},
        {"postgresql", "\"a\"\"b\"", {"q:\"a\"\"b\""}},
        {"postgresql", "$$a;'b$$ $t$ $$ $t$", {"t:$$a;'b$$", "t:$t$ $$ $t$"}},
        {"postgresql", "$1", {"s:$", "n:1"}},
        {"postgresql", "/* a /* b */ c */ d", {"c:/* a /* b */ c */", "w:d"}},
        {"postgresql", "a -- b\nc", {"w:a", "c:-- b", "w:c"}},
        {"postgresql", "a = :since", {"w:a", "s:=", "p::since"}},
        {"postgresql", "a[1:n]", {"w:a", "s:[", "n:1", "s::", "w:n", "s:]"}},
        {"postgresql", "größe", {"w:größe"}},
        {"mariadb", "`a b` \"text\" # c", {"q:`a b`", "t:\"text\"", "c!# c"}},
        {"mariadb", "'a\\'b'", {"t:'a\\'b'"}},
        {"mariadb", "a--b", {"w:a", "s:-", "s:-", "w:b"}},
        {"sqlserver", "[a b]", {"q:[a b]"}},
        {"bigquery", "\"\"\"a\"b\"\"\" r'\\'", {"t:\"\"\"a\"b\"\"\"", "t:r'\\'"}},
        // Half typed: to the end of the text.
        {"postgresql", "'open", {"t!'open"}},
        {"postgresql", "\"open", {"q!\"open"}},
        {"postgresql", "$x$ open", {"t!$x$ open"}},
        {"postgresql", "/* open", {"c!/* open"}},
        {"postgresql", "-- open", {"c!-- open"}},
        {"mariadb", "'open\\", {"t!'open\\"}},
    };
    for (const TokenCase& each : cases)
        EXPECT_EQ(shown(each.sql, each.warehouse), each.tokens)
            << each.warehouse << ": " << each.sql;
}

TEST(SqlTokens, EveryBeginningOfATextIsTakenApart)
{
    const std::string sql =
        "with a as (select 'x''y', \"q\"\"r\", $t$ ; $t$ /* /* */ */ from b -- c\n"
        ") select a.*, :p, e'\\'' from a where größe > 1e-3;";
    for (const char* warehouse : {"postgresql", "mariadb", "sqlserver", "bigquery", "sqlite"})
        for (std::size_t length = 0; length <= sql.size(); ++length)
            (void)shown(sql.substr(0, length), warehouse);
}

} // namespace
} // namespace headgate::ui
