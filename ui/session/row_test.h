// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/project_session.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace headgate::ui {

class JsonView;
class MessageStrip;
class Spinner;

/// Sends one record of a sync, really, after it has said so, and shows the request and the answer.
class RowTest final : public QDialog
{
    Q_OBJECT

public:
    /// `key` as people type it; `payload` is what would be sent, for the look before.
    RowTest(ProjectSession& session, const std::string& sync, const std::string& key,
            const std::string& payload, QWidget* parent = nullptr);

private:
    void build(const std::string& key, const std::string& payload);
    void showState();
    void send();
    void start();
    void showEnd(const run::RunReport& report);
    void showExchanges(const std::vector<run::ShownExchange>& exchanges);

    ProjectSession& m_session;
    std::string m_sync;
    std::string m_payloadKey; ///< that the payload shown is of
    bool m_sending = false;
    QLabel* m_where = nullptr;
    QLineEdit* m_key = nullptr;
    MessageStrip* m_message = nullptr;
    QTabWidget* m_tabs = nullptr;
    JsonView* m_payload = nullptr;
    QPlainTextEdit* m_request = nullptr;
    QPlainTextEdit* m_answer = nullptr;
    Spinner* m_spinner = nullptr;
    QPushButton* m_send = nullptr;
};

} // namespace headgate::ui
