// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace headgate::ui {

enum class SettingsKind
{
    Text,
    Lines,  ///< several lines of text
    Port,   ///< and other short numbers
    File,   ///< a path, with a button that looks for it
    Folder, ///< the same of a folder
    Choice,
    Flag, ///< "true" or "false"
    Secret,
    SecretLines
};

/// One line of a form, whoever described it.
struct SettingsField
{
    struct Choice
    {
        std::string value;
        QString label;
    };

    std::string key;
    QString label;
    QString help;
    SettingsKind kind = SettingsKind::Text;
    bool required = false;
    bool advanced = false; ///< folded away while nothing is filled in
    std::string initial;   ///< counts where nothing is filled in
    std::vector<Choice> choices;
};

[[nodiscard]] constexpr bool isSecret(SettingsKind kind)
{
    return kind == SettingsKind::Secret || kind == SettingsKind::SecretLines;
}

} // namespace headgate::ui
