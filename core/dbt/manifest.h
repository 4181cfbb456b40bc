// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/stop_token.h"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::dbt {

struct ManifestColumn
{
    std::string name;
    std::string type; ///< as declared; often empty
    std::string description;
};

/// How it is known that a model's key is one.
enum class KeyEvidence
{
    None,     ///< there is no key
    Declared, ///< a primary key of the model or a constraint
    Tested    ///< unique and not_null, or unique as a combination
};

/// A model, seed or snapshot of a dbt project.
struct ManifestModel
{
    std::string name; ///< with its version, where it has one: "customers.v2"
    std::string kind; ///< "model", "seed", "snapshot"
    std::string package;
    std::string description;
    /// As SQL names it, quoted as dbt quotes it; empty: nothing is built (ephemeral).
    std::string relation;
    std::string compiledSql; ///< empty: dbt has only parsed it
    std::vector<ManifestColumn> columns;
    std::vector<std::string> key;
    KeyEvidence keyEvidence = KeyEvidence::None;
};

/// What dbt's manifest.json says of what Headgate can read.
struct Manifest
{
    std::string project;
    std::string adapter;   ///< "postgres", as dbt calls it
    std::string warehouse; ///< id of resources/warehouses/<id>.json; empty: none fits
    std::string dbtVersion;
    std::string generatedAt;           ///< ISO 8601
    int version = 0;                   ///< of the file's format
    std::vector<ManifestModel> models; ///< by name
    std::vector<QString> notes;
};

inline constexpr int oldestManifest = 4; ///< dbt 1.0
inline constexpr int newestManifest = 12;
inline constexpr std::size_t longestManifest = std::size_t(512) << 20; ///< bytes

/// Reads leniently, as dbt itself does: what is not needed is passed over, whatever it is. Holds
/// neither the text nor a tree of the whole: of 100 MB, what its models say.
/// Error: Config "dbt.manifest.size", "dbt.manifest.syntax" (with its place),
/// "dbt.manifest.depth", "dbt.manifest.foreign" or "dbt.manifest.version"; Cancelled.
[[nodiscard]] Result<Manifest> readManifest(std::string_view bytes, const StopToken& stop = {});
/// Of `size` bytes, from its beginning; is read from there again to tell the place of an error.
[[nodiscard]] Result<Manifest> readManifest(std::istream& bytes, std::uint64_t size,
                                            const StopToken& stop = {});

/// A relation's name taken apart: `"shop"."public"."orders"` has three parts. Empty if a part is
/// not quoted, as its case is then the warehouse's to choose, or if it cannot be taken apart.
[[nodiscard]] std::vector<std::string> quotedParts(std::string_view relation);

} // namespace headgate::dbt
