// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_edit.h"

#include <memory>
#include <optional>
#include <vector>

class QMimeData;

namespace headgate::ui {

/// What is dragged inside the shape editor. Only this process understands it: a drag that comes
/// from another one is not taken for one of ours.
[[nodiscard]] std::unique_ptr<QMimeData> mimeOf(const std::vector<shape::ColumnRef>& columns);
[[nodiscard]] std::unique_ptr<QMimeData> mimeOfNode(shape::NodeId node);
/// What makes a node that reads no column.
[[nodiscard]] std::unique_ptr<QMimeData> mimeOfKind(shape::NodeKind kind);
[[nodiscard]] std::vector<shape::ColumnRef> columnsOf(const QMimeData& mime);
[[nodiscard]] std::optional<shape::NodeId> nodeOf(const QMimeData& mime);
[[nodiscard]] std::optional<shape::NodeKind> kindOf(const QMimeData& mime);

[[nodiscard]] QString columnsMimeType();
[[nodiscard]] QString nodeMimeType();
[[nodiscard]] QString kindMimeType();

} // namespace headgate::ui
