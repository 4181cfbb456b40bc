// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include "shape/path_table_model.h"

namespace headgate::ui {

/// The mapping as an editable table of paths, in place of the tree. Ins adds a path, Del removes,
/// Enter on options opens the inspector. The current cell stays at its node through every edit.
class PathTable final : public QTableView
{
    Q_OBJECT

public:
    explicit PathTable(ShapeEditing& editing, QWidget* parent = nullptr);

    [[nodiscard]] PathTableModel* pathModel() const { return m_model; }
    [[nodiscard]] std::optional<shape::NodeId> currentNode() const;
    void setCurrentNode(shape::NodeId node);

Q_SIGNALS:
    void inspectWanted(headgate::shape::NodeId node);
    /// Empty: on nothing.
    void hovered(const headgate::ui::ShapeFocus& focus);
    void caretMoved(const headgate::ui::ShapeFocus& focus);
    /// Ctrl+click: to its counterparts.
    void jumpedFrom(const headgate::ui::ShapeFocus& focus);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] ShapeFocus focusAt(const QModelIndex& index) const;
    void addPath();
    void removeRows();

    ShapeEditing& m_editing;
    PathTableModel* m_model;
    std::optional<shape::NodeId> m_kept; ///< current through a reset of the model
    int m_keptColumn = 0;
};

} // namespace headgate::ui
