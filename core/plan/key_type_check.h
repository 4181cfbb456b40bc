// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/record_stream.h"
#include "state/state_store.h"

namespace headgate::plan {

/// Whether the first records of a read are known under keys of another type: after a column of the
/// record key was retyped every record would pass for a new one. Looks until one is known, and at
/// no more than the first hundred.
class KeyTypeCheck
{
public:
    /// `store` outlives it.
    KeyTypeCheck(state::StateStore& store, const state::StateInfo& state)
        : m_store(store), m_state(state.id), m_over(state.delivered == 0)
    {}

    /// Error: Source "source.key.retyped".
    [[nodiscard]] Result<void> check(const shape::ShapedRecord& record);

private:
    [[nodiscard]] Result<bool> isKnown(const std::string& canonicalKey);

    state::StateStore& m_store;
    state::StateId m_state;
    bool m_over;
    std::size_t m_seen = 0;
};

/// The canonical keys that this one would have had if one of its values were of another type.
[[nodiscard]] std::vector<std::string> retypedKeys(std::string_view canonicalKey);

} // namespace headgate::plan
