// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "connector/slot_context.h"
#include "http/http.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::connector {

/// Puts an account's credentials on requests, freshly for each attempt: signatures carry the time
/// of sending, access tokens may have been renewed since.
class Credentials
{
public:
    /// `account` and `clock` outlive it. Error: Credential "connector.secret.value".
    [[nodiscard]] static Result<Credentials> open(const ConnectorSpec& spec,
                                                  const AccountValues& account, const Clock& clock);

    /// False while an access token is needed and there is none, or it has run out.
    [[nodiscard]] bool ready() const;
    /// Adds headers; `query` parameters go into the URL, which apply() does not know.
    void apply(http::Request& request, std::string_view messageId) const;
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> query() const;

    [[nodiscard]] const AuthSpec* oauth2() const;
    void setAccessToken(std::string token, std::optional<Milliseconds> lifetime);

private:
    void applyOne(const AuthSpec& auth, http::Request& request, std::string_view messageId) const;
    void sign(http::Request& request, std::string_view messageId) const;

    std::vector<AuthSpec> m_auth;
    const AccountValues* m_account = nullptr;
    const Clock* m_clock = nullptr;
    std::string m_signingKey;
    std::string m_accessToken;
    std::optional<SteadyTime> m_expires;
};

/// The key of a Standard Webhooks secret: base64, with "whsec_" before it or without; empty if it
/// is neither.
[[nodiscard]] std::optional<std::string> signingKey(std::string_view secret);

} // namespace headgate::connector
