// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dbt/env_template.h"

#include <string>
#include <vector>

namespace headgate::service {

enum class Platform
{
    Unix,
    MacOs,
    Windows
};

/// Where other programs of this user keep their connections: files, whether or not they exist.
/// `*` in a path stands for any one name.
struct FoundPlaces
{
    dbt::Environment environment;
    std::vector<std::string> dbtProfiles; ///< the first that exists counts
    std::vector<std::string> serviceFiles;
    std::string passwordFile;
    std::vector<std::string> dbeaver;
    std::vector<std::string> odbc;
    /// libpq passes over a password file that others may read.
    bool passwordFileMustBePrivate = true;

    [[nodiscard]] static FoundPlaces of(Platform platform, const std::string& home,
                                        const std::string& project, dbt::Environment environment);
    /// Of the user that runs this process.
    [[nodiscard]] static FoundPlaces ofThisUser(const std::string& project);
};

} // namespace headgate::service
