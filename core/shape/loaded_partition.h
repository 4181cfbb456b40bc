// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "shape/model_rows.h"
#include "shape/row_frame.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::shape {

/// Rows of several models in memory, grouped by key. Memory is kept from partition to partition.
class LoadedPartition
{
public:
    /// Column counts of the main model and the related models.
    explicit LoadedPartition(std::vector<std::size_t> columnCounts);

    void clear();
    /// False if the frame is not one of ours.
    [[nodiscard]] bool add(const RowFrame& frame);
    /// After the last add().
    void group();

    /// Moves to the next key; false after the last.
    [[nodiscard]] bool nextGroup();
    [[nodiscard]] std::string_view groupKey() const;
    [[nodiscard]] std::uint64_t groupBytes() const { return m_groupBytes; }
    [[nodiscard]] std::uint64_t groupRows() const { return m_groupEnd - m_groupBegin; }
    /// Valid until nextGroup() or clear().
    [[nodiscard]] ModelRows rows(std::size_t model) const;

    /// What a row of this many cells and bytes takes here, growth of the buffers included.
    [[nodiscard]] static std::uint64_t memoryOf(std::uint64_t rows, std::uint64_t cells,
                                                std::uint64_t bytes);

private:
    struct Entry
    {
        Hash128 hash;
        std::uint64_t keyOffset = 0;
        std::uint32_t keySize = 0;
        std::uint32_t model = 0;
        std::uint32_t row = 0;
        std::uint32_t bytes = 0;
    };
    struct Model
    {
        std::size_t columns = 0;
        data::RowBlock block;
        std::vector<std::uint64_t> numbers;
        std::vector<std::uint32_t> groupRows;
    };

    [[nodiscard]] std::string_view keyOf(const Entry& entry) const
    {
        return std::string_view(m_keys).substr(entry.keyOffset, entry.keySize);
    }

    std::string m_keys;
    std::vector<Entry> m_entries;
    std::vector<Model> m_models;
    std::size_t m_groupBegin = 0;
    std::size_t m_groupEnd = 0;
    std::uint64_t m_groupBytes = 0;
};

} // namespace headgate::shape
