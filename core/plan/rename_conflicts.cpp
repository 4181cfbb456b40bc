// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/rename_conflicts.h"

namespace headgate::plan {

Result<void> RenameConflicts::finish()
{
    HEADGATE_TRY(m_uses.finish());
    std::optional<Use> taker;
    while (true) {
        const auto use = m_uses.next();
        if (!use)
            return Failure(use.error());
        if (!*use)
            break;
        if (!(*use)->leaves) {
            taker = **use;
        } else if (taker && taker->matchHash == (*use)->matchHash) {
            HEADGATE_TRY(m_found.add({taker->keyHash}));
            HEADGATE_TRY(m_found.add({(*use)->keyHash}));
        }
    }
    HEADGATE_TRY(m_found.finish());
    return advance();
}

Result<void> RenameConflicts::advance()
{
    auto next = m_found.next();
    if (!next)
        return propagate(std::move(next));
    m_next = *next;
    return {};
}

Result<bool> RenameConflicts::concern(const Hash128& keyHash)
{
    while (m_next && m_next->keyHash < keyHash)
        HEADGATE_TRY(advance());
    return m_next && m_next->keyHash == keyHash;
}

} // namespace headgate::plan
