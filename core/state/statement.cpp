// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/statement.h"

#include "state/sqlite_error.h"

#include <sqlite3.h>

namespace headgate::state {

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const
{
    // The code repeats the last step's, which was returned by step().
    static_cast<void>(sqlite3_finalize(statement));
}

Statement::Statement(sqlite3* connection, const std::string& file, std::string_view sql)
    : m_connection(connection), m_file(file)
{
    sqlite3_stmt* statement = nullptr;
    keep(sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                            SQLITE_PREPARE_PERSISTENT, &statement, nullptr));
    m_statement.reset(statement);
}

Result<bool> Statement::step()
{
    if (m_error)
        return Failure(*m_error);
    const int code = sqlite3_step(m_statement.get());
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        reset();
        return false;
    }
    Error error = sqliteError(m_connection, code, m_file);
    reset();
    return Failure(std::move(error));
}

Result<void> Statement::run()
{
    const auto row = step();
    if (!row)
        return Failure(row.error());
    return *row ? end() : Result<void>();
}

void Statement::reset()
{
    // After an error or the end this repeats the code of the last step, which was returned by it.
    static_cast<void>(sqlite3_reset(m_statement.get()));
}

Result<void> Statement::end()
{
    const int code = sqlite3_reset(m_statement.get());
    if (code != SQLITE_OK)
        return Failure(sqliteError(m_connection, code, m_file));
    return {};
}

int Statement::columnCount() const
{
    return sqlite3_column_count(m_statement.get());
}

std::string Statement::columnName(int column) const
{
    const char* name = sqlite3_column_name(m_statement.get(), column);
    return name != nullptr ? name : "";
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

bool Statement::isBlob(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_BLOB;
}

bool Statement::isInteger(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_INTEGER;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

std::string_view Statement::bytes(int column) const
{
    const void* data = sqlite3_column_blob(m_statement.get(), column);
    if (data == nullptr)
        return {};
    return {static_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}

Hash128 Statement::hash(int column) const
{
    return Hash128::fromBytes(bytes(column));
}

WallTime Statement::time(int column) const
{
    return WallTime(Milliseconds(integer(column)));
}

std::optional<WallTime> Statement::optionalTime(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(time(column));
}

void Statement::bindInteger(int index, std::int64_t value)
{
    keep(sqlite3_bind_int64(m_statement.get(), index, value));
}

void Statement::bindNull(int index)
{
    keep(sqlite3_bind_null(m_statement.get(), index));
}

void Statement::bindText(int index, std::string_view text)
{
    keep(sqlite3_bind_text64(m_statement.get(), index, text.data() != nullptr ? text.data() : "",
                             text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bindBlob(int index, std::string_view bytes)
{
    keep(sqlite3_bind_blob64(m_statement.get(), index, bytes.data() != nullptr ? bytes.data() : "",
                             bytes.size(), SQLITE_STATIC));
}

void Statement::keep(int resultCode)
{
    if (resultCode != SQLITE_OK && !m_error)
        m_error = sqliteError(m_connection, resultCode, m_file);
}

} // namespace headgate::state
