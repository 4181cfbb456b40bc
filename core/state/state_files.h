// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "state/database_form.h"

namespace headgate::state {

/// The files of one state folder:
///   state.db, state.db-wal, state.db-shm
///   state.id     the id of the database that belongs here: a database that vanished, was emptied
///                or came from elsewhere is told apart from a first start
class StateFiles
{
public:
    /// `directory` is one that preparePrivateDirectory() returned.
    explicit StateFiles(std::string directory) : m_directory(std::move(directory)) {}

    [[nodiscard]] const std::string& directory() const { return m_directory; }
    [[nodiscard]] std::string database() const { return m_directory + "/state.db"; }
    [[nodiscard]] std::string marker() const { return m_directory + "/state.id"; }

    /// Creates the database on a first start. Errors as StateStore::open().
    [[nodiscard]] Result<std::unique_ptr<Database>> open(Random& random) const;
    /// With the files that only this database can read. The new name of the database.
    [[nodiscard]] Result<std::string> setAside(WallTime now) const;

private:
    [[nodiscard]] Result<void> requireMarked(Database& database,
                                             const std::optional<std::string>& marked) const;

    std::string m_directory;
};

/// Values of table "meta".
inline constexpr const char* metaDatabaseId = "database_id";
inline constexpr const char* metaHashKey = "hash_key";

[[nodiscard]] Result<std::string> metaValue(Database& database, const char* name);
[[nodiscard]] Result<void> setMetaValue(Database& database, const char* name,
                                        const std::string& value);

} // namespace headgate::state
