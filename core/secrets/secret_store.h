// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "secrets/secret.h"
#include "secrets/secret_ref.h"

#include <vector>

namespace headgate::secrets {

/// Reads and keeps secrets. Every value that comes out is registered with Redaction first. Never
/// falls back to plain text, never overwrites after a failed read. Calls block, for a keychain up
/// to its time-out: not for the GUI thread.
/// Errors: Credential "secret.missing", "secret.locked", "secret.unavailable".
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual Result<Secret> read(const SecretRef& ref) = 0;
    [[nodiscard]] virtual Result<void> write(const SecretRef& ref, const Secret& secret) = 0;
    /// Removing what is not there is no error.
    [[nodiscard]] virtual Result<void> remove(const SecretRef& ref) = 0;
    /// Whether what is written here will be found again; a locked keychain may ask the user.
    [[nodiscard]] virtual Result<void> probe() { return {}; }
    /// References of what this store keeps, without their values.
    [[nodiscard]] virtual Result<std::vector<SecretRef>> list() = 0;
};

} // namespace headgate::secrets
