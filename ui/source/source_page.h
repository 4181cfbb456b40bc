// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/document.h"
#include "session/question.h"
#include "warehouse/warehouse_spec.h"

#include <QPointer>

class QLabel;
class QLineEdit;
class QPushButton;
class QTabWidget;

namespace headgate::ui {

class ElidedLabel;
class MessageStrip;
class SchemaBrowser;
class SecretKeeping;
class SettingsForm;
class Spinner;
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
    [[nodiscard]] QWidget* makeHeader();
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
    void setAsking(const QString& what);
    void showReport(const warehouse::SourceReport& report);
    void showCaveats(const QStringList& caveats);
    void showFailure(const Error& error);
    void focusFirst();
    void editField(const std::string& key);
    void onSecretRefused(const std::string& field, const Error& error, const QString& secret);

    ProjectSession& m_session;
    QPointer<SourceDocument> m_document;
    std::optional<warehouse::WarehouseSpec> m_spec;
    SecretKeeping* m_secrets;
    Question m_question;
    Question m_details;
    bool m_wantsAll = false; ///< what is missing is shown as wrong
    bool m_testWhenKept = false;

    QLabel* m_name = nullptr;
    ElidedLabel* m_about = nullptr;
    QPushButton* m_test = nullptr;
    QPushButton* m_cancel = nullptr;
    Spinner* m_spinner = nullptr;
    MessageStrip* m_message;
    Verdict* m_verdict;
    QTabWidget* m_tabs;
    QLineEdit* m_nameEdit = nullptr;
    SettingsForm* m_form = nullptr;
    QLabel* m_caveats = nullptr;
    SchemaBrowser* m_browser;
};

} // namespace headgate::ui
