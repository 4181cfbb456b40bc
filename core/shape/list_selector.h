// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/record_context.h"

#include <string>
#include <vector>

namespace headgate::shape {

/// The elements of one list or map, in order. Memory is kept from record to record.
struct ListSelection
{
    struct Element
    {
        std::uint32_t begin = 0; ///< of rows
        std::uint32_t end = 0;
    };

    std::vector<std::uint32_t> rows;
    std::vector<Element> elements;
    std::vector<std::string> keys; ///< of maps and dictionaries by key, one per element
    std::vector<std::uint32_t> sorted;
    std::vector<char> dropped;
    std::vector<data::ValueView> sortCells; ///< of groups: a row of cells per element

    [[nodiscard]] std::span<const std::uint32_t> rowsOf(const Element& element) const
    {
        return std::span(rows).subspan(element.begin, element.end - element.begin);
    }
};

/// Applies a list's options to rows: where, groups, order, distinct, limit, keys.
class ListSelector
{
public:
    explicit ListSelector(RecordContext& context) : m_context(context) {}

    /// False, with a problem noted, if a condition, a group's sort column or a key is not decided.
    [[nodiscard]] bool select(std::size_t op, std::span<const std::uint32_t> rows,
                              ListSelection& into);

private:
    using Element = ListSelection::Element;

    bool collect(std::span<const std::uint32_t> rows);
    [[nodiscard]] bool hasItem(std::uint32_t row) const;
    void sortRows();
    void makeGroups();
    bool sortGroups();
    [[nodiscard]] bool isSameGroup(std::uint32_t a, std::uint32_t b) const;
    [[nodiscard]] int compareGroups(std::uint32_t a, std::uint32_t b, bool turned) const;
    void dropDuplicates();
    void dropBeyondLimit();
    bool readKeys();
    bool readKey(const Element& element, std::string& into);
    bool dropRepeatedKeys();
    bool settleKey(std::size_t begin, std::size_t end);
    [[nodiscard]] bool isSameItem(std::uint32_t a, std::uint32_t b) const;
    void drop(std::uint32_t element, DropReason reason);
    void noteDrops(const Element& element, DropReason reason);
    void removeDropped();
    [[nodiscard]] int compareTurned(std::uint32_t a, std::uint32_t b) const;
    [[nodiscard]] std::uint32_t firstRow(std::uint32_t element) const;
    [[nodiscard]] std::uint64_t numberOf(std::uint32_t row) const;

    RecordContext& m_context;
    std::size_t m_op = 0;
    const ShapeProgram::List* m_list = nullptr;
    ListSelection* m_into = nullptr;
    ValueProgram::Scratch m_scratch;
    std::vector<data::ValueView> m_cells;
};

} // namespace headgate::shape
