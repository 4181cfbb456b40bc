// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/definition_findings.h"
#include "project/validation.h"

namespace headgate::project {

/// A model by itself: its source, its keys and, where they are known, its columns.
void checkModel(const Project& project, const ModelDefinition& model,
                const ValidationKnowledge& knowledge, Issues& into);

/// A sync that has a shape: keys, joins, and what mode, matching and shape ask of the connector's
/// object. Its models, source and destination are checked by themselves.
void checkSync(const Project& project, const SyncDefinition& sync,
               const ValidationKnowledge& knowledge, DefinitionFindings& findings);

/// What a shaped sync asks of the object at its destination.
void checkDelivery(const SyncDefinition& sync, const connector::ConnectorSpec& spec,
                   DefinitionFindings& findings);

} // namespace headgate::project
