// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#ifdef _WIN32
#include "warehouse/odbc_windows.h"
#endif
#include <sql.h>
#include <sqlext.h>

#include <optional>
#include <string>
#include <string_view>

namespace headgate::warehouse {

// iODBC's four-byte characters are not served.
static_assert(sizeof(SQLWCHAR) == sizeof(char16_t));

/// Drivers read narrow text in the locale's encoding: everything that may hold more than ASCII goes
/// as UTF-16. `utf8` is valid.
[[nodiscard]] std::u16string toUtf16(std::string_view utf8);
/// Appends UTF-8; false, with nothing appended, where a surrogate stands alone.
[[nodiscard]] bool appendUtf16(std::string& out, const char16_t* text, std::size_t length);
/// For what people read: a lone surrogate becomes U+FFFD.
[[nodiscard]] std::string toUtf8(const char16_t* text, std::size_t length);

inline SQLWCHAR* odbcText(std::u16string& text)
{
    return reinterpret_cast<SQLWCHAR*>(text.data());
}

/// A number as ODBC wants the value of an attribute that is one.
[[nodiscard]] SQLPOINTER attributeValue(SQLULEN value);

/// What the driver said about the last call on a handle.
struct OdbcDiagnosis
{
    std::string state; ///< SQLSTATE of the first record
    int native = 0;
    std::string text; ///< of all records, without the bracketed names of vendors in front
};
[[nodiscard]] OdbcDiagnosis diagnose(SQLSMALLINT handleType, SQLHANDLE handle);

/// An environment, and a connection in it.
class OdbcSession
{
public:
    OdbcSession() = default;
    ~OdbcSession();
    OdbcSession(OdbcSession&& other) noexcept;
    OdbcSession& operator=(OdbcSession&& other) noexcept;

    /// False where the driver manager has no memory.
    [[nodiscard]] bool allocate();
    [[nodiscard]] bool connect(const std::string& connectionString, long timeoutSeconds);
    [[nodiscard]] SQLHENV environment() const { return m_environment; }
    [[nodiscard]] SQLHDBC handle() const { return m_connection; }
    [[nodiscard]] std::string info(SQLUSMALLINT what) const;
    [[nodiscard]] unsigned long number(SQLUSMALLINT what) const;

private:
    void close();

    SQLHENV m_environment = SQL_NULL_HENV;
    SQLHDBC m_connection = SQL_NULL_HDBC;
    bool m_connected = false;
};

/// Closes its cursor with its end.
class OdbcStatement
{
public:
    explicit OdbcStatement(SQLHDBC connection);
    ~OdbcStatement();
    OdbcStatement(OdbcStatement&& other) noexcept;
    OdbcStatement& operator=(OdbcStatement&& other) noexcept;

    [[nodiscard]] SQLHSTMT handle() const { return m_handle; }
    [[nodiscard]] explicit operator bool() const { return m_handle != SQL_NULL_HSTMT; }

private:
    SQLHSTMT m_handle = SQL_NULL_HSTMT;
};

} // namespace headgate::warehouse
