// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/csv.h"

#include <gtest/gtest.h>

using namespace headgate;

namespace {

struct CellCase
{
    const char* name;
    std::string_view text;
    std::string_view expected;
    char separator = ',';
    bool quote = false;
};

class CsvCell : public ::testing::TestWithParam<CellCase>
{};

const CellCase cells[] = {
    {"nothing", "", ""},
    {"plainText", "Zo\u00EB", "Zo\u00EB"},
    {"theSeparator", "a,b", "\"a,b\""},
    {"anotherSeparatorIsText", "a;b", "a;b"},
    {"aChosenSeparator", "a;b", "\"a;b\"", ';'},
    {"theUsualSeparatorIsTextThen", "1,50", "1,50", ';'},
    {"quotesAreDoubled", "say \"yes\"", "\"say \"\"yes\"\"\""},
    {"aLineFeed", "a\nb", "\"a\nb\""},
    {"aCarriageReturn", "a\rb", "\"a\rb\""},
    {"onlyAQuote", "\"", "\"\"\"\""},
    {"quotedBecauseAsked", "", "\"\"", ',', true},
};

} // namespace

TEST_P(CsvCell, isQuotedWhereItMustBe)
{
    std::string out = "before,";
    data::appendCsvCell(out, GetParam().text, GetParam().separator, GetParam().quote);
    EXPECT_EQ(out, "before," + std::string(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(Cells, CsvCell, ::testing::ValuesIn(cells),
                         [](const auto& test) { return std::string(test.param.name); });
