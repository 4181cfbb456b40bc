// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/destination_factory.h"

#include "base/text.h"
#include "connector/declarative_destination.h"
#include "connector/files_destination.h"

namespace headgate::connector {

Result<std::unique_ptr<Destination>> openDestination(SharedSpec spec, DestinationConfig config,
                                                     const Clock& clock)
{
    switch (spec->implementation) {
    case Implementation::Declarative:
        return DeclarativeDestination::open(std::move(spec), std::move(config), clock);
    case Implementation::Files:
        return FilesDestination::open(std::move(spec), config);
    case Implementation::Postgres:
    case Implementation::MySql:
    case Implementation::Sqlite:
        break;
    }
    return fail(ErrorKind::Config, "connector.implementation",
                Text::tr("This build of Headgate cannot deliver to %1.").arg(spec->name));
}

} // namespace headgate::connector
