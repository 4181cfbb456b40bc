// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"

#include <map>
#include <string>

namespace headgate::project {

/// What the form of a warehouse or connector asks for. `secrets` holds references ("env:NAME",
/// "keychain:..."), never values.
struct AccountSettings
{
    std::map<std::string, std::string> fields;
    std::map<std::string, std::string> secrets;
    /// Of a destination: in place of the connector's URL, e.g. the inbox. On this machine only, so
    /// that a project from a stranger cannot send credentials elsewhere.
    std::string baseUrl;
    data::JsonNode extra = data::JsonNode::object(); ///< unknown members, kept

    bool operator==(const AccountSettings&) const = default;
};

/// Settings with the differences of each target.
struct TargetedSettings
{
    AccountSettings common;
    std::map<std::string, AccountSettings> targets;

    /// `common` with the members that `target` names replaced.
    [[nodiscard]] AccountSettings resolved(const std::string& target) const;

    /// Where `target` has a value of its own, that one; else the common one. Empty: takes it out.
    void setField(const std::string& target, const std::string& key, const std::string& value);
    void setSecret(const std::string& target, const std::string& key, const std::string& reference);
    void setBaseUrl(const std::string& target, const std::string& url);

    bool operator==(const TargetedSettings&) const = default;
};

} // namespace headgate::project
