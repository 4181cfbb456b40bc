// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_editing.h"

#include <QFrame>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace headgate::ui {

class Card;

/// Asks at the pointer what a gesture means: a card for each choice, with what it makes of the
/// record at hand. Arrows and digits choose, Enter accepts, Escape and a click elsewhere leave all
/// as it was. Deletes itself.
class GestureChooser final : public QFrame
{
    Q_OBJECT

public:
    GestureChooser(const QString& question, ShapeChoices choices, QWidget* parent);

    /// What choice number `index` makes of the record, once it is known.
    void setPreview(std::size_t index, const QString& json);
    void showAt(const QPoint& global);
    [[nodiscard]] const ShapeChoices& choices() const { return m_choices; }

Q_SIGNALS:
    void highlighted(std::size_t index);
    void chosen(const headgate::ui::ShapeChoice& choice);
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void highlight(std::size_t index);
    void accept(std::size_t index);

    ShapeChoices m_choices;
    std::vector<Card*> m_cards;
    std::vector<QLabel*> m_previews;
    std::size_t m_current = 0;
    bool m_done = false;
};

} // namespace headgate::ui
