// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/json_lines.h"

#include "data/json_indent.h"
#include "fakes/print_to.h"
#include "widgets/json_folds.h"

#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

const char* const samplePayload =
    R"({"email":"zoë@example.com","n":[1,-2.5e3,{"a/b":true,"~":null}],"e":{},"l":[],"s":"a\"b,{["})";

std::string allLines(const JsonLines& lines)
{
    std::string out;
    for (std::size_t line = 0; line < lines.lines().size(); ++line)
        out += (line == 0 ? "" : "\n") + lines.plainTextOf(line);
    return out;
}

TEST(JsonLines, AreThoseOfTheIndentedForm)
{
    const char* const payloads[] = {
        samplePayload, "{}",           "[]",         "1",
        "\"text\"",    "[[],[[]],{}]", "[[[[1]]]]",  R"({"a":{"b":{"c":[{"d":1},{"e":2}]}}})",
        "null",        R"({"":""})",   "[\"\\\\\"]", "[\"\\\"\",\"\xf0\x9f\x98\x80\"]",
    };
    for (const char* payload : payloads)
        EXPECT_EQ(allLines(JsonLines(payload)), data::indentedJson(payload)) << payload;
}

TEST(JsonLines, ShownTextIsThePlainOneWithoutItsIndent)
{
    const JsonLines lines(samplePayload);
    for (std::size_t line = 0; line < lines.lines().size(); ++line) {
        const std::string plain = lines.plainTextOf(line);
        EXPECT_EQ(lines.textOf(line).text.toStdString(),
                  plain.substr(2u * lines.lines()[line].depth));
    }
}

TEST(JsonLines, WhiteSpaceBetweenTokensIsNotShown)
{
    const JsonLines compact(samplePayload);
    const JsonLines loose(data::indentedJson(samplePayload) + "\n ");
    EXPECT_EQ(allLines(loose), allLines(compact));
    for (std::size_t line = 0; line < compact.lines().size(); ++line)
        EXPECT_EQ(loose.lines()[line].path, compact.lines()[line].path);
}

TEST(JsonLines, EveryUnitKnowsItsByte)
{
    const std::string json = samplePayload;
    const JsonLines lines(json);
    for (std::size_t line = 0; line < lines.lines().size(); ++line) {
        const JsonLineText text = lines.textOf(line);
        ASSERT_EQ(text.bytes.size(), static_cast<std::size_t>(text.text.size()) + 1);
        for (int unit = 0; unit < text.text.size(); ++unit) {
            const char16_t shown = text.text.at(unit).unicode();
            const std::uint32_t byte = text.bytes[static_cast<std::size_t>(unit)];
            if (shown < 0x80 && shown != ' ') {
                EXPECT_EQ(static_cast<char16_t>(json[byte]), shown);
            }
            EXPECT_EQ(lines.lineOfByte(byte), line);
        }
        for (std::size_t byte = lines.lines()[line].begin; byte < lines.lines()[line].end; ++byte)
            EXPECT_EQ(lines.lineOfByte(byte), line);
    }
}

TEST(JsonLines, AByteIsFoundInItsLine)
{
    const JsonLines lines(R"({"é":"x"})");
    const JsonLineText text = lines.textOf(1);
    EXPECT_EQ(text.text, QStringLiteral("\"é\": \"x\""));
    EXPECT_EQ(text.unitOf(1), 0);
    EXPECT_EQ(text.unitOf(2), 1);
    EXPECT_EQ(text.unitOf(3), 1) << "the second byte of é";
    EXPECT_EQ(text.unitOf(6), 5) << "the value's quote, not the space before it";
    EXPECT_EQ(text.unitOf(9), 8);
}

TEST(JsonLines, PointersAndValues)
{
    const JsonLines lines(samplePayload);
    struct PointerCase
    {
        const char* pointer;
        const char* value;
    };
    const PointerCase cases[] = {
        {"", samplePayload},
        {"/email", "\"zoë@example.com\""},
        {"/n", R"([1,-2.5e3,{"a/b":true,"~":null}])"},
        {"/n/0", "1"},
        {"/n/1", "-2.5e3"},
        {"/n/2", R"({"a/b":true,"~":null})"},
        {"/n/2/a~1b", "true"},
        {"/n/2/~0", "null"},
        {"/n/2", R"({"a/b":true,"~":null})"},
        {"/n", R"([1,-2.5e3,{"a/b":true,"~":null}])"},
        {"/e", "{}"},
        {"/l", "[]"},
        {"/s", R"("a\"b,{[")"},
        {"", samplePayload},
    };
    ASSERT_EQ(lines.lines().size(), std::size(cases));
    for (std::size_t line = 0; line < std::size(cases); ++line) {
        EXPECT_EQ(lines.pointerOf(line), QString::fromUtf8(cases[line].pointer));
        EXPECT_EQ(lines.valueOf(line), cases[line].value);
    }
    EXPECT_EQ(JsonLines(R"({"a\"é":1})").pointerOf(1), QStringLiteral("/a\"é"));
}

TEST(JsonLines, TheSamePlaceHasTheSamePathInAnotherPayload)
{
    const JsonLines a(R"({"x":1,"list":[{"n":1},{"n":2}],"z":0})");
    const JsonLines b(R"({"new":0,"list":[{"n":7},{"m":0,"n":8}]})");
    for (std::size_t line = 0; line < a.lines().size(); ++line) {
        const auto found = b.lineOfPath(a.lines()[line].path);
        const QString pointer = a.pointerOf(line);
        const bool expected = pointer != QLatin1String("/x") && pointer != QLatin1String("/z");
        ASSERT_EQ(found.has_value(), expected) << pointer.toStdString();
        if (found) {
            EXPECT_EQ(b.pointerOf(*found), pointer);
        }
    }
}

TEST(JsonLines, WhatIsNoJsonIsShownAndNeverReadOutside)
{
    const std::string good = samplePayload;
    for (std::size_t length = 0; length <= good.size(); ++length) {
        const JsonLines lines(good.substr(0, length));
        for (std::size_t line = 0; line < lines.lines().size(); ++line) {
            EXPECT_LE(lines.lines()[line].end, length);
            (void)lines.textOf(line);
            (void)lines.valueOf(line);
            (void)lines.pointerOf(line);
        }
    }
    for (const char* odd : {"}", "]]", "{\"a\"}", "{\"a\":}", ",,,", ":", "{a:1}", "\"", "\\",
                            "\xff\xfe", "{\"\xc3", "not json at all"}) {
        const JsonLines lines{std::string(odd)};
        EXPECT_FALSE(lines.isEmpty()) << odd;
        for (std::size_t line = 0; line < lines.lines().size(); ++line)
            (void)lines.textOf(line);
    }
    EXPECT_TRUE(JsonLines(" \n").isEmpty());
}

TEST(JsonLines, ALongLineIsCutInSightOnly)
{
    const std::string text(100000, 'x');
    const JsonLines lines("[\"" + text + "\"]");
    const JsonLineText shown = lines.textOf(1);
    EXPECT_TRUE(shown.cut);
    EXPECT_LE(shown.text.size(), qsizetype(JsonLines::longestLine) + 8);
    EXPECT_EQ(lines.valueOf(1).size(), text.size() + 2);
    EXPECT_EQ(lines.plainTextOf(1).size(), text.size() + 4);
}

TEST(JsonFolds, HideWhatIsInside)
{
    const JsonLines lines(R"({"a":[1,2,{"b":3}],"c":4})");
    JsonFolds folds;
    folds.setLines(lines);
    EXPECT_EQ(folds.rowCount(), 10u);
    folds.setFolded(1, true);
    EXPECT_EQ(folds.rowCount(), 4u);
    EXPECT_EQ(folds.lineOfRow(1), 1u);
    EXPECT_EQ(folds.lineOfRow(2), 8u);
    EXPECT_EQ(folds.rowOfLine(5), 1u) << "the container that hides it";
    EXPECT_FALSE(folds.isSeen(5));
    folds.reveal(5);
    EXPECT_TRUE(folds.isSeen(5));
    EXPECT_EQ(folds.rowCount(), 10u);
}

TEST(JsonFolds, StayAtTheirPlaceInAnotherPayload)
{
    const JsonLines first(R"({"a":[1,2],"b":[3,4]})");
    const JsonLines without(R"({"b":[3,4]})");
    const JsonLines again(R"({"new":0,"a":[1,2,3],"b":[3]})");
    JsonFolds folds;
    folds.setLines(first);
    folds.setFolded(1, true);
    folds.setLines(without);
    EXPECT_EQ(folds.rowCount(), without.lines().size());
    folds.setLines(again);
    EXPECT_TRUE(folds.isFolded(2));
    EXPECT_EQ(folds.rowCount(), again.lines().size() - 4);
}

TEST(JsonFolds, AllAndNone)
{
    const JsonLines lines(R"({"a":[1,[2]],"b":{"c":1}})");
    JsonFolds folds;
    folds.setLines(lines);
    folds.foldAll();
    EXPECT_EQ(folds.rowCount(), 4u);
    folds.reveal(4);
    EXPECT_TRUE(folds.isSeen(4));
    folds.unfoldAll();
    EXPECT_EQ(folds.rowCount(), lines.lines().size());
}

} // namespace
} // namespace headgate::ui
