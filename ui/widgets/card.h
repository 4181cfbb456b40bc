// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QVBoxLayout;

namespace headgate::ui {

class ToneIcon;

/// A rounded surface with a title: what belongs together on a page. A clickable one is a choice:
/// it is in the tab order, and Space and Enter press it.
class Card final : public QFrame
{
    Q_OBJECT

public:
    explicit Card(const QString& title = {}, QWidget* parent = nullptr);

    void setTitle(const QString& title);
    /// A line under the title.
    void setSubtitle(const QString& subtitle);
    void setIcon(Icon icon);
    void setClickable(bool clickable);
    [[nodiscard]] bool isClickable() const { return m_clickable; }
    /// The one of several cards that Enter takes, by whatever means it became so.
    void setCurrent(bool current);
    [[nodiscard]] bool isCurrent() const { return m_current; }
    /// Beside the title, at the end: buttons, counts.
    void addHeaderWidget(QWidget* widget);
    /// Below the title.
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    void updateHeader();

    ToneIcon* m_icon;
    QLabel* m_title;
    QLabel* m_subtitle;
    QHBoxLayout* m_header;
    QVBoxLayout* m_body;
    bool m_clickable = false;
    bool m_current = false;
    bool m_pressed = false;
};

} // namespace headgate::ui
