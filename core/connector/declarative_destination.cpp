// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/declarative_destination.h"

#include "base/redaction.h"
#include "base/text.h"
#include "connector/declarative_exchange.h"
#include "connector/discovery.h"
#include "connector/header_lines.h"
#include "connector/normalisation.h"
#include "connector/spec_capabilities.h"
#include "connector/token_renewal.h"

#include <algorithm>
#include <set>

namespace headgate::connector {

Result<std::unique_ptr<Destination>>
DeclarativeDestination::open(SharedSpec spec, DestinationConfig config, const Clock& clock)
{
    for (const auto& [key, secret] : config.secrets) {
        Redaction::registerSecret(secret.reveal());
        const FormField* field = spec->findField(key);
        const bool isHeaders = field && field->kind == FieldKind::Headers;
        const auto lines = isHeaders ? parseHeaderLines(secret.reveal()) : std::nullopt;
        for (const http::Header& header : lines.value_or(std::vector<http::Header>()))
            Redaction::registerSecret(header.value);
    }
    auto account = AccountValues::open(*spec, config);
    if (!account)
        return propagate(std::move(account));
    std::unique_ptr<DeclarativeDestination> opened(
        new DeclarativeDestination(std::move(spec), std::move(config), std::move(*account), clock));
    auto credentials = Credentials::open(*opened->m_spec, opened->m_account, clock);
    if (!credentials)
        return propagate(std::move(credentials));
    opened->m_credentials = std::make_unique<Credentials>(std::move(*credentials));
    auto requests = RequestBuilder::open(*opened->m_spec, opened->m_account, *opened->m_credentials,
                                         opened->m_config);
    if (!requests)
        return propagate(std::move(requests));
    opened->m_requests = std::make_unique<RequestBuilder>(std::move(*requests));
    return opened;
}

DeclarativeDestination::DeclarativeDestination(SharedSpec spec, DestinationConfig config,
                                               AccountValues account, const Clock& clock)
    : m_spec(std::move(spec)), m_config(std::move(config)), m_account(std::move(account)),
      m_clock(clock), m_knownAccount(m_config.account)
{}

std::string DeclarativeDestination::accountIdentity() const
{
    std::string identity = m_spec->id;
    if (!m_knownAccount.empty())
        return identity + '#' + m_knownAccount;
    if (!m_config.baseUrl.empty())
        identity += '@' + m_config.baseUrl;
    for (const FormField& field : m_spec->account)
        if (field.identity && !field.secret)
            identity += ';' + field.key + '=' + std::string(m_account.text(field.key));
    return identity;
}

std::unique_ptr<Inquiry<AccountCheck>> DeclarativeDestination::check()
{
    return std::make_unique<CheckInquiry>(*this);
}

std::unique_ptr<Inquiry<std::vector<ObjectInfo>>> DeclarativeDestination::objects()
{
    return std::make_unique<ObjectsInquiry>(*this);
}

std::unique_ptr<Inquiry<std::vector<FieldInfo>>>
DeclarativeDestination::fields(const std::string& object)
{
    return std::make_unique<FieldsInquiry>(*this, object);
}

BatchLimits DeclarativeDestination::limitsOf(const OperationSpec& operation) const
{
    return connector::limitsOf(operation, m_account);
}

Result<Capabilities> DeclarativeDestination::capabilities(const std::string& object) const
{
    return capabilitiesOf(*m_spec, object, m_account);
}

std::string DeclarativeDestination::normalisedMatch(const std::string& object,
                                                    const std::string& matchField,
                                                    data::ValueView match) const
{
    const ObjectSpec* found = m_spec->findObject(object);
    return normalised(found ? found->findMatchField(matchField) : nullptr, match.text);
}

const BodyTemplate* DeclarativeDestination::templateFor(const DeliveryBatch& batch,
                                                        std::string_view requestValues) const
{
    if (m_template && m_templateKey.isOf(batch, requestValues))
        return &*m_template;
    m_template.reset();
    m_templateKey = {batch.operation, batch.object, batch.matchField, std::string(requestValues)};
    const ObjectSpec* object = m_spec->findObject(batch.object);
    const OperationSpec* operation =
        object ? object->find(batch.operation, batch.matchField) : nullptr;
    const auto options = object ? RequestValues::read(*object, requestValues)
                                : Result<RequestValues>(RequestValues());
    if (!operation || !options)
        return nullptr;
    SlotContext context;
    context.account = &m_account;
    context.options = &*options;
    context.object = batch.object;
    context.operation = batch.operation;
    context.matchField = batch.matchField;
    context.idempotencyKey = batch.idempotencyKey;
    if (auto made = BodyTemplate::make(operation->request.body, object->encoding, context))
        m_template = std::move(*made);
    return m_template ? &*m_template : nullptr;
}

std::size_t DeclarativeDestination::envelopeSize(const DeliveryBatch& batch) const
{
    const BodyTemplate* body = templateFor(batch, batch.requestValues);
    return body ? body->fixedSize() : 0;
}

std::size_t DeclarativeDestination::encodedSize(const DeliveryBatch& batch,
                                                const OutgoingRecord& record) const
{
    const BodyTemplate* body = templateFor(
        batch, batch.requestValues.empty() ? record.requestValues : batch.requestValues);
    if (!body)
        return 0;
    if (const auto size = body->sizeOf(record.payload))
        return *size;
    SlotContext context;
    context.account = &m_account;
    context.object = batch.object;
    context.operation = batch.operation;
    context.matchField = batch.matchField;
    context.idempotencyKey = batch.idempotencyKey;
    context.record = &record;
    m_scratch.clear();
    return body->append(m_scratch, context) ? m_scratch.size() : 0;
}

std::unique_ptr<Exchange> DeclarativeDestination::beginRun(const std::string&, const std::string&,
                                                           Operation)
{
    BatchResult nothing;
    nothing.verdict = Verdict::PerRecord;
    return std::make_unique<SettledExchange>(std::move(nothing));
}

std::unique_ptr<Exchange> DeclarativeDestination::commitRun(const std::string&)
{
    BatchResult nothing;
    nothing.verdict = Verdict::PerRecord;
    return std::make_unique<SettledExchange>(std::move(nothing));
}

std::unique_ptr<Exchange> DeclarativeDestination::submit(const DeliveryBatch& batch)
{
    return std::make_unique<DeclarativeExchange>(*this, batch);
}

std::unique_ptr<Exchange> DeclarativeDestination::settle(const std::string& receipt,
                                                         const DeliveryBatch& batch)
{
    return std::make_unique<DeclarativeExchange>(*this, batch, receipt);
}

std::unique_ptr<Inquiry<CredentialRenewal>> DeclarativeDestination::renewCredential()
{
    return std::make_unique<TokenRenewal>(*this);
}

void DeclarativeDestination::replaceSecret(const std::string& key, const secrets::Secret& secret)
{
    Redaction::registerSecret(secret.reveal());
    m_account.replace(key, secret);
    m_template.reset();
}

} // namespace headgate::connector
