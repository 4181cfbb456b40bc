// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/process_secrets.h"

#include "base/redaction.h"
#include "base/text.h"

#include <QByteArray>
#include <QtGlobal>

namespace headgate::secrets {

namespace {

Failure keychainOnly(const SecretRef& ref)
{
    return fail(
        ErrorKind::Credential, "secret.unavailable",
        Text::tr("The secret %1 is in the keychain, which is not in use here. Refer to it as "
                 "env:NAME instead.")
            .arg(toQString(ref.text())));
}

Result<Secret> fromEnvironment(const SecretRef& ref)
{
    if (qEnvironmentVariableIsEmpty(ref.name.c_str()))
        return fail(
            ErrorKind::Credential, "secret.missing",
            Text::tr("The environment variable %1 is not set or empty. Set it, then run again.")
                .arg(toQString(ref.name)));
    Secret secret(qgetenv(ref.name.c_str()).toStdString());
    Redaction::registerSecret(secret.reveal());
    return secret;
}

} // namespace

Result<Secret> ProcessSecrets::read(const SecretRef& ref)
{
    switch (ref.place) {
    case SecretPlace::Keychain:
        return keychainOnly(ref);
    case SecretPlace::Environment:
        return fromEnvironment(ref);
    case SecretPlace::Session:
        break;
    }
    const std::lock_guard lock(m_mutex);
    const auto found = m_session.find(ref.name);
    if (found == m_session.end())
        return fail(ErrorKind::Credential, "secret.missing",
                    Text::tr("The secret %1 was given for another session only. Enter it again.")
                        .arg(toQString(ref.text())));
    return found->second;
}

Result<void> ProcessSecrets::write(const SecretRef& ref, const Secret& secret)
{
    switch (ref.place) {
    case SecretPlace::Keychain:
        return keychainOnly(ref);
    case SecretPlace::Environment:
        return fail(
            ErrorKind::Usage, "secret.environment",
            Text::tr("Headgate does not set environment variables. Set %1 where Headgate is "
                     "started.")
                .arg(toQString(ref.name)));
    case SecretPlace::Session:
        break;
    }
    Redaction::registerSecret(secret.reveal());
    const std::lock_guard lock(m_mutex);
    m_session.insert_or_assign(ref.name, secret);
    return {};
}

Result<void> ProcessSecrets::remove(const SecretRef& ref)
{
    if (ref.place == SecretPlace::Keychain)
        return keychainOnly(ref);
    const std::lock_guard lock(m_mutex);
    if (ref.place == SecretPlace::Session)
        m_session.erase(ref.name);
    return {};
}

Result<std::vector<SecretRef>> ProcessSecrets::list()
{
    const std::lock_guard lock(m_mutex);
    std::vector<SecretRef> refs;
    for (const auto& entry : m_session)
        refs.push_back({SecretPlace::Session, entry.first});
    return refs;
}

} // namespace headgate::secrets
