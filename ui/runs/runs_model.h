// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/state_store.h"

#include <QAbstractTableModel>
#include <map>
#include <vector>

namespace headgate::ui {

/// Runs of the past and of now, newest first, page by page: moreWanted() is answered by append(),
/// or by stopAsking().
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

    /// `complete`: there are no more.
    void setRuns(std::vector<state::RunRow> runs, bool complete = true);
    void append(std::vector<state::RunRow> runs, bool complete);
    /// The page could not be had; scrolling asks for it again.
    void stopAsking() { m_asked = false; }
    /// Of runs that go on.
    void setProgress(const std::string& run, const QString& text);
    [[nodiscard]] const state::RunRow* run(int row) const;
    [[nodiscard]] bool has(const std::string& run) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void moreWanted();

private:
    struct Line
    {
        state::RunRow run;
        std::map<std::string, std::uint64_t> counts;
        QString progress;
    };
    std::vector<Line> m_lines;
    bool m_complete = true;
    bool m_asked = false;
};

[[nodiscard]] QString runKindText(const std::string& kind);
/// When it began, as the user's locale has it.
[[nodiscard]] QString runTimeText(const state::RunRow& run);
[[nodiscard]] QString runStateText(state::RunState state);
/// What the plan counted ("read", "added", ...) and what became of it ("successful", ...).
[[nodiscard]] std::map<std::string, std::uint64_t> countsOf(const state::RunRow& run);

} // namespace headgate::ui
