// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_activity.h"

#include <chrono>

namespace headgate::warehouse {

namespace {

constexpr std::chrono::milliseconds odbcCancelPause{100};
constexpr int otherWayAfter = 5;
constexpr int otherWayEvery = 50;

} // namespace

OdbcActivity::Call::Call(OdbcActivity& activity, SQLHSTMT statement) : m_activity(activity)
{
    const std::lock_guard lock(activity.m_mutex);
    activity.m_called = statement;
}

OdbcActivity::Call::~Call()
{
    const std::lock_guard lock(m_activity.m_mutex);
    m_activity.m_called = SQL_NULL_HSTMT;
}

void OdbcActivity::begin()
{
    const std::lock_guard lock(m_mutex);
    m_active = true;
}

void OdbcActivity::end()
{
    const std::lock_guard lock(m_mutex);
    m_active = false;
    m_changed.notify_all();
}

void OdbcActivity::cancel(const std::function<void()>& otherWay)
{
    std::unique_lock lock(m_mutex);
    for (int attempt = 0; m_active; ++attempt) {
        if (m_called != SQL_NULL_HSTMT)
            SQLCancel(m_called);
        if (attempt % otherWayEvery == otherWayAfter && otherWay) {
            lock.unlock();
            otherWay();
            lock.lock();
        }
        m_changed.wait_for(lock, odbcCancelPause, [&] { return !m_active; });
    }
}

} // namespace headgate::warehouse
