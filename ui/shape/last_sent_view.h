// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "service/workspace.h"

class QLabel;

namespace headgate::ui {

class JsonView;

/// What was accepted last above what would be sent now, with the lines that differ marked.
class LastSentView final : public QWidget
{
    Q_OBJECT

public:
    explicit LastSentView(QWidget* parent = nullptr);

    void show(const service::LastSent& last, const std::string& payload);
    /// In place of payloads.
    void showText(const QString& text);

private:
    QLabel* m_statement;
    QWidget* m_payloads;
    JsonView* m_before;
    JsonView* m_after;
};

} // namespace headgate::ui
