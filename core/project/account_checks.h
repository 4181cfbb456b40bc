// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/validation.h"

namespace headgate::project {

/// The form of a source, as its warehouse asks for it, at a target.
void checkSource(const Project& project, const SourceDefinition& source, const std::string& target,
                 Issues& into);
/// The form of a destination, as its connector asks for it, at a target.
void checkDestination(const Project& project, const DestinationDefinition& destination,
                      const std::string& target, const connector::SpecLibrary& connectors,
                      Issues& into);

} // namespace headgate::project
