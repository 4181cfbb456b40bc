// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "plan/external_sorter.h"

namespace headgate::plan {

/// Finds the records whose match value another record leaves by a rename of the same plan, and
/// those that leave it to another: requests of one plan have no order among each other, and a
/// rename that comes after its old value was taken would move the record that took it. Flat memory.
class RenameConflicts
{
public:
    explicit RenameConflicts(const std::string& scratchDirectory)
        : m_uses(scratchDirectory), m_found(scratchDirectory, std::size_t(1) << 20)
    {}

    /// The record will have this match value.
    [[nodiscard]] Result<void> takes(const Hash128& matchHash, const Hash128& keyHash)
    {
        return m_uses.add({matchHash, keyHash, false});
    }
    /// The record is to be renamed, and has this match value until then.
    [[nodiscard]] Result<void> leaves(const Hash128& matchHash, const Hash128& keyHash)
    {
        return m_uses.add({matchHash, keyHash, true});
    }
    [[nodiscard]] Result<void> finish();
    /// To be asked in ascending order of keys, after finish().
    [[nodiscard]] Result<bool> concern(const Hash128& keyHash);

private:
    struct Use
    {
        Hash128 matchHash;
        Hash128 keyHash;
        bool leaves;
        bool operator<(const Use& other) const
        {
            return matchHash != other.matchHash ? matchHash < other.matchHash
                                                : leaves < other.leaves;
        }
    };
    struct Found
    {
        Hash128 keyHash;
        bool operator<(const Found& other) const { return keyHash < other.keyHash; }
    };

    [[nodiscard]] Result<void> advance();

    ExternalSorter<Use> m_uses;
    ExternalSorter<Found> m_found;
    std::optional<Found> m_next;
};

} // namespace headgate::plan
