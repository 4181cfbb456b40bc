// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/run_history.h"

#include <QWidget>

class QPlainTextEdit;
class QToolButton;

namespace headgate::ui {

class ElidedLabel;
class JsonView;

/// The way of one record: its rows, the payload made of them, the request that carried it and the
/// answer. What is not kept is said so.
class RecordPanes final : public QWidget
{
    Q_OBJECT

public:
    explicit RecordPanes(QWidget* parent = nullptr);

    void setTrace(service::RecordTrace trace);
    void clear();
    void copyPayload();
    /// With variables in the place of secrets.
    void copyCurl();

Q_SIGNALS:
    /// Something was copied; the sentence says what.
    void copied(const QString& sentence);

private:
    struct Pane
    {
        QWidget* frame = nullptr;
        ElidedLabel* note = nullptr;
        QToolButton* copy = nullptr; ///< of payload and request
    };
    [[nodiscard]] Pane makePane(const QString& title, QWidget* view, const QString& copyText);

    JsonView* m_row;
    JsonView* m_payload;
    QPlainTextEdit* m_request;
    QPlainTextEdit* m_answer;
    Pane m_rowPane;
    Pane m_payloadPane;
    Pane m_requestPane;
    Pane m_answerPane;
    service::RecordTrace m_trace;
};

} // namespace headgate::ui
