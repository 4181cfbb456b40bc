// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/token_renewal.h"

#include "base/redaction.h"
#include "base/text.h"
#include "connector/answer_body.h"

namespace headgate::connector {

TokenRenewal::Step TokenRenewal::next(const http::Answer* answer)
{
    const AuthSpec* auth = m_destination.credentials().oauth2();
    if (!auth)
        return {std::nullopt, CredentialRenewal()};
    if (answer)
        return {std::nullopt, read(*answer)};
    SlotContext context;
    context.account = &m_destination.account();
    auto request = m_destination.requests().buildToken(*auth, context);
    if (!request)
        return {std::nullopt, Failure(request.error())};
    return {std::move(*request), std::nullopt};
}

Result<CredentialRenewal> TokenRenewal::read(const http::Answer& answer)
{
    const bool whole = answer.transport == http::Transport::Complete;
    const auto body = data::parseJson(whole ? answer.body : std::string(), {1 << 20, 16});
    const std::string token = body ? textAt(*body, "/access_token") : std::string();
    if (answer.status != 200 || token.empty()) {
        const std::string words = body ? textAt(*body, "/error_description") : answer.detail;
        return fail(ErrorKind::Credential, "connector.token.refused",
                    Text::tr("%1 gives no access token (status %2). Sign in again or check the "
                             "credential. %3")
                        .arg(m_destination.spec().name)
                        .arg(answer.status)
                        .arg(toQString(foreignText(words)))
                        .trimmed());
    }
    std::optional<Milliseconds> lifetime;
    if (const auto seconds = nodeCount(nodeAt(*body, "/expires_in")))
        lifetime = std::chrono::seconds(std::min<std::uint64_t>(*seconds, 365 * 86'400));
    m_destination.credentials().setAccessToken(token, lifetime);
    CredentialRenewal renewal;
    renewal.renewed = true;
    const std::string& refreshField = m_destination.credentials().oauth2()->refreshToken;
    const std::string rotated = textAt(*body, "/refresh_token");
    if (!rotated.empty() && !refreshField.empty() &&
        rotated != m_destination.account().text(refreshField)) {
        const secrets::Secret secret(rotated);
        m_destination.replaceSecret(refreshField, secret);
        renewal.rotated.emplace_back(refreshField, secret);
    }
    return renewal;
}

} // namespace headgate::connector
