// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keychain.h"
#include "secrets/name_index.h"
#include "secrets/secret_store.h"

#include <memory>
#include <mutex>

namespace headgate::secrets {

/// References "keychain:NAME". 'Not found' is believed only after a canary was written, read and
/// removed. A value too long for one entry (Windows holds 2,560 bytes) is kept in parts, which are
/// complete before the entry under the secret's own name points to them: a write that is
/// interrupted leaves the old value. Thread-safe; calls block.
class KeychainSecrets final : public SecretStore
{
public:
    /// In characters of UTF-16, at two bytes each, with room for what Windows adds.
    static constexpr std::size_t longestEntry = 1000;
    /// Far more than any credential; keeps a mistaken file out of the keychain.
    static constexpr std::size_t longestSecret = 64 << 10;

    KeychainSecrets(std::unique_ptr<Keychain> keychain, std::string indexFile);

    [[nodiscard]] Result<Secret> read(const SecretRef& ref) override;
    [[nodiscard]] Result<void> write(const SecretRef& ref, const Secret& secret) override;
    [[nodiscard]] Result<void> remove(const SecretRef& ref) override;
    [[nodiscard]] Result<std::vector<SecretRef>> list() override;
    [[nodiscard]] Result<void> probe() override;

private:
    struct Parts
    {
        std::size_t count = 0;
        std::string digest; ///< SHA-256 of the whole, whose beginning names the parts
    };

    [[nodiscard]] static std::optional<Parts> partsOf(const std::string& entry);
    [[nodiscard]] static std::string partName(const std::string& name, const Parts& parts,
                                              std::size_t number);
    /// The entry under that name; nothing if there is surely none.
    [[nodiscard]] Result<std::optional<std::string>> entry(const std::string& name);
    [[nodiscard]] Result<std::string> joined(const std::string& name, const Parts& parts);
    [[nodiscard]] Result<std::string> storeParts(const std::string& name, const std::string& value);
    [[nodiscard]] Result<void> removeParts(const std::string& name, const Parts& parts);
    [[nodiscard]] Result<void> put(const std::string& name, const std::string& value);
    [[nodiscard]] Result<void> drop(const std::string& name);
    [[nodiscard]] Result<void> canary();

    std::mutex m_mutex;
    std::unique_ptr<Keychain> m_keychain;
    NameIndex m_index;
    bool m_proven = false;
};

} // namespace headgate::secrets
