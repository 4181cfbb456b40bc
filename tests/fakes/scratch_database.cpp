// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/scratch_database.h"

#include <QCoreApplication>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <stdexcept>

namespace headgate::fakes {

namespace {

std::string scratchSetting(const std::string& name)
{
    const char* value = std::getenv(name.c_str());
    if (!value || !*value)
        throw std::runtime_error(name + " is not set: run with packaging/servers.sh");
    return value;
}

std::atomic<int> scratchDatabases{0};

} // namespace

ScratchDatabase::ScratchDatabase(const std::string& prefix, SqlOpener open) : m_open(open)
{
    m_admin.host = scratchSetting(prefix + "_HOST");
    m_admin.port = std::stoi(scratchSetting(prefix + "_PORT"));
    m_admin.database = scratchSetting(prefix + "_DATABASE");
    m_admin.user = scratchSetting(prefix + "_USER");
    m_admin.password = scratchSetting(prefix + "_PASSWORD");
    m_account = m_admin;
    m_account.database = "headgate_test_" + std::to_string(QCoreApplication::applicationPid()) +
                         '_' + std::to_string(++scratchDatabases);
    m_drop = "DROP DATABASE " + m_account.database;
    if (prefix == "HEADGATE_TEST_PG")
        m_drop += " WITH (FORCE)";
    if (const std::string error = run("CREATE DATABASE " + m_account.database); !error.empty())
        throw std::runtime_error(error);
}

ScratchDatabase::~ScratchDatabase()
{
    if (const std::string error = run(m_drop); !error.empty())
        std::cerr << error << '\n';
}

/// What went wrong.
std::string ScratchDatabase::run(const std::string& sql) const
{
    auto session = m_open(m_admin);
    const auto done = session ? (*session)->run(sql, {}) : tl::unexpected(session.error());
    return done ? std::string() : sql + ": " + done.error().message;
}

} // namespace headgate::fakes
