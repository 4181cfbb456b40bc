// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemView>

namespace headgate::ui {

/// Drags rows of a view under a small label beside the pointer, which leaves the target in sight.
/// Returns when the drag is over.
void dragRows(QAbstractItemView& view, const QModelIndexList& rows, Qt::DropActions actions,
              Qt::DropAction preferred);

} // namespace headgate::ui
