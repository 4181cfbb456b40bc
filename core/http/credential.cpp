// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/credential.h"

#include "base/hash.h"
#include "base/redaction.h"
#include "base/text.h"
#include "http/shown_request.h"
#include "http/url.h"

#include <QByteArray>

namespace headgate::http {

namespace {

Failure unusableSecret()
{
    return fail(ErrorKind::Credential, "http.credential.secret",
                Text::tr("The signing secret cannot be used: Base64 text is expected, with whsec_ "
                         "before it or without. Copy it anew from the destination's settings."));
}

std::string epochSeconds(WallTime time)
{
    return std::to_string(
        std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

std::string_view bodyOf(const Request& request)
{
    return request.body ? std::string_view(*request.body) : std::string_view();
}

/// One visitor per kind of credential.
class CredentialWriter
{
public:
    CredentialWriter(const SigningMoment& moment, Request& request)
        : m_moment(moment), m_request(request)
    {}

    Result<void> operator()(const HeaderKey& key)
    {
        addSecret(key.name, key.prefix + key.secret.reveal());
        return {};
    }

    Result<void> operator()(const QueryKey& key)
    {
        if (m_request.shownUrl.empty())
            m_request.shownUrl = m_request.url;
        const char* const joint = m_request.url.find('?') == std::string::npos ? "?" : "&";
        const std::string name = joint + percentEncoded(key.name) + '=';
        m_request.url += name + percentEncoded(key.secret.reveal());
        m_request.shownUrl += name + std::string(secretMask);
        return {};
    }

    Result<void> operator()(const BearerToken& bearer)
    {
        addSecret("Authorization", "Bearer " + bearer.token.reveal());
        return {};
    }

    Result<void> operator()(const BasicLogin& login)
    {
        if (login.user.find(':') != std::string::npos)
            return fail(ErrorKind::Credential, "http.credential.user",
                        Text::tr("The user name of a Basic login must not hold a colon. Check the "
                                 "account's fields."));
        const std::string encoded = toBase64(login.user + ':' + login.password.reveal());
        Redaction::registerSecret(encoded);
        addSecret("Authorization", "Basic " + encoded);
        return {};
    }

    Result<void> operator()(const BodySignature& signature)
    {
        switch (signature.form) {
        case SignatureForm::StandardWebhooks:
            return signStandardWebhooks(signature);
        case SignatureForm::GitHub:
            addSecret(headerOr(signature, "X-Hub-Signature-256"),
                      "sha256=" + hexMac(signature, bodyOf(m_request)));
            return {};
        case SignatureForm::Stripe: {
            const std::string time = epochSeconds(m_moment.now);
            const std::string mac = hexMac(signature, time + '.' + std::string(bodyOf(m_request)));
            addSecret(headerOr(signature, "Stripe-Signature"), "t=" + time + ",v1=" + mac);
            return {};
        }
        }
        return {};
    }

private:
    void addSecret(std::string name, std::string value)
    {
        m_request.headers.push_back({std::move(name), std::move(value), true});
    }

    static std::string headerOr(const BodySignature& signature, const char* usual)
    {
        return signature.header.empty() ? usual : signature.header;
    }

    static std::string hexMac(const BodySignature& signature, std::string_view signedBytes)
    {
        return toHex(hmacSha256(signature.secret.reveal(), signedBytes));
    }

    Result<void> signStandardWebhooks(const BodySignature& signature)
    {
        auto key = standardWebhooksKey(signature.secret);
        if (!key)
            return propagate(std::move(key));
        const std::string time = epochSeconds(m_moment.now);
        std::string signedBytes = m_moment.messageId + '.' + time + '.';
        signedBytes += bodyOf(m_request);
        m_request.headers.push_back({"webhook-id", m_moment.messageId, false});
        m_request.headers.push_back({"webhook-timestamp", time, false});
        addSecret("webhook-signature", "v1," + toBase64(hmacSha256(*key, signedBytes)));
        return {};
    }

    const SigningMoment& m_moment;
    Request& m_request;
};

} // namespace

Result<void> apply(const Credential& credential, const SigningMoment& moment, Request& request)
{
    return std::visit(CredentialWriter(moment, request), credential);
}

Result<std::string> standardWebhooksKey(const secrets::Secret& secret)
{
    constexpr std::string_view prefix = "whsec_";
    std::string_view text = secret.reveal();
    if (text.starts_with(prefix))
        text.remove_prefix(prefix.size());
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray(text.data(), static_cast<qsizetype>(text.size())),
        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.isEmpty())
        return unusableSecret();
    std::string key = decoded.decoded.toStdString();
    Redaction::registerSecret(key);
    return key;
}

} // namespace headgate::http
