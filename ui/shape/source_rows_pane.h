// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "service/record_sample.h"
#include "shape/live_record.h"
#include "shape/shape_marks.h"

class QTabBar;
class QTableView;

namespace headgate::ui {

class SourceRowsModel;

/// The rows that one record is made of, a tab for each model.
class SourceRowsPane final : public QWidget
{
    Q_OBJECT

public:
    explicit SourceRowsPane(QWidget* parent = nullptr);

    void setSample(std::shared_ptr<const service::RecordSample> sample);
    void setLive(const SharedLiveRecord& live);
    void setMarks(const ShapeMarks& marks);
    /// Brings the first row and column of the marks into sight, with the caret.
    void jumpTo(const ShapeMarks& marks);
    [[nodiscard]] QTableView* view() const { return m_view; }
    [[nodiscard]] SourceRowsModel* rowsModel() const { return m_model; }

Q_SIGNALS:
    /// Empty: on nothing.
    void hovered(const headgate::ui::ShapeFocus& focus);
    void caretMoved(const headgate::ui::ShapeFocus& focus);
    /// Ctrl+click: to its counterparts.
    void jumpedFrom(const headgate::ui::ShapeFocus& focus);

private:
    [[nodiscard]] ShapeFocus focusAt(const QModelIndex& index) const;
    void showRows();
    [[nodiscard]] std::optional<std::size_t> modelOf(const ShapeMarks& marks) const;
    void markTabs(const ShapeMarks& marks);

    std::shared_ptr<const service::RecordSample> m_sample;
    SharedLiveRecord m_live;
    std::optional<std::size_t> m_fitted; ///< model whose columns are as wide as they need
    QTabBar* m_models;
    SourceRowsModel* m_model;
    QTableView* m_view;
};

} // namespace headgate::ui
