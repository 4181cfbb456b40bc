// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command_line.h"

#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/printable_text.h"
#include "data/json_text.h"

#include <algorithm>
#include <numeric>

namespace headgate::cli {

namespace {

Failure usageError(const char* code, const QString& message)
{
    return fail(ErrorKind::Usage, std::string("usage.") + code, message);
}

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row.back();
}

/// " Did you mean 'x'?", or nothing.
QString suggestion(const std::string& word, const std::vector<std::string>& known,
                   const QString& prefix = {})
{
    if (word.size() > 40)
        return {};
    std::string best;
    std::size_t bestDistance = 3;
    for (const std::string& candidate : known) {
        const std::size_t distance = editDistance(word, candidate);
        if (distance < bestDistance && distance < candidate.size()) {
            best = candidate;
            bestDistance = distance;
        }
    }
    if (best.empty())
        return {};
    return QLatin1Char(' ') + CliText::tr("Did you mean '%1'?").arg(prefix + toQString(best));
}

class CommandLineParser
{
public:
    CommandLineParser(std::span<const CommandSpec> commands, std::span<const std::string> words)
        : m_commands(commands), m_words(words)
    {}

    Result<CommandLine> parse();

private:
    Result<void> checkWords() const;
    Result<void> readOption(const std::string& word);
    Result<void> readLetters(const std::string& word);
    Result<void> readPositional(const std::string& word);
    Result<void> take(const OptionSpec& option, const std::optional<std::string>& attached);
    Result<void> readCommandWord(const std::string& word);
    Result<void> checkArguments() const;
    Result<void> applyGlobals();
    [[nodiscard]] const OptionSpec* find(const std::string& name) const;
    [[nodiscard]] QString seeHelp() const;
    [[nodiscard]] std::vector<std::string> nextWords() const;

    std::span<const CommandSpec> m_commands;
    std::span<const std::string> m_words;
    std::size_t m_at = 0;
    const CommandSpec* m_spec = nullptr;
    Arguments m_globals;
    CommandLine m_line;
};

QString CommandLineParser::seeHelp() const
{
    const QString name = m_line.command.empty() ? QString() : toQString(m_line.command + " ");
    return QLatin1Char(' ') + CliText::tr("See: headgate %1--help").arg(name);
}

Result<void> CommandLineParser::checkWords() const
{
    for (const std::string& word : m_words) {
        if (word.size() > longestArgument) {
            return usageError("argument.long",
                              CliText::tr("An argument is %1 bytes long; %2 are the most.")
                                  .arg(word.size())
                                  .arg(longestArgument));
        }
        if (data::findInvalidUtf8(word) != std::string::npos ||
            word.find('\0') != std::string::npos) {
            return usageError("argument.encoding", CliText::tr("An argument is not valid UTF-8."));
        }
        if (word.empty()) {
            return usageError("argument.empty",
                              CliText::tr("An argument is empty; leave it out, or check the "
                                          "variable that it was made from."));
        }
    }
    return {};
}

const OptionSpec* CommandLineParser::find(const std::string& name) const
{
    const auto global = std::ranges::find(globalOptions(), name, &OptionSpec::name);
    if (global != globalOptions().end())
        return &*global;
    return m_spec ? m_spec->option(name) : nullptr;
}

Result<void> CommandLineParser::take(const OptionSpec& option,
                                     const std::optional<std::string>& attached)
{
    const QString shown = QStringLiteral("--") + toQString(option.name);
    std::string value;
    if (option.isFlag()) {
        if (attached)
            return usageError("option.value", CliText::tr("%1 takes no value.").arg(shown));
    } else if (attached) {
        value = *attached;
    } else if (m_at < m_words.size() && (!m_words[m_at].starts_with('-') || m_words[m_at] == "-")) {
        value = m_words[m_at++];
    }
    if (!option.isFlag() && value.empty()) {
        return usageError(
            "option.value",
            CliText::tr("%1 needs a value: %1=%2").arg(shown, toQString(option.value)) + seeHelp());
    }
    if (!option.choices.empty() &&
        std::ranges::find(option.choices, value) == option.choices.end()) {
        QStringList choices;
        for (const std::string& choice : option.choices)
            choices += toQString(choice);
        return usageError("option.choice",
                          CliText::tr("%1 takes one of %2, not '%3'.")
                              .arg(shown, choices.join(QStringLiteral(", ")), printable(value)));
    }
    const bool global =
        std::ranges::find(globalOptions(), option.name, &OptionSpec::name) != globalOptions().end();
    Arguments& into = global ? m_globals : m_line.arguments;
    if (!option.repeatable && into.has(option.name))
        return usageError("option.repeated", CliText::tr("%1 is given twice.").arg(shown));
    into.addOption(option.name, std::move(value));
    return {};
}

Result<void> CommandLineParser::readOption(const std::string& word)
{
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
    const OptionSpec* option = find(name);
    if (!option) {
        std::vector<std::string> known;
        for (const OptionSpec& each : globalOptions())
            known.push_back(each.name);
        if (m_spec) {
            for (const OptionSpec& each : m_spec->options)
                known.push_back(each.name);
        }
        return usageError("option.unknown",
                          CliText::tr("There is no option --%1 here.").arg(printable(name)) +
                              suggestion(name, known, QStringLiteral("--")) + seeHelp());
    }
    return take(*option, equals == std::string::npos ? std::optional<std::string>()
                                                     : word.substr(equals + 1));
}

Result<void> CommandLineParser::readLetters(const std::string& word)
{
    for (const char letter : word.substr(1)) {
        const auto has = [letter](const OptionSpec& option) { return option.letter == letter; };
        const auto global = std::ranges::find_if(globalOptions(), has);
        if (global == globalOptions().end()) {
            return usageError(
                "option.unknown",
                CliText::tr("There is no option -%1 here.").arg(printable(word.substr(1))) +
                    seeHelp());
        }
        HEADGATE_TRY(take(*global, std::nullopt));
    }
    return {};
}

/// Words that may follow what was read of the command's name.
std::vector<std::string> CommandLineParser::nextWords() const
{
    const std::string prefix = m_line.command.empty() ? std::string() : m_line.command + " ";
    std::vector<std::string> words;
    for (const CommandSpec& spec : m_commands) {
        if (!spec.name.starts_with(prefix))
            continue;
        const std::string word =
            spec.name.substr(prefix.size(), spec.name.find(' ', prefix.size()) - prefix.size());
        if (std::ranges::find(words, word) == words.end())
            words.push_back(word);
    }
    return words;
}

Result<void> CommandLineParser::readCommandWord(const std::string& word)
{
    const std::vector<std::string> possible = nextWords();
    if (std::ranges::find(possible, word) == possible.end()) {
        const QString where = m_line.command.empty()
                                  ? CliText::tr("There is no command '%1'.").arg(printable(word))
                                  : CliText::tr("'%1' has no command '%2'.")
                                        .arg(toQString(m_line.command), printable(word));
        return usageError("command.unknown", where + suggestion(word, possible) + seeHelp());
    }
    m_line.command += (m_line.command.empty() ? "" : " ") + word;
    const auto spec = std::ranges::find(m_commands, m_line.command, &CommandSpec::name);
    if (spec != m_commands.end())
        m_spec = &*spec;
    return {};
}

Result<void> CommandLineParser::readPositional(const std::string& word)
{
    if (!m_spec) {
        if (m_line.command.empty() && word == "help") {
            m_line.help = true;
            return {};
        }
        return readCommandWord(word);
    }
    const std::size_t count = m_line.arguments.positionals().size();
    const auto& specs = m_spec->arguments;
    if (count >= specs.size() && (specs.empty() || !specs.back().many)) {
        return usageError("argument.extra",
                          CliText::tr("'%1' is one argument too many.").arg(printable(word)) +
                              seeHelp());
    }
    m_line.arguments.addPositional(word);
    return {};
}

Result<void> CommandLineParser::checkArguments() const
{
    if (!m_spec) {
        return usageError(
            "command.missing",
            (m_line.command.empty()
                 ? CliText::tr("No command is given.")
                 : CliText::tr("'%1' needs a command after it.").arg(toQString(m_line.command))) +
                seeHelp());
    }
    const std::size_t count = m_line.arguments.positionals().size();
    for (std::size_t i = count; i < m_spec->arguments.size(); ++i) {
        if (m_spec->arguments[i].required) {
            return usageError(
                "argument.missing",
                CliText::tr("%1 is missing.").arg(toQString(m_spec->arguments[i].name)) +
                    seeHelp());
        }
    }
    for (const std::vector<std::string>& group : m_spec->exclusive) {
        std::vector<std::string> given;
        std::ranges::copy_if(group, std::back_inserter(given),
                             [&](const auto& name) { return m_line.arguments.has(name); });
        if (given.size() > 1) {
            return usageError("option.conflict",
                              CliText::tr("--%1 and --%2 exclude each other.")
                                  .arg(toQString(given[0]), toQString(given[1])));
        }
    }
    return {};
}

Result<void> CommandLineParser::applyGlobals()
{
    GlobalOptions& globals = m_line.globals;
    globals.project = m_globals.value("project");
    globals.target = m_globals.value("target");
    globals.output = m_globals.value("output") == "json" ? OutputFormat::Json : OutputFormat::Text;
    globals.quiet = m_globals.has("quiet");
    globals.verbose = m_globals.has("verbose");
    globals.noInput = m_globals.has("no-input");
    globals.noColor = m_globals.has("no-color");
    m_line.help = m_line.help || m_globals.has("help");
    m_line.version = m_globals.has("version");
    if (globals.quiet && globals.verbose)
        return usageError("option.conflict",
                          CliText::tr("--quiet and --verbose exclude each other."));
    return {};
}

Result<CommandLine> CommandLineParser::parse()
{
    HEADGATE_TRY(checkWords());
    bool optionsEnded = false;
    while (m_at < m_words.size()) {
        const std::string& word = m_words[m_at++];
        if (!optionsEnded && word == "--")
            optionsEnded = true;
        else if (!optionsEnded && word.starts_with("--"))
            HEADGATE_TRY(readOption(word));
        else if (!optionsEnded && word.starts_with('-') && word != "-")
            HEADGATE_TRY(readLetters(word));
        else
            HEADGATE_TRY(readPositional(word));
    }
    HEADGATE_TRY(applyGlobals());
    if (!m_line.help && !m_line.version)
        HEADGATE_TRY(checkArguments());
    return std::move(m_line);
}

} // namespace

Result<CommandLine> parseCommandLine(std::span<const CommandSpec> commands,
                                     std::span<const std::string> words)
{
    return CommandLineParser(commands, words).parse();
}

bool asksForJson(std::span<const std::string> words)
{
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        if (words[i] == "--output=json")
            return true;
        if (words[i] == "--output" && i + 1 < words.size() && words[i + 1] == "json")
            return true;
    }
    return false;
}

} // namespace headgate::cli
