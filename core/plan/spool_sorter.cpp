// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/spool_sorter.h"

#include "plan/sort_entries.h"
#include "state/spool_frame.h"

namespace headgate::plan {

namespace {

constexpr std::size_t pieceBytes = std::size_t(8) << 20;
/// Larger ones are few, and would be copied about.
constexpr std::size_t largestSortedFrame = std::size_t(1) << 18;
constexpr std::size_t fewFrames = 4096;

} // namespace

SpoolSorter::SpoolSorter(state::SpoolWriter& spool, bool sorts, Placed placed)
    : m_spool(spool), m_sorts(sorts), m_placed(std::move(placed))
{}

Result<void> SpoolSorter::add(const state::SpoolRecord& frame, const KeyEntry& entry)
{
    if (!m_sorts || frame.payload.size() + frame.rows.size() > largestSortedFrame) {
        const auto offset = m_spool.append(frame);
        if (!offset)
            return Failure(offset.error());
        KeyEntry placed = entry;
        placed.offset = *offset;
        return m_placed(placed);
    }
    if (m_bytes.capacity() < pieceBytes)
        m_bytes.reserve(pieceBytes + 2 * largestSortedFrame);
    m_frames.push_back({m_bytes.size(), entry});
    state::appendFrame(m_bytes, frame, frame.category);
    return m_bytes.size() < pieceBytes ? Result<void>() : writePiece();
}

Result<void> SpoolSorter::finish()
{
    m_sorts = m_sorts && (m_pieces > 0 || m_frames.size() > fewFrames);
    HEADGATE_TRY(writePiece());
    m_bytes = {};
    m_frames = {};
    return m_spool.sync();
}

bool SpoolSorter::isReadableByKey() const
{
    return m_sorts && m_pieces <= state::SpoolReader::mostPlaces;
}

Result<void> SpoolSorter::writePiece()
{
    const std::string_view bytes = m_bytes;
    if (m_sorts)
        sortEntries(m_frames);
    for (const Frame& frame : m_frames) {
        const auto size = state::frameSize(bytes.substr(frame.begin));
        const auto offset = m_spool.appendEncoded(bytes.substr(frame.begin, size));
        if (!offset)
            return Failure(offset.error());
        KeyEntry placed = frame.entry;
        placed.offset = *offset;
        HEADGATE_TRY(m_placed(placed));
    }
    m_pieces += m_frames.empty() ? 0U : 1U;
    m_frames.clear();
    m_bytes.clear();
    return {};
}

} // namespace headgate::plan
