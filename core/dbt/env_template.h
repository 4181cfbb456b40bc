// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::dbt {

/// A variable of the environment; nothing if it is not set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// A value of profiles.yml, of whose Jinja only env_var('NAME') and env_var('NAME', 'default') are
/// understood, with the filters that change the type but not the text.
struct EnvTemplate
{
    std::string text;                 ///< rendered; as written where it is not understood
    bool understood = true;           ///< false: it holds other Jinja
    std::vector<std::string> missing; ///< variables that are not set and have no default
    std::string only;                 ///< the variable, where the whole value is env_var('NAME')
};

[[nodiscard]] EnvTemplate renderEnv(std::string_view text, const Environment& environment);

} // namespace headgate::dbt
