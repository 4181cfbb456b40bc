// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/sql_session.h"

#include <string>

namespace headgate::fakes {

using SqlOpener = connector::OpenedSession (*)(const connector::SqlAccount&);

/// A database of this process alone, for as long as it lives, on the server that
/// HEADGATE_TEST_PG_* or HEADGATE_TEST_MARIADB_* names. Throws where the server cannot be used.
class ScratchDatabase
{
public:
    /// `prefix` is "HEADGATE_TEST_PG" or "HEADGATE_TEST_MARIADB".
    ScratchDatabase(const std::string& prefix, SqlOpener open);
    ~ScratchDatabase();
    ScratchDatabase(const ScratchDatabase&) = delete;
    ScratchDatabase& operator=(const ScratchDatabase&) = delete;

    [[nodiscard]] const connector::SqlAccount& account() const { return m_account; }

private:
    [[nodiscard]] std::string run(const std::string& sql) const;

    SqlOpener m_open;
    connector::SqlAccount m_admin;
    connector::SqlAccount m_account;
    std::string m_drop;
};

} // namespace headgate::fakes
