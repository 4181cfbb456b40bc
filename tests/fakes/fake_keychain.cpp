// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_keychain.h"

namespace headgate::fakes {

using secrets::KeychainReply;
using secrets::KeychainStatus;

KeychainStatus FakeKeychain::called(const std::string& call)
{
    m_contents.calls.push_back(call);
    return m_contents.fault ? m_contents.fault(call) : KeychainStatus::Done;
}

KeychainReply FakeKeychain::read(const std::string& name)
{
    if (const auto status = called("read " + name); status != KeychainStatus::Done)
        return {status, {}, QStringLiteral("scripted")};
    const auto found = m_contents.entries.find(name);
    if (found == m_contents.entries.end())
        return {KeychainStatus::NotFound, {}, QStringLiteral("Entry not found")};
    return {KeychainStatus::Done, found->second, {}};
}

KeychainReply FakeKeychain::write(const std::string& name, const std::string& value)
{
    if (const auto status = called("write " + name); status != KeychainStatus::Done)
        return {status, {}, QStringLiteral("scripted")};
    m_contents.entries[name] = value;
    return {KeychainStatus::Done, {}, {}};
}

KeychainReply FakeKeychain::remove(const std::string& name)
{
    if (const auto status = called("remove " + name); status != KeychainStatus::Done)
        return {status, {}, QStringLiteral("scripted")};
    m_contents.entries.erase(name);
    return {KeychainStatus::Done, {}, {}};
}

} // namespace headgate::fakes
