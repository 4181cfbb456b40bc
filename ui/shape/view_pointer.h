// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_focus.h"

#include <QObject>
#include <QPersistentModelIndex>
#include <functional>

class QAbstractItemView;

namespace headgate::ui {

/// Tells what the pointer and the caret of a view are on, and what was Ctrl+clicked in it. The
/// view goes on as always; it has its model already.
class ViewPointer final : public QObject
{
    Q_OBJECT

public:
    /// What an index of the view stands for; an invalid one: nothing.
    using FocusAt = std::function<ShapeFocus(const QModelIndex&)>;

    ViewPointer(QAbstractItemView& view, FocusAt focusAt);

Q_SIGNALS:
    /// Empty: on nothing, or it left.
    void hovered(const headgate::ui::ShapeFocus& focus);
    /// The current index changed while the view is seen, or it got the focus.
    void caretMoved(const headgate::ui::ShapeFocus& focus);
    /// Pressed and released with Ctrl on one index, without a drag.
    void jumpedFrom(const headgate::ui::ShapeFocus& focus);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void viewportEvent(const QEvent& event);

    QAbstractItemView& m_view;
    FocusAt m_focusAt;
    QPersistentModelIndex m_pressed; ///< with Ctrl
};

} // namespace headgate::ui
