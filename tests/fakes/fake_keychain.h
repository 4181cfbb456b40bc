// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keychain.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace headgate::fakes {

/// A keychain in memory. What it holds and what was asked of it outlive the store that owns it.
class FakeKeychain final : public secrets::Keychain
{
public:
    struct Contents
    {
        std::map<std::string, std::string> entries;
        std::vector<std::string> calls; ///< "read NAME", "write NAME", "remove NAME"
        /// Asked before each call; anything but Done is the answer and nothing happens.
        std::function<secrets::KeychainStatus(const std::string& call)> fault;
    };

    explicit FakeKeychain(Contents& contents) : m_contents(contents) {}
    [[nodiscard]] secrets::KeychainReply read(const std::string& name) override;
    [[nodiscard]] secrets::KeychainReply write(const std::string& name,
                                               const std::string& value) override;
    [[nodiscard]] secrets::KeychainReply remove(const std::string& name) override;

private:
    [[nodiscard]] secrets::KeychainStatus called(const std::string& call);

    Contents& m_contents;
};

} // namespace headgate::fakes
