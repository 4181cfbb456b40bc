// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/fake_clock.h"

namespace headgate::fakes {

void FakeClock::sleep(Milliseconds duration, const StopToken& stop)
{
    if (!stop.stopRequested() && duration.count() > 0)
        advance(duration);
}

void FakeClock::advance(Milliseconds duration)
{
    m_now += duration;
    m_steady += duration;
}

} // namespace headgate::fakes
