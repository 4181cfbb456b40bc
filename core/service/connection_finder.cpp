// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/connection_finder.h"

#include "base/redaction.h"
#include "base/text.h"
#include "dbt/profiles.h"
#include "warehouse/dbeaver_found.h"
#include "warehouse/odbc_found.h"
#include "warehouse/postgres_found.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <algorithm>

namespace headgate::service {

namespace {

using warehouse::FoundConnection;

constexpr qint64 longestFound = 1 << 20;

class ConnectionFinder
{
public:
    explicit ConnectionFinder(const FoundPlaces& places) : m_places(places) {}

    /// With the secrets that stand in plain text.
    void find()
    {
        findProfiles();
        findServices();
        findDBeaver();
        findDataSources();
        fit();
    }

    FoundConnections found;

private:
    void findProfiles();
    void findServices();
    void findDBeaver();
    void findDataSources();
    void fit();
    /// Nothing if there is no such file, or it cannot be read, which is said.
    [[nodiscard]] std::optional<std::string> bytesOf(const std::string& file);
    void add(std::vector<FoundConnection> connections);
    void add(Result<std::vector<FoundConnection>> connections, const std::string& file);
    void trouble(const char* code, const std::string& file, const QString& why);
    [[nodiscard]] std::vector<warehouse::PasswordEntry> passwords();

    const FoundPlaces& m_places;
};

std::optional<std::string> ConnectionFinder::bytesOf(const std::string& path)
{
    const QFileInfo info(toQString(path));
    if (!info.isFile())
        return std::nullopt;
    if (info.size() > longestFound) {
        trouble("found.size", path, Text::tr("It is longer than %1 bytes.").arg(longestFound));
        return std::nullopt;
    }
    QFile file(info.filePath());
    if (!file.open(QIODevice::ReadOnly)) {
        trouble("found.read", path, file.errorString());
        return std::nullopt;
    }
    const QByteArray bytes = file.read(longestFound);
    if (file.error() != QFileDevice::NoError) {
        trouble("found.read", path, file.errorString());
        return std::nullopt;
    }
    return bytes.toStdString();
}

void ConnectionFinder::trouble(const char* code, const std::string& file, const QString& why)
{
    found.issues.push_back(
        {Severity::Warning,
         code,
         file,
         Text::tr("Connections in %1 are not offered: %2").arg(toQString(file), why),
         {}});
}

void ConnectionFinder::add(std::vector<FoundConnection> connections)
{
    for (FoundConnection& connection : connections) {
        for (const auto& [field, secret] : connection.secrets)
            Redaction::registerSecret(secret.reveal());
        found.connections.push_back(std::move(connection));
    }
}

void ConnectionFinder::add(Result<std::vector<FoundConnection>> connections,
                           const std::string& file)
{
    if (connections)
        add(*std::move(connections));
    else
        trouble("found.form", file, connections.error().message);
}

void ConnectionFinder::findProfiles()
{
    for (const std::string& file : m_places.dbtProfiles)
        if (const auto bytes = bytesOf(file))
            return add(dbt::readProfiles(*bytes, file, m_places.environment), file);
}

std::vector<warehouse::PasswordEntry> ConnectionFinder::passwords()
{
    const std::string& file = m_places.passwordFile;
    const auto bytes = bytesOf(file);
    if (!bytes)
        return {};
    const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                        QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    if (m_places.passwordFileMustBePrivate && (QFile::permissions(toQString(file)) & others)) {
        trouble("found.private", file,
                Text::tr("Others may read it, so PostgreSQL's library passes over it. Run: chmod "
                         "600 %1")
                    .arg(toQString(file)));
        return {};
    }
    return warehouse::readPasswordFile(*bytes);
}

void ConnectionFinder::findServices()
{
    const auto entries = passwords();
    std::vector<FoundConnection> services;
    for (const std::string& file : m_places.serviceFiles)
        if (const auto bytes = bytesOf(file))
            for (FoundConnection& each : warehouse::readServiceFile(*bytes, file, entries))
                services.push_back(std::move(each));
    auto bare = warehouse::connectionsOf(entries, m_places.passwordFile);
    const auto isService = [&](const FoundConnection& connection) {
        return std::any_of(services.begin(), services.end(), [&](const FoundConnection& service) {
            for (const char* field : {"host", "database", "user"})
                if (service.fields.count(field) != connection.fields.count(field) ||
                    (service.fields.count(field) != 0 &&
                     service.fields.at(field) != connection.fields.at(field)))
                    return false;
            return true;
        });
    };
    bare.erase(std::remove_if(bare.begin(), bare.end(), isService), bare.end());
    add(std::move(services));
    add(std::move(bare));
}

/// The files that a path with one `*` stands for.
QStringList filesMatching(const std::string& pattern)
{
    const QString path = toQString(pattern);
    const qsizetype star = path.indexOf(QLatin1String("/*/"));
    if (star < 0)
        return {path};
    QStringList files;
    const QDir folder(path.left(star));
    for (const QString& name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        files.append(folder.filePath(name) + path.mid(star + 2));
    return files;
}

void ConnectionFinder::findDBeaver()
{
    for (const std::string& pattern : m_places.dbeaver)
        for (const QString& path : filesMatching(pattern)) {
            const std::string file = path.toStdString();
            if (const auto bytes = bytesOf(file))
                add(warehouse::readDBeaver(*bytes, file), file);
        }
}

void ConnectionFinder::findDataSources()
{
    for (const std::string& file : m_places.odbc)
        if (const auto bytes = bytesOf(file))
            add(warehouse::readDataSources(*bytes, file));
}

void ConnectionFinder::fit()
{
    std::map<std::string, warehouse::WarehouseSpec> specs;
    for (FoundConnection& connection : found.connections) {
        if (connection.warehouse.empty())
            continue;
        auto known = specs.find(connection.warehouse);
        if (known == specs.end()) {
            auto spec = warehouse::loadWarehouseSpec(connection.warehouse);
            if (!spec)
                continue;
            known = specs.emplace(connection.warehouse, *std::move(spec)).first;
        }
        warehouse::fitToForm(connection, known->second);
    }
}

} // namespace

FoundConnections findConnections(const FoundPlaces& places)
{
    ConnectionFinder finder(places);
    finder.find();
    for (FoundConnection& connection : finder.found.connections)
        for (auto& [field, secret] : connection.secrets)
            secret = secrets::Secret();
    return std::move(finder.found);
}

Result<secrets::Secret> readFoundSecret(const FoundPlaces& places,
                                        const FoundConnection& connection, const std::string& field)
{
    ConnectionFinder finder(places);
    finder.find();
    for (const FoundConnection& each : finder.found.connections) {
        const auto secret = each.secrets.find(field);
        if (each.place == connection.place && each.file == connection.file &&
            each.name == connection.name && secret != each.secrets.end())
            return secret->second;
    }
    return fail(ErrorKind::Credential, "secret.found",
                Text::tr("%1 holds no password for '%2' any more. Enter it yourself.")
                    .arg(toQString(connection.file), toQString(connection.name)));
}

} // namespace headgate::service
