// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/discovery.h"

#include "base/redaction.h"
#include "base/text.h"
#include "connector/answer_body.h"
#include "connector/answer_reader.h"
#include "http/retry_policy.h"

#include <algorithm>

namespace headgate::connector {

namespace {

constexpr std::uint32_t mostPages = 200;

bool isWhole2xx(const http::Answer& answer)
{
    return answer.transport == http::Transport::Complete && answer.status >= 200 &&
           answer.status <= 299;
}

bool isUnauthorised(const ConnectorSpec& spec, const http::Answer& answer, const std::string& code)
{
    if (http::classify(answer, true).answerClass == http::AnswerClass::Unauthorised)
        return true;
    return std::any_of(
        spec.answers.codes.begin(), spec.answers.codes.end(), [&](const CodeMeaning& entry) {
            return entry.means == Meaning::Unauthorised && !code.empty() && entry.code == code;
        });
}

bool flagAt(const data::JsonNode& node, const std::string& pointer, bool initial)
{
    const data::JsonNode* flag = pointer.empty() ? nullptr : nodeAt(node, pointer);
    return flag && flag->is_boolean() ? flag->get<bool>() : initial;
}

} // namespace

Error inquiryError(const ConnectorSpec& spec, const http::Answer& answer)
{
    const bool whole = answer.transport == http::Transport::Complete;
    const AnswerError said = errorOf(spec.answers, whole ? answer.body : std::string());
    const QString words = toQString(foreignText(said.message.empty() ? said.code : said.message));
    const QString detail = toQString(foreignText(answer.detail));
    if (isUnauthorised(spec, answer, said.code))
        return {ErrorKind::Credential,
                "connector.unauthorised",
                Text::tr("%1 refuses the credential (status %2). Check it, and that it belongs to "
                         "this account and region. %3")
                    .arg(spec.name)
                    .arg(answer.status)
                    .arg(words)
                    .trimmed(),
                detail,
                {},
                {}};
    if (!whole)
        return {ErrorKind::Destination,
                http::classify(answer, true).code,
                Text::tr("%1 did not answer. Check the address and the network.").arg(spec.name),
                detail,
                {},
                {}};
    return {ErrorKind::Destination,
            http::classify(answer, true).code,
            Text::tr("%1 answers with status %2. %3")
                .arg(spec.name)
                .arg(answer.status)
                .arg(words)
                .trimmed(),
            detail,
            {},
            {}};
}

CheckInquiry::Step CheckInquiry::next(const http::Answer* answer)
{
    const ConnectorSpec& spec = m_destination.spec();
    if (!spec.check)
        return {std::nullopt,
                AccountCheck{
                    {}, Text::tr("%1 cannot be tested without sending a record.").arg(spec.name)}};
    if (answer)
        return {std::nullopt, read(*answer)};
    if (!m_destination.credentials().ready())
        return {std::nullopt, fail(ErrorKind::Credential, "connector.unauthorised",
                                   Text::tr("There is no valid access token yet."))};
    SlotContext context;
    context.account = &m_destination.account();
    auto request = m_destination.requests().build(spec.check->request, context, {});
    if (!request)
        return {std::nullopt, Failure(request.error())};
    return {std::move(*request), std::nullopt};
}

Result<AccountCheck> CheckInquiry::read(const http::Answer& answer)
{
    const ConnectorSpec& spec = m_destination.spec();
    if (!isWhole2xx(answer))
        return Failure(inquiryError(spec, answer));
    const bool reads =
        spec.check->success || !spec.check->account.empty() || !spec.check->title.empty();
    const auto body = reads ? data::parseJson(answer.body) : data::JsonNode();
    const bool fits = body && (!spec.check->success || isMet(*spec.check->success, *body)) &&
                      (spec.check->account.empty() || nodeAt(*body, spec.check->account));
    if (!fits) {
        const AnswerError said = errorOf(spec.answers, answer.body);
        if (isUnauthorised(spec, answer, said.code))
            return Failure(inquiryError(spec, answer));
        return fail(ErrorKind::Destination, "connector.check.answer",
                    Text::tr("What answers is not %1, or has changed. Check the address. %2")
                        .arg(spec.name, toQString(foreignText(said.message)))
                        .trimmed());
    }
    AccountCheck check;
    check.account = textAt(*body, spec.check->account);
    if (!check.account.empty())
        m_destination.rememberAccount(check.account);
    const std::string title = textAt(*body, spec.check->title);
    const std::string shown = foreignText(title.empty() ? check.account : title);
    check.summary = shown.empty()
                        ? Text::tr("Connected to %1.").arg(spec.name)
                        : Text::tr("Connected to %1 as %2.").arg(spec.name, toQString(shown));
    return check;
}

DiscoveryReader::DiscoveryReader(DeclarativeDestination& destination, const DiscoverySpec& spec,
                                 std::string object)
    : m_destination(destination), m_spec(spec), m_object(std::move(object))
{}

SlotContext DiscoveryReader::context() const
{
    SlotContext context;
    context.account = &m_destination.account();
    context.object = m_object;
    return context;
}

Result<http::Request> DiscoveryReader::first() const
{
    if (!m_destination.credentials().ready())
        return fail(ErrorKind::Credential, "connector.unauthorised",
                    Text::tr("There is no valid access token yet."));
    return m_destination.requests().build(m_spec.request, context(), {});
}

Result<data::JsonNode> DiscoveryReader::parse(const http::Answer& answer) const
{
    if (!isWhole2xx(answer))
        return Failure(inquiryError(m_destination.spec(), answer));
    auto page = data::parseJson(answer.body, {32 << 20, 64});
    const data::JsonNode* items = page ? nodeAt(*page, m_spec.items) : nullptr;
    const bool fits =
        items && (m_spec.layout == ListLayout::Map ? items->is_object() : items->is_array());
    if (!fits)
        return fail(ErrorKind::Destination, "connector.discovery.answer",
                    Text::tr("The list that %1 answered was not understood.")
                        .arg(m_destination.spec().name));
    return page;
}

std::vector<DiscoveryReader::Item> DiscoveryReader::itemsOf(const data::JsonNode& page) const
{
    std::vector<Item> items;
    const data::JsonNode& list = *nodeAt(page, m_spec.items);
    if (m_spec.layout == ListLayout::Map) {
        for (const auto& [name, node] : list.items())
            items.push_back({name, &node});
        return items;
    }
    for (const data::JsonNode& node : list) {
        Item item{textAt(node, m_spec.id), &node};
        if (!item.id.empty())
            items.push_back(std::move(item));
    }
    return items;
}

Result<std::optional<http::Request>> DiscoveryReader::nextPage(const data::JsonNode& page)
{
    const std::string next = textAt(page, m_spec.next);
    if (next.empty())
        return std::optional<http::Request>();
    if (++m_pages >= mostPages)
        return fail(
            ErrorKind::Destination, "connector.discovery.pages",
            Text::tr("The list that %1 answers does not end.").arg(m_destination.spec().name));
    auto request = m_destination.requests().buildNext(m_spec.request, context(), next);
    if (!request)
        return propagate(std::move(request));
    return std::optional<http::Request>(std::move(*request));
}

ObjectsInquiry::ObjectsInquiry(DeclarativeDestination& destination)
{
    for (const ObjectSpec& object : destination.spec().objects) {
        if (object.discovered) {
            m_discovered = &object;
            m_reader.emplace(destination, *object.discovered, object.id);
            continue;
        }
        ObjectInfo info{object.id, object.label, {}};
        for (const MatchField& field : object.matchFields)
            info.matchFields.push_back(field.name);
        m_found.push_back(std::move(info));
    }
}

ObjectsInquiry::Step ObjectsInquiry::next(const http::Answer* answer)
{
    if (!m_reader)
        return {std::nullopt, m_found};
    if (!answer) {
        auto request = m_reader->first();
        if (!request)
            return {std::nullopt, Failure(request.error())};
        return {std::move(*request), std::nullopt};
    }
    auto more = m_reader->read(*answer, [&](const DiscoveryReader::Item& item) {
        const auto known = std::any_of(m_found.begin(), m_found.end(),
                                       [&](const ObjectInfo& o) { return o.id == item.id; });
        if (known)
            return;
        const std::string label = foreignText(textAt(*item.node, m_discovered->discovered->label));
        ObjectInfo info{item.id, toQString(label.empty() ? item.id : label), {}};
        for (const MatchField& field : m_discovered->matchFields)
            info.matchFields.push_back(field.name);
        m_found.push_back(std::move(info));
    });
    if (!more)
        return {std::nullopt, Failure(more.error())};
    if (*more)
        return {std::move(**more), std::nullopt};
    return {std::nullopt, m_found};
}

FieldsInquiry::FieldsInquiry(DeclarativeDestination& destination, const std::string& object)
    : m_destination(destination), m_object(destination.spec().findObject(object)),
      m_objectId(object)
{
    if (!m_object)
        return;
    m_found = m_object->fields;
    if (m_object->fieldDiscovery)
        m_reader.emplace(destination, *m_object->fieldDiscovery, object);
}

FieldInfo FieldsInquiry::fieldOf(const DiscoveryReader::Item& item) const
{
    const DiscoverySpec& spec = *m_object->fieldDiscovery;
    FieldInfo field;
    field.name = item.id;
    const std::string theirs = spec.type.empty() && spec.layout == ListLayout::Map
                                   ? nodeText(*item.node)
                                   : textAt(*item.node, spec.type);
    field.type = "any";
    for (const TypeName& type : spec.types)
        if (type.theirs == theirs)
            field.type = type.ours;
    const std::string label = foreignText(textAt(*item.node, spec.label));
    field.label = toQString(label.empty() ? foreignText(item.id) : label);
    field.required = flagAt(*item.node, spec.required, false);
    field.writable =
        flagAt(*item.node, spec.writable, true) && !flagAt(*item.node, spec.readOnly, false);
    field.matchable =
        flagAt(*item.node, spec.matchable, false) || m_object->findMatchField(item.id) != nullptr;
    return field;
}

FieldsInquiry::Step FieldsInquiry::next(const http::Answer* answer)
{
    if (!m_object)
        return {std::nullopt, fail(ErrorKind::Config, "connector.object",
                                   Text::tr("The connector %1 has no object '%2'.")
                                       .arg(m_destination.spec().name, toQString(m_objectId)))};
    if (!m_reader)
        return {std::nullopt, m_found};
    if (!answer) {
        auto request = m_reader->first();
        if (!request)
            return {std::nullopt, Failure(request.error())};
        return {std::move(*request), std::nullopt};
    }
    auto more = m_reader->read(*answer, [&](const DiscoveryReader::Item& item) {
        const auto known = std::any_of(m_found.begin(), m_found.end(),
                                       [&](const FieldInfo& f) { return f.name == item.id; });
        if (!known)
            m_found.push_back(fieldOf(item));
    });
    if (!more)
        return {std::nullopt, Failure(more.error())};
    if (*more)
        return {std::move(**more), std::nullopt};
    return {std::nullopt, m_found};
}

} // namespace headgate::connector
