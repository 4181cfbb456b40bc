// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/process_secrets.h"

#include <memory>

namespace headgate::secrets {

/// What the programs use: keychain references go to the keychain, the others to ProcessSecrets.
class UserSecrets final : public SecretStore
{
public:
    explicit UserSecrets(std::unique_ptr<SecretStore> keychain) : m_keychain(std::move(keychain)) {}

    /// The operating system's keychain, its index in the user's configuration folder. Nothing is
    /// asked of the keychain before the first keychain reference is used.
    [[nodiscard]] static std::unique_ptr<UserSecrets> ofThisUser();

    [[nodiscard]] Result<Secret> read(const SecretRef& ref) override;
    [[nodiscard]] Result<void> write(const SecretRef& ref, const Secret& secret) override;
    [[nodiscard]] Result<void> remove(const SecretRef& ref) override;
    [[nodiscard]] Result<void> probe() override { return m_keychain->probe(); }
    [[nodiscard]] Result<std::vector<SecretRef>> list() override;

private:
    [[nodiscard]] SecretStore& storeOf(const SecretRef& ref);

    std::unique_ptr<SecretStore> m_keychain;
    ProcessSecrets m_process;
};

} // namespace headgate::secrets
