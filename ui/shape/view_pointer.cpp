// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/view_pointer.h"

#include <QAbstractItemView>
#include <QMouseEvent>
#include <utility>

namespace headgate::ui {

ViewPointer::ViewPointer(QAbstractItemView& view, FocusAt focusAt)
    : QObject(&view), m_view(view), m_focusAt(std::move(focusAt))
{
    view.setMouseTracking(true);
    view.installEventFilter(this);
    view.viewport()->installEventFilter(this);
    connect(view.selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (m_view.isVisible())
                    Q_EMIT caretMoved(m_focusAt(index));
            });
}

bool ViewPointer::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == &m_view && event->type() == QEvent::FocusIn)
        Q_EMIT caretMoved(m_focusAt(m_view.currentIndex()));
    if (watched == m_view.viewport())
        viewportEvent(*event);
    return QObject::eventFilter(watched, event);
}

void ViewPointer::viewportEvent(const QEvent& event)
{
    if (event.type() == QEvent::Leave) {
        Q_EMIT hovered(m_focusAt({}));
        return;
    }
    const bool isMouse = event.type() == QEvent::MouseMove ||
                         event.type() == QEvent::MouseButtonPress ||
                         event.type() == QEvent::MouseButtonRelease;
    if (!isMouse)
        return;
    const auto& mouse = static_cast<const QMouseEvent&>(event);
    const QModelIndex index = m_view.indexAt(mouse.position().toPoint());
    if (event.type() == QEvent::MouseMove) {
        Q_EMIT hovered(m_focusAt(index));
        return;
    }
    const bool jumps = mouse.button() == Qt::LeftButton && mouse.modifiers() == Qt::ControlModifier;
    if (event.type() == QEvent::MouseButtonPress)
        m_pressed = jumps ? index : QModelIndex();
    else if (jumps && index.isValid() && m_pressed == index)
        Q_EMIT jumpedFrom(m_focusAt(index));
}

} // namespace headgate::ui
