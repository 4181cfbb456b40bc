// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command_line.h"

#include "cli/command_set.h"
#include "cli/help_text.h"
#include "fakes/print_to.h"

#include <QStringList>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::cli;
using Words = std::vector<std::string>;

namespace {

const std::vector<CommandSpec>& testCommands()
{
    static const std::vector<CommandSpec> commands = {
        {.name = "run",
         .arguments = {{"SYNC", {}, true, true}},
         .options = {{"limit", "N", {}},
                     {"key", "KEY", {}, {}, true},
                     {"full", "", {}},
                     {"baseline", "", {}},
                     {"fail-on", "WHAT", {}, {"any", "rejected"}}},
         .exclusive = {{"full", "baseline"}}},
        {.name = "sources list"},
        {.name = "sources test", .arguments = {{"SOURCE", {}, false}}},
        {.name = "version-of", .arguments = {{"ID", {}}}},
    };
    return commands;
}

Result<CommandLine> parsed(const Words& words)
{
    return parseCommandLine(testCommands(), words);
}

} // namespace

TEST(CliParser, readsCommandArgumentsAndOptions)
{
    const auto line = parsed({"--project=here", "run", "a", "--limit", "5", "b", "--key=x", "--key",
                              "y=z", "--output=json", "-q"});
    ASSERT_TRUE(line.has_value()) << line.error().toString().toStdString();
    EXPECT_EQ(line->command, "run");
    EXPECT_THAT(line->arguments.positionals(), testing::ElementsAre("a", "b"));
    EXPECT_EQ(line->arguments.value("limit"), "5");
    EXPECT_THAT(line->arguments.values("key"), testing::ElementsAre("x", "y=z"));
    EXPECT_EQ(line->globals.project, "here");
    EXPECT_EQ(line->globals.output, OutputFormat::Json);
    EXPECT_TRUE(line->globals.quiet);
}

TEST(CliParser, commandsOfTwoWords)
{
    const auto line = parsed({"sources", "--no-input", "test", "shop"});
    ASSERT_TRUE(line.has_value());
    EXPECT_EQ(line->command, "sources test");
    EXPECT_EQ(line->arguments.positional(0), "shop");
    EXPECT_TRUE(line->globals.noInput);
}

TEST(CliParser, twoDashesEndTheOptions)
{
    const auto line = parsed({"run", "--", "--limit", "-q"});
    ASSERT_TRUE(line.has_value());
    EXPECT_THAT(line->arguments.positionals(), testing::ElementsAre("--limit", "-q"));
    EXPECT_FALSE(line->globals.quiet);
}

TEST(CliParser, refusesWhatItDoesNotUnderstand)
{
    const struct
    {
        Words words;
        const char* code;
    } cases[] = {
        {{}, "usage.command.missing"},
        {{"sources"}, "usage.command.missing"},
        {{"sources", "run"}, "usage.command.unknown"},
        {{"Run", "a"}, "usage.command.unknown"},
        {{"ru", "a"}, "usage.command.unknown"},
        {{"run"}, "usage.argument.missing"},
        {{"sources", "list", "x"}, "usage.argument.extra"},
        {{"run", ""}, "usage.argument.empty"},
        {{"run", std::string(longestArgument + 1, 'a')}, "usage.argument.long"},
        {{"run", "a\xff"}, "usage.argument.encoding"},
        {{"run", "a", "--limits=3"}, "usage.option.unknown"},
        {{"run", "a", "--lim=3"}, "usage.option.unknown"},
        {{"run", "a", "-x"}, "usage.option.unknown"},
        {{"run", "a", "-qx"}, "usage.option.unknown"},
        {{"--limit=3", "run", "a"}, "usage.option.unknown"},
        {{"run", "a", "--limit"}, "usage.option.value"},
        {{"run", "a", "--limit="}, "usage.option.value"},
        {{"run", "a", "--limit", "--full"}, "usage.option.value"},
        {{"run", "a", "--full=yes"}, "usage.option.value"},
        {{"run", "a", "--limit=1", "--limit=1"}, "usage.option.repeated"},
        {{"run", "a", "--full", "--full"}, "usage.option.repeated"},
        {{"run", "a", "--target=x", "--target=x"}, "usage.option.repeated"},
        {{"run", "a", "--fail-on=nothing"}, "usage.option.choice"},
        {{"run", "a", "--output=yaml"}, "usage.option.choice"},
        {{"run", "a", "--full", "--baseline"}, "usage.option.conflict"},
        {{"run", "a", "-q", "--verbose"}, "usage.option.conflict"},
    };
    for (const auto& [words, code] : cases) {
        const auto line = parsed(words);
        ASSERT_FALSE(line.has_value()) << testing::PrintToString(words).substr(0, 100);
        EXPECT_EQ(line.error().code, code) << testing::PrintToString(words).substr(0, 100);
        EXPECT_EQ(line.error().kind, ErrorKind::Usage);
        EXPECT_LT(line.error().message.size(), 500);
        EXPECT_FALSE(line.error().message.isEmpty());
    }
}

TEST(CliParser, suggestsWhatWasMeant)
{
    EXPECT_THAT(parsed({"rum", "a"}).error().message.toStdString(),
                testing::HasSubstr("Did you mean 'run'?"));
    EXPECT_THAT(parsed({"run", "a", "--limt=1"}).error().message.toStdString(),
                testing::HasSubstr("Did you mean '--limit'?"));
    EXPECT_THAT(parsed({"sources", "lst"}).error().message.toStdString(),
                testing::HasSubstr("Did you mean 'list'?"));
    EXPECT_THAT(parsed({"elephant"}).error().message.toStdString(),
                testing::Not(testing::HasSubstr("Did you mean")));
}

TEST(CliParser, foreignTextInErrorsCannotDriveTheTerminal)
{
    const QString message = parsed({"run\x1b[2J"}).error().message;
    EXPECT_FALSE(message.contains(QChar(0x1b)));
    EXPECT_TRUE(message.contains(QStringLiteral("\\x1b")));
}

TEST(CliParser, helpAndVersionNeedNothingElse)
{
    for (const Words& words : {Words{"--help"}, Words{"run", "-h"}, Words{"sources", "--help"},
                               Words{"help"}, Words{"help", "run"}, Words{"help", "sources"}}) {
        const auto line = parsed(words);
        ASSERT_TRUE(line.has_value()) << testing::PrintToString(words);
        EXPECT_TRUE(line->help) << testing::PrintToString(words);
    }
    EXPECT_EQ(parsed({"help", "run"})->command, "run");
    EXPECT_TRUE(parsed({"--version"})->version);
}

TEST(CliParser, jsonIsSeenEvenInWordsThatCannotBeParsed)
{
    EXPECT_TRUE(asksForJson(Words{"nonsense", "--output=json"}));
    EXPECT_TRUE(asksForJson(Words{"--output", "json", "--nonsense"}));
    EXPECT_FALSE(asksForJson(Words{"run", "--", "--output=json"}));
    EXPECT_FALSE(asksForJson(Words{"run", "--output", "text"}));
    EXPECT_FALSE(asksForJson(Words{"--output"}));
}

TEST(CliHelp, everyCommandHasAPageWithAnExampleThatParses)
{
    const std::vector<CommandSpec> specs = allSpecs();
    for (const CommandSpec& spec : specs) {
        const QString page = commandText(specs, spec.name);
        EXPECT_FALSE(page.isEmpty()) << spec.name;
        EXPECT_FALSE(spec.summary.isEmpty()) << spec.name;
        EXPECT_FALSE(spec.examples.empty()) << spec.name;
        for (const OptionSpec& option : spec.options)
            EXPECT_FALSE(option.help.isEmpty()) << spec.name << " --" << option.name;
        for (const Example& example : spec.examples) {
            EXPECT_TRUE(page.contains(QString::fromStdString(example.line))) << spec.name;
            const std::string line = example.line.substr(0, example.line.find_first_of("><|"));
            Words words;
            for (const QString& word :
                 QString::fromStdString(line).split(QLatin1Char(' '), Qt::SkipEmptyParts))
                words.push_back(word.toStdString());
            const auto result = parseCommandLine(specs, words);
            EXPECT_TRUE(result.has_value())
                << example.line << ": " << (result ? "" : result.error().message.toStdString());
        }
    }
}

TEST(CliHelp, linesFitEightyColumns)
{
    const std::vector<CommandSpec> specs = allSpecs();
    QString all = overviewText(specs);
    for (const CommandSpec& spec : specs)
        all += commandText(specs, spec.name);
    for (const QString& line : all.split(QLatin1Char('\n')))
        EXPECT_LE(line.size(), 100) << line.toStdString();
    EXPECT_TRUE(commandText(specs, "nonsense").isEmpty());
}
