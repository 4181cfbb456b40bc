// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan/gates.h"
#include "service/model_reads.h"
#include "shape/record_builder.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headgate::service {

struct SyncReaderOptions
{
    const project::Project& project;
    const project::SyncDefinition& sync;
    std::string target;
    std::string projectDirectory;
    std::string scratchDirectory;
    bool keepRows = true;
    std::string since; ///< the cursor's text to read from; empty: everything
    /// With a cursor: keys, as data::keyText() wrote them, that are read besides the news.
    std::vector<std::string> heldKeys;
};

/// Reads the records of a sync: one connection and one snapshot per source, all models of a source
/// through it one after the other. Belongs to one thread, except cancel().
class SyncReader
{
public:
    SyncReader(SyncReaderOptions options, secrets::SecretStore& secrets, StopToken stop);
    ~SyncReader();

    /// Connects, compiles the shape against the columns found, and opens the read. Once.
    [[nodiscard]] Result<std::unique_ptr<shape::RecordStream>> open();
    /// After open(): what the report of a run says about the sources.
    [[nodiscard]] const std::vector<QString>& notes() const { return m_reads.notes(); }
    /// Rows per related model, once all are read.
    [[nodiscard]] std::map<std::string, std::uint64_t> relatedRows() const;
    /// Thread-safe; a running query ends soon with Cancelled.
    void cancel() { m_reads.cancel(); }

private:
    [[nodiscard]] Result<shape::OpenRows> openMain(ModelRead main,
                                                   const shape::ShapeModels& models) const;
    [[nodiscard]] Result<void> limitToNews(ModelRead& main, const shape::ShapeModels& models) const;
    [[nodiscard]] Result<shape::RecordOptions>
    recordOptions(const shape::ShapeModels& models) const;

    SyncReaderOptions m_options;
    ModelReads m_reads;
    std::vector<std::string> m_relatedNames;
    shape::RecordBuilder* m_builder = nullptr;
};

} // namespace headgate::service
