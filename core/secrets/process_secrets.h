// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secret_store.h"

#include <map>
#include <mutex>

namespace headgate::secrets {

/// What needs no keychain: the environment, which is only read, and this session's memory.
/// Thread-safe.
class ProcessSecrets final : public SecretStore
{
public:
    [[nodiscard]] Result<Secret> read(const SecretRef& ref) override;
    [[nodiscard]] Result<void> write(const SecretRef& ref, const Secret& secret) override;
    [[nodiscard]] Result<void> remove(const SecretRef& ref) override;
    [[nodiscard]] Result<std::vector<SecretRef>> list() override;

private:
    std::mutex m_mutex;
    std::map<std::string, Secret> m_session;
};

} // namespace headgate::secrets
