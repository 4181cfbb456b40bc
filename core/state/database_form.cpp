// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/database_form.h"

#include "base/text.h"
#include "state/private_file.h"
#include "state/sqlite_error.h"

#include <QCoreApplication>
#include <atomic>

namespace headgate::state {

namespace {

Result<void> runScript(Database& database, const DatabaseForm& form, std::int64_t version)
{
    const auto script = static_cast<std::size_t>(version - form.firstVersion);
    HEADGATE_TRY(database.execute(form.scripts[script]));
    const std::string mark = "PRAGMA application_id=" + std::to_string(form.applicationId) +
                             ";PRAGMA user_version=" + std::to_string(version) + ";";
    return database.execute(mark.c_str());
}

Result<void> fillNewDatabase(const std::string& file, const DatabaseForm& form)
{
    auto database = Database::open(file, Database::Access::Create);
    if (!database)
        return propagate(std::move(database));
    HEADGATE_TRY((*database)->trust());
    auto transaction = Transaction::begin(**database);
    if (!transaction)
        return propagate(std::move(transaction));
    for (auto version = form.firstVersion; version <= form.newestVersion(); ++version)
        HEADGATE_TRY(runScript(**database, form, version));
    HEADGATE_TRY(transaction->commit());
    return (*database)->execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<void> removeDatabase(const std::string& file)
{
    for (const char* suffix : {"", "-wal", "-shm"})
        HEADGATE_TRY(removeFile(file + suffix));
    return {};
}

Result<void> keepCopy(Database& database, std::int64_t nextVersion)
{
    const std::string copy = database.file() + ".before-v" + std::to_string(nextVersion);
    HEADGATE_TRY(removeFile(copy));
    auto empty = PrivateFile::create(copy);
    if (!empty)
        return propagate(std::move(empty));
    HEADGATE_TRY(empty->close());
    return database.prepare("VACUUM INTO ?").bind(copy).run();
}

Result<std::int64_t> versionOf(Database& database, const DatabaseForm& form)
{
    const auto mark = database.number("PRAGMA application_id");
    if (!mark)
        return Failure(mark.error());
    const auto version = database.number("PRAGMA user_version");
    if (!version)
        return Failure(version.error());
    if (*mark != form.applicationId || *version < 1)
        return Failure(damagedState(
            database.file(),
            QStringLiteral("application_id %1, user_version %2").arg(*mark).arg(*version)));
    if (*version < form.firstVersion)
        return fail(ErrorKind::State, "state.too_old",
                    Text::tr("The local state in %1 was written before the first release of "
                             "Headgate (format %2, this one reads %3 and newer). Set it aside with "
                             "'headgate state set-aside' and decide what the next run sends again.")
                        .arg(toQString(database.file()))
                        .arg(*version)
                        .arg(form.firstVersion));
    if (*version > form.newestVersion())
        return fail(
            ErrorKind::State, "state.too_new",
            Text::tr("The local state in %1 was written by a newer version of Headgate "
                     "(format %2, this one knows %3). Install the newer version, or set it aside "
                     "with 'headgate state set-aside' and decide what the next run sends "
                     "again.")
                .arg(toQString(database.file()))
                .arg(*version)
                .arg(form.newestVersion()));
    return *version;
}

Result<void> migrate(Database& database, const DatabaseForm& form, std::int64_t from)
{
    HEADGATE_TRY(keepCopy(database, from + 1));
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return propagate(std::move(transaction));
    // Another process may have done it while this one waited.
    auto version = versionOf(database, form);
    if (!version)
        return propagate(std::move(version));
    while (*version < form.newestVersion())
        HEADGATE_TRY(runScript(database, form, ++*version));
    return transaction->commit();
}

} // namespace

Result<void> createDatabase(const std::string& file, const DatabaseForm& form)
{
    static std::atomic<unsigned> attempts = 0;
    const std::string temporary = file + ".new-" +
                                  std::to_string(QCoreApplication::applicationPid()) + '-' +
                                  std::to_string(++attempts);
    HEADGATE_TRY(removeDatabase(temporary));
    auto empty = PrivateFile::create(temporary);
    if (!empty)
        return propagate(std::move(empty));
    HEADGATE_TRY(empty->close());
    HEADGATE_TRY(fillNewDatabase(temporary, form));
    const auto published = publishFile(temporary, file);
    if (!published)
        return Failure(published.error());
    return removeDatabase(temporary);
}

Result<std::unique_ptr<Database>> openDatabase(const std::string& file, const DatabaseForm& form)
{
    auto database = Database::open(file, Database::Access::ReadWrite);
    if (!database)
        return database;
    const auto version = versionOf(**database, form);
    if (!version)
        return Failure(version.error());
    HEADGATE_TRY((*database)->trust());
    if (*version < form.newestVersion())
        HEADGATE_TRY(migrate(**database, form, *version));
    return database;
}

} // namespace headgate::state
