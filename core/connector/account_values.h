// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/issue.h"
#include "base/result.h"
#include "connector/connector_spec.h"
#include "secrets/secret.h"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace headgate::connector {

/// An account as a user has filled in its form.
struct DestinationConfig
{
    std::map<std::string, std::string> fields;      ///< by key, without secrets
    std::map<std::string, secrets::Secret> secrets; ///< by key, resolved
    std::string baseUrl; ///< instead of the spec's: the sandbox, a proxy, a test
    std::string account; ///< the vendor's account id that a check answered last; empty: none yet
    std::string caFile;
    Milliseconds totalTimeout{60'000};
};

/// All mistakes of an account form at once; places are "/KEY". `secretKeys` are those for which
/// a secret is referred to, resolved or not.
[[nodiscard]] Issues checkAccountFields(const ConnectorSpec& spec,
                                        const std::map<std::string, std::string>& fields,
                                        const std::set<std::string>& secretKeys);

/// All mistakes of an object's options at once; places are "/KEY".
[[nodiscard]] Issues checkOptions(const ObjectSpec& object,
                                  const std::map<std::string, std::string>& options);

/// The requestValues of records that share these options: chosen ones and defaults, in the order of
/// the spec. Empty if the object has no options.
[[nodiscard]] std::string requestValuesOf(const ObjectSpec& object,
                                          const std::map<std::string, std::string>& options);

/// The checked values of an account, defaults filled in.
class AccountValues
{
public:
    /// Error: the first that checkAccountFields() finds, as Config or Credential.
    [[nodiscard]] static Result<AccountValues> open(const ConnectorSpec& spec,
                                                    const DestinationConfig& config);

    struct Entry
    {
        data::Value value;
        bool secret = false;
    };
    /// Null if the user gave none and there is no default.
    [[nodiscard]] const Entry* find(std::string_view key) const;
    [[nodiscard]] std::string_view text(std::string_view key) const;
    void replace(const std::string& key, const secrets::Secret& secret);

private:
    std::map<std::string, Entry, std::less<>> m_entries;
};

/// The form field's value as data; a text for all kinds but numbers and bools.
[[nodiscard]] data::Value formValue(const FormField& field, std::string text);

} // namespace headgate::connector
