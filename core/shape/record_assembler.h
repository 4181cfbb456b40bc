// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "shape/record_options.h"
#include "shape/shaper.h"
#include "shape/source_rows.h"

#include <set>

namespace headgate::shape {

/// Makes one record of its rows: checks the rules of keys and rows, then shapes. The record that a
/// function is given is a new one.
class RecordAssembler
{
public:
    /// Error: Config "record.options": a column or leaf that is not there, or contradictions.
    [[nodiscard]] static Result<std::unique_ptr<RecordAssembler>>
    create(const RecordOptions& options);

    /// Canonical bytes of the row's record key, valid until the next call; empty if it has a NULL
    /// or Invalid value.
    [[nodiscard]] std::optional<std::string_view> keyOf(const data::RowBlock& block,
                                                        std::size_t row);
    /// The record of a row without a usable key.
    void withoutKey(const ModelRows& own, ShapedRecord& record);
    /// The record of a key whose rows were not kept.
    void overLimit(std::string_view key, const ModelRows& own, std::uint64_t rows,
                   std::uint64_t bytes, ShapedRecord& record);
    void setSieve(std::shared_ptr<RecordSieve> sieve) { m_sieve = std::move(sieve); }
    /// `own` has a row at least. `provenance` as for Shaper::shape(). False if the sieve, where one
    /// was set, took the record.
    bool assemble(std::string_view key, const ModelRows& own, std::span<const ModelRows> related,
                  ShapedRecord& record, Provenance* provenance = nullptr);

    [[nodiscard]] const std::vector<std::size_t>& rowKeyColumns() const { return m_rowKey; }
    [[nodiscard]] bool rowKeyHoldsRecordKey() const;
    /// Records (fastHash of their keys) with a row key that another record has too: Invalid.
    void setSharingRecords(std::set<Hash128> records) { m_sharing = std::move(records); }

    [[nodiscard]] bool exceedsLimit(std::uint64_t rows, std::uint64_t bytes) const;

private:
    explicit RecordAssembler(const RecordOptions& options);
    [[nodiscard]] Result<void> resolve();
    [[nodiscard]] Result<std::size_t> resolveColumn(const std::string& name) const;

    void setKeyText(const ModelRows& own, ShapedRecord& into);
    void checkRows(const ModelRows& own, ShapedRecord& into);
    void checkRowKeys(const ModelRows& own, ShapedRecord& into);
    void applyFilter(const ModelRows& own, ShapedRecord& into);
    void setMatch(const ModelRows& own, ShapedRecord& into);
    void setNewest(const ModelRows& own, std::span<const ModelRows> related, ShapedRecord& into);
    void problem(ShapedRecord& into, std::string code, const QString& message, std::size_t column,
                 std::uint64_t row) const;

    RecordOptions m_options;
    Shaper m_shaper;
    SourceRows m_sourceRows;
    std::shared_ptr<RecordSieve> m_sieve; ///< may be null
    std::vector<std::size_t> m_recordKey;
    std::vector<std::size_t> m_rowKey;
    std::optional<std::size_t> m_match;
    std::optional<std::size_t> m_eventTime;
    std::optional<std::size_t> m_cursor;
    std::vector<std::optional<std::size_t>> m_relatedEventTimes;
    ConditionProgram m_filter;
    std::set<Hash128> m_sharing;
    bool m_rowPerRecord = false;
    std::string m_key;
    std::vector<data::ValueView> m_cells;
    std::vector<std::pair<std::string, std::uint32_t>> m_rowKeys;
};

} // namespace headgate::shape
