// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "secrets/secret_store.h"
#include "shape/shape_models.h"
#include "warehouse/source.h"

#include <QTimeZone>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace headgate::service {

/// Opens the source of a definition at a target.
[[nodiscard]] Result<std::unique_ptr<warehouse::Source>>
openSource(const project::SourceDefinition& source, const std::string& target,
           const std::string& projectDirectory, secrets::SecretStore& secrets,
           const StopToken& stop);

/// The statement of a model, without a semicolon at its end: its query, or a select over its table.
[[nodiscard]] std::string statementOf(const project::ModelDefinition& model,
                                      const warehouse::Source& source);

/// A model ready to be read: the source lives in ModelReads, the definition in the project.
struct ModelRead
{
    const project::ModelDefinition* model = nullptr;
    warehouse::Source* source = nullptr;
    std::string sql;
    std::map<std::string, data::Value> parameters;
    data::Schema schema; ///< of the source
    std::optional<QTimeZone> zone;

    /// As shapes see it: timestamps of a model that names their zone are instants.
    [[nodiscard]] data::Schema shapedSchema() const;
    /// In the shaped schema. rowLimit 0: the whole result.
    [[nodiscard]] Result<std::unique_ptr<data::RowStream>> open(std::uint64_t rowLimit = 0) const;
    /// The rows that have one of the keys in these columns, whose values are of the shaped schema.
    /// As the warehouse compares them: rows of other keys may come along.
    [[nodiscard]] ModelRead ofKeys(const std::vector<std::size_t>& columns,
                                   std::vector<std::vector<data::Value>> keys) const;
};

/// The models of a sync through one connection and one snapshot per source. Belongs to one thread,
/// except cancel().
class ModelReads
{
public:
    struct Sync
    {
        shape::ShapeModels models;
        std::vector<ModelRead> reads; ///< the main model, then as models.related
    };

    /// `project` outlives it.
    ModelReads(const project::Project& project, std::string target, std::string projectDirectory,
               secrets::SecretStore& secrets, StopToken stop);

    /// Connects where it has not yet, and asks for the columns.
    [[nodiscard]] Result<ModelRead> prepare(const std::string& slug);
    [[nodiscard]] Result<Sync> prepareSync(const project::SyncDefinition& sync);
    /// What the report of a run says about the sources.
    [[nodiscard]] const std::vector<QString>& notes() const { return m_notes; }
    /// Thread-safe; a running query ends soon with Cancelled.
    void cancel();

private:
    [[nodiscard]] Result<warehouse::Source*> sourceOf(const project::ModelDefinition& model);

    const project::Project& m_project;
    std::string m_target;
    std::string m_projectDirectory;
    secrets::SecretStore& m_secrets;
    StopToken m_stop;
    std::mutex m_mutex;
    std::map<std::string, std::unique_ptr<warehouse::Source>> m_sources;
    std::vector<QString> m_notes;
};

} // namespace headgate::service
