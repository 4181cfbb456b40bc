// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan/gates.h"
#include "project/project.h"
#include "secrets/secret_store.h"
#include "shape/record_builder.h"
#include "warehouse/source.h"

#include <QTimeZone>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
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

/// Opens the source of a definition at a target.
[[nodiscard]] Result<std::unique_ptr<warehouse::Source>>
openSource(const project::SourceDefinition& source, const std::string& target,
           const std::string& projectDirectory, secrets::SecretStore& secrets,
           const StopToken& stop);

/// The statement of a model, without a semicolon at its end: its query, or a select over its table.
[[nodiscard]] std::string statementOf(const project::ModelDefinition& model,
                                      const warehouse::Source& source);

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
    [[nodiscard]] const std::vector<QString>& notes() const { return m_notes; }
    /// Rows per related model, once all are read.
    [[nodiscard]] std::map<std::string, std::uint64_t> relatedRows() const;
    /// Thread-safe; a running query ends soon with Cancelled.
    void cancel();

private:
    struct ModelRead
    {
        const project::ModelDefinition* model = nullptr;
        warehouse::Source* source = nullptr;
        std::string sql;
        std::map<std::string, data::Value> parameters;
        data::Schema schema; ///< of the source
        std::optional<QTimeZone> zone;
        [[nodiscard]] data::Schema shapedSchema() const;
        /// The whole result, in the shaped schema.
        [[nodiscard]] Result<std::unique_ptr<data::RowStream>> open() const;
    };
    [[nodiscard]] Result<warehouse::Source*> sourceOf(const project::ModelDefinition& model);
    [[nodiscard]] Result<ModelRead> prepare(const std::string& slug);
    [[nodiscard]] Result<shape::OpenRows> openMain(ModelRead main,
                                                   const shape::ShapeModels& models) const;
    [[nodiscard]] Result<void> limitToNews(ModelRead& main, const shape::ShapeModels& models) const;
    [[nodiscard]] Result<shape::RecordOptions>
    recordOptions(const shape::ShapeModels& models) const;

    SyncReaderOptions m_options;
    secrets::SecretStore& m_secrets;
    StopToken m_stop;
    mutable std::mutex m_mutex;
    std::map<std::string, std::unique_ptr<warehouse::Source>> m_sources;
    std::vector<std::string> m_relatedNames;
    shape::RecordBuilder* m_builder = nullptr;
    std::vector<QString> m_notes;
};

} // namespace headgate::service
