// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/sample_project.h"

#include "base/id.h"
#include "base/text.h"
#include "project/project_path.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <map>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <system_error>

namespace headgate::project {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view placeholderId = "aaaaaaaaaaaaaaaa";
constexpr const char* sampleHeader = "headgate.json";

struct SqliteCloser
{
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
using SqliteConnection = std::unique_ptr<sqlite3, SqliteCloser>;

Failure warehouseFailed(const fs::path& file, sqlite3* connection)
{
    return fail(
        ErrorKind::State, "project.write",
        Text::tr("The sample's warehouse %1 could not be made. Check the free space and the "
                 "permissions of its folder.")
            .arg(shown(file)),
        connection ? QString::fromUtf8(sqlite3_errmsg(connection)) : QString());
}

Result<std::string> readResource(const QString& name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Internal, "project.sample",
                    Text::tr("The program lacks %1 of its sample.").arg(name));
    return file.readAll().toStdString();
}

Result<std::map<std::string, std::string>> sampleFiles()
{
    const QDir base(QStringLiteral(":/headgate/sample/project"));
    std::map<std::string, std::string> files;
    QDirIterator at(base.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (at.hasNext()) {
        const QString name = at.next();
        auto bytes = readResource(name);
        if (!bytes)
            return propagate(std::move(bytes));
        files[base.relativeFilePath(name).toStdString()] = std::move(*bytes);
    }
    return files;
}

Result<void> requireEmpty(const fs::path& root)
{
    std::error_code code;
    if (!fs::exists(fs::symlink_status(root, code)) || fs::is_empty(root, code))
        return {};
    return fail(
        ErrorKind::Usage, "project.exists",
        Text::tr("%1 is not an empty folder. Choose another for the sample.").arg(shown(root)));
}

Result<void> fillWarehouse(const fs::path& file, const std::string& script)
{
    sqlite3* opened = nullptr;
    const int result =
        sqlite3_open_v2(shown(file).toUtf8().constData(), &opened,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW, nullptr);
    const SqliteConnection connection(opened);
    if (result != SQLITE_OK)
        return warehouseFailed(file, opened);
    const std::string whole =
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN;" + script + "COMMIT;";
    if (sqlite3_exec(opened, whole.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return warehouseFailed(file, opened);
    return {};
}

/// A file without journal is whole or useless, so it gets its name last.
Result<void> createWarehouse(const fs::path& root)
{
    const auto script = readResource(QStringLiteral(":/headgate/sample/warehouse.sql"));
    if (!script)
        return Failure(script.error());
    std::error_code code;
    fs::create_directories(root, code);
    const fs::path unfinished = root / "warehouse.sqlite.part";
    auto filled = fillWarehouse(unfinished, *script);
    if (filled) {
        fs::rename(unfinished, root / "warehouse.sqlite", code);
        if (!code)
            return {};
        filled = warehouseFailed(root / "warehouse.sqlite", nullptr);
    }
    fs::remove(unfinished, code);
    return filled;
}

} // namespace

Result<void> createSample(const fs::path& root, Random& random)
{
    HEADGATE_TRY(requireEmpty(root));
    auto files = sampleFiles();
    if (!files)
        return propagate(std::move(files));
    std::string& header = (*files)[sampleHeader];
    const std::size_t id = header.find(placeholderId);
    if (id == std::string::npos)
        return fail(ErrorKind::Internal, "project.sample",
                    Text::tr("The program's sample has no project id."));
    header.replace(id, placeholderId.size(), makeId(random));
    HEADGATE_TRY(createWarehouse(root));
    for (const auto& [file, bytes] : *files) {
        if (file != sampleHeader)
            HEADGATE_TRY(writeWholeFile(root / fs::path(file), bytes));
    }
    return writeWholeFile(root / sampleHeader, header);
}

} // namespace headgate::project
