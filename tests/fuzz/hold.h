// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdio>
#include <cstdlib>

namespace headgate::fuzz {

/// A rule of a fuzz target; broken: the process aborts, which any fuzzer sees.
inline void hold(bool rule, const char* what)
{
    if (rule)
        return;
    std::fprintf(stderr, "Broken: %s\n", what);
    std::abort();
}

} // namespace headgate::fuzz
