// SPDX-License-Identifier: GPL-3.0-or-later
// To be preloaded: counts what a process does with the files below a folder, and with the network,
// and lets the Nth of these operations go wrong. Which ones count depends on what can go wrong with
// them, so that a sweep over N wastes no point.
//   HEADGATE_FAULT_FOLDER  absolute, without links
//   HEADGATE_FAULT_MODE    crash, crash-after, torn, eio, eio-from, enospc, enospc-from, short,
//   stop HEADGATE_FAULT_AT      N, from 1 on; 0 or none: all goes well HEADGATE_FAULT_REPORT  gets
//   "hit N CALL PATH" for what went wrong and "end COUNT" at exit HEADGATE_FAULT_TRACE   with any
//   value the report has a line for each counted operation
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace {

enum class Mode
{
    Crash,      ///< before the operation; a received answer is lost
    CrashAfter, ///< when it is done
    Torn,       ///< when half of it is written
    Eio,
    EioFrom,
    Enospc,
    EnospcFrom, ///< the first one still writes half, as a disk that fills up does
    Short,      ///< half is written, and said so: no error
    Stop        ///< the process stands still until it is told to go on; all goes well
};

/// What an operation does, for as far as a mode minds.
enum class Kind
{
    Open,
    Create,
    Read,
    Write,
    Sync,
    Rename, ///< or link, or make a folder
    Remove,
    Send,
    Receive
};

template <typename F>
F real(const char* name)
{
    return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

const char* setting(const char* name)
{
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

Mode modeFrom(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, Mode>, 9> names = {
        {{"crash", Mode::Crash},
         {"crash-after", Mode::CrashAfter},
         {"torn", Mode::Torn},
         {"eio", Mode::Eio},
         {"eio-from", Mode::EioFrom},
         {"enospc", Mode::Enospc},
         {"enospc-from", Mode::EnospcFrom},
         {"short", Mode::Short},
         {"stop", Mode::Stop}}};
    for (const auto& [name, mode] : names)
        if (name == text)
            return mode;
    std::fprintf(stderr, "HEADGATE_FAULT_MODE is none: %s\n", setting("HEADGATE_FAULT_MODE"));
    std::abort();
}

class Faults
{
public:
    Faults();
    ~Faults();

    [[nodiscard]] bool covers(const char* path) const;
    [[nodiscard]] bool covers(int handle) const;
    void opened(int handle);
    void closed(int handle);

    /// Counts the operation; true if it is to go wrong.
    bool meets(Kind kind, const char* call, const char* path);
    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] bool isFirst() const { return m_count == m_at; }
    [[noreturn]] static void crash();
    static void stop();

private:
    [[nodiscard]] bool counts(Kind kind) const;
    void report(const char* what, unsigned long number, const char* call, const char* path) const;

    std::string m_folder;
    Mode m_mode;
    unsigned long m_at;
    int m_report = -1;
    bool m_trace;
    std::atomic<unsigned long> m_count = 0;
    std::array<std::atomic<bool>, 4096> m_handles = {};
};

Faults::Faults()
    : m_folder(setting("HEADGATE_FAULT_FOLDER")), m_mode(modeFrom(setting("HEADGATE_FAULT_MODE"))),
      m_at(std::strtoul(setting("HEADGATE_FAULT_AT"), nullptr, 10)),
      m_trace(*setting("HEADGATE_FAULT_TRACE") != '\0')
{
    static const auto open = real<int (*)(const char*, int, ...)>("open");
    m_report = open(setting("HEADGATE_FAULT_REPORT"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC,
                    S_IRUSR | S_IWUSR);
}

Faults::~Faults()
{
    report("end", m_count, "", "");
}

bool Faults::covers(const char* path) const
{
    return std::strncmp(path, m_folder.c_str(), m_folder.size()) == 0 &&
           (path[m_folder.size()] == '/' || path[m_folder.size()] == '\0');
}

bool Faults::covers(int handle) const
{
    return handle >= 0 && static_cast<std::size_t>(handle) < m_handles.size() &&
           m_handles[static_cast<std::size_t>(handle)];
}

void Faults::opened(int handle)
{
    if (handle >= 0 && static_cast<std::size_t>(handle) < m_handles.size())
        m_handles[static_cast<std::size_t>(handle)] = true;
}

void Faults::closed(int handle)
{
    if (covers(handle))
        m_handles[static_cast<std::size_t>(handle)] = false;
}

bool Faults::counts(Kind kind) const
{
    const bool network = kind == Kind::Send || kind == Kind::Receive;
    const bool writes = kind == Kind::Write || kind == Kind::Create;
    switch (m_mode) {
    case Mode::Crash:
    case Mode::CrashAfter:
    case Mode::Stop:
        return kind != Kind::Open && kind != Kind::Read;
    case Mode::Torn:
        return kind == Kind::Write || kind == Kind::Send;
    case Mode::Eio:
    case Mode::EioFrom:
        return !network;
    case Mode::Enospc:
    case Mode::EnospcFrom:
        return writes || kind == Kind::Sync || kind == Kind::Rename;
    case Mode::Short:
        return kind == Kind::Write;
    }
    return false;
}

bool Faults::meets(Kind kind, const char* call, const char* path)
{
    if (!counts(kind))
        return false;
    const unsigned long number = ++m_count;
    const bool onwards = m_mode == Mode::EioFrom || m_mode == Mode::EnospcFrom;
    const bool hit = m_at > 0 && (number == m_at || (onwards && number > m_at));
    if (number == m_at || m_trace)
        report(number == m_at ? "hit" : "saw", number, call, path);
    return hit;
}

void Faults::report(const char* what, unsigned long number, const char* call,
                    const char* path) const
{
    static const auto write = real<ssize_t (*)(int, const void*, size_t)>("write");
    std::string line = std::string(what) + ' ' + std::to_string(number);
    if (*call != '\0')
        line += std::string(" ") + call + ' ' + path;
    line += '\n';
    if (m_report >= 0 && write(m_report, line.data(), line.size()) < 0)
        std::abort();
}

void Faults::crash()
{
    ::kill(::getpid(), SIGKILL);
    while (true)
        ::pause();
}

void Faults::stop()
{
    if (::raise(SIGSTOP) != 0)
        std::abort();
}

Faults& faults()
{
    static Faults instance;
    return instance;
}

std::string pathOf(int handle)
{
    std::array<char, 512> path = {};
    const std::string link = "/proc/self/fd/" + std::to_string(handle);
    const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
    return size > 0 ? std::string(path.data(), static_cast<std::size_t>(size)) : link;
}

bool isNetwork(int handle)
{
    sockaddr_storage address = {};
    socklen_t size = sizeof address;
    const int before = errno;
    const bool is = ::getsockname(handle, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
                    (address.ss_family == AF_INET || address.ss_family == AF_INET6);
    errno = before;
    return is;
}

/// Does `work`, which answers -1 for an error, unless it is to go wrong.
template <typename Work>
auto withFaults(Kind kind, const char* call, const std::string& path, Work work) -> decltype(work())
{
    Faults& all = faults();
    if (!all.meets(kind, call, path.c_str()))
        return work();
    switch (all.mode()) {
    case Mode::Crash:
    case Mode::Torn:
        Faults::crash();
    case Mode::CrashAfter:
        work();
        Faults::crash();
    case Mode::Eio:
    case Mode::EioFrom:
        errno = EIO;
        return -1;
    case Mode::Enospc:
    case Mode::EnospcFrom:
        errno = ENOSPC;
        return -1;
    case Mode::Short:
        break;
    case Mode::Stop:
        Faults::stop();
        break;
    }
    return work();
}

/// `write` takes how many of the bytes to write.
template <typename Write>
ssize_t writeWithFaults(Kind kind, const char* call, int handle, std::size_t size, Write write)
{
    Faults& all = faults();
    if (!all.meets(kind, call, pathOf(handle).c_str()))
        return write(size);
    switch (all.mode()) {
    case Mode::Crash:
        Faults::crash();
    case Mode::CrashAfter:
        write(size);
        Faults::crash();
    case Mode::Torn:
        write(size / 2);
        Faults::crash();
    case Mode::Eio:
    case Mode::EioFrom:
        errno = EIO;
        return -1;
    case Mode::Enospc:
        errno = ENOSPC;
        return -1;
    case Mode::EnospcFrom:
        if (all.isFirst() && size > 1)
            return write(size / 2);
        errno = ENOSPC;
        return -1;
    case Mode::Short:
        return write(size > 1 ? size / 2 : size);
    case Mode::Stop:
        Faults::stop();
        break;
    }
    return write(size);
}

template <typename Open>
int openWithFaults(const char* call, const char* path, int flags, Open open)
{
    if (!faults().covers(path))
        return open();
    const Kind kind = (flags & (O_CREAT | O_TRUNC)) != 0 ? Kind::Create : Kind::Open;
    const int handle = withFaults(kind, call, path, open);
    faults().opened(handle);
    return handle;
}

mode_t modeOf(int flags, va_list arguments)
{
    return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(arguments, mode_t)
                                                                      : 0;
}

} // namespace

extern "C" {

int open(const char* path, int flags, ...)
{
    static const auto next = real<int (*)(const char*, int, ...)>("open");
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    return openWithFaults("open", path, flags, [&] { return next(path, flags, mode); });
}

int open64(const char* path, int flags, ...)
{
    static const auto next = real<int (*)(const char*, int, ...)>("open64");
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    return openWithFaults("open64", path, flags, [&] { return next(path, flags, mode); });
}

int openat(int folder, const char* path, int flags, ...)
{
    static const auto next = real<int (*)(int, const char*, int, ...)>("openat");
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    return openWithFaults("openat", path, flags, [&] { return next(folder, path, flags, mode); });
}

int openat64(int folder, const char* path, int flags, ...)
{
    static const auto next = real<int (*)(int, const char*, int, ...)>("openat64");
    va_list arguments;
    va_start(arguments, flags);
    const mode_t mode = modeOf(flags, arguments);
    va_end(arguments);
    return openWithFaults("openat64", path, flags, [&] { return next(folder, path, flags, mode); });
}

int close(int handle)
{
    static const auto next = real<int (*)(int)>("close");
    faults().closed(handle);
    return next(handle);
}

ssize_t write(int handle, const void* bytes, size_t size)
{
    static const auto next = real<ssize_t (*)(int, const void*, size_t)>("write");
    if (!faults().covers(handle))
        return next(handle, bytes, size);
    return writeWithFaults(Kind::Write, "write", handle, size,
                           [&](std::size_t part) { return next(handle, bytes, part); });
}

ssize_t writev(int handle, const iovec* parts, int count)
{
    static const auto next = real<ssize_t (*)(int, const iovec*, int)>("writev");
    if (!faults().covers(handle))
        return next(handle, parts, count);
    // Half of a list is its first half: every part is a write of its own to what reads it later.
    return writeWithFaults(
        Kind::Write, "writev", handle, static_cast<std::size_t>(count),
        [&](std::size_t part) { return next(handle, parts, static_cast<int>(part)); });
}

ssize_t pwrite(int handle, const void* bytes, size_t size, off_t offset)
{
    static const auto next = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
    if (!faults().covers(handle))
        return next(handle, bytes, size, offset);
    return writeWithFaults(Kind::Write, "pwrite", handle, size,
                           [&](std::size_t part) { return next(handle, bytes, part, offset); });
}

ssize_t pwrite64(int handle, const void* bytes, size_t size, off64_t offset)
{
    static const auto next = real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
    if (!faults().covers(handle))
        return next(handle, bytes, size, offset);
    return writeWithFaults(Kind::Write, "pwrite64", handle, size,
                           [&](std::size_t part) { return next(handle, bytes, part, offset); });
}

ssize_t read(int handle, void* bytes, size_t size)
{
    static const auto next = real<ssize_t (*)(int, void*, size_t)>("read");
    if (!faults().covers(handle))
        return next(handle, bytes, size);
    return withFaults(Kind::Read, "read", pathOf(handle),
                      [&] { return next(handle, bytes, size); });
}

ssize_t pread(int handle, void* bytes, size_t size, off_t offset)
{
    static const auto next = real<ssize_t (*)(int, void*, size_t, off_t)>("pread");
    if (!faults().covers(handle))
        return next(handle, bytes, size, offset);
    return withFaults(Kind::Read, "pread", pathOf(handle),
                      [&] { return next(handle, bytes, size, offset); });
}

ssize_t pread64(int handle, void* bytes, size_t size, off64_t offset)
{
    static const auto next = real<ssize_t (*)(int, void*, size_t, off64_t)>("pread64");
    if (!faults().covers(handle))
        return next(handle, bytes, size, offset);
    return withFaults(Kind::Read, "pread64", pathOf(handle),
                      [&] { return next(handle, bytes, size, offset); });
}

int fsync(int handle)
{
    static const auto next = real<int (*)(int)>("fsync");
    if (!faults().covers(handle))
        return next(handle);
    return withFaults(Kind::Sync, "fsync", pathOf(handle), [&] { return next(handle); });
}

int fdatasync(int handle)
{
    static const auto next = real<int (*)(int)>("fdatasync");
    if (!faults().covers(handle))
        return next(handle);
    return withFaults(Kind::Sync, "fdatasync", pathOf(handle), [&] { return next(handle); });
}

int ftruncate(int handle, off_t size) noexcept
{
    static const auto next = real<int (*)(int, off_t)>("ftruncate");
    if (!faults().covers(handle))
        return next(handle, size);
    return withFaults(Kind::Write, "ftruncate", pathOf(handle), [&] { return next(handle, size); });
}

int ftruncate64(int handle, off64_t size) noexcept
{
    static const auto next = real<int (*)(int, off64_t)>("ftruncate64");
    if (!faults().covers(handle))
        return next(handle, size);
    return withFaults(Kind::Write, "ftruncate64", pathOf(handle),
                      [&] { return next(handle, size); });
}

int rename(const char* from, const char* to) noexcept
{
    static const auto next = real<int (*)(const char*, const char*)>("rename");
    if (!faults().covers(to))
        return next(from, to);
    return withFaults(Kind::Rename, "rename", to, [&] { return next(from, to); });
}

int link(const char* from, const char* to) noexcept
{
    static const auto next = real<int (*)(const char*, const char*)>("link");
    if (!faults().covers(to))
        return next(from, to);
    return withFaults(Kind::Rename, "link", to, [&] { return next(from, to); });
}

int mkdir(const char* path, mode_t mode) noexcept
{
    static const auto next = real<int (*)(const char*, mode_t)>("mkdir");
    if (!faults().covers(path))
        return next(path, mode);
    return withFaults(Kind::Rename, "mkdir", path, [&] { return next(path, mode); });
}

int unlink(const char* path) noexcept
{
    static const auto next = real<int (*)(const char*)>("unlink");
    if (!faults().covers(path))
        return next(path);
    return withFaults(Kind::Remove, "unlink", path, [&] { return next(path); });
}

ssize_t send(int handle, const void* bytes, size_t size, int flags)
{
    static const auto next = real<ssize_t (*)(int, const void*, size_t, int)>("send");
    if (!isNetwork(handle))
        return next(handle, bytes, size, flags);
    return writeWithFaults(Kind::Send, "send", handle, size,
                           [&](std::size_t part) { return next(handle, bytes, part, flags); });
}

ssize_t recv(int handle, void* bytes, size_t size, int flags)
{
    static const auto next = real<ssize_t (*)(int, void*, size_t, int)>("recv");
    const ssize_t got = next(handle, bytes, size, flags);
    if (got <= 0 || !isNetwork(handle))
        return got;
    return withFaults(Kind::Receive, "recv", pathOf(handle), [&] { return got; });
}
}
