// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/account_values.h"
#include "connector/row_encoder.h"
#include "connector/run_file.h"

#include <memory>
#include <optional>
#include <string>

namespace headgate::connector {

/// Files of JSON lines or CSV in a folder. An object is a name that files are called after.
///   Append:  a file for each run, written in place and complete after every batch.
///   Replace: one file that holds the whole set; written beside it and put in its place by
///            commitRun(), so that readers see the old set or the new one.
/// A record is accepted when the disk has it. An interrupted run goes on where it was, and a batch
/// that comes again is not written again (RunFile). One run at a time.
class FilesDestination final : public Destination
{
public:
    /// Errors: as openDestination(); Config "file.name" for a name pattern that cannot be.
    [[nodiscard]] static Result<std::unique_ptr<Destination>> open(SharedSpec spec,
                                                                   const DestinationConfig& config);

    [[nodiscard]] std::string accountIdentity() const override;
    [[nodiscard]] std::unique_ptr<Inquiry<AccountCheck>> check() override;
    /// Names that files of the folder are called after.
    [[nodiscard]] std::unique_ptr<Inquiry<std::vector<ObjectInfo>>> objects() override;
    [[nodiscard]] std::unique_ptr<Inquiry<std::vector<FieldInfo>>>
    fields(const std::string& object) override;
    [[nodiscard]] Result<Capabilities> capabilities(const std::string& object) const override;
    [[nodiscard]] std::string normalisedMatch(const std::string& object,
                                              const std::string& matchField,
                                              data::ValueView match) const override;
    /// For JSON lines exact; for CSV the size of the payload's texts, which is about a row's.
    [[nodiscard]] std::size_t encodedSize(const DeliveryBatch& batchWithoutRecords,
                                          const OutgoingRecord& record) const override;
    [[nodiscard]] std::size_t envelopeSize(const DeliveryBatch& batchWithoutRecords) const override;
    [[nodiscard]] std::unique_ptr<Exchange>
    beginRun(const std::string& runId, const std::string& object, Operation operation) override;
    [[nodiscard]] std::unique_ptr<Exchange> submit(const DeliveryBatch& batch) override;
    [[nodiscard]] std::unique_ptr<Exchange> settle(const std::string& receipt,
                                                   const DeliveryBatch& batch) override;
    [[nodiscard]] std::unique_ptr<Exchange> commitRun(const std::string& runId) override;
    [[nodiscard]] std::unique_ptr<Inquiry<CredentialRenewal>> renewCredential() override;

private:
    struct Run
    {
        std::string id;
        std::unique_ptr<RunFile> file;
        std::unique_ptr<RowEncoder> encoder; ///< null before the first batch
        bool headerWritten = false;          ///< or there is no more need for one
    };

    FilesDestination(SharedSpec spec, AccountValues account);

    [[nodiscard]] std::string path(const std::string& fileName) const;
    [[nodiscard]] Result<RunFilePaths> pathsOf(const std::string& runId, const std::string& object,
                                               Operation operation) const;
    [[nodiscard]] std::unique_ptr<RowEncoder> makeEncoder(const std::string& requestValues) const;
    [[nodiscard]] Result<AccountCheck> tryFolder() const;
    [[nodiscard]] Result<std::vector<ObjectInfo>> listObjects() const;
    void tidy(const RunFilePaths& own) const;
    [[nodiscard]] BatchResult begin(const std::string& runId, const std::string& object,
                                    Operation operation);
    [[nodiscard]] Result<void> prepareEncoder(const DeliveryBatch& batch);
    [[nodiscard]] BatchResult write(const DeliveryBatch& batch);
    [[nodiscard]] BatchResult commit(const std::string& runId);

    SharedSpec m_spec;
    AccountValues m_account;
    std::optional<Run> m_run;
};

} // namespace headgate::connector
