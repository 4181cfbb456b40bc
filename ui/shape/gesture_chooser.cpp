// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/gesture_chooser.h"

#include "theme/fonts.h"
#include "theme/style_painting.h"
#include "widgets/card.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QScreen>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int chooserWidth = 420;

} // namespace

GestureChooser::GestureChooser(const QString& question, ShapeChoices choices, QWidget* parent)
    : QFrame(parent, Qt::Popup), m_choices(std::move(choices)), m_current(m_choices.preselected)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(question);
    setFixedWidth(chooserWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::gap, grid::gap, grid::gap, grid::gap);
    layout->setSpacing(grid::unit);
    auto* title = new QLabel(question);
    title->setFont(textFont(TextSize::Small, QFont::DemiBold));
    title->setWordWrap(true);
    layout->addWidget(title);
    int number = 1;
    for (const ShapeChoice& choice : m_choices.choices) {
        auto* card = new Card(QStringLiteral("%1  %2").arg(number).arg(choice.title));
        card->setAccessibleName(choice.title);
        card->setIcon(choice.icon);
        card->setClickable(true);
        card->installEventFilter(this);
        auto* preview = new QLabel;
        preview->setTextFormat(Qt::PlainText);
        preview->setFont(codeFont(TextSize::Small));
        preview->setForegroundRole(QPalette::PlaceholderText);
        preview->setText(QStringLiteral(" "));
        card->body()->addWidget(preview);
        layout->addWidget(card);
        const std::size_t index = m_cards.size();
        connect(card, &Card::clicked, this, [this, index] { accept(index); });
        m_cards.push_back(card);
        m_previews.push_back(preview);
        ++number;
    }
}

void GestureChooser::setPreview(std::size_t index, const QString& json)
{
    QLabel* const label = m_previews[index];
    const int room = chooserWidth - 5 * grid::section;
    label->setText(label->fontMetrics().elidedText(json, Qt::ElideRight, room));
    label->setToolTip(json);
}

void GestureChooser::showAt(const QPoint& global)
{
    adjustSize();
    QPoint at = global;
    if (const QScreen* screen = QGuiApplication::screenAt(global)) {
        const QRect room = screen->availableGeometry();
        at.setX(std::clamp(at.x(), room.left(), std::max(room.left(), room.right() - width())));
        at.setY(std::clamp(at.y(), room.top(), std::max(room.top(), room.bottom() - height())));
    }
    move(at);
    show();
    highlight(m_current);
}

void GestureChooser::highlight(std::size_t index)
{
    m_cards[m_current]->setCurrent(false);
    m_current = index;
    m_cards[index]->setCurrent(true);
    m_cards[index]->setFocus(Qt::TabFocusReason);
    update();
    Q_EMIT highlighted(index);
}

void GestureChooser::accept(std::size_t index)
{
    if (m_done)
        return;
    m_done = true;
    const ShapeChoice choice = m_choices.choices[index];
    close();
    Q_EMIT chosen(choice);
}

void GestureChooser::keyPressEvent(QKeyEvent* event)
{
    const std::size_t count = m_cards.size();
    switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Right:
        return highlight((m_current + 1) % count);
    case Qt::Key_Up:
    case Qt::Key_Left:
        return highlight((m_current + count - 1) % count);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return accept(m_current);
    case Qt::Key_Escape:
        close();
        return;
    default:
        break;
    }
    const int digit = event->key() - Qt::Key_1;
    if (digit >= 0 && static_cast<std::size_t>(digit) < count)
        return accept(static_cast<std::size_t>(digit));
    QFrame::keyPressEvent(event);
}

bool GestureChooser::eventFilter(QObject* watched, QEvent* event)
{
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        if (watched != m_cards[i])
            continue;
        if (event->type() == QEvent::Enter && m_current != i)
            highlight(i);
        if (event->type() == QEvent::KeyPress) {
            keyPressEvent(static_cast<QKeyEvent*>(event));
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void GestureChooser::hideEvent(QHideEvent* event)
{
    if (!m_done) {
        m_done = true;
        Q_EMIT cancelled();
    }
    QFrame::hideEvent(event);
}

void GestureChooser::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& colors = tokens(palette());
    drawBox(&painter, rect(), {colors.raised, colors.border, grid::radius, 1});
}

} // namespace headgate::ui
