// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/completion_script.h"

#include <algorithm>

namespace headgate::cli {

namespace {

/// What may follow a command: its options, or the words that continue its name.
struct CompletionCase
{
    std::string after; ///< words typed so far; empty: none
    std::vector<std::string> words;
    bool syncs = false;
};

void addOnce(std::vector<std::string>& words, std::string word)
{
    if (std::ranges::find(words, word) == words.end())
        words.push_back(std::move(word));
}

std::vector<std::string> optionWords(const std::vector<OptionSpec>& options)
{
    std::vector<std::string> words;
    for (const OptionSpec& option : options) {
        const std::string form = "--" + option.name;
        if (option.isFlag())
            words.push_back(form);
        else if (option.choices.empty())
            words.push_back(form + "=");
        for (const std::string& choice : option.choices)
            words.push_back(form + "=" + choice);
    }
    return words;
}

/// Longest command first, so that the first case that fits is the right one.
std::vector<CompletionCase> completionCases(std::span<const CommandSpec> commands)
{
    std::vector<CompletionCase> groups;
    std::vector<CompletionCase> cases;
    CompletionCase start;
    for (const CommandSpec& spec : commands) {
        const std::size_t space = spec.name.find(' ');
        const std::string first = spec.name.substr(0, space);
        addOnce(start.words, first);
        if (space != std::string::npos) {
            auto group = std::ranges::find(groups, first, &CompletionCase::after);
            if (group == groups.end())
                group = groups.insert(groups.end(), {first, {}, false});
            addOnce(group->words, spec.name.substr(space + 1));
        }
        CompletionCase own{spec.name, optionWords(spec.options), false};
        own.syncs = std::ranges::any_of(
            spec.arguments, [](const ArgumentSpec& argument) { return argument.name == "SYNC"; });
        cases.push_back(std::move(own));
    }
    cases.insert(cases.end(), groups.begin(), groups.end());
    cases.push_back(std::move(start));
    for (CompletionCase& each : cases) {
        for (const std::string& word : optionWords(globalOptions()))
            each.words.push_back(word);
    }
    return cases;
}

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string casePattern(const CompletionCase& each)
{
    return each.after.empty() ? "*" : "\"" + each.after + " \"*";
}

std::string bashScript(std::span<const CommandSpec> commands)
{
    std::string cases;
    for (const CompletionCase& each : completionCases(commands)) {
        cases += "    " + casePattern(each) + ") words=\"" + joined(each.words) + "\"";
        cases += each.syncs ? "; syncs=yes ;;\n" : " ;;\n";
    }
    return R"(# bash completion for headgate
_headgate() {
    local typed="" words="" syncs="" line=${COMP_LINE:0:COMP_POINT} word part file
    read -r -a parts <<<"$line"
    word=""
    [[ $line == *[[:space:]] ]] || word=${parts[${#parts[@]} - 1]}
    for part in "${parts[@]:1}"; do
        [[ $part == -* || $part == "$word" ]] || typed="$typed$part "
    done
    case "$typed" in
)" + cases +
           R"(    esac
    if [[ $syncs ]]; then
        for file in syncs/*.json; do
            [[ -e $file ]] && file=${file#syncs/} && words="$words ${file%.json}"
        done
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    # The shell splits words at '=': only what follows it may be answered.
    [[ $word == *=* ]] && COMPREPLY=("${COMPREPLY[@]#*=}")
    [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace
    return 0
}
complete -F _headgate headgate
)";
}

std::string zshScript(std::span<const CommandSpec> commands)
{
    std::string cases;
    for (const CompletionCase& each : completionCases(commands)) {
        cases += "    " + casePattern(each) + ") compadd -- " + joined(each.words);
        cases += each.syncs ? " syncs/*.json(N:t:r) ;;\n" : " ;;\n";
    }
    return R"(#compdef headgate
_headgate() {
    local typed="${(j: :)${(@)words[2,CURRENT-1]:#-*}} "
    case "$typed" in
)" + cases +
           R"(    esac
}
compdef _headgate headgate
)";
}

std::string fishQuoted(const std::string& text)
{
    std::string quoted = "'";
    for (const char character : text) {
        if (character == '\'' || character == '\\')
            quoted += '\\';
        quoted += character;
    }
    return quoted + "'";
}

std::string fishOptions(const std::vector<OptionSpec>& options, const std::string& condition)
{
    std::string script;
    for (const OptionSpec& option : options) {
        script += "complete -c headgate" + condition + " -l " + option.name;
        if (option.letter != 0)
            script += std::string(" -s ") + option.letter;
        if (!option.isFlag())
            script += " -x";
        if (!option.choices.empty())
            script += " -a " + fishQuoted(joined(option.choices));
        script += " -d " + fishQuoted(option.help.toStdString()) + "\n";
    }
    return script;
}

std::string fishScript(std::span<const CommandSpec> commands)
{
    std::string script = "# fish completion for headgate\ncomplete -c headgate -f\n" +
                         fishOptions(globalOptions(), {});
    for (const CommandSpec& spec : commands) {
        const std::size_t space = spec.name.find(' ');
        const std::string first = spec.name.substr(0, space);
        const std::string seenFirst = "__fish_seen_subcommand_from " + first;
        if (space == std::string::npos) {
            script += "complete -c headgate -n __fish_use_subcommand -a " + first + " -d " +
                      fishQuoted(spec.summary.toStdString()) + "\n";
            script += fishOptions(spec.options, " -n '" + seenFirst + "'");
        } else {
            const std::string second = spec.name.substr(space + 1);
            script += "complete -c headgate -n __fish_use_subcommand -a " + first + "\n";
            script += "complete -c headgate -n '" + seenFirst + "' -a " + second + " -d " +
                      fishQuoted(spec.summary.toStdString()) + "\n";
            script +=
                fishOptions(spec.options, " -n '" + seenFirst +
                                              "; and __fish_seen_subcommand_from " + second + "'");
        }
        const bool syncs = std::ranges::any_of(
            spec.arguments, [](const ArgumentSpec& argument) { return argument.name == "SYNC"; });
        if (syncs)
            script +=
                "complete -c headgate -n '" + seenFirst +
                "' -a '(string replace -r \"^syncs/(.*)\\\\.json\\$\" \"\\$1\" syncs/*.json)'\n";
    }
    return script;
}

} // namespace

std::string completionScript(std::span<const CommandSpec> commands, const std::string& shell)
{
    if (shell == "bash")
        return bashScript(commands);
    if (shell == "zsh")
        return zshScript(commands);
    if (shell == "fish")
        return fishScript(commands);
    return {};
}

} // namespace headgate::cli
