// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/batch_cutter.h"

namespace headgate::plan {

BatchCutter::BatchCutter(std::string scratchDirectory, const connector::Capabilities& limits,
                         std::size_t envelopeBytes, state::PlanId plan, Random& random)
    : m_entries(std::move(scratchDirectory)), m_limits(limits), m_envelopeBytes(envelopeBytes),
      m_plan(std::move(plan)), m_random(random)
{}

bool BatchCutter::fits(const SendEntry& entry) const
{
    const connector::BatchLimits limits = m_limits.limitsOf(entry.operation);
    return m_items.empty() ||
           (entry.operation == m_first.operation && entry.removal == m_first.removal &&
            m_items.size() < limits.records && m_bytes + entry.size <= limits.bytes);
}

Result<std::vector<state::BatchRow>> BatchCutter::cut(std::size_t most, std::uint64_t records)
{
    std::vector<state::BatchRow> rows;
    std::uint64_t taken = 0;
    while (rows.size() < most && (rows.empty() || taken < records)) {
        auto next = m_entries.next();
        if (!next)
            return propagate(std::move(next));
        if (!*next) {
            if (!m_items.empty())
                rows.push_back(close());
            break;
        }
        const SendEntry& entry = **next;
        if (!fits(entry))
            rows.push_back(close());
        if (m_items.empty()) {
            m_first = entry;
            m_bytes = m_envelopeBytes;
        }
        ++taken;
        m_items.push_back(entry.item);
        m_bytes += entry.size;
    }
    return rows;
}

state::BatchRow BatchCutter::close()
{
    state::BatchRow row;
    row.plan = m_plan;
    row.number = ++m_number;
    row.operation = connector::name(m_first.operation);
    row.idempotencyKey = makeUuid(m_random);
    row.count = static_cast<std::uint32_t>(m_items.size());
    row.items = packItems(m_items);
    m_totalBytes += m_bytes;
    m_items.clear();
    return row;
}

} // namespace headgate::plan
