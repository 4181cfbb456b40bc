// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_read.h"

#include "base/text.h"

#include <utility>

namespace headgate::simulation {

namespace {

constexpr std::size_t blockRows = 5;

} // namespace

SimulatedRead::SimulatedRead(std::vector<shape::ShapedRecord> records, std::optional<Death> death,
                             std::function<void()> ended)
    : m_records(std::move(records)), m_death(death), m_ended(std::move(ended))
{}

Result<shape::RecordStep> SimulatedRead::read(std::vector<shape::ShapedRecord>& into)
{
    for (std::size_t i = 0; i < blockRows && m_position < m_records.size(); ++i) {
        if (m_death && m_position >= m_death->row)
            break;
        const shape::ShapedRecord& record = m_records[m_position++];
        if (!shape::isTaken(m_sieve.get(), record))
            into.push_back(record);
    }
    if (m_death && (m_position >= m_death->row || m_position == m_records.size()))
        return fail(m_death->cancelled ? ErrorKind::Cancelled : ErrorKind::Source, "source.cut",
                    Text::tr("The warehouse broke off."));
    if (m_position < m_records.size())
        return shape::RecordStep::More;
    m_ended();
    return shape::RecordStep::Done;
}

} // namespace headgate::simulation
