// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/user_secrets.h"

#include "secrets/keychain_secrets.h"
#include "secrets/os_keychain.h"

#include <QStandardPaths>

namespace headgate::secrets {

namespace {

constexpr const char* keychainService = "headgate";
constexpr Milliseconds keychainPatience{60'000};

} // namespace

std::unique_ptr<UserSecrets> UserSecrets::ofThisUser()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    const std::string index = folder.toStdString() + "/headgate/keychain-names";
    return std::make_unique<UserSecrets>(std::make_unique<KeychainSecrets>(
        std::make_unique<OsKeychain>(keychainService, keychainPatience), index));
}

SecretStore& UserSecrets::storeOf(const SecretRef& ref)
{
    switch (ref.place) {
    case SecretPlace::Keychain:
        return *m_keychain;
    case SecretPlace::Environment:
    case SecretPlace::Session:
        break;
    }
    return m_process;
}

Result<Secret> UserSecrets::read(const SecretRef& ref)
{
    return storeOf(ref).read(ref);
}

Result<void> UserSecrets::write(const SecretRef& ref, const Secret& secret)
{
    return storeOf(ref).write(ref, secret);
}

Result<void> UserSecrets::remove(const SecretRef& ref)
{
    return storeOf(ref).remove(ref);
}

Result<std::vector<SecretRef>> UserSecrets::list()
{
    auto refs = m_keychain->list();
    if (!refs)
        return refs;
    auto session = m_process.list();
    if (!session)
        return session;
    refs->insert(refs->end(), session->begin(), session->end());
    return refs;
}

} // namespace headgate::secrets
