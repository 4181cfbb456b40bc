// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "service/manifest_finder.h"
#include "service/workspace.h"
#include "session/page.h"

#include <QObject>
#include <map>
#include <optional>
#include <vector>

namespace headgate::ui {

class NewDefinitionDialog;
struct DefinitionChoice;
class ProjectSession;

/// Asks what a new model should be: a query at a source, a table of one, or a model of a dbt
/// project. Lives as long as its dialogs.
class NewModel final : public QObject
{
    Q_OBJECT

public:
    NewModel(ProjectSession& session, Random& random, QWidget* window);

Q_SIGNALS:
    /// There is a document for it now, not saved.
    void made(const headgate::ui::PageId& id);

private:
    struct Begin
    {
        std::string source; ///< slug
        std::optional<warehouse::TableInfo> table;
        std::optional<std::string> manifest; ///< of dbt; empty: a file to be chosen
    };

    void askTables();
    void askTables(const std::string& source);
    void findManifests();
    void showChoices();
    void addManifests(std::vector<DefinitionChoice>& choices);
    void openManifest();
    void pickOf(const std::string& manifest);
    void add(project::ModelDefinition model);
    void make(int choice, const QString& name);

    ProjectSession& m_session;
    Random& m_random;
    QWidget* m_window;
    NewDefinitionDialog* m_dialog;
    std::vector<service::FoundManifest> m_manifests;
    std::map<std::string, std::vector<warehouse::TableInfo>> m_tables; ///< by source
    std::map<std::string, QString> m_refused;                          ///< by source
    std::size_t m_asked = 0;                                           ///< sources not answered yet
    std::vector<Begin> m_begins;                                       ///< by choice
};

} // namespace headgate::ui
