// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"
#include "dbt/manifest.h"

#include <map>
#include <set>

namespace headgate::dbt {

/// Puts a manifest together from its parts, in any order: tests may come before their model.
class ManifestNodes
{
public:
    /// The members of a node that are looked at.
    [[nodiscard]] static bool isWanted(const std::string& member);

    void takeMetadata(const data::JsonNode& metadata);
    void takeNode(const std::string& id, const data::JsonNode& node);
    /// Error: Config "dbt.manifest.foreign" or "dbt.manifest.version".
    [[nodiscard]] Result<Manifest> finish() &&;

private:
    struct Tests
    {
        std::set<std::string> unique;
        std::set<std::string> notNull;
        std::vector<std::vector<std::string>> combinations;
    };
    void takeTest(const data::JsonNode& node);
    void guessKey(ManifestModel& model, const Tests& tests) const;

    Manifest m_manifest;
    std::string m_schema; ///< URL of the format
    std::map<std::string, ManifestModel> m_models;
    std::map<std::string, Tests> m_tests; ///< by the model's id
};

} // namespace headgate::dbt
