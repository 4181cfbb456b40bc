// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/row_set.h"

#include <QAbstractTableModel>

namespace headgate::ui {

/// Rows of a warehouse for a table, in an order that was computed elsewhere.
class RowsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Role
    {
        NullRole = Qt::UserRole, ///< bool
        InvalidRole,             ///< bool: cannot be said in JSON
        SourceRowRole            ///< number of the row as read
    };
    static constexpr int longestCell = 300; ///< characters that are shown of a cell

    explicit RowsModel(QObject* parent = nullptr);

    void setRows(std::shared_ptr<const RowSet> rows);
    [[nodiscard]] const std::shared_ptr<const RowSet>& rows() const { return m_rows; }
    /// Distinct numbers of rows of rows(). Selection and current cell stay at their rows; those of
    /// rows that are not shown any more are gone.
    void setOrder(const std::vector<std::uint32_t>& order);
    [[nodiscard]] std::size_t sourceRow(int row) const;
    [[nodiscard]] data::ValueView valueAt(const QModelIndex& index) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void append(const std::vector<std::uint32_t>& coming);
    void cut(std::size_t rows);
    void permute(std::vector<std::uint32_t> order);

    [[nodiscard]] bool isRightAligned(int column) const;

    std::shared_ptr<const RowSet> m_rows;
    std::vector<std::string> m_names;
    std::vector<std::uint32_t> m_order;
};

} // namespace headgate::ui
