// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/credentials.h"

#include "base/hash.h"
#include "base/redaction.h"
#include "base/text.h"

#include <QByteArray>

namespace headgate::connector {

Result<Credentials> Credentials::open(const ConnectorSpec& spec, const AccountValues& account,
                                      const Clock& clock)
{
    Credentials opened;
    opened.m_account = &account;
    opened.m_clock = &clock;
    for (const AuthSpec& auth : spec.auth) {
        if (auth.optional && account.text(auth.secret).empty())
            continue;
        opened.m_auth.push_back(auth);
        if (auth.kind != AuthKind::StandardWebhooks)
            continue;
        auto key = signingKey(account.text(auth.secret));
        if (!key)
            return fail(ErrorKind::Credential, "connector.secret.value",
                        Text::tr("The signing secret is not one of Standard Webhooks: whsec_ and "
                                 "base64 are expected."));
        opened.m_signingKey = std::move(*key);
    }
    return opened;
}

const AuthSpec* Credentials::oauth2() const
{
    for (const AuthSpec& auth : m_auth)
        if (auth.kind == AuthKind::OAuth2)
            return &auth;
    return nullptr;
}

bool Credentials::ready() const
{
    if (!oauth2())
        return true;
    return !m_accessToken.empty() && (!m_expires || m_clock->steady() < *m_expires);
}

void Credentials::setAccessToken(std::string token, std::optional<Milliseconds> lifetime)
{
    Redaction::registerSecret(token);
    m_accessToken = std::move(token);
    m_expires.reset();
    if (lifetime)
        m_expires = m_clock->steady() + *lifetime;
}

void Credentials::apply(http::Request& request, std::string_view messageId) const
{
    for (const AuthSpec& auth : m_auth)
        applyOne(auth, request, messageId);
}

void Credentials::applyOne(const AuthSpec& auth, http::Request& request,
                           std::string_view messageId) const
{
    const std::string secret(m_account->text(auth.secret));
    switch (auth.kind) {
    case AuthKind::Header:
        request.headers.push_back({auth.name, auth.prefix + secret, true});
        return;
    case AuthKind::Query:
        return;
    case AuthKind::Bearer:
        request.headers.push_back({"Authorization", "Bearer " + secret, true});
        return;
    case AuthKind::Basic: {
        SlotContext context;
        context.account = m_account;
        const std::string pair =
            context.resolveText(auth.user).value_or(std::string()) + ':' + secret;
        const std::string encoded = toBase64(pair);
        Redaction::registerSecret(encoded);
        request.headers.push_back({"Authorization", "Basic " + encoded, true});
        return;
    }
    case AuthKind::StandardWebhooks:
        sign(request, messageId);
        return;
    case AuthKind::OAuth2:
        request.headers.push_back({"Authorization", "Bearer " + m_accessToken, true});
        return;
    }
}

void Credentials::sign(http::Request& request, std::string_view messageId) const
{
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(m_clock->now()).time_since_epoch().count();
    const std::string timestamp = std::to_string(seconds);
    std::string content = std::string(messageId) + '.' + timestamp + '.';
    if (request.body)
        content += *request.body;
    request.headers.push_back({"webhook-id", std::string(messageId), false});
    request.headers.push_back({"webhook-timestamp", timestamp, false});
    request.headers.push_back(
        {"webhook-signature", "v1," + toBase64(hmacSha256(m_signingKey, content)), false});
}

std::vector<std::pair<std::string, std::string>> Credentials::query() const
{
    std::vector<std::pair<std::string, std::string>> parts;
    for (const AuthSpec& auth : m_auth)
        if (auth.kind == AuthKind::Query)
            parts.emplace_back(auth.name, std::string(m_account->text(auth.secret)));
    return parts;
}

std::optional<std::string> signingKey(std::string_view secret)
{
    constexpr std::string_view prefix = "whsec_";
    if (secret.substr(0, prefix.size()) == prefix)
        secret.remove_prefix(prefix.size());
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray(secret.data(), static_cast<qsizetype>(secret.size())),
        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.isEmpty())
        return std::nullopt;
    return decoded.decoded.toStdString();
}

} // namespace headgate::connector
