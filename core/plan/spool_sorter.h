// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan/key_entry.h"
#include "state/spool.h"

#include <functional>
#include <string>
#include <vector>

namespace headgate::plan {

/// Writes frames to the spool in pieces that are each in key-hash order, as many frames as memory
/// holds in one piece, so that batches cut in key-hash order are read from a few places of the
/// spool, one after another, and settle neighbouring rows of the state. Few frames are left in the
/// order in which they came.
class SpoolSorter
{
public:
    /// Told of each frame once its place is known; `entry` as given, with its offset.
    using Placed = std::function<Result<void>(const KeyEntry& entry)>;

    /// `sorts`: false keeps all frames in the order in which they come.
    SpoolSorter(state::SpoolWriter& spool, bool sorts, Placed placed);

    [[nodiscard]] Result<void> add(const state::SpoolRecord& frame, const KeyEntry& entry);
    /// Of how many frames `placed` was not told yet.
    [[nodiscard]] std::size_t unplaced() const { return m_frames.size(); }
    /// Durable afterwards.
    [[nodiscard]] Result<void> finish();
    /// Whether frames may be read in key-hash order: they lie in so few pieces that each has a
    /// place of its own in the reader's memory. After finish().
    [[nodiscard]] bool isReadableByKey() const;

private:
    struct Frame
    {
        std::size_t begin;
        KeyEntry entry;
        [[nodiscard]] std::uint64_t sortPrefix() const { return entry.sortPrefix(); }
        bool operator<(const Frame& other) const
        {
            return entry.keyHash != other.entry.keyHash ? entry.keyHash < other.entry.keyHash
                                                        : begin < other.begin;
        }
    };
    [[nodiscard]] Result<void> writePiece();

    state::SpoolWriter& m_spool;
    bool m_sorts;
    Placed m_placed;
    std::string m_bytes;
    std::vector<Frame> m_frames;
    std::size_t m_pieces = 0;
};

} // namespace headgate::plan
