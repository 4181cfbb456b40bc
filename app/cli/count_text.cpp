// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/count_text.h"

#include "base/text.h"
#include "cli/cli_text.h"

namespace headgate::cli {

QString rowsText(std::uint64_t count)
{
    return CliText::tr("%1 rows", nullptr, pluralOf(count)).arg(count);
}

QString recordsText(std::uint64_t count)
{
    return CliText::tr("%1 records", nullptr, pluralOf(count)).arg(count);
}

} // namespace headgate::cli
