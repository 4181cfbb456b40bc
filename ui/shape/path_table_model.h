// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "shape/live_record.h"
#include "shape/shape_editing.h"
#include "shape/shape_marks.h"

namespace headgate::ui {

/// A shape as a table of paths, one row a node, in the order of the payload. What is typed is an
/// edit of the shape, with a step of undo.
class PathTableModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        PathColumn,
        SourceColumn, ///< "views.price"; of a list its model and options
        KindColumn,   ///< type of a value, form of a list
        ValueColumn,  ///< in the record at hand
        ColumnCount
    };

    explicit PathTableModel(ShapeEditing& editing, QObject* parent = nullptr);

    void setLive(const SharedLiveRecord& live);
    void setMarks(const ShapeMarks& marks);
    [[nodiscard]] const shape::Node* nodeAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(shape::NodeId node) const;
    /// What a cell can be set to, in the words that it shows; empty: any text, or nothing.
    [[nodiscard]] QStringList choicesAt(const QModelIndex& index) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    /// A column was chosen for a value; what it means where rows differ is to be asked.
    void bindWanted(headgate::shape::NodeId leaf, const headgate::shape::ColumnRef& column);

private:
    struct Row
    {
        shape::NodeId node = 0;
        std::string path;
    };
    void take();
    void addRows(const shape::Node& node, const std::map<shape::NodeId, std::string>& paths);
    [[nodiscard]] QString textAt(const shape::Node& node, int row, int column) const;
    bool setSource(const shape::Node& node, const QString& text);
    bool setKind(const shape::Node& node, const QString& text);

    ShapeEditing& m_editing;
    SharedLiveRecord m_live;
    std::set<shape::NodeId> m_marked;
    std::vector<Row> m_rows;
};

} // namespace headgate::ui
