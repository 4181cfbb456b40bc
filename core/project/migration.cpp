// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/migration.h"

#include "base/text.h"
#include "project/project.h"

#include <algorithm>

namespace headgate::project {

ProjectFormat ProjectFormat::ours()
{
    return {projectFormat, {}};
}

Result<void> migrate(ProjectFiles& files, int from, const ProjectFormat& format)
{
    for (int at = from; at < format.current; ++at) {
        const auto step = std::find_if(format.migrations.begin(), format.migrations.end(),
                                       [&](const Migration& one) { return one.from == at; });
        if (step == format.migrations.end())
            return fail(ErrorKind::Config, "project.too_old",
                        Text::tr("This project has format %1, which this version of Headgate no "
                                 "longer reads. Open it with an older version first.")
                            .arg(from));
        step->apply(files);
    }
    return {};
}

} // namespace headgate::project
