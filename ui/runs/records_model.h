// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/run_history.h"
#include "theme/tokens.h"

#include <QAbstractTableModel>
#include <vector>

namespace headgate::ui {

/// Records of one run, page by page: moreWanted() is answered by append(), or by stopAsking().
class RecordsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column
    {
        Key,
        Outcome,
        Change,
        Reason,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void clear();
    void append(service::RecordPage page);
    /// The page could not be had; scrolling asks for it again.
    void stopAsking() { m_asked = false; }
    [[nodiscard]] const service::RunRecord* record(int row) const;
    /// RecordPage::next of the last page.
    [[nodiscard]] const std::string& next() const { return m_next; }

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
    std::vector<service::RunRecord> m_records;
    std::string m_next;
    bool m_asked = false;
};

/// Of run::name(Outcome), and "invalid".
[[nodiscard]] QString outcomeText(const std::string& outcome);
[[nodiscard]] Tone outcomeTone(const std::string& outcome);

} // namespace headgate::ui
