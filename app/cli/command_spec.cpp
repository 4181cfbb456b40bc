// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command_spec.h"

#include "cli/cli_text.h"

#include <algorithm>

namespace headgate::cli {

const OptionSpec* CommandSpec::option(const std::string& optionName) const
{
    const auto found = std::ranges::find(options, optionName, &OptionSpec::name);
    return found == options.end() ? nullptr : &*found;
}

const std::vector<OptionSpec>& globalOptions()
{
    static const std::vector<OptionSpec> options = {
        {"project", "DIR",
         CliText::tr("The project folder. Without it: the nearest folder, from the current one up, "
                     "that holds a headgate.json.")},
        {"target", "NAME",
         CliText::tr("The set of accounts to use. Without it: the project's first target.")},
        {"output",
         "FORMAT",
         CliText::tr("text (for people) or json (one document on standard output, as published in "
                     "resources/schema/output)."),
         {"text", "json"}},
        {"quiet",
         "",
         CliText::tr("Print errors and what was asked for, nothing else."),
         {},
         false,
         'q'},
        {"verbose", "", CliText::tr("Log what is done to standard error.")},
        {"no-input", "", CliText::tr("Never ask; fail and name the option that answers.")},
        {"no-color", "",
         CliText::tr("No colours. The environment variable NO_COLOR says the same.")},
        {"help", "", CliText::tr("Show help for the command."), {}, false, 'h'},
        {"version", "", CliText::tr("Show the version.")},
    };
    return options;
}

} // namespace headgate::cli
