// SPDX-License-Identifier: GPL-3.0-or-later
#include "run/refusal_watch.h"

namespace headgate::run {

void RefusalWatch::onOutcome(const connector::RecordOutcome& outcome)
{
    using connector::Fate;
    if (m_answered >= firstMany || outcome.fate == Fate::Retry || outcome.fate == Fate::InDoubt)
        return;
    ++m_answered;
    if (outcome.fate == Fate::Rejected) {
        m_oneCode = m_oneCode && (m_refused == 0 || m_code == outcome.code);
        if (m_refused++ == 0)
            m_code = outcome.code;
    }
    const bool allOfTheFirst = m_answered == firstFew && m_refused == firstFew && m_oneCode;
    const bool mostOfMany = m_answered == firstMany && m_refused * 2 > firstMany;
    if (allOfTheFirst || mostOfMany)
        m_verdict = m_code;
}

} // namespace headgate::run
