// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/account_settings.h"

namespace headgate::project {

namespace {

using SettingTexts = std::map<std::string, std::string> AccountSettings::*;

void setMember(TargetedSettings& settings, SettingTexts group, const std::string& target,
               const std::string& key, const std::string& text)
{
    const auto own = settings.targets.find(target);
    const bool differs = own != settings.targets.end() && (own->second.*group).count(key) != 0;
    auto& members = differs ? own->second.*group : settings.common.*group;
    if (text.empty())
        members.erase(key);
    else
        members[key] = text;
}

} // namespace

AccountSettings TargetedSettings::resolved(const std::string& target) const
{
    AccountSettings settings = common;
    const auto found = targets.find(target);
    if (found == targets.end())
        return settings;
    for (const auto& [field, value] : found->second.fields)
        settings.fields[field] = value;
    for (const auto& [field, reference] : found->second.secrets)
        settings.secrets[field] = reference;
    if (!found->second.baseUrl.empty())
        settings.baseUrl = found->second.baseUrl;
    return settings;
}

void TargetedSettings::setField(const std::string& target, const std::string& key,
                                const std::string& value)
{
    setMember(*this, &AccountSettings::fields, target, key, value);
}

void TargetedSettings::setSecret(const std::string& target, const std::string& key,
                                 const std::string& reference)
{
    setMember(*this, &AccountSettings::secrets, target, key, reference);
}

void TargetedSettings::setBaseUrl(const std::string& target, const std::string& url)
{
    const auto own = targets.find(target);
    const bool differs = own != targets.end() && !own->second.baseUrl.empty();
    (differs ? own->second : common).baseUrl = url;
}

} // namespace headgate::project
