// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "http/http.h"
#include "secrets/secret.h"

#include <string>
#include <string_view>
#include <variant>

namespace headgate::http {

/// name: prefix + secret
struct HeaderKey
{
    std::string name;
    std::string prefix;
    secrets::Secret secret;
};

/// name=secret at the end of the URL's query
struct QueryKey
{
    std::string name;
    secrets::Secret secret;
};

/// Authorization: Bearer token
struct BearerToken
{
    secrets::Secret token;
};

/// Authorization: Basic base64(user:password). The user holds no colon.
struct BasicLogin
{
    std::string user;
    secrets::Secret password;
};

enum class SignatureForm
{
    /// webhook-id, webhook-timestamp, webhook-signature: v1,base64(HMAC-SHA256 of
    /// id.timestamp.body); the secret is base64, with "whsec_" before it or without.
    StandardWebhooks,
    /// X-Hub-Signature-256: sha256=hex(HMAC-SHA256 of the body)
    GitHub,
    /// Stripe-Signature: t=seconds,v1=hex(HMAC-SHA256 of seconds.body)
    Stripe
};

/// HMAC over the exact bytes of the body.
struct BodySignature
{
    SignatureForm form = SignatureForm::StandardWebhooks;
    secrets::Secret secret;
    std::string header; ///< in place of the form's own; StandardWebhooks has no choice
};

/// One way in which a request proves who sends it; several may apply to one request.
using Credential = std::variant<HeaderKey, QueryKey, BearerToken, BasicLogin, BodySignature>;

struct SigningMoment
{
    std::string messageId; ///< the same for every attempt of a batch
    WallTime now;          ///< of this attempt
};

/// Adds the credential, marked as secret, to a request built for this attempt; signatures come
/// last, over the body as it stands. What goes out encoded is registered with Redaction.
/// Error: Credential "http.credential.secret" (not base64, or empty) or "http.credential.user".
[[nodiscard]] Result<void> apply(const Credential& credential, const SigningMoment& moment,
                                 Request& request);

/// The raw key of a Standard Webhooks secret. Error: Credential "http.credential.secret".
[[nodiscard]] Result<std::string> standardWebhooksKey(const secrets::Secret& secret);

} // namespace headgate::http
