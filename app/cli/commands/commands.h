// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

namespace headgate::cli {

// One per command; each is made in the file of its name.
[[nodiscard]] std::unique_ptr<Command> makeCompletionCommand();
[[nodiscard]] std::unique_ptr<Command> makeConnectorsCheckCommand();
[[nodiscard]] std::unique_ptr<Command> makeConnectorsListCommand();
[[nodiscard]] std::unique_ptr<Command> makeHistoryCommand();
[[nodiscard]] std::unique_ptr<Command> makeInboxCommand();
[[nodiscard]] std::unique_ptr<Command> makeInitCommand();
[[nodiscard]] std::unique_ptr<Command> makePlanCommand();
[[nodiscard]] std::unique_ptr<Command> makePreviewCommand();
[[nodiscard]] std::unique_ptr<Command> makePurgeCommand();
[[nodiscard]] std::unique_ptr<Command> makePushCommand();
[[nodiscard]] std::unique_ptr<Command> makeRejectedCommand();
[[nodiscard]] std::unique_ptr<Command> makeResolveCommand();
[[nodiscard]] std::unique_ptr<Command> makeRetryCommand();
[[nodiscard]] std::unique_ptr<Command> makeRunCommand();
[[nodiscard]] std::unique_ptr<Command> makeSecretListCommand();
[[nodiscard]] std::unique_ptr<Command> makeSecretRemoveCommand();
[[nodiscard]] std::unique_ptr<Command> makeSecretSetCommand();
[[nodiscard]] std::unique_ptr<Command> makeSkipCommand();
[[nodiscard]] std::unique_ptr<Command> makeSourcesListCommand();
[[nodiscard]] std::unique_ptr<Command> makeSourcesTestCommand();
[[nodiscard]] std::unique_ptr<Command> makeStateExportCommand();
[[nodiscard]] std::unique_ptr<Command> makeStateImportCommand();
[[nodiscard]] std::unique_ptr<Command> makeStateResetCommand();
[[nodiscard]] std::unique_ptr<Command> makeStateSetAsideCommand();
[[nodiscard]] std::unique_ptr<Command> makeStateShowCommand();
[[nodiscard]] std::unique_ptr<Command> makeStateVerifyCommand();
[[nodiscard]] std::unique_ptr<Command> makeStatusCommand();
[[nodiscard]] std::unique_ptr<Command> makeTrustCommand();
[[nodiscard]] std::unique_ptr<Command> makeValidateCommand();

} // namespace headgate::cli
