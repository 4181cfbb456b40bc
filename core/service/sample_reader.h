// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/key_rows.h"
#include "service/record_sample.h"

namespace headgate::service {

/// Reads a RecordSample: one connection and one snapshot per source. A model of few rows is read
/// whole. Of a greater one the first records are taken and then all rows of their keys, wherever
/// they stand, so that every record is whole; related models are read for those rows only.
/// Belongs to one thread, except cancel().
class SampleReader
{
public:
    struct Options
    {
        const project::Project& project; ///< may hold edits that are not saved; outlives it
        const project::SyncDefinition& sync;
        std::string target;
        std::string projectDirectory;
        std::uint64_t records = 1000; ///< of a model that is not read whole
        std::uint64_t firstRows = 20'000;
        std::uint64_t firstBytes = 32 << 20;
        KeyRows::Limits keyRows = {}; ///< of the main model, and of each related one
    };

    SampleReader(Options options, secrets::SecretStore& secrets, StopToken stop);

    /// Once. Error: Config "sample.record_key", "sample.column"; those of sources; Cancelled.
    [[nodiscard]] Result<std::shared_ptr<const RecordSample>> read();
    /// Thread-safe; a running query ends soon with Cancelled.
    void cancel() { m_reads.cancel(); }

private:
    [[nodiscard]] Result<void> readMain(const ModelRead& read);
    /// The first records of the rows that were read, with all their rows.
    [[nodiscard]] Result<void> completeRecords(const ModelRead& read);
    [[nodiscard]] Result<void> readRelated(const ModelRead& read, std::size_t index);
    [[nodiscard]] Result<std::vector<SampleKey>> joinKeys(std::size_t index) const;
    /// Keeps the first records, if there are more.
    [[nodiscard]] Result<void> shorten();
    /// Leaves out records one of whose main rows has one of the keys.
    void leaveOut(const std::vector<std::size_t>& columns, const std::set<std::string>& keys);
    void keepRows(const std::vector<bool>& kept);

    Options m_options;
    ModelReads m_reads;
    StopToken m_stop;
    std::shared_ptr<RecordSample> m_sample;
};

} // namespace headgate::service
