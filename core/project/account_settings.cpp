// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/account_settings.h"

namespace headgate::project {

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

} // namespace headgate::project
