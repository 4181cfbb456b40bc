// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace headgate::cli {

/// What was given to one command, checked against its CommandSpec.
class Arguments
{
public:
    void addOption(const std::string& name, std::string value);
    void addPositional(std::string value) { m_positionals.push_back(std::move(value)); }

    [[nodiscard]] bool has(const std::string& name) const { return m_options.contains(name); }
    /// The option's only value; empty if it was not given.
    [[nodiscard]] std::string value(const std::string& name) const;
    [[nodiscard]] std::vector<std::string> values(const std::string& name) const;
    /// Nothing if it was not given. Error: Usage "usage.value.number".
    [[nodiscard]] Result<std::optional<std::uint64_t>>
    number(const std::string& name, std::uint64_t least, std::uint64_t most) const;
    /// A share such as "0.05" or "5%", 0 to 1. Error: Usage "usage.value.share".
    [[nodiscard]] Result<std::optional<double>> share(const std::string& name) const;

    [[nodiscard]] const std::vector<std::string>& positionals() const { return m_positionals; }
    /// Empty where there is none at this position.
    [[nodiscard]] std::string positional(std::size_t index) const;

private:
    std::map<std::string, std::vector<std::string>> m_options;
    std::vector<std::string> m_positionals;
};

} // namespace headgate::cli
