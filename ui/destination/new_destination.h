// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "connector/spec_library.h"
#include "session/page.h"

#include <QObject>

namespace headgate::ui {

class NewDefinitionDialog;
class ProjectSession;

/// Asks which tool a new destination is an account of. Lives as long as its dialog.
class NewDestination final : public QObject
{
    Q_OBJECT

public:
    NewDestination(ProjectSession& session, Random& random, QWidget* window);

Q_SIGNALS:
    /// There is a document for it now, not saved.
    void made(const headgate::ui::PageId& id);
    void failed(const headgate::Error& error);

private:
    void showConnectors(std::vector<connector::SharedSpec> specs);
    void make(int choice, const QString& name);

    ProjectSession& m_session;
    Random& m_random;
    NewDefinitionDialog* m_dialog;
    std::vector<connector::SharedSpec> m_specs;
};

} // namespace headgate::ui
