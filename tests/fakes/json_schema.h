// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"

#include <string>
#include <vector>

namespace headgate::fakes {

/// JSON Schema 2020-12 as far as our schemas and the vendors' in the tests use it. A keyword that
/// is not known is a finding: nothing passes because it was not looked at.
class JsonSchema
{
public:
    explicit JsonSchema(data::JsonNode schema) : m_schema(std::move(schema)) {}
    /// One line a finding, "POINTER: what"; empty: valid.
    [[nodiscard]] std::vector<std::string> check(const data::JsonNode& value) const;

private:
    void check(const data::JsonNode& value, const data::JsonNode& schema, const std::string& at,
               std::vector<std::string>& findings) const;
    void checkObject(const data::JsonNode& value, const data::JsonNode& schema,
                     const std::string& at, std::vector<std::string>& findings) const;
    [[nodiscard]] const data::JsonNode& resolve(const std::string& reference) const;

    data::JsonNode m_schema;
};

} // namespace headgate::fakes
