// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace headgate::ui {

class ElidedLabel;
class EmptyState;
class FieldTable;
class MessageStrip;
class SearchField;
class Spinner;

/// The objects of a destination; of the chosen one its fields and limits. What it shows is asked
/// for by the page.
class ObjectBrowser final : public QWidget
{
    Q_OBJECT

public:
    explicit ObjectBrowser(QWidget* parent = nullptr);

    void setObjects(const std::vector<connector::ObjectInfo>& objects);
    /// Instead of objects: why there are none.
    void setNothing(const QString& title, const QString& sentence);
    /// `takesOthers`: also fields that are not listed.
    void showDetails(const service::ObjectDetails& details, bool takesOthers);
    void showTrouble(const Error& error);

Q_SIGNALS:
    void objectChosen(const std::string& object);

private:
    [[nodiscard]] QWidget* makeDetails();
    void choose(int row);

    std::vector<connector::ObjectInfo> m_objects;
    QStackedWidget* m_stack;
    EmptyState* m_nothing;
    QListWidget* m_list;
    ElidedLabel* m_title = nullptr;
    QLabel* m_limits = nullptr;
    Spinner* m_spinner = nullptr;
    SearchField* m_search = nullptr;
    MessageStrip* m_message = nullptr;
    FieldTable* m_fields = nullptr;
};

} // namespace headgate::ui
