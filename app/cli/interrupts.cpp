// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/interrupts.h"

namespace headgate::cli {

void Interrupts::received()
{
    if (!m_stop.stopRequested())
        m_stop.requestStop();
    else
        m_abandon.requestStop();
}

} // namespace headgate::cli
