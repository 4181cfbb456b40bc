// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/contrast.h"
#include "theme/icon.h"
#include "theme/tokens.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace headgate::ui {
namespace {

constexpr double forText = 4.5;
constexpr double forShapes = 3.0; // borders of inputs, focus rings, icons, bars

struct Named
{
    std::string name;
    QColor color;
};

void expectContrast(const std::vector<Named>& tops, const std::vector<Named>& grounds, double least)
{
    for (const Named& top : tops) {
        for (const Named& ground : grounds) {
            EXPECT_GE(contrast(top.color, ground.color), least)
                << top.name << " " << top.color.name().toStdString() << " on " << ground.name << " "
                << ground.color.name().toStdString();
        }
    }
}

std::vector<Named> plainGrounds(const Tokens& t)
{
    return {{"window", t.window},
            {"surface", t.surface},
            {"raised", t.raised},
            {"sunken", t.sunken},
            {"hover", t.hover},
            {"selection", t.selection},
            {"inactive selection", t.inactiveSelection}};
}

std::vector<Named> codeTexts(const Tokens& t)
{
    const CodeColors& c = t.code;
    return {{"plain", c.plain},       {"key", c.key},         {"string", c.string},
            {"number", c.number},     {"literal", c.literal}, {"keyword", c.keyword},
            {"function", c.function}, {"comment", c.comment}, {"punctuation", c.punctuation}};
}

class TokensTest : public testing::TestWithParam<bool>
{
protected:
    const Tokens& t = GetParam() ? darkTokens() : lightTokens();
};

TEST_P(TokensTest, TextsCanBeReadOnEveryGround)
{
    expectContrast({{"text", t.text}, {"secondary", t.secondary}}, plainGrounds(t), forText);
    expectContrast({{"text", t.text}, {"secondary", t.secondary}}, {{"pressed", t.pressed}},
                   forText);
    expectContrast({{"tertiary", t.tertiary}, {"accent text", t.accentText}}, plainGrounds(t),
                   forText);
}

TEST_P(TokensTest, FilledButtonsCanBeRead)
{
    expectContrast({{"on accent", t.onAccent}},
                   {{"accent", t.accent}, {"hover", t.accentHover}, {"pressed", t.accentPressed}},
                   forText);
    expectContrast({{"on danger", t.onDanger}},
                   {{"danger", t.danger}, {"hover", t.dangerHover}, {"pressed", t.dangerPressed}},
                   forText);
}

TEST_P(TokensTest, ShapesThatMeanSomethingStandOut)
{
    const std::vector<Named> grounds{
        {"window", t.window}, {"surface", t.surface}, {"raised", t.raised}};
    expectContrast({{"border", t.border}, {"focus", t.focus}, {"accent", t.accent}}, grounds,
                   forShapes);
    expectContrast({{"focus", t.focus}}, {{"sunken", t.sunken}}, forShapes);
}

TEST_P(TokensTest, TonesCanBeReadOnTheirFillAndOnTheSurfaces)
{
    for (const Tone tone : allTones) {
        const ToneColors& c = t.tone(tone);
        const std::vector<Named> grounds{{"fill of " + std::string(iconName(iconOf(tone))), c.fill},
                                         {"window", t.window},
                                         {"surface", t.surface},
                                         {"raised", t.raised},
                                         {"selection", t.selection},
                                         {"inactive selection", t.inactiveSelection}};
        expectContrast({{"tone's text", c.text}}, grounds, forText);
        expectContrast({{"tone's icon", c.icon}}, grounds, forShapes);
    }
}

TEST_P(TokensTest, CodeCanBeReadOnEverythingBehindIt)
{
    std::vector<Named> grounds{{"surface", t.surface},
                               {"current line", t.code.currentLine},
                               {"match", t.code.match},
                               {"selection", t.selection},
                               {"inactive selection", t.inactiveSelection}};
    for (std::size_t number = 0; number < t.links.size(); ++number)
        grounds.push_back({"link " + std::to_string(number), t.link(number).fill});
    grounds.push_back({"changed", t.code.changed});
    expectContrast(codeTexts(t), grounds, forText);
    expectContrast({{"line number", t.code.lineNumber}},
                   {{"surface", t.surface}, {"current line", t.code.currentLine}}, forText);
    expectContrast({{"plain", t.code.plain}}, {{"current match", t.code.currentMatch}}, forText);
}

TEST_P(TokensTest, LinkedValuesStandOutAndDiffer)
{
    for (std::size_t a = 0; a < t.links.size(); ++a) {
        expectContrast({{"link " + std::to_string(a), t.link(a).line}},
                       {{"window", t.window}, {"surface", t.surface}, {"own", t.link(a).fill}},
                       forShapes);
        expectContrast({{"text", t.text}, {"secondary", t.secondary}}, {{"fill", t.link(a).fill}},
                       forText);
        for (std::size_t b = a + 1; b < t.links.size(); ++b)
            EXPECT_NE(t.link(a).line, t.link(b).line);
    }
}

TEST_P(TokensTest, APaletteKnowsItsTokens)
{
    EXPECT_EQ(&tokens(paletteOf(t)), &t);
    EXPECT_EQ(paletteOf(t).color(QPalette::Active, QPalette::Base), t.surface);
    EXPECT_EQ(paletteOf(t).color(QPalette::Disabled, QPalette::Text), t.disabled);
}

INSTANTIATE_TEST_SUITE_P(BothSchemes, TokensTest, testing::Bool(),
                         [](const auto& scheme) { return scheme.param ? "Dark" : "Light"; });

TEST(Grid, IsOfFourPixels)
{
    for (const int length : {grid::unit, grid::gap, grid::section, grid::page, grid::row,
                             grid::compactRow, grid::icon, grid::radius, grid::cardRadius})
        EXPECT_EQ(length % 4, 0) << length;
}

} // namespace
} // namespace headgate::ui
