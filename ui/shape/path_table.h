// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include "shape/path_table_model.h"

namespace headgate::ui {

/// The mapping as an editable table of paths, in place of the tree. Ins adds a path, Del removes,
/// Enter on options opens the inspector.
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

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void addPath();
    void removeRows();

    ShapeEditing& m_editing;
    PathTableModel* m_model;
};

} // namespace headgate::ui
