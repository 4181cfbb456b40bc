// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <string>
#include <vector>

class QLineEdit;
class QToolButton;

namespace headgate::ui {

/// Switches for what the stand-in does wrong, to see how a run takes it.
class MisbehaviourBar final : public QWidget
{
    Q_OBJECT

public:
    explicit MisbehaviourBar(QWidget* parent = nullptr);

    /// As service::InboxSession::misbehave() takes them.
    [[nodiscard]] std::vector<std::string> misbehaviours() const;

Q_SIGNALS:
    void changed();

private:
    std::vector<QToolButton*> m_switches;
    QLineEdit* m_refused;
};

} // namespace headgate::ui
