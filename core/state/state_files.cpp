// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/state_files.h"

#include "base/text.h"
#include "state/private_file.h"
#include "state/sqlite_error.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sqlite3.h>

namespace headgate::state {

namespace {

bool existsFile(const std::string& path)
{
    const QFileInfo info(toQString(path));
    return info.exists() || info.isSymLink();
}

std::string newHashKey(Random& random)
{
    std::string key;
    while (key.size() < HashKey().size()) {
        std::uint64_t bits = random.next();
        for (int i = 0; i < 8; ++i, bits >>= 8)
            key += static_cast<char>(bits & 0xFF);
    }
    return key;
}

/// The id and the key are made by whoever comes first.
Result<void> fillMeta(Database& database, Random& random)
{
    auto transaction = Transaction::begin(database);
    if (!transaction)
        return propagate(std::move(transaction));
    const auto count = database.number("SELECT count(*) FROM meta");
    if (!count)
        return Failure(count.error());
    if (*count == 0) {
        HEADGATE_TRY(setMetaValue(database, metaDatabaseId, makeUuid(random)));
        HEADGATE_TRY(setMetaValue(database, metaHashKey, newHashKey(random)));
    }
    return transaction->commit();
}

std::string fileTime(WallTime time)
{
    std::string text = toIso(time).substr(0, 19);
    std::erase(text, '-');
    std::erase(text, ':');
    return text + "Z";
}

Result<void> moveFile(const std::string& from, const std::string& to)
{
    if (std::rename(from.c_str(), to.c_str()) != 0)
        return Failure(sqliteError(SQLITE_IOERR, errno, from, std::strerror(errno)));
    return {};
}

/// What bears numbers of this database: another one would take it for its own.
QStringList companionFiles()
{
    return {QStringLiteral("run-*.accepted*"), QStringLiteral("settled-*.tags*"),
            QStringLiteral("*.spool*")};
}

} // namespace

Result<std::unique_ptr<Database>> StateFiles::open(Random& random) const
{
    const auto marked = readPrivateFile(marker());
    if (!marked)
        return Failure(marked.error());
    if (!existsFile(database())) {
        if (*marked)
            return Failure(damagedState(database(), QStringLiteral("the file is gone")));
        HEADGATE_TRY(createDatabase(database(), stateForm()));
    }
    auto opened = openDatabase(database(), stateForm());
    if (!opened)
        return opened;
    HEADGATE_TRY(requireMarked(**opened, *marked));
    if (!*marked) {
        HEADGATE_TRY(fillMeta(**opened, random));
        const auto id = metaValue(**opened, metaDatabaseId);
        if (!id)
            return Failure(id.error());
        HEADGATE_TRY(replacePrivateFile(marker(), *id));
    }
    return opened;
}

Result<void> StateFiles::requireMarked(Database& database,
                                       const std::optional<std::string>& marked) const
{
    if (!marked)
        return {};
    const auto id = metaValue(database, metaDatabaseId);
    if (!id)
        return Failure(id.error());
    if (*id != *marked)
        return Failure(damagedState(database.file(),
                                    QStringLiteral("the database is not the one that belongs to "
                                                   "this folder")));
    return {};
}

Result<std::string> StateFiles::setAside(WallTime now) const
{
    const std::string name = database() + ".corrupt-" + fileTime(now);
    const QDir folder(toQString(m_directory));
    for (const QString& file : folder.entryList(companionFiles(), QDir::Files | QDir::Hidden))
        HEADGATE_TRY(
            moveFile(m_directory + '/' + file.toStdString(), name + '.' + file.toStdString()));
    for (const char* suffix : {"-wal", "-shm", ""})
        if (existsFile(database() + suffix))
            HEADGATE_TRY(moveFile(database() + suffix, name + suffix));
    HEADGATE_TRY(removeFile(marker()));
    return name;
}

Result<std::string> metaValue(Database& database, const char* name)
{
    const auto value = database.prepare("SELECT value FROM meta WHERE name = ?")
                           .bind(name)
                           .first([](const Statement& row) { return row.text(0); });
    if (!value)
        return Failure(value.error());
    if (!*value)
        return Failure(damagedState(
            database.file(), QStringLiteral("meta.%1 is missing").arg(QString::fromUtf8(name))));
    return **value;
}

Result<void> setMetaValue(Database& database, const char* name, const std::string& value)
{
    return database.prepare("REPLACE INTO meta(name, value) VALUES(?,?)")
        .bind(name, Blob{value})
        .run();
}

} // namespace headgate::state
