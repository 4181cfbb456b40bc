// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keychain_entry.h"

#include "cli/cli_text.h"

namespace headgate::cli {

Result<secrets::SecretRef> keychainEntry(const std::string& text)
{
    const bool bare = text.find(':') == std::string::npos;
    const auto entry = secrets::SecretRef::parse(bare ? "keychain:" + text : text);
    if (!entry || entry->place != secrets::SecretPlace::Keychain) {
        return fail(ErrorKind::Usage, "usage.secret.name",
                    CliText::tr("The name of a secret in the keychain has letters, digits and "
                                "_ . / - , at most 200. Environment variables (env:NAME) are set "
                                "outside Headgate. The value is read from the terminal or from "
                                "standard input, never from the command line."));
    }
    return *entry;
}

} // namespace headgate::cli
