// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/oauth.h"

#include "base/hash.h"
#include "base/redaction.h"
#include "base/text.h"
#include "data/json.h"
#include "http/retry_policy.h"
#include "http/url.h"

#include <QByteArray>
#include <QCryptographicHash>
#include <algorithm>
#include <charconv>

namespace headgate::http {

namespace {

constexpr data::JsonLimits tokenAnswerLimits{1 << 20, 16};
constexpr Milliseconds longestLifetime = std::chrono::hours(24 * 366);

/// application/x-www-form-urlencoded; %20 is as good as '+' and never mistaken for a plus.
class TokenForm
{
public:
    void add(std::string_view name, std::string_view value)
    {
        if (!m_text.empty())
            m_text += '&';
        m_text += percentEncoded(name) + '=' + percentEncoded(value);
    }
    [[nodiscard]] std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

Request tokenRequest(const OAuthClient& client, TokenForm form)
{
    Request request;
    request.method = "POST";
    request.url = client.tokenUrl;
    request.secretBody = true;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded", false},
                       {"Accept", "application/json", false}};
    if (!client.scope.empty())
        form.add("scope", client.scope);
    for (const auto& [name, value] : client.extraFields)
        form.add(name, value);
    const bool secret = !client.clientSecret.empty();
    if (secret && client.login == ClientLogin::Basic) {
        const std::string pair =
            percentEncoded(client.clientId) + ':' + percentEncoded(client.clientSecret.reveal());
        const std::string encoded = toBase64(pair);
        Redaction::registerSecret(encoded);
        request.headers.push_back({"Authorization", "Basic " + encoded, true});
    } else {
        form.add("client_id", client.clientId);
        if (secret)
            form.add("client_secret", client.clientSecret.reveal());
    }
    request.body = std::make_shared<const std::string>(form.take());
    return request;
}

std::string textMember(const data::JsonNode& json, const char* member)
{
    if (!json.is_object())
        return {};
    const auto found = json.find(member);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A number, or its text, as some vendors write it.
std::optional<Milliseconds> lifetimeOf(const data::JsonNode& json)
{
    const auto found = json.find("expires_in");
    if (found == json.end())
        return std::nullopt;
    double seconds = -1;
    if (found->is_number()) {
        seconds = found->get<double>();
    } else if (found->is_string()) {
        const auto& text = found->get_ref<const std::string&>();
        std::int64_t whole = -1;
        const char* const end = text.data() + text.size();
        if (std::from_chars(text.data(), end, whole).ptr == end)
            seconds = static_cast<double>(whole);
    }
    if (!(seconds >= 0))
        return std::nullopt;
    const double limit = static_cast<double>(longestLifetime.count());
    return Milliseconds(static_cast<std::int64_t>(std::min(seconds * 1000, limit)));
}

Failure tokenRefused(const Answer& answer, const data::JsonNode& json)
{
    const std::string error = textMember(json, "error");
    const QString detail =
        Redaction::redact(toQString("status " + std::to_string(answer.status) + ", " + error +
                                    ": " + textMember(json, "error_description")));
    if (error == "invalid_grant")
        return fail(ErrorKind::Credential, "http.oauth.invalid_grant",
                    Text::tr("The destination no longer accepts the stored sign-in. It has run out "
                             "or was revoked; sign in again."),
                    detail);
    return fail(ErrorKind::Credential, "http.oauth.refused",
                Text::tr("The destination refuses to give an access token (status %1). Check the "
                         "client ID, the client secret and the scopes.")
                    .arg(answer.status),
                detail);
}

Failure tokenUnavailable(const Answer& answer)
{
    return fail(ErrorKind::Destination, "http.oauth.unavailable",
                Text::tr("The destination's sign-in service gave no usable answer (status %1). Try "
                         "again later.")
                    .arg(answer.status),
                toQString(answer.detail));
}

} // namespace

Request refreshTokenRequest(const OAuthClient& client, const secrets::Secret& refreshToken)
{
    TokenForm form;
    form.add("grant_type", "refresh_token");
    form.add("refresh_token", refreshToken.reveal());
    return tokenRequest(client, std::move(form));
}

Request clientCredentialsRequest(const OAuthClient& client)
{
    TokenForm form;
    form.add("grant_type", "client_credentials");
    return tokenRequest(client, std::move(form));
}

Request authorizationCodeRequest(const OAuthClient& client, const std::string& code,
                                 const std::string& redirectUri, const secrets::Secret& verifier)
{
    TokenForm form;
    form.add("grant_type", "authorization_code");
    form.add("code", code);
    form.add("redirect_uri", redirectUri);
    form.add("code_verifier", verifier.reveal());
    return tokenRequest(client, std::move(form));
}

Result<OAuthToken> readTokenAnswer(const Answer& answer)
{
    const AnswerReading reading = classify(answer, true);
    const auto json = data::parseJson(answer.body, tokenAnswerLimits);
    const bool object = json && json->is_object();
    if (answer.transport != Transport::Complete || reading.again ||
        (reading.answerClass == AnswerClass::Accepted && !object))
        return tokenUnavailable(answer);
    const std::string access = object ? textMember(*json, "access_token") : std::string();
    if (reading.answerClass != AnswerClass::Accepted || access.empty())
        return tokenRefused(answer, object ? *json : data::JsonNode::object());
    const std::string refresh = textMember(*json, "refresh_token");
    Redaction::registerSecret(access);
    Redaction::registerSecret(refresh);
    return OAuthToken{secrets::Secret(access), secrets::Secret(refresh), lifetimeOf(*json)};
}

secrets::Secret makePkceVerifier(Random& random)
{
    QByteArray bytes;
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t word = random.next();
        bytes.append(reinterpret_cast<const char*>(&word), sizeof word);
    }
    std::string verifier =
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
            .toStdString();
    Redaction::registerSecret(verifier);
    return secrets::Secret(std::move(verifier));
}

std::string pkceChallenge(const secrets::Secret& verifier)
{
    const QByteArray digest = QCryptographicHash::hash(QByteArray::fromStdString(verifier.reveal()),
                                                       QCryptographicHash::Sha256);
    return digest.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
        .toStdString();
}

} // namespace headgate::http
