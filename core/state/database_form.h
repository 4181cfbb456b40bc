// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/database.h"

#include <span>
#include <string>

namespace headgate::state {

/// What a database file of ours is: its mark in the header and the scripts that make a version of
/// the one before, in order. Version numbers are in user_version.
struct DatabaseForm
{
    std::int32_t applicationId = 0;
    std::span<const char* const> scripts;
    std::int64_t firstVersion = 1; ///< what the first script makes; older ones were never released

    [[nodiscard]] std::int64_t newestVersion() const
    {
        return firstVersion + static_cast<std::int64_t>(scripts.size()) - 1;
    }
};

/// Creates `file` whole and under another name, then gives it its name: a file of that name is
/// always complete. Success also when another process was faster.
[[nodiscard]] Result<void> createDatabase(const std::string& file, const DatabaseForm& form);

/// Opens an existing file and brings it to the newest version, each step in a transaction of its
/// own, after a copy "FILE.before-v2". Errors: State "state.too_new", "state.too_old",
/// "state.corrupt" (not a database of ours, empty, damaged) and those of Database.
[[nodiscard]] Result<std::unique_ptr<Database>> openDatabase(const std::string& file,
                                                             const DatabaseForm& form);

/// The form of state.db.
[[nodiscard]] DatabaseForm stateForm();

} // namespace headgate::state
