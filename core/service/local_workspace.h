// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/http_client.h"
#include "project/project_folder.h"
#include "service/delivery_terms.h"
#include "service/folder_register.h"
#include "service/workspace.h"
#include "state/state_paths.h"

namespace headgate::service {

/// The Workspace of a project folder on this machine.
class LocalWorkspace final : public Workspace
{
public:
    LocalWorkspace(std::string directory, project::ProjectFolder folder,
                   project::LoadedProject loaded, std::string target,
                   connector::SpecLibrary connectors, state::StatePaths paths,
                   std::string stateProjectId, Surroundings surroundings);

    [[nodiscard]] const project::Project& project() const override { return m_project; }
    [[nodiscard]] const std::string& target() const override { return m_target; }
    [[nodiscard]] std::string stateDirectory() const override;
    [[nodiscard]] const connector::SpecLibrary& connectors() const override { return m_connectors; }
    [[nodiscard]] bool isTrusted() const override;
    [[nodiscard]] Result<void> trust() override;
    [[nodiscard]] Issues validate() const override;
    [[nodiscard]] Result<void> save(const project::Project& project) override;
    [[nodiscard]] Result<std::vector<std::string>> changedFiles() override;
    [[nodiscard]] Result<void> reload() override;
    [[nodiscard]] Result<void> keepDrafts(const project::Project& project) override;
    [[nodiscard]] Result<std::optional<Drafts>> drafts() override;
    [[nodiscard]] Result<warehouse::SourceReport> testSource(const std::string& slug,
                                                             const StopToken& stop) override;
    [[nodiscard]] Result<std::vector<warehouse::TableInfo>>
    tables(const std::string& slug, const std::string& schema, const StopToken& stop) override;
    [[nodiscard]] Result<Rows> previewModel(const std::string& slug, std::uint64_t rows,
                                            const StopToken& stop) override;
    [[nodiscard]] Result<data::Schema> columns(const project::SourceDefinition& source,
                                               const warehouse::TableInfo& table,
                                               const StopToken& stop) override;
    [[nodiscard]] Result<std::vector<std::string>>
    primaryKey(const project::SourceDefinition& source, const warehouse::TableInfo& table,
               const StopToken& stop) override;
    [[nodiscard]] Result<Rows> previewQuery(const project::SourceDefinition& source,
                                            const project::ModelDefinition& draft,
                                            std::uint64_t rows, const StopToken& stop) override;
    [[nodiscard]] Result<RowKeyCheck> checkRowKey(const project::SourceDefinition& source,
                                                  const project::ModelDefinition& draft,
                                                  const StopToken& stop) override;
    [[nodiscard]] Result<std::vector<RecordPreview>>
    previewRecords(const std::string& slug, std::uint64_t records, const StopToken& stop) override;
    [[nodiscard]] Result<std::shared_ptr<const RecordSample>>
    sampleRecords(const project::Project& edited, const std::string& slug, std::uint64_t records,
                  const StopToken& stop) override;
    [[nodiscard]] Result<RequestPreview>
    previewRequests(const project::Project& edited, const std::string& slug,
                    const std::shared_ptr<const RecordSample>& sample, std::size_t record) override;
    [[nodiscard]] Result<RequestPreview> previewRequests(const std::string& slug,
                                                         const plan::PlanSample& planned) override;
    [[nodiscard]] Result<LastSent> lastSent(const project::Project& edited, const std::string& slug,
                                            const std::shared_ptr<const RecordSample>& sample,
                                            std::size_t record) override;
    [[nodiscard]] Result<EditCost> costOfEdit(const project::Project& edited,
                                              const std::string& slug,
                                              const std::shared_ptr<const RecordSample>& sample,
                                              const StopToken& stop) override;
    [[nodiscard]] Result<connector::AccountCheck> checkDestination(const std::string& slug,
                                                                   const StopToken& stop) override;
    [[nodiscard]] Result<warehouse::SourceReport>
    testSource(const project::SourceDefinition& source, const StopToken& stop) override;
    [[nodiscard]] Result<std::vector<warehouse::TableInfo>>
    tables(const project::SourceDefinition& source, const StopToken& stop) override;
    [[nodiscard]] Result<TableDetails> tableDetails(const project::SourceDefinition& source,
                                                    const warehouse::TableInfo& table,
                                                    std::uint64_t rows,
                                                    const StopToken& stop) override;
    [[nodiscard]] Result<connector::AccountCheck>
    checkDestination(const project::DestinationDefinition& destination,
                     const StopToken& stop) override;
    [[nodiscard]] Result<std::vector<connector::ObjectInfo>>
    objects(const project::DestinationDefinition& destination, const StopToken& stop) override;
    [[nodiscard]] Result<ObjectDetails>
    objectDetails(const project::DestinationDefinition& destination, const std::string& object,
                  const StopToken& stop) override;
    [[nodiscard]] Result<void> keepSecret(const std::string& reference,
                                          const secrets::Secret& secret) override;
    [[nodiscard]] Result<void> checkKeychain() override { return m_surroundings.secrets.probe(); }
    [[nodiscard]] Result<bool> isSecretKept(const std::string& reference) override;
    [[nodiscard]] Result<std::unique_ptr<PreparedRun>> prepare(const RunRequest& request) override;
    [[nodiscard]] Result<std::vector<SyncStatus>> status() override;
    [[nodiscard]] Result<std::vector<state::RunRow>> runs(const std::string& slug,
                                                          std::uint32_t limit) override;
    [[nodiscard]] Result<std::vector<state::HistoryRow>> records(const std::string& run,
                                                                 const std::string& outcome,
                                                                 const std::string& key,
                                                                 std::uint32_t limit) override;
    [[nodiscard]] Result<std::vector<state::RunRow>> findRuns(state::RunFilter filter) override;
    [[nodiscard]] Result<RecordPage> findRecords(const RecordQuery& query) override;
    [[nodiscard]] Result<RecordTrace> recordTrace(const std::string& run,
                                                  const std::string& place) override;
    [[nodiscard]] Result<std::uint64_t> exportRecords(const RecordQuery& query, RecordFormat format,
                                                      const std::string& file,
                                                      const StopToken& stop) override;
    [[nodiscard]] Result<SyncTroubles> troubles(const std::string& sync) override;
    [[nodiscard]] Result<std::vector<LiveRun>> liveRuns() override;
    [[nodiscard]] Result<void> cancelRun(const std::string& run) override;
    [[nodiscard]] Result<void> discardPlan(const std::string& sync,
                                           const std::string& plan) override;
    [[nodiscard]] Result<std::vector<state::KnownRecord>> outstanding(const std::string& sync,
                                                                      std::uint32_t limit) override;
    [[nodiscard]] Result<std::uint64_t> resolve(const std::string& sync, const std::string& key,
                                                Resolution resolution) override;
    [[nodiscard]] Result<std::uint64_t> resolveRecords(const std::string& sync,
                                                       const std::vector<Hash128>& records,
                                                       Resolution resolution) override;
    [[nodiscard]] Result<std::uint64_t> purge(const std::string& key) override;
    [[nodiscard]] Result<std::vector<state::StateInfo>> states() override;
    [[nodiscard]] Result<void> resetState(const std::string& sync) override;
    [[nodiscard]] Result<std::vector<QString>> verifyState() override;
    [[nodiscard]] Result<std::string> setStateAside() override;
    [[nodiscard]] Result<void> exportState(const std::string& file) override;
    [[nodiscard]] Result<void> importState(const std::string& file) override;

private:
    [[nodiscard]] Result<std::unique_ptr<state::StateStore>> openStore() const;
    /// Error: Locked "state.lease.held".
    [[nodiscard]] Result<void> requireNoRun() const;
    [[nodiscard]] Result<void> requireTrust() const;
    [[nodiscard]] Result<std::unique_ptr<warehouse::Source>>
    opened(const project::SourceDefinition& source, const StopToken& stop) const;
    [[nodiscard]] Result<std::unique_ptr<connector::Destination>>
    opened(const project::DestinationDefinition& destination) const;
    [[nodiscard]] Result<const project::SyncDefinition*> findSync(const std::string& slug) const;
    [[nodiscard]] Result<void> requireValid(const project::SyncDefinition& sync) const;
    [[nodiscard]] Result<std::string> accountOf(const project::DestinationDefinition& definition,
                                                const connector::Destination& reached,
                                                const std::string& url) const;
    [[nodiscard]] Result<state::StateInfo> stateFor(state::StateStore& store,
                                                    const project::SyncDefinition& sync,
                                                    const std::string& account,
                                                    const RunRequest& request, bool& first) const;
    /// States of a sync, newest account first; the first is the one in use.
    [[nodiscard]] Result<state::StateInfo> currentState(state::StateStore& store,
                                                        const std::string& slug) const;
    /// How a sync of `edited` would deliver. Error: Usage "sync.unknown", Config "destination.*".
    [[nodiscard]] Result<ShownDelivery> deliveryOf(const project::Project& edited,
                                                   const std::string& slug) const;
    /// The state that a run of the sync would use; without one that run would ask.
    [[nodiscard]] Result<std::optional<state::StateInfo>>
    knownState(state::StateStore& store, const project::Project& edited,
               const ShownDelivery& delivery) const;
    [[nodiscard]] Result<std::set<Hash128>> keysOf(const state::StateStore& store,
                                                   const RecordQuery& query) const;
    /// Those of `records` that the resolution fits, as it leaves them; under the sync's lease.
    [[nodiscard]] Result<std::uint64_t> applyResolution(state::StateStore& store,
                                                        const std::string& sync,
                                                        const std::vector<Hash128>& records,
                                                        Resolution resolution) const;
    [[nodiscard]] Result<std::vector<Hash128>> hashesOf(const state::StateStore& store,
                                                        const std::string& key) const;
    [[nodiscard]] std::string lastAccountFile() const;
    [[nodiscard]] std::string lastAccount(const std::string& destinationId) const;
    [[nodiscard]] Result<void> rememberAccount(const std::string& destinationId,
                                               const std::string& account) const;
    [[nodiscard]] Result<std::unique_ptr<http::HttpClient>> newHttp() const;
    [[nodiscard]] Result<std::unique_ptr<http::Http>> newHttpThreads() const;

    [[nodiscard]] std::string draftsFile() const;
    void take(project::LoadedProject loaded);

    project::ProjectFolder m_folder;
    std::string m_directory;
    std::string m_target;
    project::Project m_project;
    Issues m_issues; ///< of reading the folder
    connector::SpecLibrary m_connectors;
    state::StatePaths m_paths;
    std::string m_stateProjectId;
    Surroundings m_surroundings;
};

} // namespace headgate::service
