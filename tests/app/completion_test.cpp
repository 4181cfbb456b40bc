// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion_script.h"

#include "fakes/print_to.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace headgate::cli;

namespace {

const std::vector<CommandSpec>& completedCommands()
{
    static const std::vector<CommandSpec> commands = {
        {.name = "run",
         .summary = QStringLiteral("it's a run"),
         .arguments = {{"SYNC", {}}},
         .options = {{"limit", "N", QStringLiteral("n")}, {"full", "", QStringLiteral("f")}}},
        {.name = "sources list"},
        {.name = "sources test", .options = {{"all", "", QStringLiteral("a")}}},
    };
    return commands;
}

/// What bash offers after `line`, in a folder with two syncs.
QStringList offeredByBash(const QString& line)
{
    QTemporaryDir folder;
    QDir(folder.path()).mkdir(QStringLiteral("syncs"));
    for (const char* name : {"views.json", "orders.json"}) {
        QFile file(folder.filePath(QStringLiteral("syncs/") + QLatin1String(name)));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
    }
    QProcess bash;
    bash.setWorkingDirectory(folder.path());
    const QString script =
        QString::fromStdString(completionScript(completedCommands(), "bash")) +
        QStringLiteral("COMP_LINE=%1; COMP_POINT=${#COMP_LINE}\ncompopt() { :; }\n_headgate\n"
                       "printf '%s\\n' \"${COMPREPLY[@]}\"\n")
            .arg(QLatin1Char('\'') + line + QLatin1Char('\''));
    bash.start(QStringLiteral("bash"), {QStringLiteral("-euc"), script});
    EXPECT_TRUE(bash.waitForFinished());
    EXPECT_EQ(bash.exitCode(), 0) << bash.readAllStandardError().toStdString();
    return QString::fromUtf8(bash.readAllStandardOutput())
        .split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

} // namespace

TEST(CliCompletion, bashOffersWhatMayFollow)
{
    const struct
    {
        const char* line;
        QStringList expected;
    } cases[] = {
        {"headgate r", {QStringLiteral("run")}},
        {"headgate s", {QStringLiteral("sources")}},
        {"headgate sources ", {QStringLiteral("list"), QStringLiteral("test")}},
        {"headgate sources test --a", {QStringLiteral("--all")}},
        {"headgate run --l", {QStringLiteral("--limit=")}},
        {"headgate run v", {QStringLiteral("views")}},
        {"headgate run --full o", {QStringLiteral("orders")}},
        {"headgate run views --f", {QStringLiteral("--full")}},
        {"headgate --output=j", {QStringLiteral("json")}},
        {"headgate x", {}},
    };
    for (const auto& [line, expected] : cases) {
        QStringList offered = offeredByBash(QLatin1String(line));
        if (QLatin1String(line).endsWith(QLatin1Char(' ')))
            offered = offered.filter(QRegularExpression(QStringLiteral("^[a-z]")));
        EXPECT_EQ(offered, expected) << line;
    }
}

TEST(CliCompletion, fishAndZshNameEveryCommand)
{
    for (const char* shell : {"zsh", "fish"}) {
        const std::string script = completionScript(completedCommands(), shell);
        for (const char* word : {"run", "sources", "list", "test", "limit", "all"})
            EXPECT_NE(script.find(word), std::string::npos) << shell << ' ' << word;
    }
    EXPECT_NE(completionScript(completedCommands(), "fish").find("'it\\'s a run'"),
              std::string::npos);
    EXPECT_TRUE(completionScript(completedCommands(), "tcsh").empty());
}
