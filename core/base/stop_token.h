// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

namespace headgate {

namespace detail {
struct StopState;
}

/// Asks a piece of work to end. A stand-in for std::stop_token, which Apple's libc++ lacks.
/// Copies share one state; all members are thread-safe.
class StopToken
{
public:
    /// A token that is never stopped.
    StopToken() = default;
    [[nodiscard]] bool stopRequested() const;

private:
    friend class StopSource;
    friend class StopCallback;
    explicit StopToken(std::shared_ptr<detail::StopState> state) : m_state(std::move(state)) {}
    std::shared_ptr<detail::StopState> m_state;
};

class StopSource
{
public:
    StopSource();
    /// Runs every registered callback on the calling thread, once.
    void requestStop();
    [[nodiscard]] StopToken token() const { return StopToken(m_state); }
    [[nodiscard]] bool stopRequested() const { return token().stopRequested(); }

private:
    std::shared_ptr<detail::StopState> m_state;
};

/// Calls `action` when the token is stopped: at once if it already is, else on the thread that
/// stops it. After the destructor returns, `action` is neither running nor will it run (unless the
/// destructor is called from within `action`).
class StopCallback
{
public:
    StopCallback(const StopToken& token, std::function<void()> action);
    ~StopCallback();
    StopCallback(const StopCallback&) = delete;
    StopCallback& operator=(const StopCallback&) = delete;

private:
    std::shared_ptr<detail::StopState> m_state;
    std::uint64_t m_id = 0;
};

} // namespace headgate
