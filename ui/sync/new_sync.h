// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/random.h"
#include "session/page.h"

#include <QObject>
#include <vector>

namespace headgate::ui {

class NewDefinitionDialog;
class ProjectSession;

/// Asks which model a new sync reads and where it goes. Lives as long as its dialog.
class NewSync final : public QObject
{
    Q_OBJECT

public:
    NewSync(ProjectSession& session, Random& random, QWidget* window);

Q_SIGNALS:
    /// There is a document for it now, not saved.
    void made(const headgate::ui::PageId& id);

private:
    struct Begin
    {
        std::string model;       ///< slug
        std::string destination; ///< slug; empty: to be chosen
    };

    void showChoices();
    void make(int choice, const QString& name);

    ProjectSession& m_session;
    Random& m_random;
    NewDefinitionDialog* m_dialog;
    std::vector<Begin> m_begins; ///< by choice
};

} // namespace headgate::ui
