// SPDX-License-Identifier: GPL-3.0-or-later
#include "compliance/coded_place.h"

#include <QFile>
#include <stdexcept>

namespace headgate::compliance {

namespace {

std::unique_ptr<CodedPlace> sqlitePlace()
{
    static const QTemporaryDir folder;
    connector::SqlAccount account;
    account.database = folder.filePath(QStringLiteral("people.db")).toStdString();
    if (!QFile(QString::fromStdString(account.database)).open(QIODevice::Append))
        throw std::runtime_error("cannot make " + account.database);
    auto side = connector::openSqliteSession(account);
    if (!side)
        throw std::runtime_error(side.error().message);
    return std::make_unique<TablePlace>(account, std::move(*side));
}

} // namespace

std::vector<NamedPlace> codedPlaces()
{
    return {{"jsonl", "files", [] { return std::make_unique<FilesPlace>("jsonl"); }},
            {"csv", "files", [] { return std::make_unique<FilesPlace>("csv"); }},
            {"sqlite", "sqlite", &sqlitePlace}};
}

} // namespace headgate::compliance
