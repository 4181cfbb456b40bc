// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/statement_cancel.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace headgate::warehouse {

struct StatementCancel::State
{
    explicit State(Actions given) : actions(std::move(given)) {}

    std::mutex mutex;
    std::condition_variable changed;
    Actions actions;
    bool running = false;
    bool requested = false;
    bool asking = false;
    int cutters = 0;
};

StatementCancel::StatementCancel() : StatementCancel(Actions{}) {}

StatementCancel::StatementCancel(Actions actions)
    : m_state(std::make_shared<State>(std::move(actions)))
{}

StatementCancel::StatementCancel(StatementCancel&&) noexcept = default;
StatementCancel& StatementCancel::operator=(StatementCancel&&) noexcept = default;
StatementCancel::~StatementCancel() = default;

void StatementCancel::begin()
{
    const std::lock_guard lock(m_state->mutex);
    m_state->running = true;
    m_state->requested = false;
}

bool StatementCancel::end()
{
    State& state = *m_state;
    std::unique_lock lock(state.mutex);
    state.running = false;
    state.changed.notify_all();
    state.changed.wait(lock, [&] { return state.cutters == 0; });
    const auto answered = [&] { return !state.asking; };
    if (!state.actions.askUsesConnection)
        return state.changed.wait_for(lock, patience, answered);
    state.changed.wait(lock, answered);
    return true;
}

void StatementCancel::request()
{
    const std::lock_guard lock(m_state->mutex);
    if (!m_state->running || m_state->requested)
        return;
    m_state->requested = true;
    m_state->asking = true;
    const auto state = m_state;
    std::thread([state, ask = state->actions.ask] {
        if (ask)
            ask();
        const std::lock_guard inner(state->mutex);
        state->asking = false;
        state->changed.notify_all();
    }).detach();
    if (!state->actions.cut)
        return;
    ++state->cutters;
    std::thread([state] {
        std::unique_lock inner(state->mutex);
        if (!state->changed.wait_for(inner, patience, [&] { return !state->running; }))
            state->actions.cut();
        --state->cutters;
        state->changed.notify_all();
    }).detach();
}

bool StatementCancel::requested() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->requested;
}

} // namespace headgate::warehouse
