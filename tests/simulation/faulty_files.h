// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

struct sqlite3_vfs;

namespace headgate::simulation {

/// SQLite's files for the whole process while it lives: real files, whose writes are counted and
/// can be made to fail. Nothing is flushed to the medium, since what a killed process wrote stays.
/// Writes are those of the database and its log: xWrite, xTruncate, xSync, and deleting a file.
class FaultyFiles
{
public:
    FaultyFiles();
    ~FaultyFiles();
    FaultyFiles(const FaultyFiles&) = delete;
    FaultyFiles& operator=(const FaultyFiles&) = delete;

    struct Fault
    {
        std::size_t at = 0; ///< counted from 1 since arm()
        int code = 0;       ///< SQLite's
        bool stays = false; ///< every later write fails too
        bool crash = false; ///< this write is half done, and crashed() says so from then on
    };
    /// Replaces what was armed, and counts anew.
    void arm(std::optional<Fault> fault);
    /// From now on nothing reaches the files: the process is dead but for its destructors.
    void crash();

    [[nodiscard]] std::size_t writes() const { return m_writes; }
    [[nodiscard]] bool crashed() const { return m_crashed; }
    /// Writes that failed since arm().
    [[nodiscard]] std::size_t failed() const { return m_failed; }

    /// What the next write does: 0 goes on, else it fails with this code.
    [[nodiscard]] int onWrite();
    /// The write that just failed leaves half of its bytes behind.
    [[nodiscard]] bool tears() const { return m_tears; }

private:
    std::unique_ptr<sqlite3_vfs> m_vfs;
    std::optional<Fault> m_fault;
    std::size_t m_writes = 0;
    std::size_t m_failed = 0;
    bool m_crashed = false;
    bool m_tears = false;
};

} // namespace headgate::simulation
