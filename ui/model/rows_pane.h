// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/row_export.h"
#include "widgets/latest_job.h"

#include <QWidget>
#include <map>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace headgate::ui {

class CellPane;
class EmptyState;
class MessageStrip;
class ProfileModel;
class ElidedLabel;
class SearchField;
class Spinner;
class TableView;

/// What a query answered: its rows, sorted and filtered as people like, a cell
/// of them whole, and what each column holds.
class RowsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit RowsPane(QWidget* parent = nullptr);

    /// `complete`: there are no other rows. `elapsed` is how long the warehouse
    /// took.
    void setRows(std::shared_ptr<const RowSet> rows, bool complete,
                 std::chrono::milliseconds elapsed);
    [[nodiscard]] const std::shared_ptr<const RowSet>& rows() const;
    /// The query changed since: the rows are of an older one.
    void setOutdated(bool outdated);
    /// Rows are on their way. `cancellable`: shows a button for it.
    void setBusy(bool busy, bool cancellable);
    void setDescriptions(const std::map<std::string, std::string>& descriptions);
    /// File names begin with it.
    void setName(const QString& name) { m_name = name; }
    void exportTo(RowFormat format, const QString& file);

Q_SIGNALS:
    void moreWanted(std::uint64_t rows);
    void cancelWanted();
    void described(const std::string& column, const std::string& description);

private:
    [[nodiscard]] QWidget* makeHead();
    void connectAll();
    void showCount();
    void showPage();
    void showCell();
    void showProfile();
    void askFile(RowFormat format);
    [[nodiscard]] std::uint64_t nextStep() const;

    QString m_name;
    bool m_complete = true;
    bool m_outdated = false;
    bool m_busy = false;
    int m_shown = 0;
    std::chrono::milliseconds m_elapsed{0};
    LatestJob m_profiling;
    LatestJob m_exporting;

    QToolButton* m_rowsTab;
    QToolButton* m_columnsTab;
    SearchField* m_filter;
    Spinner* m_spinner;
    QPushButton* m_cancel;
    ElidedLabel* m_count;
    QPushButton* m_more;
    QToolButton* m_export;
    QToolButton* m_cellButton;
    MessageStrip* m_message;
    QStackedWidget* m_stack;
    QSplitter* m_splitter;
    TableView* m_table;
    CellPane* m_cell;
    EmptyState* m_nothing;
    QTableView* m_profile;
    ProfileModel* m_profileModel;
};

} // namespace headgate::ui
