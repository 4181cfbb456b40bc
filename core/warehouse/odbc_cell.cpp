// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_cell.h"

namespace headgate::warehouse {

namespace {

constexpr std::size_t firstPiece = 4096;

/// The zero that drivers put behind text, in every piece.
std::size_t terminatorOf(OdbcForm form)
{
    switch (form) {
    case OdbcForm::Narrow:
        return sizeof(char);
    case OdbcForm::Wide:
        return sizeof(char16_t);
    case OdbcForm::Binary:
    case OdbcForm::Double:
    case OdbcForm::Single:
    case OdbcForm::Bit:
        return 0;
    }
    return 0;
}

} // namespace

OdbcCell::State OdbcCell::read(SQLHSTMT statement, SQLUSMALLINT column, OdbcForm form)
{
    const std::size_t terminator = terminatorOf(form);
    if (m_bytes.size() < firstPiece)
        m_bytes.resize(firstPiece);
    m_length = 0;
    for (;;) {
        const std::size_t room = m_bytes.size() - m_length;
        SQLLEN length = 0;
        const SQLRETURN answer =
            SQLGetData(statement, column, odbcCType(form), m_bytes.data() + m_length,
                       static_cast<SQLLEN>(room), &length);
        if (answer == SQL_NO_DATA)
            return m_length > 0 ? State::Value : State::Failed;
        if (!SQL_SUCCEEDED(answer) ||
            (length < 0 && length != SQL_NULL_DATA && length != SQL_NO_TOTAL))
            return State::Failed;
        if (length == SQL_NULL_DATA)
            return State::Null;
        const auto left = static_cast<std::size_t>(length);
        if (length != SQL_NO_TOTAL && left + terminator <= room) {
            m_length += left;
            return State::Value;
        }
        m_length += room - terminator;
        m_bytes.resize(length == SQL_NO_TOTAL ? m_bytes.size() * 2
                                              : m_bytes.size() + left + terminator);
    }
}

} // namespace headgate::warehouse
