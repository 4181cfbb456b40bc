// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"
#include "session/page.h"

class QPushButton;
class QTableWidget;

namespace headgate::ui {

class MessageStrip;
class ProjectSession;
class SearchField;
class Spinner;
class Verdict;

/// A warehouse: whether it answers, what its driver cannot say exactly, and what is in it.
class SourcePage final : public Page
{
    Q_OBJECT

public:
    SourcePage(ProjectSession& session, std::string source, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;
    void refresh() override;

private:
    [[nodiscard]] QWidget* makeHeader();
    void test();
    void loadTables();
    void showReport(const warehouse::SourceReport& report);
    void showTables(const std::vector<warehouse::TableInfo>& tables);
    void filter(const QString& text);

    ProjectSession& m_session;
    QPushButton* m_test = nullptr;
    Spinner* m_spinner = nullptr;
    MessageStrip* m_message;
    Verdict* m_verdict;
    SearchField* m_search;
    QTableWidget* m_tables;
};

} // namespace headgate::ui
