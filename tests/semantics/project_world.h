// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"
#include "fakes/fake_random.h"
#include "fakes/fake_secrets.h"
#include "fakes/inbox_fixture.h"
#include "service/workspace.h"

#include <QTemporaryDir>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace headgate::fakes {

/// A project folder over an SQLite warehouse with an inbox for a destination, worked on through the
/// service as both programs do: real files, real HTTP on loopback, a state root of its own.
/// The table: people(id integer, email text, name text, changed integer); the sync: "people".
class ProjectWorld
{
public:
    explicit ProjectWorld(const std::string& connector = "iterable");
    ~ProjectWorld();

    /// Runs SQL on the warehouse.
    void sql(const std::string& statements);
    /// Merges members into the sync's file.
    void sync(const std::string& json);
    void model(const std::string& json);
    void write(const std::string& path, const std::string& text);

    using Change = std::function<void(service::RunRequest&)>;
    [[nodiscard]] Result<run::RunReport> run(const Change& change = {});
    /// Opened anew, as another process would. `folder` empty: the project's.
    [[nodiscard]] Result<std::unique_ptr<service::Workspace>>
    open(const std::string& folder = {},
         service::WorkspaceOptions::Clone clone = service::WorkspaceOptions::Clone::Ask);

    [[nodiscard]] inbox::Inbox& inbox() { return m_inbox->inbox(); }
    [[nodiscard]] std::string inboxUrl() const { return m_inbox->url(); }
    [[nodiscard]] std::string project() const;
    [[nodiscard]] std::string copyOfProject();
    [[nodiscard]] std::string stateRoot() const;
    /// Records that arrived, by match value.
    [[nodiscard]] inbox::AppliedStore::Records arrived();

private:
    void writeDestination();

    std::string m_connector;
    QTemporaryDir m_directory;
    QByteArray m_oldStateRoot;
    SystemClock m_clock;
    FakeRandom m_random{1};
    FakeSecrets m_secrets;
    std::unique_ptr<InboxFixture> m_inbox;
    data::JsonNode m_sync;
    data::JsonNode m_model;
};

} // namespace headgate::fakes
