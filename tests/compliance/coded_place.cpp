// SPDX-License-Identifier: GPL-3.0-or-later
#include "compliance/coded_place.h"

#include "data/json.h"

#include <QDir>
#include <QFile>
#include <stdexcept>

namespace headgate::compliance {

using connector::SqlDialect;

namespace {

constexpr const char* peopleColumns[] = {
    "id varchar(40) NOT NULL PRIMARY KEY, name varchar(10), amount numeric(38,10)",
    "id varchar(40) NOT NULL PRIMARY KEY, name varchar(10), amount decimal(38,10)",
    "id text NOT NULL PRIMARY KEY, name text CHECK (length(name) <= 10), amount text"};

std::vector<std::string> csvCells(const QString& line)
{
    std::vector<std::string> cells;
    for (const QString& cell : line.split(QLatin1Char(',')))
        cells.push_back(cell.toStdString());
    return cells;
}

} // namespace

connector::DestinationConfig FilesPlace::config() const
{
    connector::DestinationConfig config;
    config.fields = {{"folder", m_folder.path().toStdString()}, {"format", m_format}};
    return config;
}

connector::DestinationConfig FilesPlace::brokenConfig() const
{
    connector::DestinationConfig config;
    config.fields = {{"folder", m_folder.filePath(QStringLiteral("no/such")).toStdString()},
                     {"format", m_format}};
    return config;
}

BadRecord FilesPlace::badRecord(const std::string& id) const
{
    if (m_format == "csv")
        return {R"({"id":")" + id + R"(","extra":1})", "file.column.unknown"};
    return {R"({"id":")" + id + R"(","name":")" + "\xff" + R"("})", "file.utf8"};
}

Contents FilesPlace::contents()
{
    Contents found;
    const QDir folder(m_folder.path());
    for (const QString& name : folder.entryList(QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            throw std::runtime_error("cannot read " + name.toStdString());
        QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'));
        lines.removeAll(QString());
        for (QString& line : lines) {
            line.remove(QLatin1Char('\r'));
            std::vector<std::string> values;
            if (m_format == "csv") {
                values = csvCells(line);
            } else {
                line.remove(QLatin1Char('"')).remove(QLatin1Char('{')).remove(QLatin1Char('}'));
                for (const QString& member : line.split(QLatin1Char(',')))
                    values.push_back(member.section(QLatin1Char(':'), 1).toStdString());
            }
            if (values.front() != "id")
                found[values.front()] = values;
        }
    }
    return found;
}

std::vector<std::string> FilesPlace::everything()
{
    std::vector<std::string> names;
    for (const QString& name :
         QDir(m_folder.path())
             .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name))
        names.push_back(name.toStdString());
    return names;
}

void FilesPlace::take()
{
    if (!QDir(m_folder.path()).removeRecursively())
        throw std::runtime_error("cannot remove " + m_folder.path().toStdString());
}

TablePlace::TablePlace(connector::SqlAccount account, std::unique_ptr<connector::SqlSession> side)
    : m_account(std::move(account)), m_side(std::move(side))
{
    run("DROP TABLE IF EXISTS people");
    run(std::string("CREATE TABLE people (") + peopleColumns[static_cast<int>(m_side->dialect())] +
        ')');
}

connector::SqlDone TablePlace::run(const std::string& sql)
{
    auto done = m_side->run(sql, {});
    if (!done)
        throw std::runtime_error(sql + ": " + done.error().message);
    return *done;
}

connector::DestinationConfig TablePlace::config() const
{
    connector::DestinationConfig config;
    config.fields = {{"database", m_account.database}};
    if (m_side->dialect() == SqlDialect::Sqlite)
        return config;
    config.fields["host"] = m_account.host;
    config.fields["port"] = std::to_string(m_account.port);
    config.fields["user"] = m_account.user;
    config.secrets.emplace("password", secrets::Secret(m_account.password));
    return config;
}

connector::DestinationConfig TablePlace::brokenConfig() const
{
    connector::DestinationConfig config = this->config();
    config.fields["database"] = m_account.database + "_no_such";
    return config;
}

std::string TablePlace::object() const
{
    return m_side->dialect() == SqlDialect::Postgres ? "public.people" : "people";
}

BadRecord TablePlace::badRecord(const std::string& id) const
{
    return {R"({"id":")" + id + R"(","name":"much too long"})", {}};
}

Contents TablePlace::contents()
{
    Contents found;
    for (const auto& row : run("SELECT id, name, amount FROM people").rows)
        found[row.front()] = row;
    return found;
}

std::vector<std::string> TablePlace::everything()
{
    const auto tables = m_side->tables();
    if (!tables)
        throw std::runtime_error(tables.error().message);
    return *tables;
}

void TablePlace::take()
{
    run("DROP TABLE people");
}

void PrintTo(const CodedCase& value, std::ostream* out)
{
    *out << value.place.name << ' ' << connector::name(value.operation);
}

} // namespace headgate::compliance
