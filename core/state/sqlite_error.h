// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "base/result.h"

#include <string>

struct sqlite3;

namespace headgate::state {

/// What a result code of SQLite means for the user. `systemError` is the errno behind it, 0 if
/// unknown: SQLite says "I/O error" for a quota or a file size limit. Codes: state.disk_full,
/// read_only, busy, corrupt, io, sql.
[[nodiscard]] Error sqliteError(int resultCode, int systemError, const std::string& file,
                                const char* detail);
[[nodiscard]] Error sqliteError(sqlite3* connection, int resultCode, const std::string& file);

/// The same sentence for damage that our own checks find.
[[nodiscard]] Error damagedState(const std::string& file, const QString& detail);
/// Of a row of table "records".
[[nodiscard]] Error damagedRecord(const std::string& file, const Hash128& keyHash);

} // namespace headgate::state
