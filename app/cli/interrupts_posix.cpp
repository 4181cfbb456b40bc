// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/interrupts.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

namespace headgate::cli {

namespace {

// A handler may touch nothing but these: it writes a byte, and a thread does the rest.
std::array<int, 2> wakePipe = {-1, -1};
std::atomic<int> firstSignal = 0;
std::atomic<int> signalCount = 0;
std::thread wakeThread;
constexpr std::array endingSignals = {SIGINT, SIGTERM, SIGHUP};
constexpr char signalArrived = 's';
constexpr char threadEnds = 'e';

extern "C" void headgateOnSignal(int number)
{
    const int before = errno;
    int none = 0;
    firstSignal.compare_exchange_strong(none, number);
    if (signalCount.fetch_add(1) >= 2)
        _exit(128 + number);
    if (write(wakePipe[1], &signalArrived, 1) != 1)
        _exit(128 + number);
    errno = before;
}

void waitForSignals(Interrupts* interrupts)
{
    char byte = 0;
    while (true) {
        const ssize_t got = read(wakePipe[0], &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got != 1 || byte == threadEnds)
            return;
        interrupts->received();
    }
}

} // namespace

Interrupts::Interrupts()
{
    firstSignal = 0;
    signalCount = 0;
    if (pipe(wakePipe.data()) != 0)
        return;
    for (const int end : wakePipe)
        fcntl(end, F_SETFD, FD_CLOEXEC);
    wakeThread = std::thread(waitForSignals, this);
    struct sigaction action = {};
    action.sa_handler = headgateOnSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (const int number : endingSignals) {
        struct sigaction current = {};
        // nohup has ignored SIGHUP: it stays ignored.
        if (sigaction(number, nullptr, &current) == 0 &&
            !(number == SIGHUP && current.sa_handler == SIG_IGN))
            sigaction(number, &action, nullptr);
    }
}

Interrupts::~Interrupts()
{
    for (const int number : endingSignals)
        std::signal(number, SIG_DFL);
    if (!wakeThread.joinable())
        return;
    if (write(wakePipe[1], &threadEnds, 1) == 1)
        wakeThread.join();
    else
        wakeThread.detach();
    for (int& end : wakePipe) {
        close(end);
        end = -1;
    }
}

int Interrupts::exitCode() const
{
    const int number = firstSignal.load();
    if (number == 0)
        return 0;
    return number == SIGINT ? 130 : 143;
}

} // namespace headgate::cli
