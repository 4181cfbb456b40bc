// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace headgate::fakes {

/// Checks values against the published schemas of one folder: the keywords of JSON Schema 2020-12
/// that they use. Any other keyword is a finding, so that no rule is passed over.
class JsonSchemas
{
public:
    explicit JsonSchemas(const std::filesystem::path& folder);
    /// By file name.
    explicit JsonSchemas(std::map<std::string, data::JsonNode> schemas)
        : m_schemas(std::move(schemas))
    {}

    /// "POINTER: KEYWORD" of every rule that `value` breaks, as seen from `file`
    /// ("sync.schema.json").
    [[nodiscard]] std::vector<std::string> findings(const std::string& file,
                                                    const data::JsonNode& value) const;

private:
    struct Context;
    using Findings = std::vector<std::string>;

    void check(const Context& at, const data::JsonNode& schema, Findings& into) const;
    void checkKeyword(const Context& at, const data::JsonNode& schema, const std::string& keyword,
                      Findings& into) const;
    void checkMembers(const Context& at, const data::JsonNode& schema, const std::string& keyword,
                      Findings& into) const;
    void checkChoices(const Context& at, const data::JsonNode& schema, const std::string& keyword,
                      Findings& into) const;
    [[nodiscard]] bool holds(const Context& at, const data::JsonNode& schema) const;

    std::map<std::string, data::JsonNode> m_schemas;
};

} // namespace headgate::fakes
