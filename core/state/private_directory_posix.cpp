// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/private_directory.h"

#include "base/text.h"
#include "state/sqlite_error.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace headgate::state {

namespace {

Failure directoryFailure(const std::string& path, int error = errno)
{
    return Failure(sqliteError(SQLITE_IOERR, error, path, std::strerror(error)));
}

Failure notOurs(const std::string& directory, const QString& why)
{
    return fail(ErrorKind::State, "state.directory",
                Text::tr("The state folder %1 cannot be trusted: %2. Remove it or choose another "
                         "one with HEADGATE_STATE_DIR.")
                    .arg(toQString(directory), why));
}

Result<void> makeWithParents(const std::string& directory)
{
    for (std::size_t at = directory.find('/', 1);; at = directory.find('/', at + 1)) {
        const std::string part = directory.substr(0, at);
        if (::mkdir(part.c_str(), S_IRWXU) != 0 && errno != EEXIST) {
            const int refusal = errno;
            struct stat info = {};
            if (::stat(part.c_str(), &info) != 0)
                return directoryFailure(part, refusal);
        }
        if (at == std::string::npos)
            return {};
    }
}

Result<void> requireOwn(const std::string& directory)
{
    struct stat info = {};
    if (::lstat(directory.c_str(), &info) != 0)
        return directoryFailure(directory);
    if (S_ISLNK(info.st_mode))
        return notOurs(directory, Text::tr("it is a symbolic link"));
    if (!S_ISDIR(info.st_mode))
        return notOurs(directory, Text::tr("it is not a folder"));
    if (info.st_uid != ::geteuid())
        return notOurs(directory, Text::tr("it belongs to another user"));
    if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0 && ::chmod(directory.c_str(), S_IRWXU) != 0)
        return directoryFailure(directory);
    return {};
}

} // namespace

Result<std::string> preparePrivateDirectory(const std::string& directory)
{
    std::string path = directory;
    while (path.size() > 1 && path.back() == '/')
        path.pop_back();
    HEADGATE_TRY(makeWithParents(path));
    HEADGATE_TRY(requireOwn(path));
    const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                           &std::free);
    if (!real)
        return directoryFailure(path);
    HEADGATE_TRY(requireLocalFileSystem(real.get()));
    return std::string(real.get());
}

} // namespace headgate::state
