// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/statement.h"

#include <memory>
#include <string>
#include <unordered_map>

namespace headgate::state {

/// One connection to one SQLite file, for one thread. WAL, synchronous=FULL, foreign keys,
/// secure_delete; text in double quotes is never a string; no extensions.
class Database
{
public:
    enum class Access
    {
        Create,    ///< the file must not exist yet
        ReadWrite, ///< the file must exist
        ReadOnly
    };

    /// `file` is not followed if it is a symbolic link.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& file,
                                                                Access access);

    [[nodiscard]] const std::string& file() const { return m_file; }

    /// From now on the last connection to close moves the log into the database and deletes it. Not
    /// before the file is known to be ours and sound: its log may be all that is left to rescue.
    [[nodiscard]] Result<void> trust();

    /// Prepared once per connection and text. `sql` is a literal: its address is the key.
    [[nodiscard]] Statement& cached(const char* sql);
    [[nodiscard]] Statement prepare(std::string_view sql);
    /// Any number of statements without parameters; rows are dropped.
    [[nodiscard]] Result<void> execute(const char* script);
    /// The first column of the first row; an error if there is no row.
    [[nodiscard]] Result<std::int64_t> number(const char* sql);
    /// Rows changed by the last statement.
    [[nodiscard]] std::int64_t changes() const;
    [[nodiscard]] std::int64_t lastRowId() const;
    [[nodiscard]] bool inTransaction() const;

private:
    struct Closer
    {
        void operator()(sqlite3* connection) const;
    };

    Database(std::string file, sqlite3* connection)
        : m_file(std::move(file)), m_connection(connection)
    {}
    [[nodiscard]] Result<void> configure(Access access);
    [[nodiscard]] Result<void> setSwitch(int option, int value);
    [[nodiscard]] Result<void> useWriteAheadLog();

    std::string m_file;
    std::unique_ptr<sqlite3, Closer> m_connection;
    std::unordered_map<const char*, std::unique_ptr<Statement>> m_cached;
};

/// Begun with the write lock in hand (BEGIN IMMEDIATE): what it read cannot change before it
/// writes. Rolled back unless committed.
class Transaction
{
public:
    [[nodiscard]] static Result<Transaction> begin(Database& database);
    Transaction(Transaction&& other) noexcept;
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();
    [[nodiscard]] Result<void> commit();

private:
    explicit Transaction(Database& database) : m_database(&database) {}
    Database* m_database;
};

} // namespace headgate::state
