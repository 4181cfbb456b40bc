// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/request_previewer.h"

#include "base/redaction.h"
#include "base/text.h"
#include "http/shown_request.h"
#include "project/mode_operations.h"
#include "service/account_opener.h"

#include <algorithm>

namespace headgate::service {

namespace {

constexpr const char* foundStandIn = "ID-THAT-THE-SEARCH-FOUND";

http::Answer wholeAnswer(int status, const data::JsonNode& body)
{
    http::Answer answer;
    answer.transport = http::Transport::Complete;
    answer.status = status;
    answer.body = body.dump();
    answer.bytesTaken = 1;
    return answer;
}

/// A tree with nothing but `value` at the pointer.
data::JsonNode treeWith(const std::string& pointer, const data::JsonNode& value)
{
    if (pointer.empty())
        return value;
    data::JsonNode tree;
    tree[data::JsonNode::json_pointer(pointer)] = value;
    return tree;
}

/// Signatures are made of the secret, for each attempt anew.
bool isSignature(const http::Header& header)
{
    return http::sameHeaderName(header.name, "webhook-signature");
}

http::Request withoutSignatures(http::Request request)
{
    for (http::Header& header : request.headers)
        header.secret = header.secret || isSignature(header);
    return request;
}

} // namespace

RequestPreview RequestPreviewer::preview(const ShapedSample& record)
{
    m_preview = {};
    m_preview.payloadBytes = record.payload.size();
    m_preview.mostBytes = m_delivery.capabilities.recordBytes;
    if (!record.problems.empty()) {
        m_preview.notes.push_back(Text::tr("This record is invalid, so it is not sent: %1")
                                      .arg(record.problems.front().message));
        return m_preview;
    }
    if (record.filtered) {
        m_preview.notes.push_back(Text::tr("The filter leaves this record out: it is not sent."));
        return m_preview;
    }
    const connector::Operation write = project::writeOperation(m_delivery.sync->mode);
    connector::OutgoingRecord outgoing;
    const std::string match = m_delivery.destination->normalisedMatch(
        m_delivery.sync->object, m_delivery.sync->matching.field, {record.matchKind, record.match});
    outgoing.key = record.keyText;
    outgoing.match = {record.matchKind, match};
    outgoing.payload = record.payload;
    outgoing.requestValues = m_delivery.requestValues;
    fill(write, outgoing);
    return std::move(m_preview);
}

RequestPreview RequestPreviewer::preview(const plan::PlanSample& planned)
{
    m_preview = {};
    m_preview.payloadBytes = planned.payload.size();
    m_preview.mostBytes = m_delivery.capabilities.recordBytes;
    const auto operation = connector::operationFromName(planned.operation);
    if (!operation) {
        m_preview.notes.push_back(Text::tr("Nothing is sent for this record."));
        return m_preview;
    }
    connector::OutgoingRecord outgoing;
    outgoing.key = planned.keyText;
    outgoing.match = {planned.matchKind, planned.match};
    outgoing.previousMatch = planned.previousMatch.view();
    outgoing.payload = planned.payload;
    outgoing.requestValues = planned.requestValues;
    fill(*operation, outgoing);
    return std::move(m_preview);
}

void RequestPreviewer::fill(connector::Operation operation, const connector::OutgoingRecord& record)
{
    if (m_delivery.spec->implementation != connector::Implementation::Declarative) {
        m_preview.notes.push_back(
            Text::tr("%1 is not reached over HTTP: there is no request. What it takes is the "
                     "payload.")
                .arg(m_delivery.spec->name));
        return;
    }
    if (m_preview.mostBytes > 0 && m_preview.payloadBytes > m_preview.mostBytes)
        m_preview.notes.push_back(
            Text::tr("The payload has %1 bytes and the destination takes %2: a run counts this "
                     "record as invalid.")
                .arg(qulonglong(m_preview.payloadBytes))
                .arg(qulonglong(m_preview.mostBytes)));
    connector::DeliveryBatch batch = m_delivery.emptyBatch(operation);
    batch.requestValues = record.requestValues;
    batch.records.push_back(record);
    askWithToken(batch);
    const std::uint32_t records = m_delivery.capabilities.limitsOf(batch.operation).records;
    if (records > 1 && !m_preview.requests.empty())
        m_preview.notes.push_back(
            Text::tr("Up to %1 records share one such request.").arg(records));
}

void RequestPreviewer::askWithToken(const connector::DeliveryBatch& batch)
{
    const auto token = m_delivery.destination->renewCredential();
    connector::Inquiry<connector::CredentialRenewal>::Step step;
    if (token)
        step = token->next(nullptr);
    if (step.request) {
        const http::Answer answer =
            wholeAnswer(200, {{"access_token", std::string(secretStandIn)}, {"expires_in", 3600}});
        if (const auto done = token->next(&answer); done.result && *done.result)
            m_preview.notes.push_back(
                Text::tr("Where there is no valid access token, one is asked for first, at %1.")
                    .arg(toQString(Redaction::redact(step.request->url))));
    }
    ask(batch);
}

void RequestPreviewer::ask(const connector::DeliveryBatch& batch)
{
    const connector::ExchangeStep step = m_delivery.destination->submit(batch)->next(nullptr);
    if (step.result)
        return noteResult(*step.result, {});
    if (!step.request)
        return;
    const connector::OperationSpec* operation = m_delivery.specOf(batch.operation);
    if (!operation || !operation->lookup)
        return add(*step.request, {});
    add(*step.request, Text::tr("First, to find the record"));
    const data::JsonNode item = treeWith(operation->lookup->id, foundStandIn);
    askAfterSearch(
        batch, wholeAnswer(200, treeWith(operation->lookup->items, data::JsonNode::array({item}))),
        Text::tr("Then, where there is such a record"));
    askAfterSearch(batch, wholeAnswer(404, nullptr),
                   Text::tr("Then, where there is no such record"));
}

void RequestPreviewer::askAfterSearch(const connector::DeliveryBatch& batch,
                                      const http::Answer& answer, const QString& when)
{
    const auto exchange = m_delivery.destination->submit(batch);
    static_cast<void>(exchange->next(nullptr));
    const connector::ExchangeStep step = exchange->next(&answer);
    if (step.request)
        add(*step.request, when);
    else if (step.result)
        noteResult(*step.result, when);
}

void RequestPreviewer::noteResult(const connector::BatchResult& result, const QString& when)
{
    std::string words = result.message;
    if (!result.outcomes.empty())
        words = result.outcomes.front().message;
    if (words.empty())
        return;
    m_preview.notes.push_back(when.isEmpty() ? toQString(words)
                                             : Text::tr("%1: %2").arg(when, toQString(words)));
}

void RequestPreviewer::add(const http::Request& sent, const QString& when)
{
    const http::Request request = withoutSignatures(sent);
    ShownRequest shown;
    shown.when = when;
    shown.method = request.method;
    shown.url = Redaction::redact(request.shownUrl.empty() ? request.url : request.shownUrl);
    for (const http::Header& header : request.headers)
        shown.headers.emplace_back(Redaction::redact(header.name),
                                   header.secret ? std::string(http::secretMask)
                                                 : Redaction::redact(header.value));
    if (request.body)
        shown.body =
            request.secretBody ? std::string(http::secretMask) : Redaction::redact(*request.body);
    shown.text = http::masked(request);
    shown.curl = http::asCurlCommand(request);
    m_preview.requests.push_back(std::move(shown));
}

} // namespace headgate::service
