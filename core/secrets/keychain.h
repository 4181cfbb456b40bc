// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <string>

namespace headgate::secrets {

enum class KeychainStatus
{
    Done,
    NotFound,    ///< also said by some systems when there is no keychain at all
    Denied,      ///< by the user or the system
    Unavailable, ///< no keychain, locked without a way to ask, or another failure
    TimedOut     ///< no answer; the operation may still happen
};

struct KeychainReply
{
    KeychainStatus status = KeychainStatus::Unavailable;
    std::string value; ///< of read()
    QString detail;    ///< the system's own words
};

/// Short texts by name in the operating system's keychain. Calls block, for a bounded time.
class Keychain
{
public:
    virtual ~Keychain() = default;
    [[nodiscard]] virtual KeychainReply read(const std::string& name) = 0;
    [[nodiscard]] virtual KeychainReply write(const std::string& name,
                                              const std::string& value) = 0;
    [[nodiscard]] virtual KeychainReply remove(const std::string& name) = 0;
};

} // namespace headgate::secrets
