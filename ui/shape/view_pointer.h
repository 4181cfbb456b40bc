// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPersistentModelIndex>

class QAbstractItemView;

namespace headgate::ui {

/// Tells what the pointer and the caret of a view are on, and what was Ctrl+clicked in it. The
/// view goes on as always; it has its model already.
class ViewPointer final : public QObject
{
    Q_OBJECT

public:
    explicit ViewPointer(QAbstractItemView& view);

Q_SIGNALS:
    /// Invalid: on nothing, or it left.
    void pointedAt(const QModelIndex& index);
    /// The current index changed while the view is seen, or it got the focus.
    void caretAt(const QModelIndex& index);
    /// Pressed and released with Ctrl on one index, without a drag.
    void jumpedFrom(const QModelIndex& index);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void viewportEvent(const QEvent& event);

    QAbstractItemView& m_view;
    QPersistentModelIndex m_pressed; ///< with Ctrl
};

} // namespace headgate::ui
