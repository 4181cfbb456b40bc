// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace headgate::ui {

class ElidedLabel;
class Spinner;

/// The top of a page about something outside that can be asked: its name, what it is, and the
/// button that asks; while a question is open, what is asked and the button that cancels.
class PageHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit PageHeader(QPushButton* ask, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    void setAbout(const QStringList& facts);
    /// Left of the one that asks.
    void addButton(QPushButton* button);
    [[nodiscard]] QPushButton* askButton() const { return m_ask; }
    /// What is asked, as "Connecting"; empty: nothing.
    void setAsking(const QString& what);

Q_SIGNALS:
    void askWanted();
    void cancelWanted();

private:
    QHBoxLayout* m_layout;
    QLabel* m_title;
    ElidedLabel* m_about;
    Spinner* m_spinner;
    QPushButton* m_cancel;
    QPushButton* m_ask;
};

} // namespace headgate::ui
