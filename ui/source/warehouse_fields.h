// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "warehouse/warehouse_spec.h"
#include "widgets/settings_field.h"

#include <map>

namespace headgate::ui {

/// The form of a warehouse's connection.
[[nodiscard]] std::vector<SettingsField> fieldsOf(const warehouse::WarehouseSpec& spec);

/// What is wrong, by field. `withMissing`: what is needed and not there yet is wrong, too.
[[nodiscard]] std::map<std::string, QString> problemsOf(const warehouse::WarehouseSpec& spec,
                                                        const project::AccountSettings& settings,
                                                        bool withMissing);

/// "reader@db.example.com:5432/shop", as far as it is known.
[[nodiscard]] QString addressOf(const std::map<std::string, std::string>& fields);

} // namespace headgate::ui
