// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secret_store.h"

#include <map>

namespace headgate::fakes {

/// Secrets of any place in memory, by the reference's text. Values are registered with Redaction,
/// as those of the real stores are.
class FakeSecrets final : public secrets::SecretStore
{
public:
    [[nodiscard]] Result<secrets::Secret> read(const secrets::SecretRef& ref) override;
    [[nodiscard]] Result<void> write(const secrets::SecretRef& ref,
                                     const secrets::Secret& secret) override;
    [[nodiscard]] Result<void> remove(const secrets::SecretRef& ref) override;
    [[nodiscard]] Result<std::vector<secrets::SecretRef>> list() override;

    std::map<std::string, std::string> values;
    /// While set, every call fails with it.
    std::optional<Error> failure;
};

} // namespace headgate::fakes
