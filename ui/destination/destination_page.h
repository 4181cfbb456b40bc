// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/spec_library.h"
#include "session/document.h"
#include "session/question.h"

#include <QPointer>

class QPushButton;
class QTabWidget;
class QVBoxLayout;

namespace headgate::ui {

class AccountSecrets;
class MessageStrip;
class ObjectBrowser;
class PageHeader;
class SettingsForm;
class Verdict;

/// An account of a tool: as a form, whether it answers and as whom, what can be written to it, and
/// the syncs that do.
class DestinationPage final : public Page
{
    Q_OBJECT

public:
    DestinationPage(ProjectSession& session, std::string destination, QWidget* parent = nullptr);
    ~DestinationPage() override;

    [[nodiscard]] QString title() const override;
    void refresh() override;

private:
    [[nodiscard]] PageHeader* makeHeader();
    [[nodiscard]] QWidget* makeAccount();
    [[nodiscard]] QWidget* makeSyncs();
    void askConnector();
    void makeForm(const connector::SharedSpec& spec);
    void connectForm();
    void showDefinition();
    void showProblems();
    void showTrust();
    void showSyncs();
    void edit(const QString& step, const QString& mergeKey,
              const std::function<void(project::DestinationDefinition&)>& change);
    [[nodiscard]] const project::DestinationDefinition& definition() const;
    [[nodiscard]] project::AccountSettings settings() const;
    /// With the stand-in that runs inside this window in its place.
    [[nodiscard]] project::DestinationDefinition reached() const;

    void test();
    void loadObjects();
    void loadDetails(const std::string& object);
    void showFailure(const Error& error);
    void focusFirst();
    void startStandIn();
    void endStartingStandIn(bool started);
    void showStandIn();
    void editField(const std::string& key);

    ProjectSession& m_session;
    QPointer<DestinationDocument> m_document;
    connector::SharedSpec m_spec;
    Question m_question;
    Question m_details;
    bool m_wantsAll = false;      ///< what is missing is shown as wrong
    bool m_startsStandIn = false; ///< and then tests the account

    QPushButton* m_standIn = nullptr;
    PageHeader* m_header;
    MessageStrip* m_standInNote = nullptr;
    MessageStrip* m_message;
    Verdict* m_verdict;
    QTabWidget* m_tabs;
    QVBoxLayout* m_account = nullptr;
    SettingsForm* m_form = nullptr;
    AccountSecrets* m_secrets = nullptr;
    ObjectBrowser* m_objects;
    QVBoxLayout* m_syncs = nullptr;
};

} // namespace headgate::ui
