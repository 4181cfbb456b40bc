// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>

namespace headgate::service {

/// How this user's machine reaches destinations; the same for the window and the command line. The
/// file network.json of the user's configuration folder; no file: all empty. Holds no secrets: a
/// proxy's password is refused.
struct NetworkSettings
{
    std::string proxy; ///< as http::HttpOptions::proxy
    std::string
        certificates; ///< PEM file of authorities to trust besides the system's; empty: none

    bool operator==(const NetworkSettings&) const = default;
};

/// `file` empty: the user's own. Error: Config "network.file", "network.proxy",
/// "network.certificates".
[[nodiscard]] Result<NetworkSettings> loadNetworkSettings(const std::string& file = {});
/// Checks before it writes: the errors of loading, and State "network.unwritable".
[[nodiscard]] Result<void> saveNetworkSettings(const NetworkSettings& settings,
                                               const std::string& file = {});
[[nodiscard]] std::string networkSettingsFile();

} // namespace headgate::service
