// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/settler.h"

namespace headgate::run {

Result<void> DirectSettler::start(SettlementGroup group)
{
    const SteadyTime begin = m_clock.steady();
    HEADGATE_TRY(m_store.settle(group.state, group.lease, group.settlements));
    m_lastTook = m_clock.steady() - begin;
    return {};
}

} // namespace headgate::run
