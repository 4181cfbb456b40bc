// SPDX-License-Identifier: GPL-3.0-or-later
#include "semantics/project_world.h"

#include <QDir>
#include <QFile>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <stdexcept>

namespace headgate::fakes {

namespace {

constexpr const char* stateVariable = "HEADGATE_STATE_DIR";

} // namespace

ProjectWorld::ProjectWorld(const std::string& connector)
    : m_connector(connector), m_oldStateRoot(qgetenv(stateVariable))
{
    qputenv(stateVariable, QByteArray::fromStdString(stateRoot()));
    m_secrets.values["env:KEY"] = "secret";
    m_inbox = std::make_unique<InboxFixture>(connector);
    write("headgate.json", R"({"format":1,"id":"projectaaaaaaaaa","name":"Test",
        "targets":[{"slug":"test","name":"Test"}]})");
    write("sources/shop.json", R"({"id":"sourceaaaaaaaaaa","name":"Shop","warehouse":"sqlite",
        "fields":{"file":"shop.sqlite"}})");
    m_model = *data::parseJson(
        R"({"id":"modelaaaaaaaaaaa","name":"People","source":"shop","rowKey":["id"]})");
    model("{}");
    write("models/people.sql", "select id, email, name, changed from people\n");
    m_sync = *data::parseJson(R"({"id":"syncaaaaaaaaaaaa","name":"People","model":"people",
        "recordKey":["id"],"destination":"mail","object":"user","mode":"upsert",
        "matching":{"column":"email","field":"email"},
        "shape":{"kind":"object","fields":[{"name":"name","kind":"column","column":"name"}]}})");
    sync(connector == "webhook" ? R"({"object":"batch"})" : "{}");
    writeDestination();
    sql("create table people(id integer, email text, name text, changed integer)");
    auto workspace = open();
    if (!workspace || !(*workspace)->trust())
        throw std::runtime_error("the project does not open");
}

ProjectWorld::~ProjectWorld()
{
    if (m_oldStateRoot.isEmpty())
        qunsetenv(stateVariable);
    else
        qputenv(stateVariable, m_oldStateRoot);
}

std::string ProjectWorld::project() const
{
    return m_directory.path().toStdString() + "/project";
}

std::string ProjectWorld::stateRoot() const
{
    return m_directory.path().toStdString() + "/state";
}

void ProjectWorld::write(const std::string& path, const std::string& text)
{
    const QString full = QString::fromStdString(project() + '/' + path);
    QDir().mkpath(QFileInfo(full).path());
    QFile file(full);
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), qint64(text.size())) < 0)
        throw std::runtime_error("cannot write " + path);
}

void ProjectWorld::writeDestination()
{
    if (m_connector == "webhook") {
        const data::JsonNode hook = {{"id", "destinationaaaaa"},
                                     {"name", "Mail"},
                                     {"connector", m_connector},
                                     {"fields",
                                      {{"url", m_inbox->url() + "/hook"},
                                       {"headers", "X-Window: 12:30:45 to 13:00"},
                                       {"batchSize", "10"},
                                       {"requestsPerSecond", "1000"}}}};
        write("destinations/mail.json", hook.dump());
        return;
    }
    const data::JsonNode destination = {{"id", "destinationaaaaa"},
                                        {"name", "Mail"},
                                        {"connector", m_connector},
                                        {"baseUrl", m_inbox->url()},
                                        {"fields", {{"project", "Test"}, {"region", "us"}}},
                                        {"secrets", {{"apiKey", "env:KEY"}}}};
    write("destinations/mail.json", destination.dump());
}

void ProjectWorld::sync(const std::string& json)
{
    m_sync.merge_patch(*data::parseJson(json));
    write("syncs/people.json", m_sync.dump());
}

void ProjectWorld::model(const std::string& json)
{
    m_model.merge_patch(*data::parseJson(json));
    write("models/people.json", m_model.dump());
}

void ProjectWorld::sql(const std::string& statements)
{
    sqlite3* database = nullptr;
    const std::string file = project() + "/shop.sqlite";
    const bool done =
        sqlite3_open(file.c_str(), &database) == SQLITE_OK &&
        sqlite3_exec(database, statements.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    const std::string error = sqlite3_errmsg(database);
    sqlite3_close(database);
    if (!done)
        throw std::runtime_error(error);
}

std::string ProjectWorld::copyOfProject()
{
    const std::string copy = m_directory.path().toStdString() + "/clone";
    for (const char* folder : {"", "/sources", "/models", "/syncs", "/destinations"}) {
        QDir().mkpath(QString::fromStdString(copy + folder));
        const QDir from(QString::fromStdString(project() + folder));
        for (const QString& name : from.entryList(QDir::Files))
            QFile::copy(from.filePath(name), QString::fromStdString(copy + folder + '/') + name);
    }
    return copy;
}

Result<std::unique_ptr<service::Workspace>>
ProjectWorld::open(const std::string& folder, service::WorkspaceOptions::Clone clone)
{
    service::WorkspaceOptions options;
    options.project = folder.empty() ? project() : folder;
    options.clone = clone;
    return service::Workspace::open(options, {m_clock, m_random, m_secrets});
}

Result<run::RunReport> ProjectWorld::run(const Change& change)
{
    auto workspace = open();
    if (!workspace)
        return propagate(std::move(workspace));
    service::RunRequest request;
    request.sync = "people";
    if (change)
        change(request);
    auto prepared = (*workspace)->prepare(request);
    if (!prepared)
        return propagate(std::move(prepared));
    while ((*prepared)->step()) {
    }
    const run::RunReport& report = (*prepared)->report();
    EXPECT_TRUE(report.addsUp());
    return report;
}

inbox::AppliedStore::Records ProjectWorld::arrived()
{
    return inbox().appliedRecords("user");
}

} // namespace headgate::fakes
