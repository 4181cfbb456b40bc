// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/destination_factory.h"

#include "base/text.h"
#include "connector/declarative_destination.h"

namespace headgate::connector {

namespace {

Failure withoutImplementation(const ConnectorSpec& spec)
{
    return fail(ErrorKind::Config, "connector.implementation",
                Text::tr("This build of Headgate cannot deliver to %1.").arg(spec.name));
}

} // namespace

Result<std::unique_ptr<Destination>> openDestination(SharedSpec spec, DestinationConfig config,
                                                     const Clock& clock)
{
    switch (spec->implementation) {
    case Implementation::Declarative:
        return DeclarativeDestination::open(std::move(spec), std::move(config), clock);
    case Implementation::Files:
    case Implementation::Sql:
        return withoutImplementation(*spec);
    }
    return withoutImplementation(*spec);
}

} // namespace headgate::connector
