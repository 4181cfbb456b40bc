// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/sqlite_error.h"

#include "base/redaction.h"
#include "base/text.h"

#include <cerrno>
#include <sqlite3.h>

namespace headgate::state {

namespace {

bool saysDiskFull(int systemError)
{
#ifdef EDQUOT
    if (systemError == EDQUOT)
        return true;
#endif
    return systemError == ENOSPC || systemError == EFBIG;
}

bool saysForbidden(int systemError)
{
    return systemError == EROFS || systemError == EACCES || systemError == EPERM;
}

Error stateError(const char* code, const QString& message, const QString& detail)
{
    return {ErrorKind::State, code, message, Redaction::redact(detail), {}, {}};
}

Error diskFull(const QString& file, const QString& detail)
{
    return stateError("state.disk_full",
                      Text::tr("The local state in %1 could not be written because the disk, the "
                               "quota or the file size limit is reached. What was committed is "
                               "safe. Free some space and run again.")
                          .arg(file),
                      detail);
}

Error readOnly(const QString& file, const QString& detail)
{
    return stateError("state.read_only",
                      Text::tr("The local state in %1 cannot be written. Check that you own the "
                               "file and its folder and that the disk is not mounted read-only.")
                          .arg(file),
                      detail);
}

} // namespace

Error damagedState(const std::string& file, const QString& detail)
{
    return stateError(
        "state.corrupt",
        Text::tr("The local state in %1 is damaged, so nothing was sent. Restore it from a backup, "
                 "or set it aside with 'headgate state set-aside' and decide what the next run "
                 "sends again.")
            .arg(toQString(file)),
        detail);
}

Error damagedRecord(const std::string& file, const Hash128& keyHash)
{
    return damagedState(
        file, QStringLiteral("record %1 is damaged").arg(QString::fromStdString(keyHash.hex())));
}

Error sqliteError(int resultCode, int systemError, const std::string& file, const char* detail)
{
    const QString path = toQString(file);
    const QString words = QStringLiteral("%1 (SQLite %2, system %3)")
                              .arg(QString::fromUtf8(detail))
                              .arg(resultCode)
                              .arg(systemError);
    if (saysDiskFull(systemError))
        return diskFull(path, words);
    switch (resultCode & 0xFF) {
    case SQLITE_FULL:
        return diskFull(path, words);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return readOnly(path, words);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return damagedState(file, words);
    case SQLITE_BUSY:
    case SQLITE_LOCKED: {
        Error error =
            stateError("state.busy",
                       Text::tr("Another process is writing to the local state in %1 and did not "
                                "finish in time. Try again.")
                           .arg(path),
                       words);
        error.retryAfter = std::chrono::seconds(1);
        return error;
    }
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
    case SQLITE_PROTOCOL:
        if (saysForbidden(systemError))
            return readOnly(path, words);
        return stateError("state.io",
                          Text::tr("The local state in %1 could not be read or written: the "
                                   "operating system reported an error. Check the disk, then run "
                                   "again.")
                              .arg(path),
                          words);
    default:
        return stateError("state.sql",
                          Text::tr("The local state in %1 refused a statement. This is a defect; "
                                   "please report it with the detail in the log.")
                              .arg(path),
                          words);
    }
}

namespace {

/// The last errno of a file; 0 if it had none or cannot say.
int lastErrno(sqlite3_file* file)
{
    int error = 0;
    const bool asked =
        file != nullptr && file->pMethods != nullptr &&
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error) == SQLITE_OK;
    return asked ? error : 0;
}

/// SQLite keeps the errno of its last call, which may be a later one than the one that failed; the
/// database and its log each keep their own.
int systemErrorOf(sqlite3* connection, int resultCode)
{
    const int last = sqlite3_system_errno(connection);
    if ((resultCode & 0xFF) != SQLITE_IOERR)
        return last;
    for (const int which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
        sqlite3_file* file = nullptr;
        if (sqlite3_file_control(connection, "main", which, &file) != SQLITE_OK)
            continue;
        if (const int error = lastErrno(file); saysDiskFull(error))
            return error;
    }
    return last;
}

} // namespace

Error sqliteError(sqlite3* connection, int resultCode, const std::string& file)
{
    const int extended = connection != nullptr ? sqlite3_extended_errcode(connection) : resultCode;
    const bool ownWords = connection != nullptr && (extended & 0xFF) == (resultCode & 0xFF);
    return sqliteError(ownWords ? extended : resultCode,
                       connection != nullptr ? systemErrorOf(connection, resultCode) : 0, file,
                       ownWords ? sqlite3_errmsg(connection) : sqlite3_errstr(resultCode));
}

} // namespace headgate::state
