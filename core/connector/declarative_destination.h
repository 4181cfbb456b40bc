// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/body_template.h"
#include "connector/request_builder.h"

#include <memory>
#include <optional>
#include <string>

namespace headgate::connector {

/// A destination that is nothing but its spec.
class DeclarativeDestination final : public Destination
{
public:
    /// `clock` outlives it. Errors: as openDestination().
    [[nodiscard]] static Result<std::unique_ptr<Destination>>
    open(SharedSpec spec, DestinationConfig config, const Clock& clock);

    [[nodiscard]] std::string accountIdentity() const override;
    [[nodiscard]] std::unique_ptr<Inquiry<AccountCheck>> check() override;
    [[nodiscard]] std::unique_ptr<Inquiry<std::vector<ObjectInfo>>> objects() override;
    [[nodiscard]] std::unique_ptr<Inquiry<std::vector<FieldInfo>>>
    fields(const std::string& object) override;
    [[nodiscard]] Result<Capabilities> capabilities(const std::string& object) const override;
    [[nodiscard]] std::string normalisedMatch(const std::string& object,
                                              const std::string& matchField,
                                              data::ValueView match) const override;
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

    // What its exchanges and inquiries work with.
    [[nodiscard]] const ConnectorSpec& spec() const { return *m_spec; }
    [[nodiscard]] const AccountValues& account() const { return m_account; }
    [[nodiscard]] const RequestBuilder& requests() const { return *m_requests; }
    [[nodiscard]] Credentials& credentials() { return *m_credentials; }
    [[nodiscard]] const Clock& clock() const { return m_clock; }
    [[nodiscard]] BatchLimits limitsOf(const OperationSpec& operation) const;
    void rememberAccount(std::string account) { m_knownAccount = std::move(account); }
    void replaceSecret(const std::string& key, const secrets::Secret& secret);

private:
    DeclarativeDestination(SharedSpec spec, DestinationConfig config, AccountValues account,
                           const Clock& clock);

    /// What the template of a batch's bodies depends on, apart from the account.
    struct TemplateKey
    {
        Operation operation = Operation::Upsert;
        std::string object;
        std::string matchField;
        std::string requestValues;
        [[nodiscard]] bool isOf(const DeliveryBatch& batch, std::string_view values) const
        {
            return operation == batch.operation && object == batch.object &&
                   matchField == batch.matchField && requestValues == values;
        }
    };
    [[nodiscard]] const BodyTemplate* templateFor(const DeliveryBatch& batch,
                                                  std::string_view requestValues) const;

    SharedSpec m_spec;
    DestinationConfig m_config;
    AccountValues m_account;
    const Clock& m_clock;
    std::unique_ptr<Credentials> m_credentials;
    std::unique_ptr<RequestBuilder> m_requests;
    std::string m_knownAccount;
    mutable TemplateKey m_templateKey;
    mutable std::optional<BodyTemplate> m_template; ///< of the last sizes that were asked for
    mutable std::string m_scratch;                  ///< memory for the last size
};

} // namespace headgate::connector
