// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/spec_library.h"
#include "project/project.h"
#include "widgets/settings_field.h"

#include <map>

namespace headgate::ui {

/// Of AccountSettings::baseUrl among the fields of an account.
inline constexpr const char* baseUrlKey = "@baseUrl";

/// The form of an account.
[[nodiscard]] std::vector<SettingsField> fieldsOf(const connector::ConnectorSpec& spec);

/// What is wrong, by field. `withMissing`: what is needed and not there yet is wrong, too.
[[nodiscard]] std::map<std::string, QString> problemsOf(const connector::ConnectorSpec& spec,
                                                        const project::AccountSettings& settings,
                                                        bool withMissing);

/// "up to 1,000 records or 4 MB a request, 5 requests a second"
[[nodiscard]] QString limitsText(const connector::Capabilities& can);
/// "upsert, update, delete"
[[nodiscard]] QString operationsText(const connector::Capabilities& can);

} // namespace headgate::ui
