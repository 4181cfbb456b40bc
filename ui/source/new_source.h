// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "project/project.h"
#include "service/connection_finder.h"
#include "session/page.h"

#include <QObject>

namespace headgate::ui {

class NewDefinitionDialog;
class ProjectSession;

/// Asks what a new source should be: a connection that other programs of this machine know, or a
/// warehouse to begin with. Lives as long as its dialog.
class NewSource final : public QObject
{
    Q_OBJECT

public:
    NewSource(ProjectSession& session, Random& random, QWidget* window);

Q_SIGNALS:
    /// There is a document for it now, not saved.
    void made(const headgate::ui::PageId& id);
    void failed(const headgate::Error& error);

private:
    void find();
    void showChoices();
    void make(int choice, const QString& name, bool keepPassword);
    void keepFoundSecret(project::SourceDefinition source, const warehouse::FoundConnection& found,
                         const std::string& field);
    void add(project::SourceDefinition source);

    ProjectSession& m_session;
    Random& m_random;
    NewDefinitionDialog* m_dialog;
    service::FoundPlaces m_places;
    service::FoundConnections m_found;
    std::vector<std::string> m_warehouses;
};

} // namespace headgate::ui
