// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/process_table.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <unistd.h>

#ifdef __APPLE__
#include <sys/proc.h>
#include <sys/sysctl.h>
#endif

namespace headgate::state {

namespace {

std::optional<std::string> startUnknown(std::int64_t pid)
{
    if (::kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH)
        return std::nullopt;
    return std::string();
}

#ifdef __linux__

std::optional<std::string> startFromProc(std::int64_t pid)
{
    std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
    if (!file)
        return startUnknown(pid);
    const std::string text((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    // The name in brackets may hold spaces and brackets; state is field 3, the start field 22.
    const std::size_t nameEnd = text.rfind(')');
    if (nameEnd == std::string::npos)
        return std::nullopt;
    std::istringstream fields(text.substr(nameEnd + 1));
    std::string field;
    for (int number = 3; number <= 22; ++number) {
        if (!(fields >> field))
            return std::nullopt;
        if (number == 3 && (field == "Z" || field == "X"))
            return std::nullopt;
    }
    return field;
}

#elif defined(__APPLE__)

std::optional<std::string> startFromSysctl(std::int64_t pid)
{
    std::array<int, 4> name = {CTL_KERN, KERN_PROC, KERN_PROC_PID, static_cast<int>(pid)};
    kinfo_proc info = {};
    std::size_t size = sizeof info;
    if (::sysctl(name.data(), name.size(), &info, &size, nullptr, 0) != 0 || size == 0)
        return startUnknown(pid);
    if (info.kp_proc.p_stat == SZOMB)
        return std::nullopt;
    const timeval& start = info.kp_proc.p_starttime;
    return std::to_string(start.tv_sec) + "." + std::to_string(start.tv_usec);
}

#endif

} // namespace

std::optional<std::string> processStart(std::int64_t pid)
{
#ifdef __linux__
    return startFromProc(pid);
#elif defined(__APPLE__)
    return startFromSysctl(pid);
#else
    return startUnknown(pid);
#endif
}

std::string processNamespace()
{
#ifdef __linux__
    std::array<char, 64> target{};
    const ssize_t length = ::readlink("/proc/self/ns/pid", target.data(), target.size());
    return length > 0 ? std::string(target.data(), static_cast<std::size_t>(length))
                      : std::string();
#else
    return {};
#endif
}

} // namespace headgate::state
