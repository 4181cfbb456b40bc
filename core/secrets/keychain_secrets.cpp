// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychain_secrets.h"

#include "base/hash.h"
#include "base/redaction.h"
#include "base/text.h"

#include <QCoreApplication>
#include <algorithm>
#include <charconv>

namespace headgate::secrets {

namespace {

constexpr std::string_view partsMark = "headgate-parts:";
constexpr const char* canaryValue = "tweet";
constexpr std::size_t digestLength = 64;

/// No NAME has a space. Its own per process, which would else remove another's.
std::string canaryName()
{
    return "headgate canary " + std::to_string(QCoreApplication::applicationPid());
}

Failure keychainFailure(const KeychainReply& reply)
{
    switch (reply.status) {
    case KeychainStatus::Denied:
        return fail(ErrorKind::Credential, "secret.locked",
                    Text::tr("The keychain refused access. Your secrets are not lost: unlock the "
                             "keychain and allow Headgate, then try again."),
                    Redaction::redact(reply.detail));
    case KeychainStatus::TimedOut:
        return fail(ErrorKind::Credential, "secret.locked",
                    Text::tr("The keychain did not answer in time; it may be waiting to be "
                             "unlocked. Your secrets are not lost: unlock it, then try again."),
                    Redaction::redact(reply.detail));
    case KeychainStatus::Done:
    case KeychainStatus::NotFound:
    case KeychainStatus::Unavailable:
        break;
    }
    return fail(ErrorKind::Credential, "secret.unavailable",
                Text::tr("The keychain cannot be reached. Your secrets are not lost: log in to a "
                         "desktop with an unlocked keychain, or refer to the secret as env:NAME."),
                Redaction::redact(reply.detail));
}

Failure missingSecret(const std::string& name)
{
    return fail(ErrorKind::Credential, "secret.missing",
                Text::tr("The keychain holds no secret '%1'. Store it with 'headgate secret set "
                         "%1'.")
                    .arg(toQString(name)));
}

Failure brokenSecret(const std::string& name)
{
    return fail(ErrorKind::Credential, "secret.missing",
                Text::tr("The secret '%1' in the keychain is incomplete. Store it again with "
                         "'headgate secret set %1'.")
                    .arg(toQString(name)));
}

Result<void> requireKeychainRef(const SecretRef& ref)
{
    if (ref.place == SecretPlace::Keychain)
        return {};
    return fail(
        ErrorKind::Internal, "secret.place",
        Text::tr("%1 is not in the keychain. This is a defect.").arg(toQString(ref.text())));
}

/// Pieces of whole characters: the keychain takes texts.
std::vector<std::string> cutText(const std::string& value, std::size_t longest)
{
    std::vector<std::string> pieces;
    for (std::size_t at = 0; at < value.size();) {
        std::size_t end = std::min(at + longest, value.size());
        while (end < value.size() && (static_cast<unsigned char>(value[end]) & 0xC0) == 0x80)
            --end;
        pieces.push_back(value.substr(at, end - at));
        at = end;
    }
    return pieces;
}

Result<void> requireStorable(const std::string& value)
{
    const QString text = toQString(value);
    if (!value.empty() && value.size() <= KeychainSecrets::longestSecret &&
        text.toStdString() == value && !text.contains(QChar(0)))
        return {};
    return fail(ErrorKind::Usage, "secret.value",
                Text::tr("A secret is a text of 1 to %1 bytes in UTF-8 without NUL. Encode other "
                         "bytes, for instance in base64.")
                    .arg(KeychainSecrets::longestSecret));
}

} // namespace

KeychainSecrets::KeychainSecrets(std::unique_ptr<Keychain> keychain, std::string indexFile)
    : m_keychain(std::move(keychain)), m_index(std::move(indexFile))
{}

Result<Secret> KeychainSecrets::read(const SecretRef& ref)
{
    HEADGATE_TRY(requireKeychainRef(ref));
    const std::lock_guard lock(m_mutex);
    auto stored = entry(ref.name);
    if (!stored)
        return propagate(std::move(stored));
    if (!*stored)
        return missingSecret(ref.name);
    std::string value = std::move(**stored);
    Redaction::registerSecret(value);
    if (const auto parts = partsOf(value)) {
        auto whole = joined(ref.name, *parts);
        if (!whole)
            return propagate(std::move(whole));
        value = std::move(*whole);
        Redaction::registerSecret(value);
    }
    return Secret(std::move(value));
}

Result<void> KeychainSecrets::write(const SecretRef& ref, const Secret& secret)
{
    HEADGATE_TRY(requireKeychainRef(ref));
    HEADGATE_TRY(requireStorable(secret.reveal()));
    Redaction::registerSecret(secret.reveal());
    const std::lock_guard lock(m_mutex);
    const auto old = entry(ref.name);
    if (!old)
        return Failure(old.error());
    HEADGATE_TRY(canary());
    HEADGATE_TRY(m_index.add(ref.name));
    auto stored = storeParts(ref.name, secret.reveal());
    if (!stored)
        return propagate(std::move(stored));
    HEADGATE_TRY(put(ref.name, *stored));
    const std::optional<Parts> before = *old ? partsOf(**old) : std::nullopt;
    if (before && **old != *stored)
        return removeParts(ref.name, *before);
    return {};
}

Result<void> KeychainSecrets::remove(const SecretRef& ref)
{
    HEADGATE_TRY(requireKeychainRef(ref));
    const std::lock_guard lock(m_mutex);
    const auto stored = entry(ref.name);
    if (!stored)
        return Failure(stored.error());
    if (*stored) {
        const auto parts = partsOf(**stored);
        HEADGATE_TRY(drop(ref.name));
        if (parts)
            HEADGATE_TRY(removeParts(ref.name, *parts));
    }
    return m_index.remove(ref.name);
}

Result<std::vector<SecretRef>> KeychainSecrets::list()
{
    const std::lock_guard lock(m_mutex);
    const auto names = m_index.names();
    if (!names)
        return Failure(names.error());
    std::vector<SecretRef> refs;
    for (const std::string& name : *names)
        refs.push_back({SecretPlace::Keychain, name});
    return refs;
}

Result<void> KeychainSecrets::probe()
{
    const std::lock_guard lock(m_mutex);
    m_proven = false;
    return canary();
}

Result<std::optional<std::string>> KeychainSecrets::entry(const std::string& name)
{
    KeychainReply reply = m_keychain->read(name);
    if (reply.status == KeychainStatus::Done)
        return std::move(reply.value);
    if (reply.status != KeychainStatus::NotFound)
        return keychainFailure(reply);
    HEADGATE_TRY(canary());
    return std::nullopt;
}

Result<void> KeychainSecrets::canary()
{
    if (m_proven)
        return {};
    const std::string name = canaryName();
    HEADGATE_TRY(put(name, canaryValue));
    const KeychainReply reply = m_keychain->read(name);
    if (reply.status != KeychainStatus::Done || reply.value != canaryValue)
        return keychainFailure(reply);
    HEADGATE_TRY(drop(name));
    m_proven = true;
    return {};
}

Result<void> KeychainSecrets::put(const std::string& name, const std::string& value)
{
    const KeychainReply reply = m_keychain->write(name, value);
    if (reply.status != KeychainStatus::Done)
        return keychainFailure(reply);
    return {};
}

Result<void> KeychainSecrets::drop(const std::string& name)
{
    const KeychainReply reply = m_keychain->remove(name);
    if (reply.status != KeychainStatus::Done && reply.status != KeychainStatus::NotFound)
        return keychainFailure(reply);
    return {};
}

std::optional<KeychainSecrets::Parts> KeychainSecrets::partsOf(const std::string& entry)
{
    if (!entry.starts_with(partsMark))
        return std::nullopt;
    const std::size_t colon = entry.find(':', partsMark.size());
    if (colon == std::string::npos || entry.size() - colon - 1 != digestLength)
        return std::nullopt;
    Parts parts;
    parts.digest = entry.substr(colon + 1);
    const char* begin = entry.data() + partsMark.size();
    const char* end = entry.data() + colon;
    const auto [next, error] = std::from_chars(begin, end, parts.count);
    if (error != std::errc{} || next != end || parts.count == 0 || parts.count > longestSecret)
        return std::nullopt;
    return parts;
}

std::string KeychainSecrets::partName(const std::string& name, const Parts& parts,
                                      std::size_t number)
{
    return name + '#' + parts.digest.substr(0, 8) + '.' + std::to_string(number);
}

Result<std::string> KeychainSecrets::joined(const std::string& name, const Parts& parts)
{
    std::string whole;
    for (std::size_t number = 0; number < parts.count; ++number) {
        const auto part = entry(partName(name, parts, number));
        if (!part)
            return Failure(part.error());
        if (!*part)
            return brokenSecret(name);
        whole += **part;
    }
    if (sha256Hex(whole) != parts.digest)
        return brokenSecret(name);
    return whole;
}

Result<std::string> KeychainSecrets::storeParts(const std::string& name, const std::string& value)
{
    if (value.size() <= longestEntry && !value.starts_with(partsMark))
        return value;
    const std::vector<std::string> pieces = cutText(value, longestEntry);
    const Parts parts = {pieces.size(), sha256Hex(value)};
    for (std::size_t number = 0; number < pieces.size(); ++number)
        HEADGATE_TRY(put(partName(name, parts, number), pieces[number]));
    return std::string(partsMark) + std::to_string(parts.count) + ':' + parts.digest;
}

Result<void> KeychainSecrets::removeParts(const std::string& name, const Parts& parts)
{
    for (std::size_t number = 0; number < parts.count; ++number)
        HEADGATE_TRY(drop(partName(name, parts, number)));
    return {};
}

} // namespace headgate::secrets
