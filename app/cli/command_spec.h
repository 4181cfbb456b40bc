// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace headgate::cli {

struct OptionSpec
{
    std::string name;  ///< without dashes
    std::string value; ///< what help calls its value; empty: a flag
    QString help;
    std::vector<std::string> choices = {}; ///< empty: any value
    bool repeatable = false;
    char letter = 0; ///< 0: no short form

    [[nodiscard]] bool isFlag() const { return value.empty(); }
};

struct ArgumentSpec
{
    std::string name; ///< upper case, as help shows it
    QString help;
    bool required = true;
    bool many = false; ///< only the last one may be
};

struct Example
{
    std::string line; ///< without the program's name
    QString what;
};

/// What a command understands. Parser, help and completion are made from this alone.
struct CommandSpec
{
    std::string name;     ///< one word, or group and word: "sources test"
    QString summary = {}; ///< one line
    QString description = {};
    std::vector<ArgumentSpec> arguments = {};
    std::vector<OptionSpec> options = {};
    std::vector<Example> examples = {};
    /// At most one option of each list may be given.
    std::vector<std::vector<std::string>> exclusive = {};

    [[nodiscard]] const OptionSpec* option(const std::string& optionName) const;
};

/// Understood before and after every command's name.
[[nodiscard]] const std::vector<OptionSpec>& globalOptions();

} // namespace headgate::cli
