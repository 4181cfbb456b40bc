// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dbt/env_template.h"
#include "dbt/manifest.h"

namespace headgate::service {

struct FoundManifest
{
    std::string file;
    std::string project;      ///< as dbt_project.yml names it; empty where there is none
    std::int64_t written = 0; ///< ms since 1970
};

/// The manifests of dbt projects in or around a folder: in it, a few folders below it, above it and
/// beside it, at the target path of each dbt_project.yml. Newest first. Reads files; blocking.
[[nodiscard]] std::vector<FoundManifest> findManifests(const std::string& folder,
                                                       const dbt::Environment& environment);

/// Blocking: 100 MB with 8,500 models took 1.4 s of a processor and 85 MiB (tests/bench).
/// Error: as dbt::readManifest(), and Config "dbt.manifest.read" for a file that cannot be read.
[[nodiscard]] Result<dbt::Manifest> readManifestFile(const std::string& file,
                                                     const StopToken& stop);

} // namespace headgate::service
