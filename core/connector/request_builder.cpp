// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/request_builder.h"

#include "base/text.h"
#include "connector/header_lines.h"
#include "connector/percent_encoding.h"

#include <algorithm>

namespace headgate::connector {

namespace {

bool isHostLabel(std::string_view text)
{
    return !text.empty() && text.size() <= 63 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-';
    });
}

/// A slot is the whole address, or a label of its host.
Result<std::string> addressOf(const SlotText& text, const SlotContext& context)
{
    std::string address;
    for (const Slot& part : text.parts) {
        const auto value = context.resolve(part);
        const bool whole = part.kind == SlotKind::Literal || text.parts.size() == 1;
        if (!value || (!whole && !isHostLabel(value->value.text)))
            return fail(ErrorKind::Config, "connector.account.url",
                        Text::tr("The account's address cannot be made: '%1' is missing or is not "
                                 "a part of a host name.")
                            .arg(toQString(part.text)));
        address += value->value.text;
    }
    return address;
}

const SlotText& regionalUrl(const BaseUrl& base, const AccountValues& account)
{
    const std::string_view region = account.text(base.regionField);
    for (const Region& candidate : base.regions)
        if (candidate.value == region)
            return candidate.url;
    return base.url;
}

std::string_view originOf(std::string_view url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos)
        return {};
    return url.substr(0, url.find_first_of("/?#", scheme + 3));
}

void appendQuery(std::string& url, std::string_view name, std::string_view value)
{
    url += url.find('?') == std::string::npos ? '?' : '&';
    url += percentEncoded(name) + '=' + percentEncoded(value);
}

bool hasDotSegment(std::string_view path)
{
    while (!path.empty()) {
        const std::string_view segment = path.substr(0, path.find('/'));
        if (segment == "." || segment == "..")
            return true;
        path.remove_prefix(std::min(segment.size() + 1, path.size()));
    }
    return false;
}

} // namespace

Result<RequestBuilder> RequestBuilder::open(const ConnectorSpec& spec, const AccountValues& account,
                                            const Credentials& credentials,
                                            const DestinationConfig& config)
{
    RequestBuilder builder;
    builder.m_spec = &spec;
    builder.m_account = &account;
    builder.m_credentials = &credentials;
    builder.m_caFile = config.caFile;
    builder.m_totalTimeout = config.totalTimeout;
    builder.m_overridden = !config.baseUrl.empty();
    SlotContext context;
    context.account = &account;
    auto address = builder.m_overridden ? Result<std::string>(config.baseUrl)
                                        : addressOf(regionalUrl(spec.baseUrl, account), context);
    if (!address)
        return propagate(std::move(address));
    if (originOf(*address).empty() || address->find('#') != std::string::npos)
        return fail(
            ErrorKind::Config, "connector.account.url",
            Text::tr("'%1' is not an address that requests can go to.").arg(toQString(*address)));
    const std::size_t query = address->find('?');
    if (query != std::string::npos)
        builder.m_baseQuery = address->substr(query);
    builder.m_baseUrl = address->substr(0, query);
    return builder;
}

Result<std::string> RequestBuilder::pathOf(const SlotText& path, const SlotContext& context) const
{
    std::string text;
    for (const Slot& part : path.parts) {
        if (part.kind == SlotKind::Literal) {
            text += part.text;
            continue;
        }
        const auto value = context.resolve(part);
        if (!value || value->value.text.empty())
            return fail(ErrorKind::Destination, "connector.record.path",
                        Text::tr("A value that is part of the request's address is missing."));
        text += percentEncoded(value->value.text);
    }
    if (hasDotSegment(text))
        return fail(ErrorKind::Destination, "connector.record.path",
                    Text::tr("A value of dots only cannot be part of the request's address."));
    return text;
}

http::Request RequestBuilder::frame(const RequestSpec& spec, const SlotContext& context,
                                    const Body& body) const
{
    http::Request request;
    request.method = context.resolveText(spec.method).value_or("POST");
    request.caFile = m_caFile;
    request.totalTimeout = m_totalTimeout;
    request.body = body.bytes;
    if (body.bytes && !body.contentType.empty())
        request.headers.push_back({"Content-Type", std::string(body.contentType), false});
    request.headers.push_back({"Accept", "application/json", false});
    for (const auto* headers : {&m_spec->headers, &spec.headers}) {
        for (const NamedSlotText& header : *headers) {
            const auto value = context.resolveText(header.value);
            const bool secret = std::any_of(header.value.parts.begin(), header.value.parts.end(),
                                            [&](const Slot& part) {
                                                const auto resolved = context.resolve(part);
                                                return resolved && resolved->secret;
                                            });
            if (value)
                request.headers.push_back({header.name, *value, secret});
        }
    }
    for (const std::string& key : m_spec->headerFields) {
        const AccountValues::Entry* entry = m_account->find(key);
        auto lines = entry ? parseHeaderLines(entry->value.text) : std::nullopt;
        for (http::Header& header : lines.value_or(std::vector<http::Header>())) {
            header.secret = entry->secret;
            request.headers.push_back(std::move(header));
        }
    }
    if (!body.idempotencyHeader.empty())
        request.headers.push_back(
            {std::string(body.idempotencyHeader), std::string(context.idempotencyKey), false});
    return request;
}

Result<http::Request> RequestBuilder::build(const RequestSpec& spec, const SlotContext& context,
                                            const Body& body) const
{
    auto path = pathOf(spec.path, context);
    if (!path)
        return propagate(std::move(path));
    http::Request request = frame(spec, context, body);
    request.url = m_baseUrl;
    if (!path->empty() && request.url.back() == '/')
        request.url.pop_back();
    request.url += *path + m_baseQuery;
    for (const NamedSlotText& part : spec.query) {
        if (const auto value = context.resolveText(part.value))
            appendQuery(request.url, part.name, *value);
    }
    request.shownUrl = request.url;
    for (const auto& [name, value] : m_credentials->query()) {
        appendQuery(request.url, name, value);
        appendQuery(request.shownUrl, name, "***");
    }
    m_credentials->apply(request, context.idempotencyKey);
    return request;
}

Result<http::Request> RequestBuilder::buildNext(const RequestSpec& spec, const SlotContext& context,
                                                std::string_view url) const
{
    const bool absolute = url.find("://") != std::string_view::npos;
    if (absolute ? originOf(url) != originOf(m_baseUrl) : url.substr(0, 1) != "/")
        return fail(ErrorKind::Destination, "connector.next_page",
                    Text::tr("The destination names a next page at another address. It is not "
                             "followed, because the request carries the credential."));
    http::Request request = frame(spec, context, {});
    request.url = absolute ? std::string(url) : std::string(originOf(m_baseUrl)) + std::string(url);
    request.shownUrl = request.url;
    m_credentials->apply(request, {});
    return request;
}

Result<http::Request> RequestBuilder::buildToken(const AuthSpec& auth,
                                                 const SlotContext& context) const
{
    auto address = addressOf(auth.tokenUrl, context);
    if (!address)
        return propagate(std::move(address));
    const std::string origin(originOf(*address));
    http::Request request;
    request.method = "POST";
    request.url = *address;
    if (origin.empty())
        request.url = m_baseUrl + *address;
    else if (m_overridden)
        request.url = m_baseUrl + address->substr(origin.size());
    request.caFile = m_caFile;
    request.totalTimeout = m_totalTimeout;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded", false},
                       {"Accept", "application/json", false}};
    const bool refresh = auth.grant == OAuth2Grant::RefreshToken;
    std::string form = refresh ? "grant_type=refresh_token" : "grant_type=client_credentials";
    const auto add = [&form](std::string_view name, std::string_view value) {
        if (!value.empty())
            form += '&' + std::string(name) + '=' + percentEncoded(value);
    };
    add("refresh_token", refresh ? m_account->text(auth.refreshToken) : std::string_view());
    add("client_id", m_account->text(auth.clientId));
    add("client_secret", m_account->text(auth.secret));
    add("scope", auth.scope);
    request.body = std::make_shared<const std::string>(std::move(form));
    return request;
}

} // namespace headgate::connector
