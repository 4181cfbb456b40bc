// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTimer>
#include <chrono>

namespace headgate::ui {

/// A line to search with: Escape empties it (and says so when it is empty already), Down leaves it
/// for the list below, Enter searches at once.
class SearchField final : public QLineEdit
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds pause{150}; ///< without a key until searched()

    explicit SearchField(const QString& hint, QWidget* parent = nullptr);

    /// Shows what was searched by other means, without searched().
    void setSearched(const QString& text);

Q_SIGNALS:
    void searched(const QString& text);
    /// Enter: go to the first that was found.
    void accepted();
    void left();
    void wentDown();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void searchNow();

    QTimer m_pause;
    QString m_last;
};

} // namespace headgate::ui
