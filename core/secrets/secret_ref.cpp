// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/secret_ref.h"

#include "base/text.h"

#include <algorithm>

namespace headgate::secrets {

namespace {

constexpr std::size_t longestName = 200;

std::string_view prefixOf(SecretPlace place)
{
    switch (place) {
    case SecretPlace::Keychain:
        return "keychain:";
    case SecretPlace::Environment:
        return "env:";
    case SecretPlace::Session:
        return "session:";
    }
    return "keychain:";
}

bool isName(std::string_view name)
{
    return !name.empty() && name.size() <= longestName &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '_' || c == '.' || c == '/' || c == '-';
           });
}

} // namespace

Result<SecretRef> SecretRef::parse(std::string_view text)
{
    for (const SecretPlace place :
         {SecretPlace::Keychain, SecretPlace::Environment, SecretPlace::Session}) {
        const std::string_view prefix = prefixOf(place);
        if (text.starts_with(prefix) && isName(text.substr(prefix.size())))
            return SecretRef{place, std::string(text.substr(prefix.size()))};
    }
    return fail(
        ErrorKind::Config, "secret.reference",
        Text::tr("A secret is referred to as keychain:NAME or env:NAME, never written into a "
                 "file. Store it with 'headgate secret set NAME'."));
}

std::string SecretRef::text() const
{
    return std::string(prefixOf(place)) + name;
}

} // namespace headgate::secrets
