// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/env_template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::dbt {

namespace {

struct TemplateCase
{
    const char* name;
    const char* written;
    const char* text;
    const char* only = "";
    std::vector<std::string> missing = {};
    bool understood = true;
};

void PrintTo(const TemplateCase& c, std::ostream* out)
{
    *out << c.name;
}

class EnvTemplateIsRendered : public testing::TestWithParam<TemplateCase>
{};

std::optional<std::string> host(const std::string& name)
{
    if (name == "HOST")
        return "db.example.com";
    return name == "EMPTY" ? std::optional<std::string>("") : std::nullopt;
}

const TemplateCase cases[] = {
    {"plain", "localhost", "localhost"},
    {"nothing", "", ""},
    {"variable", "{{ env_var('HOST') }}", "db.example.com", "HOST"},
    {"doubleQuotes", "{{env_var(\"HOST\")}}", "db.example.com", "HOST"},
    {"dashes", "{{- env_var('HOST') -}}", "db.example.com", "HOST"},
    {"filter", "{{ env_var('HOST') | as_text }}", "db.example.com", "HOST"},
    {"defaultIsNotNeeded", "{{ env_var('HOST', 'x') }}", "db.example.com"},
    {"default", "{{ env_var('NOBODY', '5432') | int }}", "5432"},
    {"setButEmpty", "{{ env_var('EMPTY', 'x') }}", "", ""},
    {"inTheMiddle", "https://{{ env_var('HOST') }}/x", "https://db.example.com/x"},
    {"two", "{{ env_var('HOST') }}{{ env_var('HOST') }}", "db.example.comdb.example.com"},
    {"missing", "{{ env_var('NOBODY') }}", "", "NOBODY", {"NOBODY"}},
    {"braceInAPassword", "a{b}c", "a{b}c"},
    {"braceAtTheEnd", "a{", "a{"},
    {"otherCall", "{{ var('HOST') }}", "{{ var('HOST') }}", "", {}, false},
    {"otherFilter",
     "{{ env_var('HOST') | upper }}",
     "{{ env_var('HOST') | upper }}",
     "",
     {},
     false},
    {"statement", "{% if x %}y{% endif %}", "{% if x %}y{% endif %}", "", {}, false},
    {"unclosed", "pass{{word", "pass{{word", "", {}, false},
    {"noQuotes", "{{ env_var(HOST) }}", "{{ env_var(HOST) }}", "", {}, false},
    {"more", "{{ env_var('HOST') + 'x' }}", "{{ env_var('HOST') + 'x' }}", "", {}, false},
};

} // namespace

TEST_P(EnvTemplateIsRendered, orLeftAsItIs)
{
    const TemplateCase& c = GetParam();
    const EnvTemplate rendered = renderEnv(c.written, host);
    EXPECT_EQ(rendered.text, c.text);
    EXPECT_EQ(rendered.only, c.only);
    EXPECT_EQ(rendered.missing, c.missing);
    EXPECT_EQ(rendered.understood, c.understood);
}

INSTANTIATE_TEST_SUITE_P(Cases, EnvTemplateIsRendered, testing::ValuesIn(cases),
                         [](const auto& each) { return each.param.name; });

} // namespace headgate::dbt
