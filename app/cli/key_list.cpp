// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/key_list.h"

#include "cli/cli_text.h"
#include "cli/console.h"
#include "service/key_list.h"

#include <set>

namespace headgate::cli {

namespace {

Result<std::string> readKeys(const std::string& name)
{
    return name == "-" ? readInput(service::longestKeyList) : service::readKeyListFile(name);
}

} // namespace

std::vector<OptionSpec> keyListOptions()
{
    return {
        {"key",
         "KEY",
         CliText::tr("A record key, as headgate preview shows it. May be repeated."),
         {},
         true},
        {"keys-from", "FILE",
         CliText::tr("Keys from a file: one a line, or the first column of a CSV file; - reads "
                     "standard input.")},
        {"header", "", CliText::tr("The file's first line is a header.")},
    };
}

Result<std::vector<std::string>> givenKeys(const Arguments& arguments)
{
    std::vector<std::string> keys = arguments.values("key");
    if (arguments.has("keys-from")) {
        const Result<std::string> bytes = readKeys(arguments.value("keys-from"));
        if (!bytes)
            return Failure(bytes.error());
        const auto list = service::readKeyList(
            *bytes, {},
            arguments.has("header") ? service::KeyListHeader::Yes : service::KeyListHeader::No);
        if (!list)
            return Failure(list.error());
        keys.insert(keys.end(), list->keys.begin(), list->keys.end());
    }
    std::set<std::string> seen;
    std::erase_if(keys, [&](const std::string& key) { return !seen.insert(key).second; });
    if (keys.empty()) {
        return fail(ErrorKind::Usage, "usage.keys.none",
                    CliText::tr("No key is given: --key=KEY or --keys-from=FILE."));
    }
    return keys;
}

} // namespace headgate::cli
