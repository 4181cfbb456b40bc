// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/record_sample.h"
#include "shape/live_record.h"
#include "shape/shape_marks.h"
#include "widgets/rows_model.h"

#include <QAbstractTableModel>
#include <cstdint>

namespace headgate::ui {

/// The rows of one record and one model: those in the payload in its order and numbered, then
/// those that were left out, with the reason.
class SourceRowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    /// Beside those of RowsModel, which ValueDelegate reads; of them NullRole is answered.
    enum Role
    {
        DroppedRole = RowsModel::SourceRowRole + 1, ///< bool
        FocusRole                                   ///< bool: belongs to what the pointer is on
    };

    explicit SourceRowsModel(QObject* parent = nullptr);

    /// `model` 0: the main model.
    void setRecord(std::shared_ptr<const service::RecordSample> sample, std::size_t model,
                   const SharedLiveRecord& live);
    void setMarks(const ShapeMarks& marks);

    [[nodiscard]] std::optional<shape::RowOrigin> originAt(const QModelIndex& index) const;
    /// Nothing for the column of numbers.
    [[nodiscard]] std::optional<shape::ColumnRef> columnAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(const shape::RowOrigin& row) const;
    /// The first cell that these marks are on; invalid: none.
    [[nodiscard]] QModelIndex firstMarked(const ShapeMarks& marks) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Row
    {
        std::uint32_t row = 0;
        std::optional<std::size_t> number;        ///< in the payload, counted from 1
        std::optional<shape::DropReason> dropped; ///< why it is not in the payload
        /// Its element's first byte of the payload, and its number among those that begin there.
        std::pair<std::size_t, std::size_t> place{SIZE_MAX, 0};
    };
    void addRows();
    [[nodiscard]] static QVariant numberData(const Row& row, int role);
    [[nodiscard]] bool isMarked(const ShapeMarks& marks, const QModelIndex& index) const;

    [[nodiscard]] const data::RowBlock& block() const;
    [[nodiscard]] const data::Schema& schema() const;

    std::shared_ptr<const service::RecordSample> m_sample;
    std::size_t m_model = 0;
    SharedLiveRecord m_live;
    std::vector<Row> m_rows;
    std::vector<std::string> m_names;
    ShapeMarks m_marks;
};

[[nodiscard]] QString reasonText(shape::DropReason reason);
/// The same in a word or two, for the narrow column of the numbers.
[[nodiscard]] QString reasonWord(shape::DropReason reason);

} // namespace headgate::ui
