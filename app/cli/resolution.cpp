// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/resolution.h"

#include "base/text.h"
#include "cli/cli_text.h"
#include "cli/printable_text.h"

namespace headgate::cli {

Result<int> resolveAndShow(const Invocation& invocation, service::Workspace& workspace,
                           const ResolutionRequest& request)
{
    std::uint64_t touched = 0;
    for (const std::string& key : request.keys) {
        const auto one = workspace.resolve(request.sync, key, request.resolution);
        if (!one)
            return Failure(one.error());
        if (*one == 0) {
            return fail(ErrorKind::Usage, "usage.resolution.none",
                        CliText::tr("No record of %1 with the key '%2' can be decided about in "
                                    "this way. Those that can: headgate rejected %1")
                            .arg(printable(request.sync), printable(key)));
        }
        touched += *one;
    }
    if (request.keys.empty()) {
        const auto all = workspace.resolve(request.sync, {}, request.resolution);
        if (!all)
            return Failure(all.error());
        touched = *all;
    }
    invocation.output.print(
        CliText::tr("%1 records decided.\n", nullptr, pluralOf(touched)).arg(touched));
    invocation.output.document("resolution", {{"sync", request.sync}, {"records", touched}});
    return 0;
}

} // namespace headgate::cli
