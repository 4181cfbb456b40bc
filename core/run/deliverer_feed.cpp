// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/deliverer.h"

#include <algorithm>

namespace headgate::run {

namespace {

constexpr std::uint64_t pageRecords = 65'536;
constexpr std::uint32_t smallestPage = 64;
constexpr std::uint32_t largestPage = 256;

} // namespace

Result<void> Deliverer::open()
{
    auto spool = state::SpoolReader::open(m_options.plan.spoolPath);
    if (!spool)
        return propagate(std::move(spool));
    m_spool = std::move(*spool);
    m_feedLast = m_options.plan.lastBatch;
    m_nextNumber = m_feedLast + 1;
    return {};
}

/// Writes first; removals only when no write is open any more (semantics 5). Where a request could
/// be started, no batch waits until the next ones are read; but for those that are marked together.
Result<void> Deliverer::feed()
{
    m_feedsOn = false;
    const std::size_t window = std::max<std::size_t>(m_options.capabilities.rate.inFlight, 1);
    while (!m_fedAll && m_ready.size() + m_asking.size() + m_flying.size() < 2 * window) {
        if (m_page.empty())
            HEADGATE_TRY(readPage());
        else if (m_page.size() <= m_pageSize / 2 && m_pagesGoOn && m_settler.isIdle())
            HEADGATE_TRY(readRows());
        if (m_page.empty())
            return {};
        auto flight = loadFlight(std::move(m_page.front()), *m_spool, m_options.target);
        m_page.pop_front();
        if (!flight)
            return propagate(std::move(flight));
        if ((*flight)->removes() != m_fedWrites)
            continue;
        (*flight)->marked = (*flight)->row.status == state::BatchState::Started;
        (*flight)->wasInDoubt = (*flight)->row.status == state::BatchState::InDoubt;
        (*flight)->mayBeApplied = (*flight)->marked || (*flight)->wasInDoubt;
        HEADGATE_TRY(feedOne(std::move(*flight)));
        m_feedsOn = !m_ready.empty() && !needsMark(*m_ready.back()) && hasRoom();
        if (m_feedsOn)
            return {};
    }
    return {};
}

/// The old match value of a re-keyed record goes only after the new one was accepted: otherwise a
/// refused or unanswered write would leave nothing of the record.
Result<void> Deliverer::feedOne(FlightPtr flight)
{
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < flight->items.size(); ++i) {
        if (!flight->items[i].removesOldMatch) {
            kept.push_back(i);
            continue;
        }
        const state::SpoolView& record = flight->records[i];
        HEADGATE_TRY(settled());
        const auto known = m_store.record(m_options.plan.state, record.keyHash);
        if (!known)
            return Failure(known.error());
        if (*known && (*known)->delivered && (*known)->fingerprint == record.fingerprint)
            kept.push_back(i);
    }
    if (flight->mayBeApplied || kept.size() == flight->items.size()) {
        m_ready.push_back(std::move(flight));
        return {};
    }
    if (!kept.empty())
        return split(*flight, settlementOf(*flight), {kept});
    queue(settlementOf(*flight));
    return {};
}

/// A part of what is open, as soon as nobody else uses the store.
Result<void> Deliverer::readRows()
{
    HEADGATE_TRY(settled());
    auto rows = m_store.openBatches(m_options.plan.id, m_feedFrom, m_pageSize);
    if (!rows)
        return propagate(std::move(rows));
    std::uint64_t records = 0;
    for (state::BatchRow& row : *rows) {
        records += row.count;
        m_feedFrom = row.number + 1;
        if (row.number <= m_feedLast)
            m_page.push_back(std::move(row));
    }
    m_pagesGoOn = !rows->empty();
    if (rows->empty())
        return {};
    const std::uint64_t fitting = pageRecords * rows->size() / std::max<std::uint64_t>(records, 1);
    m_pageSize =
        static_cast<std::uint32_t>(std::clamp<std::uint64_t>(fitting, smallestPage, largestPage));
    return {};
}

Result<void> Deliverer::readPage()
{
    do
        HEADGATE_TRY(readRows());
    while (m_page.empty() && m_pagesGoOn);
    if (!m_page.empty())
        return {};
    if (!m_fedWrites) {
        if (!m_ready.empty() || !m_asking.empty() || !m_flying.empty())
            return {};
        HEADGATE_TRY(flush());
        HEADGATE_TRY(settled());
        m_fedWrites = true;
        m_feedFrom = 0;
        return readPage();
    }
    m_fedAll = true;
    return {};
}

} // namespace headgate::run
