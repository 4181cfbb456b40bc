// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/source_rows_pane.h"

#include "base/text.h"
#include "shape/source_rows_model.h"
#include "shape/view_pointer.h"
#include "theme/tokens.h"
#include "widgets/table_view.h"

#include <QHeaderView>
#include <QSignalBlocker>
#include <QTabBar>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int widestCell = 320;
constexpr int rowsFitted = 50; ///< whose cells decide how wide columns are at first

} // namespace

SourceRowsPane::SourceRowsPane(QWidget* parent)
    : QWidget(parent), m_models(new QTabBar), m_model(new SourceRowsModel(this)),
      m_view(new QTableView)
{
    m_models->setAccessibleName(tr("Models"));
    m_models->setDrawBase(false);
    m_models->setExpanding(false);
    m_view->setAccessibleName(tr("Source rows"));
    m_view->setModel(m_model);
    dressTable(m_view);
    m_view->verticalHeader()->hide();
    m_view->horizontalHeader()->setMaximumSectionSize(widestCell);
    m_view->horizontalHeader()->setResizeContentsPrecision(rowsFitted);
    m_view->setFrameShape(QFrame::NoFrame);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_models);
    layout->addWidget(m_view, 1);
    connect(m_models, &QTabBar::currentChanged, this, &SourceRowsPane::showRows);
    auto* const pointer =
        new ViewPointer(*m_view, [this](const QModelIndex& index) { return focusAt(index); });
    connect(pointer, &ViewPointer::hovered, this, &SourceRowsPane::hovered);
    connect(pointer, &ViewPointer::caretMoved, this, &SourceRowsPane::caretMoved);
    connect(pointer, &ViewPointer::jumpedFrom, this, &SourceRowsPane::jumpedFrom);
}

ShapeFocus SourceRowsPane::focusAt(const QModelIndex& index) const
{
    return {std::nullopt, m_model->columnAt(index), m_model->originAt(index), std::nullopt};
}

void SourceRowsPane::setSample(std::shared_ptr<const service::RecordSample> sample)
{
    m_sample = std::move(sample);
    m_fitted.reset();
    const QSignalBlocker blocker(m_models);
    while (m_models->count() > 0)
        m_models->removeTab(0);
    m_models->addTab(tr("main"));
    for (const shape::RelatedModel& related : m_sample->models.related)
        m_models->addTab(toQString(related.name));
    m_models->setVisible(m_models->count() > 1);
}

void SourceRowsPane::setLive(const SharedLiveRecord& live)
{
    m_live = live;
    showRows();
}

void SourceRowsPane::showRows()
{
    if (m_models->currentIndex() < 0)
        return;
    const auto model = static_cast<std::size_t>(m_models->currentIndex());
    m_model->setRecord(m_sample, model, m_live);
    if (m_fitted != model && m_model->rowCount() > 0) {
        m_view->resizeColumnsToContents();
        m_fitted = model;
    }
}

void SourceRowsPane::setMarks(const ShapeMarks& marks)
{
    m_model->setMarks(marks);
    markTabs(marks);
}

void SourceRowsPane::markTabs(const ShapeMarks& marks)
{
    const QColor marked = tokens(palette()).accentText;
    for (int tab = 0; tab < m_models->count(); ++tab) {
        const bool belongs = modelOf(marks) == static_cast<std::size_t>(tab);
        m_models->setTabTextColor(tab, belongs ? marked : QColor());
    }
}

/// The model that the marks are about first.
std::optional<std::size_t> SourceRowsPane::modelOf(const ShapeMarks& marks) const
{
    if (!m_sample)
        return std::nullopt;
    if (marks.columns.empty())
        return marks.rows.empty() ? std::nullopt : std::optional(marks.rows.front().model);
    const std::string& name = marks.columns.front().model;
    if (name.empty())
        return 0;
    const auto& related = m_sample->models.related;
    for (std::size_t i = 0; i < related.size(); ++i)
        if (related[i].name == name)
            return i + 1;
    return std::nullopt;
}

void SourceRowsPane::jumpTo(const ShapeMarks& marks)
{
    const auto model = modelOf(marks);
    if (!model)
        return;
    m_models->setCurrentIndex(static_cast<int>(*model));
    const QModelIndex cell = m_model->firstMarked(marks);
    if (!cell.isValid())
        return;
    m_view->setCurrentIndex(cell);
    m_view->scrollTo(cell);
}

} // namespace headgate::ui
