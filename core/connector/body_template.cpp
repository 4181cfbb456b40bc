// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/body_template.h"

#include "base/text.h"
#include "connector/payload_encoder.h"
#include "connector/percent_encoding.h"
#include "connector/raw_json.h"
#include "data/csv.h"
#include "data/json_text.h"

#include <algorithm>

namespace headgate::connector {

namespace {

std::string_view memberValue(std::string_view payload, std::string_view name)
{
    RawWalk walk(payload);
    RawMember member;
    while (walk.next(member)) {
        const auto memberName = rawString(member.name);
        if (memberName && *memberName == name)
            return member.value;
    }
    return {};
}

} // namespace

Result<BodyTemplate> BodyTemplate::make(const BodySpec& spec, const PayloadEncoding& encoding,
                                        const SlotContext& batch)
{
    BodyTemplate made;
    made.m_spec = &spec;
    made.m_encoding = encoding;
    made.m_matchField = std::string(batch.matchField);
    HEADGATE_TRY(made.prepare(batch));
    return made;
}

Result<void> BodyTemplate::prepare(const SlotContext& batch)
{
    switch (m_spec->kind) {
    case BodyKind::None:
        return {};
    case BodyKind::Json:
        HEADGATE_TRY(prepareEntry(batch));
        return m_spec->list ? prepareList(batch) : Result<void>();
    case BodyKind::Form:
        HEADGATE_TRY(prepareEntry(batch));
        return prepareForm(batch);
    case BodyKind::Ndjson:
        return prepareEntry(batch);
    case BodyKind::Csv:
        for (const std::string& column : m_spec->columns) {
            m_head += m_head.empty() ? "" : ",";
            data::appendCsvCell(m_head, column);
        }
        m_head += "\r\n";
        return {};
    }
    return {};
}

Result<void> BodyTemplate::prepareEntry(const SlotContext& batch)
{
    const EntrySpec& entry = m_spec->entry;
    const std::string base = batch.resolveText(entry.payloadAt).value_or(std::string());
    Envelope beside(batch, base);
    Envelope around(batch);
    for (const EnvelopeValue& value : entry.values) {
        const auto at = batch.resolveText(value.at);
        const bool within = entry.payload && at && isWithinPlace(*at, base);
        HEADGATE_TRY(within ? beside.add(value) : around.add(value));
    }
    if (entry.payload)
        HEADGATE_TRY(around.add(entry.payloadAt, Piece::Kind::Payload));
    m_entry = around.pieces();
    m_beside = beside.members();
    return {};
}

Result<void> BodyTemplate::prepareList(const SlotContext& batch)
{
    Envelope envelope(batch);
    for (const EnvelopeValue& value : m_spec->values)
        HEADGATE_TRY(envelope.add(value));
    HEADGATE_TRY(envelope.add(*m_spec->list, Piece::Kind::List));
    std::string* into = &m_head;
    for (const Piece& piece : envelope.pieces()) {
        if (piece.kind == Piece::Kind::List)
            into = &m_tail;
        else
            *into += piece.bytes;
    }
    m_head += '[';
    m_tail.insert(0, 1, ']');
    m_separator = ",";
    return {};
}

Result<void> BodyTemplate::prepareForm(const SlotContext& batch)
{
    if (!m_spec->list)
        return {};
    for (const EnvelopeValue& value : m_spec->values) {
        const auto field = batch.resolveText(value.at);
        const auto resolved =
            value.constant
                ? SlotValue{{data::ValueKind::Text, plainText(value.constant->dump())}, false}
                : batch.resolve(value.slot);
        if (field && field->size() > 1 && resolved)
            m_head +=
                percentEncoded(field->substr(1)) + '=' + percentEncoded(resolved->value.text) + '&';
    }
    m_head += percentEncoded(m_spec->formField) + '=' + percentEncoded("[");
    m_tail = percentEncoded("]");
    m_separator = percentEncoded(",");
    return {};
}

Result<void> BodyTemplate::append(std::string& body, const SlotContext& record) const
{
    const std::size_t before = body.size();
    Result<void> done;
    std::string entry;
    switch (m_spec->kind) {
    case BodyKind::None:
        return {};
    case BodyKind::Json:
        done = appendPieces(body, m_entry, record);
        break;
    case BodyKind::Ndjson:
        done = appendPieces(body, m_entry, record);
        body += '\n';
        break;
    case BodyKind::Form:
        done = m_spec->list ? appendPieces(entry, m_entry, record) : appendFormFields(body, record);
        body += percentEncoded(entry);
        break;
    case BodyKind::Csv:
        done = appendCsvRow(body, record);
        break;
    }
    if (done)
        body += m_separator;
    else
        body.resize(before);
    return done;
}

void BodyTemplate::finish(std::string& body) const
{
    if (body.size() > m_head.size())
        body.resize(body.size() - m_separator.size());
    body += m_tail;
}

std::optional<std::size_t> BodyTemplate::sizeOf(std::string_view payload) const
{
    if (m_spec->kind != BodyKind::Json || !m_beside.empty() || !m_encoding.isVerbatim())
        return std::nullopt;
    std::size_t size = m_separator.size();
    for (const Piece& piece : m_entry) {
        if (piece.kind == Piece::Kind::Slot)
            return std::nullopt;
        size += piece.kind == Piece::Kind::Literal ? piece.bytes.size() : payload.size();
    }
    return size;
}

std::size_t BodyTemplate::fixedSize() const
{
    return m_head.size() + m_tail.size() - m_separator.size();
}

std::string_view BodyTemplate::contentType() const
{
    if (!m_spec->contentType.empty())
        return m_spec->contentType;
    switch (m_spec->kind) {
    case BodyKind::None:
        return {};
    case BodyKind::Json:
        return "application/json";
    case BodyKind::Form:
        return "application/x-www-form-urlencoded";
    case BodyKind::Ndjson:
        return "application/x-ndjson";
    case BodyKind::Csv:
        return "text/csv; charset=utf-8";
    }
    return {};
}

Result<void> BodyTemplate::appendPayload(std::string& out, const SlotContext& record) const
{
    const std::string_view payload = record.record->payload;
    if (!m_beside.empty())
        return appendMerged(out, record);
    if (m_encoding.isVerbatim()) {
        out += payload;
        return {};
    }
    out += '{';
    appendEncodedMembers(out, payload, m_encoding);
    out += '}';
    return {};
}

Result<void> BodyTemplate::appendPieces(std::string& out, const Pieces& pieces,
                                        const SlotContext& record) const
{
    for (const Piece& piece : pieces) {
        if (piece.kind == Piece::Kind::Literal) {
            out += piece.bytes;
        } else if (piece.kind == Piece::Kind::Slot) {
            const auto value = record.resolve(piece.slot);
            HEADGATE_TRY(appendSlotValue(out, value.value_or(SlotValue()), piece.form));
        } else if (record.record) {
            HEADGATE_TRY(appendPayload(out, record));
        }
    }
    return {};
}

Result<void> BodyTemplate::appendMerged(std::string& out, const SlotContext& record) const
{
    const std::string_view payload = record.record->payload;
    std::string ours;
    char separator = '{';
    for (const auto& [name, pieces] : m_beside) {
        ours.clear();
        HEADGATE_TRY(appendPieces(ours, pieces, record));
        const std::string_view theirs = memberValue(payload, name);
        if (!theirs.empty() && theirs != ours)
            return fail(ErrorKind::Destination, "connector.record.reserved",
                        Text::tr("The payload has its own value for '%1', which the destination "
                                 "takes from the record's match value or the sync's options. "
                                 "Remove the field from the shape.")
                            .arg(toQString(name)));
        if (!theirs.empty())
            continue;
        out += separator;
        separator = ',';
        data::appendJsonString(out, name);
        out += ':';
        out += ours;
    }
    out += separator;
    const std::size_t before = out.size();
    appendEncodedMembers(out, payload, m_encoding);
    if (out.size() == before && separator == ',')
        out.pop_back();
    out += '}';
    return {};
}

Result<void> BodyTemplate::appendFormFields(std::string& out, const SlotContext& record) const
{
    auto add = [&out, first = true](std::string_view name, std::string_view text) mutable {
        out += first ? "" : "&";
        out += percentEncoded(name) + '=' + percentEncoded(text);
        first = false;
    };
    for (const EnvelopeValue& value : m_spec->values) {
        const auto field = record.resolveText(value.at);
        const auto resolved = value.constant ? std::nullopt : record.resolve(value.slot);
        if (!field || field->size() < 2)
            continue;
        if (value.constant)
            add(field->substr(1), plainText(value.constant->dump()));
        else if (resolved)
            add(field->substr(1), resolved->value.text);
    }
    std::string entry;
    HEADGATE_TRY(appendPieces(entry, m_entry, record));
    if (!m_spec->formField.empty()) {
        add(m_spec->formField, entry);
        return {};
    }
    RawWalk walk(entry);
    RawMember member;
    while (walk.next(member))
        add(rawString(member.name).value_or(std::string()), plainText(member.value));
    return {};
}

Result<void> BodyTemplate::appendCsvRow(std::string& out, const SlotContext& record) const
{
    const std::string_view payload = record.record->payload;
    RawWalk walk(payload);
    RawMember member;
    while (walk.next(member)) {
        const auto memberName = rawString(member.name);
        const auto& columns = m_spec->columns;
        if (!memberName || std::find(columns.begin(), columns.end(), *memberName) == columns.end())
            return fail(ErrorKind::Destination, "connector.record.column",
                        Text::tr("The destination has no column %1.").arg(toQString(member.name)));
    }
    bool first = true;
    for (const std::string& column : m_spec->columns) {
        const std::string_view value = memberValue(payload, column);
        out += first ? "" : ",";
        first = false;
        if (!value.empty())
            data::appendCsvCell(out, plainText(value));
        else if (column == m_matchField)
            data::appendCsvCell(out, record.record->match.text);
    }
    out += "\r\n";
    return {};
}

} // namespace headgate::connector
