// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/document.h"
#include "session/question.h"
#include "warehouse/warehouse_spec.h"

#include <QPointer>

class QLabel;
class QTabWidget;

namespace headgate::ui {

class AccountSecrets;
class MessageStrip;
class PageHeader;
class SchemaBrowser;
class SettingsForm;
class Verdict;

/// A warehouse: its connection as a form, whether it answers and what its driver cannot say
/// exactly, and what is in it.
class SourcePage final : public Page
{
    Q_OBJECT

public:
    SourcePage(ProjectSession& session, std::string source, QWidget* parent = nullptr);
    ~SourcePage() override;

    [[nodiscard]] QString title() const override;
    void refresh() override;

private:
    [[nodiscard]] PageHeader* makeHeader();
    [[nodiscard]] QWidget* makeConnection();
    void connectForm();
    void showDefinition();
    void showProblems();
    void showTrust();
    void edit(const QString& step, const QString& mergeKey,
              const std::function<void(project::SourceDefinition&)>& change);
    [[nodiscard]] const project::SourceDefinition& definition() const;
    [[nodiscard]] project::AccountSettings settings() const;

    void test();
    void loadTables();
    void loadDetails(const warehouse::TableInfo& table);
    void showReport(const warehouse::SourceReport& report);
    void showCaveats(const QStringList& caveats);
    void showFailure(const Error& error);
    void focusFirst();
    void editField(const std::string& key);

    ProjectSession& m_session;
    QPointer<SourceDocument> m_document;
    std::optional<warehouse::WarehouseSpec> m_spec;
    Question m_question;
    Question m_details;
    bool m_wantsAll = false; ///< what is missing is shown as wrong

    PageHeader* m_header;
    MessageStrip* m_message;
    Verdict* m_verdict;
    QTabWidget* m_tabs;
    SettingsForm* m_form = nullptr;
    AccountSecrets* m_secrets = nullptr;
    QLabel* m_caveats = nullptr;
    SchemaBrowser* m_browser;
};

} // namespace headgate::ui
