// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/record_sample.h"
#include "shape/shape_focus.h"

#include <QAbstractItemModel>
#include <memory>
#include <set>

namespace headgate::ui {

/// The columns that a shape can be made of: of the main model, and of each related one, with
/// their values in one record.
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
        VariesRole = Qt::UserRole, ///< bool: may differ between the rows of a record
        UsedRole,                  ///< bool
        FocusRole,                 ///< bool: what the pointer is on elsewhere
        NullRole
    };

    explicit ColumnsModel(QObject* parent = nullptr);

    void setSample(std::shared_ptr<const service::RecordSample> sample, const QString& mainName);
    void setRecord(std::size_t record);
    void setShape(const shape::Shape& shape);
    void setFocus(const ShapeFocus& focus);

    /// Nothing for the rows of models.
    [[nodiscard]] std::optional<shape::ColumnRef> columnAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const shape::ColumnRef& column) const;

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
    void refresh();

    std::shared_ptr<const service::RecordSample> m_sample;
    std::size_t m_record = 0;
    std::vector<Group> m_groups;
    ShapeFocus m_focus;
};

/// The columns that leaves and lists of a shape read.
[[nodiscard]] std::vector<shape::ColumnRef> usedColumns(const shape::Shape& shape);

} // namespace headgate::ui
