// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace headgate::cli {

enum class Stream
{
    Input,
    Output,
    Error
};

/// The terminal, where there is one. Implemented per system.
namespace console {

/// Before anything is printed: UTF-8 in and out; a closed pipe is an error of a write, not the end
/// of the process.
void prepare();
/// What was typed after the program's name, in UTF-8 where the system says what it is.
[[nodiscard]] std::vector<std::string> words(int argc, char* argv[]);
[[nodiscard]] bool isTerminal(Stream stream);
/// Columns of the terminal behind `stream`; 80 where that cannot be known.
[[nodiscard]] int width(Stream stream);
/// Shows `prompt` on standard error and reads a line without showing it. Without the line's end.
/// Error: Usage "usage.input.none" at the end of input, Internal "console.terminal".
[[nodiscard]] Result<std::string> readHidden(const QString& prompt);

} // namespace console

/// All of standard input, at most `most` bytes. Error: Usage "usage.input.long", State
/// "console.input".
[[nodiscard]] Result<std::string> readInput(std::size_t most);
/// One line of standard input without its end. Error: as readHidden().
[[nodiscard]] Result<std::string> readLine();

} // namespace headgate::cli
