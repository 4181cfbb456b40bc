// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

#include <QWidget>

class QLabel;

namespace headgate::ui {

class FieldTable;
class SearchField;
class Spinner;

/// The fields of the object that a sync writes to, and what of the shape fills each.
class SyncFields final : public QWidget
{
    Q_OBJECT

public:
    explicit SyncFields(QWidget* parent = nullptr);

    void setAsking();
    /// `takesOthers`: also fields that are not listed.
    void setFields(const std::vector<connector::FieldInfo>& fields, bool takesOthers);
    void setTrouble(const QString& sentence);
    /// What fills them now.
    void setSync(const project::SyncDefinition& sync);

Q_SIGNALS:
    void refreshWanted();
    void shapeWanted();

private:
    void showFields();

    std::vector<connector::FieldInfo> m_listed;
    bool m_takesOthers = false;
    project::SyncDefinition m_sync;
    QLabel* m_summary;
    Spinner* m_spinner;
    SearchField* m_search;
    FieldTable* m_table;
};

} // namespace headgate::ui
