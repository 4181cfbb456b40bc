// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "connector/destination.h"
#include "connector/spec_library.h"
#include "project/project.h"
#include "run/deliverer.h"
#include "secrets/secret_store.h"

#include <memory>
#include <string>
#include <string_view>

namespace headgate::service {

/// A destination account with its secrets resolved. `lastAccount` is the vendor's account id that
/// a check answered last; `url` replaces the base URL and must be on this machine. Relative paths
/// of the account form are taken from `directory`, the project's. Where an inbox stands in for the
/// account, no secret is read and none is sent: see isStoodInFor().
/// Error: Config "destination.*", Credential "secret.*".
[[nodiscard]] Result<std::unique_ptr<connector::Destination>>
openAccount(const project::DestinationDefinition& definition, const std::string& target,
            const connector::SpecLibrary& connectors, secrets::SecretStore& secrets,
            const std::string& directory, const std::string& lastAccount, const std::string& url,
            const Clock& clock);

/// Stores what a run of the account replaces where the definition refers to. `secrets` outlives it.
/// Error: Credential "secret.*", Usage "secret.environment".
[[nodiscard]] run::KeepSecret keeperOfSecrets(const project::DestinationDefinition& definition,
                                              const std::string& target,
                                              secrets::SecretStore& secrets);

/// Whether an inbox at `url` takes the place of an account elsewhere. What it answers says nothing
/// of that account. An account that is itself on this machine is the inbox, perhaps on another
/// port.
[[nodiscard]] bool isStoodInFor(const project::DestinationDefinition& definition,
                                const std::string& target, const std::string& url);

/// What stands in the place of a secret that is not asked for; Redaction knows it.
inline constexpr std::string_view secretStandIn = "hgSecretStandIn0hgSecretStandIn0";
/// A value that the field takes.
[[nodiscard]] std::string standInFor(const connector::FormField& field);

/// The same account for looking at what it would send: no secret is read, a stand-in is in its
/// place. Nothing may be sent with it. Error: Config "destination.*".
[[nodiscard]] Result<std::unique_ptr<connector::Destination>>
openAccountForShow(const project::DestinationDefinition& definition, const std::string& target,
                   const connector::SpecLibrary& connectors, const std::string& directory,
                   const std::string& lastAccount, const Clock& clock);

} // namespace headgate::service
