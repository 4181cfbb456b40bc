// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "secrets/secret_ref.h"

namespace headgate::cli {

/// "NAME" or "keychain:NAME". Error: Usage "usage.secret.name"; the text is not repeated, as
/// somebody may have typed the secret itself.
[[nodiscard]] Result<secrets::SecretRef> keychainEntry(const std::string& text);

} // namespace headgate::cli
