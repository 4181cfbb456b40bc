// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/record_sample.h"
#include "shape/shape_marks.h"

#include <QAbstractItemModel>
#include <memory>
#include <set>

namespace headgate::ui {

/// What a shape can be made of: the columns of the main model and of each related one, with their
/// values in one record; and last what needs no column, constants and the like.
class ColumnsModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column
    {
        NameColumn,
        ValueColumn,
        ColumnCount
    };
    enum Role
    {
        VariesRole = Qt::UserRole, ///< bool: may differ between the rows of a record; not of made
        UsedRole,                  ///< bool
        FocusRole,                 ///< bool: belongs to what the pointer is on
        NullRole
    };

    explicit ColumnsModel(QObject* parent = nullptr);

    void setSample(std::shared_ptr<const service::RecordSample> sample, const QString& mainName);
    void setRecord(std::size_t record);
    void setShape(const shape::Shape& shape);
    void setMarks(const ShapeMarks& marks);

    /// Nothing for the rows of models and for what needs no column.
    [[nodiscard]] std::optional<shape::ColumnRef> columnAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const shape::ColumnRef& column) const;
    /// The kind of node that a row of the last group makes.
    [[nodiscard]] std::optional<shape::NodeKind> madeAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(shape::NodeKind made) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;

private:
    struct Entry
    {
        shape::ColumnRef column;
        data::ValueKind kind = data::ValueKind::Text;
        QString nativeType;
        QString comment;
        bool varies = false;
        bool used = false;
        std::optional<shape::NodeKind> made;
    };
    struct Group
    {
        QString name;
        QString note; ///< how it is joined
        std::vector<Entry> entries;
    };

    [[nodiscard]] const Entry* entryAt(const QModelIndex& index) const;
    [[nodiscard]] QVariant modelData(const Group& group, const QModelIndex& index, int role) const;
    /// The distinct values over the rows of the current record, as far as they are looked at.
    [[nodiscard]] QString valueText(std::size_t model, std::size_t column) const;
    void addGroup(const QString& name, const QString& note, const std::string& model,
                  const data::Schema& schema);
    void addConstants();
    [[nodiscard]] QVariant madeData(const Entry& entry, const QModelIndex& index, int role) const;
    void refresh();

    std::shared_ptr<const service::RecordSample> m_sample;
    std::size_t m_record = 0;
    std::vector<Group> m_groups;
    ShapeMarks m_marks;
};

} // namespace headgate::ui
