// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_api.h"

#include <algorithm>
#include <array>
#include <utility>

namespace headgate::warehouse {

namespace {

constexpr std::size_t longestMessage = 4096;
constexpr std::size_t longestInfo = 256;
constexpr SQLSMALLINT mostRecords = 8;

bool isHighSurrogate(char16_t unit)
{
    return unit >= 0xD800 && unit <= 0xDBFF;
}
bool isLowSurrogate(char16_t unit)
{
    return unit >= 0xDC00 && unit <= 0xDFFF;
}

void appendCodePoint(std::string& out, char32_t point)
{
    const auto tail = [&](unsigned shift) {
        out += static_cast<char>(0x80 | (point >> shift & 0x3F));
    };
    if (point < 0x80) {
        out += static_cast<char>(point);
    } else if (point < 0x800) {
        out += static_cast<char>(0xC0 | point >> 6);
        tail(0);
    } else if (point < 0x10000) {
        out += static_cast<char>(0xE0 | point >> 12);
        tail(6);
        tail(0);
    } else {
        out += static_cast<char>(0xF0 | point >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

/// "[unixODBC][Driver]words": the names say nothing to people.
std::string withoutVendors(std::string text)
{
    while (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string::npos)
            break;
        text.erase(0, end + 1);
    }
    while (!text.empty() && (text.front() == ' ' || text.back() == '\n' || text.back() == ';'))
        text.erase(text.front() == ' ' ? 0 : text.size() - 1, 1);
    return text;
}

} // namespace

std::u16string toUtf16(std::string_view utf8)
{
    std::u16string out;
    out.reserve(utf8.size());
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t point = length == 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t k = 1; k < length && i + k < utf8.size(); ++k)
            point = point << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3F);
        i += length;
        if (point < 0x10000) {
            out += static_cast<char16_t>(point);
            continue;
        }
        out += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10));
        out += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FF));
    }
    return out;
}

bool appendUtf16(std::string& out, const char16_t* text, std::size_t length)
{
    const std::size_t begin = out.size();
    for (std::size_t i = 0; i < length; ++i) {
        const char16_t unit = text[i];
        if (isHighSurrogate(unit) && i + 1 < length && isLowSurrogate(text[i + 1])) {
            appendCodePoint(out, 0x10000U + (static_cast<char32_t>(unit - 0xD800) << 10) +
                                     static_cast<char32_t>(text[i + 1] - 0xDC00));
            ++i;
        } else if (isHighSurrogate(unit) || isLowSurrogate(unit)) {
            out.resize(begin);
            return false;
        } else {
            appendCodePoint(out, unit);
        }
    }
    return true;
}

std::string toUtf8(const char16_t* text, std::size_t length)
{
    std::string out;
    for (std::size_t i = 0; i < length; ++i) {
        const std::size_t units =
            isHighSurrogate(text[i]) && i + 1 < length && isLowSurrogate(text[i + 1]) ? 2 : 1;
        if (!appendUtf16(out, text + i, units))
            out += "\xEF\xBF\xBD";
        i += units - 1;
    }
    return out;
}

SQLPOINTER attributeValue(SQLULEN value)
{
    // The interface of ODBC: numbers go where pointers go.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    return reinterpret_cast<SQLPOINTER>(value);
}

OdbcDiagnosis diagnose(SQLSMALLINT handleType, SQLHANDLE handle)
{
    OdbcDiagnosis found;
    std::array<char16_t, 6> state{};
    std::u16string message(longestMessage, u'\0');
    for (SQLSMALLINT record = 1; record <= mostRecords; ++record) {
        SQLINTEGER native = 0;
        SQLSMALLINT length = 0;
        const SQLRETURN answer = SQLGetDiagRecW(
            handleType, handle, record, reinterpret_cast<SQLWCHAR*>(state.data()), &native,
            odbcText(message), static_cast<SQLSMALLINT>(message.size()), &length);
        if (!SQL_SUCCEEDED(answer))
            break;
        if (record == 1) {
            found.state = toUtf8(state.data(), 5);
            found.native = native;
        }
        const std::size_t shown = std::min<std::size_t>(
            static_cast<std::size_t>(std::max<int>(length, 0)), message.size() - 1);
        found.text +=
            (found.text.empty() ? "" : "\n") + withoutVendors(toUtf8(message.data(), shown));
    }
    return found;
}

OdbcSession::~OdbcSession()
{
    close();
}

OdbcSession::OdbcSession(OdbcSession&& other) noexcept
    : m_environment(std::exchange(other.m_environment, SQLHENV{})),
      m_connection(std::exchange(other.m_connection, SQLHDBC{})),
      m_connected(std::exchange(other.m_connected, false))
{}

OdbcSession& OdbcSession::operator=(OdbcSession&& other) noexcept
{
    if (this != &other) {
        close();
        m_environment = std::exchange(other.m_environment, SQLHENV{});
        m_connection = std::exchange(other.m_connection, SQLHDBC{});
        m_connected = std::exchange(other.m_connected, false);
    }
    return *this;
}

void OdbcSession::close()
{
    if (m_connected && SQLDisconnect(m_connection) == SQL_ERROR) {
        // A transaction is still open: nothing was written, so nothing is lost.
        SQLEndTran(SQL_HANDLE_DBC, m_connection, SQL_ROLLBACK);
        SQLDisconnect(m_connection);
    }
    if (m_connection != SQL_NULL_HDBC)
        SQLFreeHandle(SQL_HANDLE_DBC, m_connection);
    if (m_environment != SQL_NULL_HENV)
        SQLFreeHandle(SQL_HANDLE_ENV, m_environment);
}

bool OdbcSession::allocate()
{
    if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_ENV, SQL_NULL_HANDLE, &m_environment))) {
        m_environment = SQL_NULL_HENV;
        return false;
    }
    if (SQL_SUCCEEDED(
            SQLSetEnvAttr(m_environment, SQL_ATTR_ODBC_VERSION, attributeValue(SQL_OV_ODBC3), 0)) &&
        SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_DBC, m_environment, &m_connection)))
        return true;
    m_connection = SQL_NULL_HDBC;
    return false;
}

bool OdbcSession::connect(const std::string& connectionString, long timeoutSeconds)
{
    const SQLPOINTER seconds = attributeValue(static_cast<SQLULEN>(timeoutSeconds));
    const SQLPOINTER readOnly = attributeValue(SQL_MODE_READ_ONLY);
    // Not every driver knows these two: the caller has a deadline, and read-only rules, of its own.
    (void)SQLSetConnectAttrW(m_connection, SQL_ATTR_LOGIN_TIMEOUT, seconds, SQL_IS_UINTEGER);
    (void)SQLSetConnectAttrW(m_connection, SQL_ATTR_ACCESS_MODE, readOnly, SQL_IS_UINTEGER);
    std::u16string text = toUtf16(connectionString);
    m_connected = SQL_SUCCEEDED(SQLDriverConnectW(m_connection, nullptr, odbcText(text),
                                                  static_cast<SQLSMALLINT>(text.size()), nullptr, 0,
                                                  nullptr, SQL_DRIVER_NOPROMPT));
    return m_connected;
}

std::string OdbcSession::info(SQLUSMALLINT what) const
{
    std::array<char16_t, longestInfo> text{};
    SQLSMALLINT bytes = 0;
    if (!SQL_SUCCEEDED(SQLGetInfoW(m_connection, what, text.data(), sizeof text, &bytes)))
        return {};
    const auto length = static_cast<std::size_t>(std::max<int>(bytes, 0)) / sizeof(char16_t);
    return toUtf8(text.data(), std::min(length, text.size() - 1));
}

unsigned long OdbcSession::number(SQLUSMALLINT what) const
{
    SQLUINTEGER value = 0;
    if (!SQL_SUCCEEDED(SQLGetInfoW(m_connection, what, &value, sizeof value, nullptr)))
        return 0;
    return value;
}

OdbcStatement::OdbcStatement(SQLHDBC connection)
{
    if (!SQL_SUCCEEDED(SQLAllocHandle(SQL_HANDLE_STMT, connection, &m_handle)))
        m_handle = SQL_NULL_HSTMT;
}

OdbcStatement::~OdbcStatement()
{
    if (m_handle == SQL_NULL_HSTMT)
        return;
    // psqlodbc 13.02 gives up here what it was told of a statement that was never executed.
    SQLFreeStmt(m_handle, SQL_CLOSE);
    SQLFreeHandle(SQL_HANDLE_STMT, m_handle);
}

OdbcStatement::OdbcStatement(OdbcStatement&& other) noexcept
    : m_handle(std::exchange(other.m_handle, SQLHSTMT{}))
{}

OdbcStatement& OdbcStatement::operator=(OdbcStatement&& other) noexcept
{
    std::swap(m_handle, other.m_handle);
    return *this;
}

} // namespace headgate::warehouse
