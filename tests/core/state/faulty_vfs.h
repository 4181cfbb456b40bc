// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>

namespace headgate::state {

enum class FaultKind
{
    DiskFull,
    InputOutput
};

/// While it lives, SQLite's file operations go through it: operations that change something are
/// counted, and from a chosen one on, or only that one, they fail. Nothing is synced to the disk,
/// which makes tests fast. One at a time.
class FaultyVfs
{
public:
    FaultyVfs();
    ~FaultyVfs();
    FaultyVfs(const FaultyVfs&) = delete;
    FaultyVfs& operator=(const FaultyVfs&) = delete;

    void failAt(std::uint64_t operation, FaultKind kind, bool persistent);
    /// No more faults, counting starts again.
    void heal();
    [[nodiscard]] std::uint64_t operations() const;
    [[nodiscard]] bool hasFailed() const;

    struct State;

private:
    std::unique_ptr<State> m_state;
};

} // namespace headgate::state
