// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/record_context.h"

#include <string>
#include <vector>

namespace headgate::shape {

/// Finds the rows of related models that join the main rows of a scope. Where the join key is the
/// record key these are all the record holds; else an index is built once a record, when asked.
class RelatedRows
{
public:
    struct Matches
    {
        std::span<const std::uint32_t> rows;
        bool missing = false; ///< some main row joins none
        bool several = false; ///< some main row joins more than one
    };

    explicit RelatedRows(RecordContext& context);
    void begin();
    /// Valid until the next call for the same model with other main rows.
    [[nodiscard]] Matches of(std::size_t model, const RowScope& scope);

private:
    struct Entry
    {
        std::string key;
        std::uint32_t row = 0;
    };
    struct Index
    {
        bool built = false;
        std::size_t size = 0; ///< used entries; the rest keeps its memory
        std::vector<Entry> entries;
        std::uint64_t serial = 0; ///< RowScope::mainSerial that found was made for; 0: none
        std::vector<std::uint32_t> found;
        bool missing = false;
        bool several = false;
    };

    void build(std::size_t model, Index& index);
    void find(std::size_t model, const RowScope& scope, Index& index);
    void findOne(std::size_t model, std::uint32_t mainRow, Index& index);

    RecordContext& m_context;
    std::vector<Index> m_indexes;
    std::string m_key;
};

} // namespace headgate::shape
