// SPDX-License-Identifier: GPL-3.0-or-later
// To be preloaded: the clocks of all processes that name the same file, moved or stopped together.
//   HEADGATE_CLOCK_FILE  24 bytes, three numbers of this machine's order: how many nanoseconds are
//                        added, and what the wall clock and the steady clocks say where they stand
//                        still (0: they go)
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

namespace {

constexpr std::int64_t second = 1'000'000'000;

struct Shift
{
    std::atomic<std::int64_t> added;
    std::atomic<std::int64_t> wallStands;
    std::atomic<std::int64_t> steadyStands;
};
static_assert(sizeof(Shift) == 24);

const Shift* sharedShift()
{
    static const Shift* const shared = []() -> const Shift* {
        const char* file = std::getenv("HEADGATE_CLOCK_FILE");
        const int handle = file == nullptr ? -1 : ::open(file, O_RDONLY | O_CLOEXEC);
        if (handle < 0)
            std::abort();
        void* memory = ::mmap(nullptr, sizeof(Shift), PROT_READ, MAP_SHARED, handle, 0);
        ::close(handle);
        if (memory == MAP_FAILED)
            std::abort();
        return static_cast<const Shift*>(memory);
    }();
    return shared;
}

std::int64_t nanoseconds(const timespec& time)
{
    return time.tv_sec * second + time.tv_nsec;
}

timespec timeOf(std::int64_t nanoseconds)
{
    return {nanoseconds / second, nanoseconds % second};
}

bool isWall(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE;
}

bool isSteady(clockid_t clock)
{
    return clock == CLOCK_MONOTONIC || clock == CLOCK_MONOTONIC_COARSE ||
           clock == CLOCK_MONOTONIC_RAW || clock == CLOCK_BOOTTIME;
}

template <typename F>
F next(const char* name)
{
    return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

timespec realTime(clockid_t clock)
{
    static const auto call = next<int (*)(clockid_t, timespec*)>("clock_gettime");
    timespec time = {};
    if (call(clock, &time) != 0)
        std::abort();
    return time;
}

timespec shownTime(clockid_t clock)
{
    const Shift& shift = *sharedShift();
    const std::int64_t stands = isWall(clock) ? shift.wallStands.load() : shift.steadyStands.load();
    return timeOf((stands != 0 ? stands : nanoseconds(realTime(clock))) + shift.added.load());
}

/// The same distance from now by the clock that the kernel waits for.
timespec realDeadline(clockid_t clock, const timespec& shown)
{
    return timeOf(nanoseconds(shown) - nanoseconds(shownTime(clock)) +
                  nanoseconds(realTime(clock)));
}

} // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* time)
{
    static const auto call = next<int (*)(clockid_t, timespec*)>("clock_gettime");
    if (!isWall(clock) && !isSteady(clock))
        return call(clock, time);
    *time = shownTime(clock);
    return 0;
}

extern "C" int gettimeofday(timeval* __restrict time, void* __restrict)
{
    const timespec shown = shownTime(CLOCK_REALTIME);
    *time = {shown.tv_sec, shown.tv_nsec / 1000};
    return 0;
}

extern "C" time_t time(time_t* time)
{
    const time_t shown = shownTime(CLOCK_REALTIME).tv_sec;
    if (time != nullptr)
        *time = shown;
    return shown;
}

extern "C" int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                      clockid_t clock, const timespec* until)
{
    static const auto call =
        next<int (*)(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*)>(
            "pthread_cond_clockwait");
    const timespec deadline = realDeadline(clock, *until);
    return call(condition, mutex, clock, &deadline);
}
