// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_secrets.h"

#include "base/redaction.h"

namespace headgate::fakes {

using secrets::Secret;
using secrets::SecretRef;

Result<Secret> FakeSecrets::read(const SecretRef& ref)
{
    if (failure)
        return Failure(*failure);
    const auto found = values.find(ref.text());
    if (found == values.end())
        return fail(ErrorKind::Credential, "secret.missing", QStringLiteral("no such secret"));
    Redaction::registerSecret(found->second);
    return Secret(found->second);
}

Result<void> FakeSecrets::write(const SecretRef& ref, const Secret& secret)
{
    if (failure)
        return Failure(*failure);
    Redaction::registerSecret(secret.reveal());
    values[ref.text()] = secret.reveal();
    return {};
}

Result<void> FakeSecrets::remove(const SecretRef& ref)
{
    if (failure)
        return Failure(*failure);
    values.erase(ref.text());
    return {};
}

Result<std::vector<SecretRef>> FakeSecrets::list()
{
    if (failure)
        return Failure(*failure);
    std::vector<SecretRef> refs;
    for (const auto& entry : values) {
        auto ref = SecretRef::parse(entry.first);
        if (!ref)
            return propagate(std::move(ref));
        refs.push_back(std::move(*ref));
    }
    return refs;
}

} // namespace headgate::fakes
