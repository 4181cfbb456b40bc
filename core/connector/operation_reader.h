// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector_spec.h"

#include <map>

namespace headgate::connector {

class ObjectReader;

/// Readers of the parts of a spec that describe requests and answers.

[[nodiscard]] RequestSpec readRequest(ObjectReader& in);
[[nodiscard]] Condition readCondition(ObjectReader& in);
[[nodiscard]] AnswerDefaults readDefaults(ObjectReader& in);
/// Answers that several operations share, by name.
using AnswerSets = std::map<std::string, std::vector<AnswerSpec>>;
[[nodiscard]] AnswerSets readAnswerSets(ObjectReader& in);
[[nodiscard]] OperationSpec readOperation(ObjectReader& in, const AnswerSets& sets);

} // namespace headgate::connector
