// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace headgate::secrets {

enum class SecretPlace
{
    Keychain,    ///< "keychain:NAME": the operating system's
    Environment, ///< "env:NAME"
    Session      ///< "session:NAME": memory of this process only
};

/// Where a secret is: what files hold in place of the value. NAME is [A-Za-z0-9_./-]{1,200}.
struct SecretRef
{
    SecretPlace place = SecretPlace::Keychain;
    std::string name;

    /// Error: Config "secret.reference", which never repeats the text: it may be the secret itself.
    [[nodiscard]] static Result<SecretRef> parse(std::string_view text);
    [[nodiscard]] std::string text() const;

    bool operator==(const SecretRef&) const = default;
};

} // namespace headgate::secrets
