// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/run_beacon.h"

#include "base/log.h"

#include <array>
#include <sstream>

namespace headgate::service {

namespace {

using Phase = run::RunProgress::Phase;

struct PhaseName
{
    Phase phase;
    const char* name;
};

constexpr std::array phaseNames{
    PhaseName{Phase::Waiting, "waiting"},     PhaseName{Phase::Resuming, "resuming"},
    PhaseName{Phase::Reading, "reading"},     PhaseName{Phase::Sending, "sending"},
    PhaseName{Phase::Finishing, "finishing"}, PhaseName{Phase::Done, "done"}};

} // namespace

std::string progressLine(const run::RunProgress& progress)
{
    const bool reading = progress.phase == Phase::Reading;
    std::string line;
    for (const PhaseName& name : phaseNames)
        if (name.phase == progress.phase)
            line = name.name;
    return line + ' ' + std::to_string(reading ? progress.rowsRead : progress.sent) + ' ' +
           std::to_string(reading ? 0 : progress.toSend);
}

run::RunProgress progressFromLine(std::string_view line)
{
    std::istringstream words{std::string(line)};
    std::string phase;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    words >> phase >> done >> total;
    run::RunProgress progress;
    for (const PhaseName& name : phaseNames)
        if (phase == name.name)
            progress.phase = name.phase;
    if (progress.phase == Phase::Reading)
        progress.rowsRead = done;
    else
        progress.sent = done;
    progress.toSend = total;
    return progress;
}

RunBeacon::RunBeacon(Run run, Clock& clock, Random& random, Milliseconds pause)
    : m_run(std::move(run)), m_clock(clock), m_random(random), m_pause(pause),
      m_thread([this] { serve(); })
{}

RunBeacon::~RunBeacon()
{
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

bool RunBeacon::wait()
{
    std::unique_lock lock(m_mutex);
    return !m_wake.wait_for(lock, m_pause, [this] { return m_ending; });
}

void RunBeacon::serve()
{
    std::unique_ptr<state::StateStore> store;
    Result<void> told;
    while (told && wait()) {
        if (!store) {
            auto opened = state::StateStore::open(m_run.stateDirectory, m_clock, m_random);
            if (opened)
                store = std::move(*opened);
            else
                told = Failure(opened.error());
        }
        if (store)
            told = look(*store);
    }
    if (!told)
        log(LogLevel::Warning, "run",
            "other processes do not see how this run goes: " +
                told.error().toString().toStdString());
}

Result<void> RunBeacon::look(state::StateStore& store)
{
    const auto asked = store.cancelRequests(m_run.id);
    if (!asked)
        return Failure(asked.error());
    for (; m_heard < *asked; ++m_heard)
        m_heard == 0 ? m_run.cancel() : m_run.abandon();
    std::string line = progressLine(m_run.progress());
    if (line == m_told)
        return {};
    m_told = std::move(line);
    return store.setProgress(m_run.id, m_told);
}

} // namespace headgate::service
