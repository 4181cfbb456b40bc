// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/command_line.h"

#include <span>

namespace headgate::cli {

/// Whether a person is there to be asked: a terminal on both sides and no --no-input.
[[nodiscard]] bool mayAsk(const GlobalOptions& globals);

struct Choice
{
    char letter;
    QString text;
};

/// Asks on standard error until one of the letters is typed; an empty line takes the first choice.
/// Error: Usage "usage.input.none" at the end of input.
[[nodiscard]] Result<char> ask(const QString& question, std::span<const Choice> choices);

/// Passes with --yes, or when somebody who is told `what` says yes.
/// Error: Usage "usage.yes", naming --yes.
[[nodiscard]] Result<void> requireYes(const GlobalOptions& globals, const Arguments& arguments,
                                      const QString& what);

} // namespace headgate::cli
