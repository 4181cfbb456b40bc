// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"

#include <QAbstractButton>
#include <optional>

namespace headgate::ui {

/// A small rounded label that can be pressed: an attribute of a list, a filter, a state. Space and
/// Enter press it.
class Chip final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit Chip(const QString& text, QWidget* parent = nullptr);
    Chip(Icon icon, const QString& text, QWidget* parent = nullptr);

    void setChipIcon(Icon icon);
    /// Colours of a meaning; none: the quiet ones.
    void setTone(std::optional<Tone> tone);
    [[nodiscard]] std::optional<Tone> tone() const { return m_tone; }
    /// A chevron says that pressing it opens something.
    void setOpensMenu(bool opens);
    /// A chip that only tells something is not in the tab order and takes no clicks.
    void setInteractive(bool interactive);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    std::optional<Icon> m_icon;
    std::optional<Tone> m_tone;
    bool m_opensMenu = false;
    bool m_interactive = true;
};

} // namespace headgate::ui
