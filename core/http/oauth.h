// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "base/result.h"
#include "http/http.h"
#include "secrets/secret.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace headgate::http {

enum class ClientLogin
{
    Body, ///< client_id and client_secret as fields of the form
    Basic ///< RFC 6749 §2.3.1
};

/// An OAuth 2 client as a vendor registered it.
struct OAuthClient
{
    std::string tokenUrl;
    std::string clientId;
    secrets::Secret clientSecret; ///< empty: a public client
    std::string scope;
    ClientLogin login = ClientLogin::Body;
    std::vector<std::pair<std::string, std::string>> extraFields; ///< audience, account_id, ...
};

struct OAuthToken
{
    secrets::Secret accessToken;
    secrets::Secret refreshToken; ///< empty: the old one stays good
    std::optional<Milliseconds> lifetime;
};

/// Token requests of RFC 6749: §6, §4.4 and, with RFC 7636's verifier, §4.1.3.
[[nodiscard]] Request refreshTokenRequest(const OAuthClient& client,
                                          const secrets::Secret& refreshToken);
[[nodiscard]] Request clientCredentialsRequest(const OAuthClient& client);
[[nodiscard]] Request authorizationCodeRequest(const OAuthClient& client, const std::string& code,
                                               const std::string& redirectUri,
                                               const secrets::Secret& verifier);

/// Reads a token endpoint's answer and registers the tokens with Redaction. Errors: Credential
/// "http.oauth.invalid_grant" (sign in again) or "http.oauth.refused"; Destination
/// "http.oauth.unavailable" (no usable answer: try again).
[[nodiscard]] Result<OAuthToken> readTokenAnswer(const Answer& answer);

/// RFC 7636: 43 characters of 256 random bits.
[[nodiscard]] secrets::Secret makePkceVerifier(Random& random);
/// S256.
[[nodiscard]] std::string pkceChallenge(const secrets::Secret& verifier);

} // namespace headgate::http
