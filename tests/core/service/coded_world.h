// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "connector/sql_session.h"
#include "data/json.h"
#include "fakes/fake_secrets.h"
#include "service/workspace.h"

#include <QTemporaryDir>
#include <string>
#include <vector>

namespace headgate::service {

/// A project folder with a SQLite warehouse of views (id, person, name, amount, product), one
/// record a person, and the state of its own machine. Runs go the whole way: files, workspace,
/// plan, delivery.
class CodedWorld
{
public:
    CodedWorld();

    void writeDestination(const data::JsonNode& destination) const;
    /// `changes` are merged into a sync that upserts by person.
    void writeSync(const data::JsonNode& changes) const;
    /// On the warehouse.
    void sql(const std::string& statement) const;

    /// Throws where the run cannot be prepared.
    [[nodiscard]] run::RunReport run(run::RunKind kind = run::RunKind::Run);
    [[nodiscard]] Result<std::unique_ptr<PreparedRun>> prepare(const RunRequest& request);
    [[nodiscard]] Issues validate();

    [[nodiscard]] std::string path(const std::string& name) const;
    [[nodiscard]] std::string read(const std::string& name) const;
    void write(const std::string& name, const std::string& text) const;

    fakes::FakeSecrets secrets;

private:
    void open();

    QTemporaryDir m_folder;
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<Workspace> m_workspace;
};

/// A database that is seen by other means than a destination; throws what goes wrong.
std::vector<std::vector<std::string>> rowsOf(connector::SqlSession& session,
                                             const std::string& sql);

} // namespace headgate::service
