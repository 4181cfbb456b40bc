// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <functional>
#include <memory>

namespace headgate::warehouse {

/// Lets any thread end what runs on a connection: the server is asked first; if that brings nothing
/// within `patience`, the connection is cut. begin() and end() are called by the thread that the
/// connection belongs to, around everything that waits for the server.
class StatementCancel
{
public:
    struct Actions
    {
        /// May block; runs on a thread of its own, perhaps longer than the connection lives: it
        /// owns what it uses.
        std::function<void()> ask;
        /// Does not block; only called between begin() and end(). May be empty.
        std::function<void()> cut;
        /// `ask` uses the connection itself: end() waits until it returned, however long.
        bool askUsesConnection = false;
    };
    static constexpr Milliseconds patience{5000};

    StatementCancel();
    explicit StatementCancel(Actions actions);
    StatementCancel(StatementCancel&&) noexcept;
    StatementCancel& operator=(StatementCancel&&) noexcept;
    /// Nothing may be running.
    ~StatementCancel();

    void begin();
    /// False if the request may still hit what is sent next: the connection must not be used again.
    [[nodiscard]] bool end();
    /// Thread-safe. Without effect when nothing runs.
    void request();
    /// Whether the running statement, or the last one, was asked to end.
    [[nodiscard]] bool requested() const;

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace headgate::warehouse
