// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/sql_text.h"

#include "fakes/print_to.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::warehouse {

namespace {

SqlSyntax postgres()
{
    SqlSyntax syntax;
    syntax.escapeStrings = true;
    syntax.dollarQuotes = true;
    syntax.nestedComments = true;
    return syntax;
}

SqlSyntax mysql()
{
    SqlSyntax syntax;
    syntax.backslashEscapes = true;
    syntax.backticks = true;
    syntax.hashComments = true;
    syntax.dashNeedsSpace = true;
    syntax.executableComments = true;
    return syntax;
}

SqlSyntax sqlServer()
{
    SqlSyntax syntax;
    syntax.brackets = true;
    syntax.nestedComments = true;
    return syntax;
}

SqlSyntax bigQuery()
{
    SqlSyntax syntax;
    syntax.backslashEscapes = true;
    syntax.backticks = true;
    syntax.tripleQuotes = true;
    syntax.rawStrings = true;
    syntax.hashComments = true;
    return syntax;
}

struct Case
{
    const char* what;
    SqlSyntax syntax;
    std::string sql;
    /// Parameter names joined by a comma, or the code of the error.
    std::string expected;
};

std::string outcome(const Case& test)
{
    const auto scanned = scanSql(test.sql, test.syntax);
    if (!scanned)
        return scanned.error().code;
    std::string names;
    for (const auto& parameter : scanned->parameters) {
        EXPECT_EQ(':' + parameter.name,
                  scanned->text.substr(parameter.begin, parameter.end - parameter.begin));
        names += (names.empty() ? "" : ",") + parameter.name;
    }
    return names;
}

} // namespace

TEST(SqlText, FindsStatementsAndParametersAsEachDialectQuotes)
{
    using namespace std::string_literals;
    const std::string several = "source.statement.several";
    const std::string open = "source.statement.unterminated";
    const Case cases[] = {
        {"a parameter", postgres(), "select * from t where x >= :since", "since"},
        {"two in a list", postgres(), "select 1 where x in (:a,:b)", "a,b"},
        {"one twice", postgres(), "select :a, :a", "a,a"},
        {"a cast", postgres(), "select x::int, :a::timestamptz", "a"},
        {"a slice", postgres(), "select x[1:n], x[:a]", "a"},
        {"a slice of names", postgres(), "select x[a:b]", ""},
        {"an assignment", postgres(), "select f(a := 1)", ""},
        {"in single quotes", postgres(), "select ':a', 'it''s :b', :c", "c"},
        {"a backslash is only itself", postgres(), R"(select '\', :a, '\')", "a"},
        {"an escape string", postgres(), R"(select E'\' :a', :b)", "b"},
        {"a name ending in e", postgres(), R"(select some'\', :b)", "b"},
        {"in double quotes", postgres(), R"(select ":a", "say "":b""", :c)", "c"},
        {"in dollars", postgres(), "select $$ :a ; $$, $x$ $$ ; :b $x$, :c", "c"},
        {"a dollar parameter", postgres(), "select $1, :a", "a"},
        {"a dollar in a name", postgres(), "select a$b$, :a, c$b$", "a"},
        {"in comments", postgres(), "select 1 -- :a ; \n, :b /* :c ; /* */ ; */", "b"},
        {"comments do not nest", SqlSyntax{}, "select /* /* */ :a", "a"},
        {"a minus", postgres(), "select 1 - -:a", "a"},
        {"semicolon at the end", postgres(), "select 1; -- done\n /* ; */ ", ""},
        {"many semicolons", postgres(), "select 1;;; ", ""},
        {"two statements", postgres(), "select 1; select 2", several},
        {"hidden after a comment", postgres(), "select 1; /* x */ drop table t", several},
        {"semicolon in quotes", postgres(), "select ';'", ""},
        {"nothing", postgres(), "", "source.statement.empty"},
        {"only a comment", postgres(), " -- x\n /* y */ ; ", "source.statement.empty"},
        {"an open quote", postgres(), "select 'a", open},
        {"an open name", postgres(), "select \"a", open},
        {"an open comment", postgres(), "select 1 /* x", open},
        {"an open nested comment", postgres(), "select 1 /* x /* y */", open},
        {"an open dollar quote", postgres(), "select $a$ $b$", open},
        {"a zero byte", postgres(), "select 1\0"s, "source.statement.bytes"},
        {"not UTF-8", postgres(), "select '\xff'", "source.statement.bytes"},
        {"a name in Greek", postgres(), "select :a, \xCE\xB1", "a"},
        {"a colon after Greek", postgres(), "select \xCE\xB1:a", ""},
        {"mysql: escapes", mysql(), R"(select 'it\'s :a', "say \" :b", :c)", "c"},
        {"mysql: backticks", mysql(), "select `:a ; `` '`, :b", "b"},
        {"mysql: hash", mysql(), "select 1 # :a ' ;\n , :b", "b"},
        {"mysql: dashes without space", mysql(), "select 5--:a", "a"},
        {"mysql: dashes with space", mysql(), "select 5-- :a", ""},
        {"mysql: a hint", mysql(), "select /*+ MAX_EXECUTION_TIME(:a) */ 1", ""},
        {"mysql: executed comment", mysql(), "select 1 /*!50000 , :a */", "a"},
        {"mysql: statement in it", mysql(), "select 1 /*! ; drop table t */", several},
        {"mysql: it is not closed", mysql(), "select 1 /*M!100100 , 2", open},
        {"sql server: brackets", sqlServer(), "select [:a ; '], :b", "b"},
        {"sql server: open bracket", sqlServer(), "select [a", open},
        {"bigquery: triple quotes", bigQuery(), "select '''it's :a ;''', \"\"\"\" :b\"\"\", :c",
         "c"},
        {"bigquery: raw", bigQuery(), R"(select r'\', :a, R"\", :b)", "a,b"},
        {"snowflake: a path", postgres(), "select payload:user:name, v:items[0]:id, :a", "a"},
    };
    for (const Case& test : cases)
        EXPECT_EQ(outcome(test), test.expected) << test.what << ": " << test.sql;
}

TEST(SqlText, ListsBareWordsInLowerCase)
{
    const auto scanned =
        scanSql("WITH x AS (Select 'insert', \"update\" /* delete */ from T1) TABLE x", postgres());
    ASSERT_TRUE(scanned);
    EXPECT_THAT(scanned->words,
                testing::ElementsAre("with", "x", "as", "select", "from", "t1", "table", "x"));
}

TEST(SqlText, WordsOfExecutedCommentsCount)
{
    const auto scanned = scanSql("select 1 /*!99999 into outfile 'x' */", mysql());
    ASSERT_TRUE(scanned);
    EXPECT_THAT(scanned->words, testing::Contains("into"));
}

TEST(SqlText, CutsTheSemicolonAndKeepsTheRest)
{
    const auto scanned = scanSql(" select 1 -- a;b\n ; -- end", postgres());
    ASSERT_TRUE(scanned);
    EXPECT_EQ(scanned->text, " select 1 -- a;b\n ");
}

TEST(SqlText, NamesLineAndColumnInCharacters)
{
    const auto scanned = scanSql("select 1,\n  'ä' ; select", postgres());
    ASSERT_FALSE(scanned);
    EXPECT_TRUE(scanned.error().message.contains(QStringLiteral("Line 2, column 9")))
        << scanned.error().message.toStdString();
}

TEST(BindMarkers, NumbersRepeatedNamesOnceAndQuestionsAgain)
{
    const auto scanned = scanSql("select :a, :b::int, :a", postgres());
    ASSERT_TRUE(scanned);
    const BoundSql numbered = bindMarkers(*scanned, MarkerStyle::Numbered);
    EXPECT_EQ(numbered.text, "select $1, $2::int, $1");
    EXPECT_THAT(numbered.names, testing::ElementsAre("a", "b"));
    const BoundSql questions = bindMarkers(*scanned, MarkerStyle::Question);
    EXPECT_EQ(questions.text, "select ?, ?::int, ?");
    EXPECT_THAT(questions.names, testing::ElementsAre("a", "b", "a"));
}

TEST(BindMarkers, FindsThePlaceInTheTypedTextAgain)
{
    const std::string typed = "select :since,\n nothere, :b from t";
    const auto scanned = scanSql(typed, postgres());
    ASSERT_TRUE(scanned);
    for (const MarkerStyle style : {MarkerStyle::Numbered, MarkerStyle::Question}) {
        const BoundSql bound = bindMarkers(*scanned, style, "SELECT * FROM (", ") LIMIT 3");
        for (const char* word : {"select", ",\n", "nothere", "from"})
            EXPECT_EQ(bound.typedOffset(bound.text.find(word)), typed.find(word)) << word;
    }
}

} // namespace headgate::warehouse
