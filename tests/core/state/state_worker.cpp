// SPDX-License-Identifier: GPL-3.0-or-later
// The other process of the tests. Says what it got, one line each, and goes on when a line comes.
#include "fakes/fake_clock.h"
#include "state/sqlite_rate_ledger.h"
#include "state/state_store.h"

#include <QCoreApplication>
#include <cstdio>
#include <iostream>

namespace headgate::state {

namespace {

void say(const std::string& line)
{
    std::cout << line << std::endl; // flushed: the test waits for it
}

void awaitLine()
{
    std::string line;
    std::getline(std::cin, line);
}

int failed(const Error& error)
{
    say(error.code);
    return exitCode(error.kind);
}

/// hold FOLDER NAME: takes the lease, keeps it until a line comes.
int holdLease(const std::string& folder, const std::string& name)
{
    SystemClock clock;
    SystemRandom random;
    const auto store = StateStore::open(folder, clock, random);
    if (!store)
        return failed(store.error());
    const auto lease = (*store)->acquireLease(name, std::chrono::hours(1));
    if (!lease)
        return failed(lease.error());
    say("held " + std::to_string(lease->epoch));
    awaitLine();
    const auto released = (*store)->releaseLease(*lease);
    return released ? 0 : failed(released.error());
}

/// contend FOLDER NAME ROUNDS FILE: whoever holds the lease creates FILE, which must not be there.
int contend(const std::string& folder, const std::string& name, int rounds, const char* file)
{
    SystemClock clock;
    SystemRandom random;
    const auto store = StateStore::open(folder, clock, random);
    if (!store)
        return failed(store.error());
    for (int won = 0; won < rounds;) {
        const auto lease = (*store)->acquireLease(name, std::chrono::hours(1));
        if (!lease && lease.error().code == "state.lease.held") {
            clock.sleep(Milliseconds(1), StopToken());
            continue;
        }
        if (!lease)
            return failed(lease.error());
        std::FILE* mark = std::fopen(file, "wx");
        if (mark == nullptr || std::fclose(mark) != 0)
            return failed({ErrorKind::Internal, "two at once", {}, {}, {}, {}});
        clock.sleep(Milliseconds(1), StopToken());
        if (std::remove(file) != 0)
            return failed({ErrorKind::Internal, "not removed", {}, {}, {}, {}});
        if (const auto released = (*store)->releaseLease(*lease); !released)
            return failed(released.error());
        ++won;
    }
    say("done");
    return 0;
}

/// spend FILE PER_SECOND IN_FLIGHT: takes what it gets at one moment, keeps it until a line comes.
int spend(const std::string& file, double perSecond, std::uint32_t inFlight)
{
    const fakes::FakeClock clock;
    const auto ledger = SqliteRateLedger::open(file, clock);
    if (!ledger)
        return failed(ledger.error());
    http::RateLimits limits;
    limits.perSecond = perSecond;
    limits.inFlight = inFlight;
    std::uint32_t taken = 0;
    while (true) {
        const auto grant = (*ledger)->acquire("account", limits, 3);
        if (!grant)
            return failed(grant.error());
        if (grant->requests == 0)
            break;
        taken += grant->requests;
    }
    say(std::to_string(taken));
    awaitLine();
    return 0;
}

int run(const std::vector<std::string>& arguments)
{
    if (arguments.size() == 4 && arguments[1] == "hold")
        return holdLease(arguments[2], arguments[3]);
    if (arguments.size() == 6 && arguments[1] == "contend")
        return contend(arguments[2], arguments[3], std::stoi(arguments[4]), arguments[5].c_str());
    if (arguments.size() == 5 && arguments[1] == "spend")
        return spend(arguments[2], std::stod(arguments[3]),
                     static_cast<std::uint32_t>(std::stoul(arguments[4])));
    return 2;
}

} // namespace

} // namespace headgate::state

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return headgate::state::run(std::vector<std::string>(argv, argv + argc));
}
