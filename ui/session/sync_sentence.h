// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "service/workspace.h"
#include "session/document.h"

#include <vector>

class QComboBox;
class QLabel;

namespace headgate::ui {

class ColumnChoice;
class ElidedLabel;
class ProjectSession;

/// "One payload per [contact_email] for [user] in Inbox, found by [email]": the choices without
/// which a sync cannot run, in a sentence. Edits the sync's document. A choice that follows from
/// another one is made with it, in the same step of undo.
class SyncSentence final : public QWidget
{
    Q_OBJECT

public:
    SyncSentence(ProjectSession& session, SyncDocument& document, QWidget* parent = nullptr);

    /// Of the main model.
    void setColumns(const data::Schema& columns);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void show();
    void askObjects();
    void chooseKey();
    void chooseObject(const std::string& object);
    void chooseField(const std::string& field);
    /// See suggestedMatching().
    void completeMatching(project::SyncDefinition& sync) const;
    [[nodiscard]] const connector::ObjectInfo* object(const std::string& id) const;

    ProjectSession& m_session;
    SyncDocument& m_document;
    data::Schema m_columns;
    std::string m_objectsOf; ///< the destination that m_objects are of; empty: ask again
    std::vector<connector::ObjectInfo> m_objects;
    ColumnChoice* m_key;
    QComboBox* m_object;
    ElidedLabel* m_destination;
    QLabel* m_foundBy;
    QComboBox* m_field;
};

} // namespace headgate::ui
