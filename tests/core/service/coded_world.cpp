// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/coded_world.h"

#include <QDir>
#include <QFile>
#include <stdexcept>

namespace headgate::service {

using data::JsonNode;

namespace {

const char* const projectText =
    R"({"format":1,"id":"projectaaaaaaaaa","name":"Test","targets":[{"slug":"test","name":"Test"}]})";
const char* const sourceText =
    R"({"id":"sourceaaaaaaaaaa","name":"Shop","warehouse":"sqlite","fields":{"file":"shop.sqlite"}})";
const char* const modelText =
    R"({"id":"modelaaaaaaaaaaa","name":"Views","source":"shop","rowKey":["id"]})";
const char* const syncText = R"({"id":"syncaaaaaaaaaaaa","name":"People","model":"views",
"recordKey":["person"],"destination":"out","object":"people","mode":"upsert",
"matching":{"column":"person","field":"id"},
"shape":{"kind":"object","fields":[
  {"name":"name","kind":"column","column":"name"},
  {"name":"amount","kind":"column","column":"amount","type":"number"},
  {"name":"views","kind":"list","form":"dictionaries","sortBy":[{"column":"id"}],
   "element":[{"name":"product","kind":"column","column":"product"}]}]}})";

} // namespace

CodedWorld::CodedWorld()
{
    qputenv("HEADGATE_STATE_DIR", m_folder.filePath(QStringLiteral("state")).toUtf8());
    write("headgate.json", projectText);
    write("sources/shop.json", sourceText);
    write("models/views.json", modelText);
    write("models/views.sql", "select id, person, name, amount, product from views\n");
    write("shop.sqlite", {});
    sql("create table views (id integer primary key, person text, name text, amount text, "
        "product text)");
}

std::string CodedWorld::path(const std::string& name) const
{
    return m_folder.filePath(QStringLiteral("project/") + QString::fromStdString(name))
        .toStdString();
}

void CodedWorld::write(const std::string& name, const std::string& text) const
{
    const QString full = QString::fromStdString(path(name));
    QDir().mkpath(QFileInfo(full).path());
    QFile file(full);
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(text.data(), qint64(text.size())) != qint64(text.size()))
        throw std::runtime_error("cannot write " + name);
}

std::string CodedWorld::read(const std::string& name) const
{
    QFile file(QString::fromStdString(path(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "(none)";
}

void CodedWorld::writeDestination(const JsonNode& destination) const
{
    JsonNode node = {{"id", "destinationaaaaa"}, {"name", "Out"}};
    node.update(destination);
    write("destinations/out.json", node.dump());
}

void CodedWorld::writeSync(const JsonNode& changes) const
{
    JsonNode node = JsonNode::parse(syncText);
    node.merge_patch(changes);
    write("syncs/people.json", node.dump());
}

void CodedWorld::sql(const std::string& statement) const
{
    connector::SqlAccount account;
    account.database = path("shop.sqlite");
    const auto session = connector::openSqliteSession(account);
    if (!session)
        throw std::runtime_error(session.error().message);
    rowsOf(**session, statement);
}

void CodedWorld::open()
{
    m_workspace.reset();
    auto opened = Workspace::open({path(""), {}}, {m_clock, m_random, secrets});
    if (!opened)
        throw std::runtime_error(opened.error().toString().toStdString());
    m_workspace = std::move(*opened);
    if (const auto trusted = m_workspace->trust(); !trusted)
        throw std::runtime_error(trusted.error().toString().toStdString());
}

Issues CodedWorld::validate()
{
    open();
    return m_workspace->validate();
}

Result<std::unique_ptr<PreparedRun>> CodedWorld::prepare(const RunRequest& request)
{
    open();
    return m_workspace->prepare(request);
}

run::RunReport CodedWorld::run(run::RunKind kind)
{
    RunRequest request;
    request.sync = "people";
    request.kind = kind;
    auto prepared = prepare(request);
    if (!prepared)
        throw std::runtime_error(prepared.error().toString().toStdString());
    while ((*prepared)->step()) {
    }
    return (*prepared)->report();
}

std::vector<std::vector<std::string>> rowsOf(connector::SqlSession& session, const std::string& sql)
{
    auto done = session.run(sql, {});
    if (!done)
        throw std::runtime_error(sql + ": " + done.error().message);
    return std::move(done->rows);
}

} // namespace headgate::service
