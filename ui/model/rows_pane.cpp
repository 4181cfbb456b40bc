// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rows_pane.h"

#include "base/text.h"
#include "model/cell_pane.h"
#include "model/profile_model.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/count_text.h"
#include "widgets/elided_label.h"
#include "widgets/empty_state.h"
#include "widgets/message_strip.h"
#include "widgets/search_field.h"
#include "widgets/spinner.h"
#include "widgets/table_view.h"

#include <QButtonGroup>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <numeric>

namespace headgate::ui {

namespace {

constexpr std::uint64_t mostFetched = 1'000'000;

QToolButton* paneTab(const QString& text)
{
    auto* tab = new QToolButton;
    tab->setText(text);
    tab->setCheckable(true);
    tab->setAccessibleName(text);
    return tab;
}

QString formatName(RowFormat format)
{
    switch (format) {
    case RowFormat::Csv:
        return RowsPane::tr("CSV…");
    case RowFormat::Json:
        return RowsPane::tr("JSON, one array…");
    case RowFormat::JsonLines:
        return RowsPane::tr("JSON, one object a line…");
    }
    return {};
}

} // namespace

RowsPane::RowsPane(QWidget* parent)
    : QWidget(parent), m_rowsTab(paneTab(tr("Rows"))), m_columnsTab(paneTab(tr("Columns"))),
      m_filter(new SearchField(tr("Filter these rows"))), m_spinner(new Spinner),
      m_cancel(new QPushButton(tr("Cancel"))), m_count(new ElidedLabel), m_more(new QPushButton),
      m_export(new QToolButton), m_cellButton(new QToolButton), m_message(new MessageStrip),
      m_stack(new QStackedWidget), m_splitter(new QSplitter), m_table(new TableView),
      m_cell(new CellPane), m_nothing(new EmptyState(Icon::Table, tr("No rows yet"),
                                                     tr("Run the query to see its first rows."))),
      m_profile(new QTableView), m_profileModel(new ProfileModel(this))
{
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->addWidget(m_table);
    m_splitter->addWidget(m_cell);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setSizes({600, 320});
    m_cell->hide();
    m_profile->setModel(m_profileModel);
    dressTable(m_profile);
    m_profile->setFrameShape(QFrame::NoFrame);
    m_profile->setAccessibleName(tr("Columns of the rows"));
    m_profile->verticalHeader()->hide();
    m_profile->horizontalHeader()->setStretchLastSection(true);
    m_profile->setEditTriggers(QAbstractItemView::DoubleClicked |
                               QAbstractItemView::EditKeyPressed |
                               QAbstractItemView::AnyKeyPressed);
    m_profile->setSelectionBehavior(QAbstractItemView::SelectItems);
    m_stack->addWidget(m_splitter);
    m_stack->addWidget(m_profile);
    m_stack->addWidget(m_nothing);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_message);
    layout->addWidget(m_stack, 1);
    m_message->clear();
    connectAll();
    showPage();
    showCount();
}

QWidget* RowsPane::makeHead()
{
    auto* tabs = new QButtonGroup(this);
    tabs->addButton(m_rowsTab);
    tabs->addButton(m_columnsTab);
    m_rowsTab->setChecked(true);
    m_filter->setMinimumWidth(180);
    m_filter->setMaximumWidth(280);
    m_count->setAccessibleName(tr("How many rows"));
    m_count->setForegroundRole(QPalette::PlaceholderText);
    m_spinner->setText(tr("Asking the warehouse"));
    setButtonKind(m_cancel, ButtonKind::Quiet);
    m_cancel->setAccessibleName(tr("Cancel loading"));
    m_cancel->hide();
    setButtonKind(m_more, ButtonKind::Quiet);
    m_more->setAccessibleName(tr("Load more rows"));
    m_export->setIcon(themeIcon(Icon::Export));
    m_export->setToolTip(tr("Export the rows that are shown"));
    m_export->setAccessibleName(tr("Export"));
    m_export->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu(m_export);
    for (const RowFormat format : {RowFormat::Csv, RowFormat::Json, RowFormat::JsonLines})
        menu->addAction(formatName(format), this, [this, format] { askFile(format); });
    m_export->setMenu(menu);
    m_cellButton->setIcon(themeIcon(Icon::Expand));
    m_cellButton->setCheckable(true);
    m_cellButton->setToolTip(tr("Show the whole cell beside the rows (Shift+Enter)"));
    m_cellButton->setAccessibleName(tr("Show the whole cell"));
    auto* head = new QWidget;
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(grid::gap, grid::unit, grid::gap, grid::unit);
    layout->setSpacing(grid::unit);
    layout->addWidget(m_rowsTab);
    layout->addWidget(m_columnsTab);
    layout->addSpacing(grid::gap);
    layout->addWidget(m_filter, 1);
    layout->addStretch(1);
    layout->addWidget(m_spinner);
    layout->addWidget(m_cancel);
    layout->addWidget(m_count);
    layout->addWidget(m_more);
    layout->addWidget(m_cellButton);
    layout->addWidget(m_export);
    return head;
}

void RowsPane::connectAll()
{
    connect(m_rowsTab, &QToolButton::toggled, this, [this](bool rows) {
        showPage();
        m_filter->setVisible(rows);
        m_cellButton->setVisible(rows);
        showCount();
        if (!rows)
            showProfile();
    });
    connect(m_filter, &SearchField::searched, m_table, &TableView::setFilter);
    connect(m_filter, &SearchField::wentDown, m_table, qOverload<>(&QWidget::setFocus));
    connect(m_table, &TableView::orderChanged, this, [this](int shown) {
        m_shown = shown;
        showCount();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &RowsPane::showCell);
    connect(m_cellButton, &QToolButton::toggled, this, [this](bool shown) {
        m_cell->setVisible(shown);
        showCell();
    });
    connect(m_cell, &CellPane::closeWanted, this, [this] { m_cellButton->setChecked(false); });
    connect(m_table, &QTableView::doubleClicked, this, [this] { m_cellButton->setChecked(true); });
    auto* open = new QAction(this);
    open->setShortcuts({QKeySequence(Qt::SHIFT | Qt::Key_Return), QKeySequence(Qt::Key_F4)});
    open->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(open, &QAction::triggered, m_cellButton, &QToolButton::toggle);
    addAction(open);
    connect(m_cancel, &QPushButton::clicked, this, &RowsPane::cancelWanted);
    connect(m_more, &QPushButton::clicked, this, [this] { Q_EMIT moreWanted(nextStep()); });
    connect(m_profileModel, &ProfileModel::described, this, &RowsPane::described);
}

const std::shared_ptr<const RowSet>& RowsPane::rows() const
{
    return m_table->rowsModel()->rows();
}

void RowsPane::setRows(std::shared_ptr<const RowSet> rows, bool complete,
                       std::chrono::milliseconds elapsed)
{
    m_complete = complete;
    m_elapsed = elapsed;
    m_outdated = false;
    m_shown = static_cast<int>(rows->rowCount());
    m_profileModel->setColumns(rows->schema(), {});
    m_table->setRows(std::move(rows));
    if (m_columnsTab->isChecked())
        showProfile();
    showPage();
    showCount();
    showCell();
}

void RowsPane::showPage()
{
    if (rows()->columnCount() == 0)
        m_stack->setCurrentWidget(m_nothing);
    else
        m_stack->setCurrentWidget(m_columnsTab->isChecked() ? static_cast<QWidget*>(m_profile)
                                                            : m_splitter);
}

void RowsPane::setOutdated(bool outdated)
{
    m_outdated = outdated && rows()->columnCount() > 0;
    showCount();
}

void RowsPane::setBusy(bool busy, bool cancellable)
{
    m_busy = busy;
    m_cancel->setVisible(busy && cancellable);
    if (busy && cancellable)
        m_spinner->start();
    else
        m_spinner->stop();
    showCount();
}

void RowsPane::setDescriptions(const std::map<std::string, std::string>& descriptions)
{
    m_profileModel->setDescriptions(descriptions);
}

std::uint64_t RowsPane::nextStep() const
{
    return std::min<std::uint64_t>(mostFetched, rows()->rowCount() * 10);
}

void RowsPane::showCount()
{
    const std::uint64_t all = rows()->rowCount();
    const bool any = rows()->columnCount() > 0;
    QStringList facts;
    const QString count = (m_complete ? tr("all %1 rows", nullptr, pluralOf(all))
                                      : tr("first %1 rows", nullptr, pluralOf(all)))
                              .arg(countText(all));
    if (m_columnsTab->isChecked())
        facts << tr("of the %1 rows fetched", nullptr, pluralOf(all)).arg(countText(all));
    else if (static_cast<std::uint64_t>(m_shown) != all)
        facts << tr("%1 of the %2").arg(countText(static_cast<std::uint64_t>(m_shown)), count);
    else
        facts << count;
    facts << tr("%1 s").arg(QLocale().toString(double(m_elapsed.count()) / 1000, 'f', 2));
    if (m_outdated)
        facts << tr("of the query before it was changed");
    m_count->setText(any ? facts.join(QStringLiteral(" · ")) : QString());
    m_more->setVisible(any && !m_complete && all < mostFetched);
    m_more->setEnabled(!m_busy);
    m_more->setText(tr("Load %1").arg(countText(nextStep())));
    m_export->setEnabled(any && !m_exporting.isBusy());
    m_cellButton->setEnabled(any);
}

void RowsPane::showCell()
{
    if (!m_cell->isVisibleTo(m_splitter))
        return;
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return m_cell->clear();
    const auto column = static_cast<std::size_t>(index.column());
    m_cell->showCell(rows()->schema().columns[column],
                     data::Value(m_table->rowsModel()->valueAt(index)));
}

void RowsPane::showProfile()
{
    m_profiling.start([this, rows = rows()](const StopToken& stop) -> LatestJob::End {
        auto profiles = profileColumns(*rows, stop);
        if (!profiles)
            return {};
        return [this, rows, profiles = *std::move(profiles)] {
            const bool first = m_profile->columnWidth(ProfileModel::NameColumn) ==
                               m_profile->horizontalHeader()->defaultSectionSize();
            m_profileModel->setColumns(rows->schema(), profiles);
            if (!first)
                return;
            m_profile->resizeColumnsToContents();
            for (int column = 0; column < ProfileModel::ColumnCount; ++column)
                m_profile->setColumnWidth(column,
                                          std::min(m_profile->columnWidth(column) + 8, 300));
        };
    });
}

void RowsPane::askFile(RowFormat format)
{
    auto* dialog = new QFileDialog(this, tr("Export the rows"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QLatin1String(fileEnding(format)));
    dialog->selectFile(m_name + QLatin1Char('.') + QLatin1String(fileEnding(format)));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, format](const QString& file) { exportTo(format, file); });
    dialog->open();
}

void RowsPane::exportTo(RowFormat format, const QString& file)
{
    RowExport what;
    what.rows = rows();
    what.format = format;
    what.file = file;
    const RowsModel* model = m_table->rowsModel();
    for (int row = 0; row < model->rowCount(); ++row)
        what.order.push_back(static_cast<std::uint32_t>(model->sourceRow(row)));
    const QHeaderView* header = m_table->horizontalHeader();
    for (int place = 0; place < header->count(); ++place)
        if (const int column = header->logicalIndex(place); !header->isSectionHidden(column))
            what.columns.push_back(static_cast<std::uint32_t>(column));
    m_exporting.start([this, what = std::move(what)](const StopToken& stop) -> LatestJob::End {
        auto written = exportRows(what, stop);
        return [this, written = std::move(written), file = what.file] {
            if (!written)
                m_message->showMessage(messageOf(written.error()));
            else
                m_message->showMessage(
                    {Tone::Success,
                     tr("%1 rows were written to %2.", nullptr, pluralOf(*written))
                         .arg(countText(*written), file),
                     {},
                     {},
                     {}});
            showCount();
        };
    });
    showCount();
}

} // namespace headgate::ui
