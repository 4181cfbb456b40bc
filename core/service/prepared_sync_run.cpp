// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/prepared_sync_run.h"

#include "service/records_ahead.h"

namespace headgate::service {

PreparedSyncRun::PreparedSyncRun(Parts parts, Surroundings surroundings)
    : m_parts(std::move(parts)), m_settler(*m_parts.store), m_surroundings(surroundings)
{
    run::SyncRunOptions options = std::move(m_parts.options);
    const std::string since = options.incremental ? options.state.cursor : std::string();
    m_reader = std::make_unique<SyncReader>(
        SyncReaderOptions{m_parts.project, *m_parts.project.sync(options.sync.slug), options.target,
                          m_parts.projectDirectory, options.spoolDirectory,
                          options.sync.history.storePayloads, since, m_parts.heldKeys},
        surroundings.secrets, m_stop.token());
    options.openRecords = [this]() -> Result<std::unique_ptr<shape::RecordStream>> {
        auto records = m_reader->open();
        if (!records)
            return records;
        return RecordsAhead::start(std::move(*records), [this] { m_reader->cancel(); });
    };
    options.sourceNotes = [this] { return m_reader->notes(); };
    options.relatedCounts = [this] {
        std::vector<plan::RelatedCount> counts;
        for (const auto& [name, rows] : m_reader->relatedRows()) {
            const auto before = m_parts.relatedBefore.find(name);
            counts.push_back(
                {name, rows, before == m_parts.relatedBefore.end() ? 0 : before->second});
        }
        return counts;
    };
    m_run = std::make_unique<run::SyncRun>(
        std::move(options),
        run::RunWorld{*m_parts.destination, *m_parts.http, *m_parts.store, *m_parts.ledger,
                      surroundings.clock, surroundings.random, &m_settler},
        m_stop.token(), m_abandon.token());
}

PreparedSyncRun::~PreparedSyncRun()
{
    m_beacon.reset();
    m_run.reset();
    m_reader.reset();
}

bool PreparedSyncRun::step()
{
    const bool more = m_run->step() == run::SyncRun::Step::More;
    {
        const std::lock_guard lock(m_mutex);
        m_progress = m_run->progress();
    }
    if (!more)
        m_beacon.reset();
    else if (!m_beacon && m_run->isRecorded())
        m_beacon = std::make_unique<RunBeacon>(
            RunBeacon::Run{m_parts.store->directory(), m_run->report().run,
                           [this] { return progress(); }, [this] { cancel(); },
                           [this] { abandon(); }},
            m_surroundings.clock, m_surroundings.random);
    return more;
}

run::RunProgress PreparedSyncRun::progress() const
{
    const std::lock_guard lock(m_mutex);
    return m_progress;
}

void PreparedSyncRun::cancel()
{
    m_stop.requestStop();
    m_reader->cancel();
    m_parts.http->wake();
}

void PreparedSyncRun::abandon()
{
    cancel();
    m_abandon.requestStop();
    m_parts.http->wake();
}

} // namespace headgate::service
