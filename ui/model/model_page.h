// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"
#include "session/page.h"

class QLabel;

namespace headgate::ui {

class MessageStrip;
class ProjectSession;
class SearchField;
class Spinner;
class TableView;

/// A model: its query, and the first rows of what it answers.
class ModelPage final : public Page
{
    Q_OBJECT

public:
    ModelPage(ProjectSession& session, std::string model, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void refresh() override;

private:
    [[nodiscard]] QWidget* makeHeader();
    [[nodiscard]] QWidget* makeQuery();
    [[nodiscard]] QWidget* makeRows();
    void showRows(service::Rows rows);

    ProjectSession& m_session;
    Spinner* m_spinner = nullptr;
    MessageStrip* m_message;
    SearchField* m_filter = nullptr;
    QLabel* m_count = nullptr;
    TableView* m_table = nullptr;
    bool m_complete = false;
};

} // namespace headgate::ui
