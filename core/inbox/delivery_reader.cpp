// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/delivery_reader.h"

#include "base/text.h"
#include "data/json.h"
#include "data/json_members.h"
#include "inbox/entry_reader.h"

#include <algorithm>

namespace headgate::inbox {

using connector::BodyKind;
using connector::SlotKind;

namespace {

[[nodiscard]] Failure unreadable(const QString& message)
{
    return fail(ErrorKind::Destination, "inbox.request", message);
}

/// Reads one request by one route.
class DeliveryReading
{
public:
    DeliveryReading(const RouteMatch& match, const HttpRequest& request, const Target& target,
                    const data::JsonObjectView& json, const Expectation& expected)
        : m_match(match), m_request(request), m_target(target), m_json(json), m_expected(expected),
          m_body(match.route.request->body)
    {}

    /// How much of the request the route explains; -1: it is another's.
    [[nodiscard]] int fit() const
    {
        const connector::OperationSpec& operation = *m_match.route.operation;
        if (!m_expected.object.empty() && m_expected.object != objectId())
            return -1;
        if (m_expected.operation && *m_expected.operation != operation.operation)
            return -1;
        for (const connector::NamedSlotText& named : m_match.route.request->query) {
            const auto constant = m_expected.account.constantText(named.value);
            if (constant && valueOf(m_target.query, named.name) != constant)
                return -1;
        }
        if (const auto said = slot(SlotKind::Operation);
            said && said != connector::name(operation.operation))
            return -1;
        return m_body.kind == BodyKind::Json ? bodyFit() : 0;
    }

    [[nodiscard]] Result<Delivery> read()
    {
        Delivery delivery;
        delivery.object = m_match.route.object;
        delivery.operation = m_match.route.operation;
        delivery.objectId = objectId();
        delivery.matchField = matchField();
        delivery.idempotencyKey = idempotencyKey();
        auto entries = readEntries();
        if (!entries)
            return propagate(std::move(entries));
        const EntryReader reader(m_body.entry, *delivery.object, delivery.matchField);
        delivery.items.reserve(entries->size());
        for (const std::string_view entry : *entries)
            delivery.items.push_back(complete(reader.read(entry)));
        return delivery;
    }

private:
    [[nodiscard]] std::string objectId() const
    {
        return slot(SlotKind::Object).value_or(m_match.route.object->id);
    }

    [[nodiscard]] std::string matchField() const
    {
        const auto& known = m_match.route.object->matchFields;
        return slot(SlotKind::MatchField)
            .value_or(known.size() == 1 ? known.front().name : m_expected.matchField);
    }

    [[nodiscard]] int bodyFit() const
    {
        int score = 0;
        for (const connector::EnvelopeValue& value : m_body.values) {
            const auto found = m_json.at(resolvedPointer(value.at, {}));
            if (value.constant && !(found && sameJson(*found, *value.constant)))
                return -1;
            score += found ? 1 : 0;
        }
        const auto list = entryList();
        if (m_body.list && (!list || data::jsonType(*list) != data::JsonType::Array))
            return -1;
        const auto first = m_body.list ? data::jsonFirstElement(*list) : m_json.at({});
        const EntryReader reader(m_body.entry, *m_match.route.object, matchField());
        const int entry = first ? reader.fit(*first) : 0;
        return entry < 0 ? -1 : score + entry + (m_body.list ? 1 : 0);
    }

    /// What the request says for a slot outside of its entries.
    [[nodiscard]] std::optional<std::string> slot(SlotKind kind) const
    {
        if (auto captured = m_match.captures.get(kind))
            return captured;
        const auto isSlot = [&](const connector::NamedSlotText& named) {
            return named.value.parts.size() == 1 && named.value.parts.front().kind == kind;
        };
        for (const connector::NamedSlotText& named : m_match.route.request->query)
            if (auto found = valueOf(m_target.query, named.name); found && isSlot(named))
                return found;
        for (const connector::NamedSlotText& named : m_match.route.request->headers)
            if (const auto found = m_request.header(named.name); !found.empty() && isSlot(named))
                return std::string(found);
        return bodySlot(kind);
    }

    [[nodiscard]] std::optional<std::string> bodySlot(SlotKind kind) const
    {
        const auto& values = m_body.list ? m_body.values : m_body.entry.values;
        for (const connector::EnvelopeValue& value : values) {
            if (value.constant || value.slot.kind != kind)
                continue;
            const std::string place = resolvedPointer(value.at, {});
            if (m_body.kind == BodyKind::Form)
                return valueOf(parseForm(m_request.body), place.empty()
                                                              ? std::string_view()
                                                              : std::string_view(place).substr(1));
            if (const auto found = m_json.at(place))
                return data::jsonText(*found);
        }
        return std::nullopt;
    }

    [[nodiscard]] std::string idempotencyKey() const
    {
        const std::string& header = m_match.route.operation->idempotencyHeader;
        if (!header.empty() && !m_request.header(header).empty())
            return std::string(m_request.header(header));
        if (auto key = slot(SlotKind::IdempotencyKey))
            return *key;
        return std::string(m_request.header("webhook-id"));
    }

    /// What the path or the query says of a request's one record.
    [[nodiscard]] ReadItem complete(ReadItem item) const
    {
        if (item.match.empty())
            item.match = slot(SlotKind::Match).value_or(std::string());
        if (item.match.empty())
            item.match = slot(SlotKind::Found).value_or(std::string());
        if (item.previousMatch.empty())
            item.previousMatch = slot(SlotKind::PreviousMatch).value_or(std::string());
        return item;
    }

    [[nodiscard]] Result<std::vector<std::string_view>> readEntries() const
    {
        switch (m_body.kind) {
        case BodyKind::None:
            return std::vector<std::string_view>{{}};
        case BodyKind::Json:
            return jsonEntries();
        case BodyKind::Ndjson:
            return lineEntries();
        case BodyKind::Form:
        case BodyKind::Csv:
            break;
        }
        return unreadable(Text::tr("The inbox does not read bodies of this kind."));
    }

    [[nodiscard]] Result<std::vector<std::string_view>> jsonEntries() const
    {
        if (!m_body.list)
            return std::vector<std::string_view>{m_request.body};
        const auto list = entryList();
        const auto entries = list ? data::jsonElements(*list) : std::nullopt;
        if (!entries)
            return unreadable(Text::tr("The body holds no list of records."));
        return *entries;
    }

    [[nodiscard]] std::optional<std::string_view> entryList() const
    {
        const auto place = m_body.list ? m_expected.account.constantText(*m_body.list)
                                       : std::optional<std::string>();
        return place ? m_json.at(*place) : std::nullopt;
    }

    [[nodiscard]] Result<std::vector<std::string_view>> lineEntries() const
    {
        std::vector<std::string_view> entries;
        for (std::string_view rest = m_request.body; !rest.empty();) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            const std::string_view line = rest.substr(0, end);
            if (auto valid = data::checkJson(line); !valid)
                return unreadable(Text::tr("Line %1 of the body: %2")
                                      .arg(qulonglong(entries.size() + 1))
                                      .arg(valid.error().message));
            entries.push_back(line);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return entries;
    }

    const RouteMatch& m_match;
    const HttpRequest& m_request;
    const Target& m_target;
    const data::JsonObjectView& m_json;
    const Expectation& m_expected;
    const connector::BodySpec& m_body;
};

} // namespace

Result<Delivery> readDelivery(const std::vector<RouteMatch>& matches, const HttpRequest& request,
                              const Target& target, const Expectation& expected)
{
    const bool isJson = std::any_of(matches.begin(), matches.end(), [](const RouteMatch& match) {
        return match.route.request->body.kind == BodyKind::Json;
    });
    if (isJson)
        if (const auto valid = data::checkJson(request.body); !valid)
            return unreadable(valid.error().message);
    const data::JsonObjectView json(isJson ? std::string_view(request.body) : std::string_view());
    std::optional<DeliveryReading> best;
    int bestFit = -1;
    for (const RouteMatch& match : matches) {
        if (match.route.kind != RouteKind::Delivery)
            continue;
        const DeliveryReading reading(match, request, target, json, expected);
        if (const int fit = reading.fit(); fit > bestFit) {
            best.emplace(reading);
            bestFit = fit;
        }
    }
    if (best)
        return best->read();
    return unreadable(Text::tr("No operation of the connector sends such a body."));
}

} // namespace headgate::inbox
