// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/spec_routes.h"

#include <algorithm>

namespace headgate::inbox {

using connector::Slot;
using connector::SlotKind;
using connector::SlotText;

namespace {

/// Slots stand for one segment each, never for a slash and never for nothing.
bool matchPath(const SlotText& pattern, std::size_t part, std::string_view path, Captures& into)
{
    if (part == pattern.parts.size())
        return path.empty();
    const Slot& slot = pattern.parts[part];
    if (slot.kind == SlotKind::Literal)
        return path.substr(0, slot.text.size()) == slot.text &&
               matchPath(pattern, part + 1, path.substr(slot.text.size()), into);
    const std::size_t segment = std::min(path.find('/'), path.size());
    for (std::size_t size = segment; size > 0; --size) {
        if (!matchPath(pattern, part + 1, path.substr(size), into))
            continue;
        into.set(slot, percentDecoded(path.substr(0, size)));
        return true;
    }
    return false;
}

/// The constant path of a base URL, without its last slash; empty if an account says it.
std::string constantPath(const SlotText& url)
{
    std::string text;
    for (const Slot& slot : url.parts)
        text += slot.kind == SlotKind::Literal ? slot.text : "x";
    const std::size_t scheme = text.find("://");
    if (scheme == std::string::npos)
        return {};
    const std::size_t slash = text.find('/', scheme + 3);
    std::string path = slash == std::string::npos ? std::string() : text.substr(slash);
    if (!path.empty() && path.back() == '/')
        path.pop_back();
    return path;
}

} // namespace

void Captures::set(const Slot& slot, std::string text)
{
    m_texts.emplace_back(slot.kind, std::move(text));
}

std::optional<std::string> Captures::get(SlotKind kind) const
{
    for (const auto& [captured, text] : m_texts)
        if (captured == kind)
            return text;
    return std::nullopt;
}

SenderAccount::SenderAccount(const connector::ConnectorSpec& spec,
                             std::map<std::string, std::string> values)
    : m_values(std::move(values))
{
    for (const connector::FormField& field : spec.account) {
        if (field.secret || !m_values.emplace(field.key, field.initial).second)
            continue;
        for (const connector::Choice& choice : field.choices)
            m_choices[field.key].push_back(choice.value);
    }
}

bool SenderAccount::couldBe(const SlotText& text, std::string_view constant) const
{
    if (text.parts.size() == 1 && text.parts.front().kind == SlotKind::Account)
        if (const auto open = m_choices.find(text.parts.front().text); open != m_choices.end())
            return std::find(open->second.begin(), open->second.end(), constant) !=
                   open->second.end();
    return constantText(text) == constant;
}

std::optional<std::string> SenderAccount::constantText(const SlotText& text) const
{
    std::string constant;
    for (const Slot& slot : text.parts) {
        const auto value =
            slot.kind == SlotKind::Account ? m_values.find(slot.text) : m_values.end();
        if (slot.kind != SlotKind::Literal && value == m_values.end())
            return std::nullopt;
        constant += slot.kind == SlotKind::Literal ? slot.text : value->second;
    }
    return constant;
}

SpecRoutes::SpecRoutes(connector::SharedSpec spec, SenderAccount account)
    : m_spec(std::move(spec)), m_account(std::move(account)),
      m_basePath(constantPath(m_spec->baseUrl.url))
{
    if (m_spec->check) {
        Route route{RouteKind::Check, &m_spec->check->request};
        route.check = &*m_spec->check;
        m_routes.push_back(route);
    }
    for (const connector::ObjectSpec& object : m_spec->objects)
        addObject(object);
}

void SpecRoutes::addObject(const connector::ObjectSpec& object)
{
    const auto discovery = [&](const std::optional<connector::DiscoverySpec>& found, bool fields) {
        if (!found)
            return;
        Route route{RouteKind::Discovery, &found->request};
        route.discovery = &*found;
        route.discoversFields = fields;
        route.object = &object;
        m_routes.push_back(route);
    };
    discovery(object.discovered, false);
    discovery(object.fieldDiscovery, true);
    for (const connector::OperationSpec& operation : object.operations)
        addOperation(object, operation);
}

void SpecRoutes::addOperation(const connector::ObjectSpec& object,
                              const connector::OperationSpec& operation)
{
    const auto add = [&](RouteKind kind, const connector::RequestSpec& request) {
        Route route{kind, &request};
        route.object = &object;
        route.operation = &operation;
        m_routes.push_back(route);
    };
    add(RouteKind::Delivery, operation.request);
    if (operation.create)
        add(RouteKind::Delivery, *operation.create);
    if (operation.lookup)
        add(RouteKind::Lookup, operation.lookup->request);
    if (operation.job) {
        add(RouteKind::Poll, operation.job->poll);
        if (operation.job->errors)
            add(RouteKind::JobErrors, *operation.job->errors);
    }
}

std::vector<RouteMatch> SpecRoutes::find(std::string_view method, std::string_view path) const
{
    std::string_view below = path;
    if (!m_basePath.empty() && below.substr(0, m_basePath.size()) == m_basePath)
        below.remove_prefix(m_basePath.size());
    std::vector<RouteMatch> found;
    for (const Route& route : m_routes) {
        if (!m_account.couldBe(route.request->method, method))
            continue;
        RouteMatch match{route, {}};
        const bool anyPath = route.request->path.empty();
        if (anyPath || matchPath(route.request->path, 0, below, match.captures) ||
            matchPath(route.request->path, 0, path, match.captures))
            found.push_back(std::move(match));
    }
    return found;
}

} // namespace headgate::inbox
