// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/partition_grouper.h"
#include "shape/related_join.h"
#include "shape/row_key_check.h"

namespace headgate::shape {

/// Reads the rows of a sync's models and yields its records. Where each row is a record these
/// stream through; else rows go to partitions on disk by the hash of their canonical record key
/// and each partition is grouped in memory, however the warehouse sorted them. The order of records
/// is the same for the same rows. A call of read() does a bounded piece of work and may yield none.
///
/// Errors: those of the row streams; Source "record.schema.changed"; State "spool.disk",
/// "spool.damaged". After an error the stream is at its end, and the read was not complete.
class RecordBuilder final : public RecordStream
{
public:
    /// `rows` opens the main model and then each related model of ShapeModels::related, and each
    /// once, one after the other.
    [[nodiscard]] static Result<std::unique_ptr<RecordBuilder>> create(const RecordOptions& options,
                                                                       std::vector<OpenRows> rows);
    ~RecordBuilder() override;

    [[nodiscard]] Result<RecordStep> read(std::vector<ShapedRecord>& into) override;
    /// Of the main model.
    [[nodiscard]] std::uint64_t rowsRead() const override { return m_rowsRead.front(); }
    void setSieve(std::shared_ptr<RecordSieve> sieve) override
    {
        m_assembler->setSieve(std::move(sieve));
    }
    void recycle(std::vector<ShapedRecord>&& used) override;
    /// Of ShapeModels::related[index].
    [[nodiscard]] std::uint64_t relatedRowsRead(std::size_t index) const;
    /// Those of them that join no main row, NULL join keys included; complete when all records are.
    [[nodiscard]] std::uint64_t relatedRowsUnmatched(std::size_t index) const;

private:
    enum class Phase
    {
        Rows,    ///< reading m_model
        Join,    ///< m_joins[m_model - 1]
        Records, ///< m_grouper
        Done,
        Failed
    };
    RecordBuilder(const RecordOptions& options, std::vector<OpenRows> rows,
                  std::unique_ptr<RecordAssembler> assembler);

    [[nodiscard]] Result<void> step(std::vector<ShapedRecord>& into);
    [[nodiscard]] Result<void> readRows(std::vector<ShapedRecord>& into);
    [[nodiscard]] Result<void> openModel();
    [[nodiscard]] Result<void> finishModel();
    [[nodiscard]] Result<void> startRecords();
    [[nodiscard]] Result<void> checkRowKey(std::string_view recordKey, std::uint32_t row);
    [[nodiscard]] Result<void> takeMainRow(std::uint32_t row, std::vector<ShapedRecord>& into);
    [[nodiscard]] Result<void> takeRelatedRow(std::uint32_t row);
    void beginBlock(std::vector<ShapedRecord>& into);
    [[nodiscard]] ShapedRecord& appended(std::vector<ShapedRecord>& into);
    void endBlock(std::vector<ShapedRecord>& into);
    void yieldRow(std::string_view key, std::uint32_t row, std::vector<ShapedRecord>& into);
    [[nodiscard]] Result<void> spill(std::string_view key, std::string_view body);
    [[nodiscard]] Result<void> stepJoin();
    [[nodiscard]] Result<void> stepRecords(std::vector<ShapedRecord>& into);

    RecordOptions m_options;
    std::vector<OpenRows> m_open;
    std::unique_ptr<RecordAssembler> m_assembler;
    bool m_streams = false; ///< each row is a record
    Phase m_phase = Phase::Rows;
    std::size_t m_model = 0;
    std::unique_ptr<data::RowStream> m_rows;
    data::RowBlock m_block;
    std::vector<std::uint64_t> m_rowsRead;
    std::vector<std::uint64_t> m_unmatched;
    std::vector<std::unique_ptr<RelatedJoin>> m_joins; ///< null where the record key joins
    std::shared_ptr<PartitionedFile> m_file;
    std::string m_entry;
    std::string m_body;
    std::string m_joinKey;
    std::unique_ptr<RowKeyCheck> m_rowKeys; ///< null: not needed
    PartitionGrouper m_grouper;
    std::vector<ShapedRecord> m_spare; ///< recycled
    /// Of the block at hand, whose further records are old ones that wait for their turn.
    std::size_t m_filled = 0;
};

} // namespace headgate::shape
