// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console.h"

#include "cli/cli_text.h"

#include <array>
#include <cstdio>
#include <iostream>

namespace headgate::cli {

Result<std::string> readInput(std::size_t most)
{
    std::string input;
    std::array<char, 4096> buffer;
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), stdin)) {
        input.append(buffer.data(), got);
        if (input.size() > most) {
            return fail(ErrorKind::Usage, "usage.input.long",
                        CliText::tr("Standard input holds more than %1 bytes.").arg(most));
        }
    }
    if (std::ferror(stdin) != 0)
        return fail(ErrorKind::State, "console.input",
                    CliText::tr("Standard input cannot be read."));
    return input;
}

Result<std::string> readLine()
{
    std::string line;
    if (!std::getline(std::cin, line))
        return fail(ErrorKind::Usage, "usage.input.none",
                    CliText::tr("Standard input ended before there was an answer."));
    if (line.ends_with('\r'))
        line.pop_back();
    return line;
}

} // namespace headgate::cli
