// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/odbc_api.h"

#include <condition_variable>
#include <functional>
#include <mutex>

namespace headgate::warehouse {

/// What a connection's thread has its driver do, so that another thread can end it. SQLCancel goes
/// to a driver only while it is in a call: some close the cursor otherwise.
class OdbcActivity
{
public:
    /// The driver is in a call on `statement` while this lives.
    class Call
    {
    public:
        Call(OdbcActivity& activity, SQLHSTMT statement);
        ~Call();
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;

    private:
        OdbcActivity& m_activity;
    };

    void begin();
    void end();
    /// Asks again and again until end(): a call may just be about to begin. `otherWay`, which may
    /// be empty, is tried where SQLCancel changes nothing.
    void cancel(const std::function<void()>& otherWay);

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_active = false;
    SQLHSTMT m_called = SQL_NULL_HSTMT;
};

} // namespace headgate::warehouse
