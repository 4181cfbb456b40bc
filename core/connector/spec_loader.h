// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "connector/connector_spec.h"

#include <string>
#include <string_view>

namespace headgate::connector {

struct LoadedSpec
{
    SharedSpec spec; ///< null if there is an error
    Issues issues;
};

/// Reads a spec.json and reports every mistake at once, each as "FILE:LINE:COLUMN POINTER": wrong
/// types, missing and unknown keys, unknown words, and what does not fit together (a slot without
/// its field, a matching without its pointers, batches of an operation that sends one record).
/// `file` is used in messages only.
[[nodiscard]] LoadedSpec loadSpec(std::string_view bytes, const std::string& file);

} // namespace headgate::connector
