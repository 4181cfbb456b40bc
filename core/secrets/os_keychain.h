// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "secrets/keychain.h"

namespace headgate::secrets {

/// The keychain through QtKeychain: Secret Service or KWallet, macOS Keychain, Windows Credential
/// Manager; never its plain-text fallback. QtKeychain queues all jobs of a process in one object,
/// which belongs to the thread that came first; therefore one thread does them all, from the first
/// call until QCoreApplication ends. Thread-safe; not for that thread itself.
class OsKeychain final : public Keychain
{
public:
    /// `service` groups the entries; `patience` must leave a person time to unlock.
    OsKeychain(std::string service, Milliseconds patience);

    [[nodiscard]] KeychainReply read(const std::string& name) override;
    [[nodiscard]] KeychainReply write(const std::string& name, const std::string& value) override;
    [[nodiscard]] KeychainReply remove(const std::string& name) override;

private:
    std::string m_service;
    Milliseconds m_patience;
};

} // namespace headgate::secrets
