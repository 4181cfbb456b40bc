// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/state_store.h"

#include <QAbstractTableModel>
#include <map>
#include <vector>

namespace headgate::ui {

/// Runs of the past and of now, newest first.
class RunsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Started,
        Sync,
        Kind,
        State,
        Read,
        Successful,
        Rejected,
        Took,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRuns(std::vector<state::RunRow> runs);
    [[nodiscard]] const state::RunRow* run(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Line
    {
        state::RunRow run;
        std::map<std::string, std::uint64_t> counts;
    };
    std::vector<Line> m_lines;
};

[[nodiscard]] QString runStateText(state::RunState state);
/// What the plan counted ("read", "added", ...) and what became of it ("successful", ...).
[[nodiscard]] std::map<std::string, std::uint64_t> countsOf(const state::RunRow& run);

} // namespace headgate::ui
