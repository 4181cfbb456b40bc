// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"
#include "state/state_store.h"

namespace headgate::cli {

// Members of the JSON documents for rows of the state, as resources/schema/output names them.
[[nodiscard]] data::JsonNode runRowMembers(const state::RunRow& run);
[[nodiscard]] data::JsonNode historyRowMembers(const state::HistoryRow& record);
[[nodiscard]] data::JsonNode knownRecordMembers(const state::KnownRecord& record);

} // namespace headgate::cli
