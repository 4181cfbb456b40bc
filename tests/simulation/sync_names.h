// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace headgate::simulation {

inline constexpr const char* simulatedSync = "simulatedsync000";
inline constexpr const char* simulatedObject = "users";
inline constexpr const char* simulatedMatchField = "email";

} // namespace headgate::simulation
