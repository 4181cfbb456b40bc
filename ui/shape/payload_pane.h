// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "service/record_sample.h"
#include "service/sample_survey.h"
#include "service/workspace.h"
#include "shape/live_record.h"
#include "shape/shape_marks.h"

class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace headgate::ui {

class ByteMeter;
class ElidedLabel;
class JsonView;
class LastSentView;
class MessageStrip;
class SearchField;
class Spinner;

/// The payload of one record of the sample, and the way from record to record.
class PayloadPane final : public QWidget
{
    Q_OBJECT

public:
    explicit PayloadPane(QWidget* parent = nullptr);

    void setSample(std::shared_ptr<const service::RecordSample> sample);
    void setLive(const SharedLiveRecord& live);
    void setSurvey(const std::shared_ptr<const service::SampleSurvey>& survey);
    void setMarks(const ShapeMarks& marks);
    /// To the first value of the marks, in the JSON.
    void jumpTo(const ShapeMarks& marks);
    /// What is shown; null before the first.
    [[nodiscard]] const LiveRecord* live() const { return m_live.get(); }
    /// Of one record at the destination, in bytes; 0: not known.
    void setLimit(std::size_t bytes);
    [[nodiscard]] std::size_t limit() const { return m_limit; }
    /// What is shown is about to be replaced.
    void setBusy(bool busy);

    [[nodiscard]] std::size_t record() const { return m_record; }
    /// To a record of the sample; recordWanted() follows.
    void goTo(std::size_t record);
    void step(int by);
    void findKey();
    [[nodiscard]] JsonView* view() const { return m_view; }
    /// For the pane's title; it belongs to whoever places it.
    [[nodiscard]] ByteMeter* meter() const { return m_size; }

    enum class Tab
    {
        Json,
        Request, ///< what would go over the wire
        LastSent ///< beside what was accepted last
    };
    [[nodiscard]] Tab tab() const;
    void showRequests(const service::RequestPreview& preview);
    void showLastSent(const service::LastSent& last);
    /// In place of either: why it cannot be shown.
    void showRefusal(const Error& error);

Q_SIGNALS:
    void recordWanted(std::size_t record);
    /// Another tab came in front, or what its tab shows is out of date.
    void tabWanted(headgate::ui::PayloadPane::Tab tab);
    /// Empty: on nothing.
    void hovered(const headgate::ui::ShapeFocus& focus);
    void caretMoved(const headgate::ui::ShapeFocus& focus);
    /// Ctrl+click: to its counterparts.
    void jumpedFrom(const headgate::ui::ShapeFocus& focus);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QWidget* makeBar();
    [[nodiscard]] QWidget* makeRequestTab();
    void showRequestText();
    [[nodiscard]] ShapeFocus focusAtByte(qint64 byte) const;
    [[nodiscard]] ShapeFocus focusAt(std::size_t line) const;
    void fillAwkward();
    void search(const QString& text);
    void updateBar();
    void showProblems();

    std::shared_ptr<const service::RecordSample> m_sample;
    SharedLiveRecord m_live;
    std::shared_ptr<const service::SampleSurvey> m_survey;
    std::size_t m_record = 0;
    std::size_t m_shown = SIZE_MAX; ///< record whose payload is in the view
    std::size_t m_limit = 0;
    QLabel* m_position = nullptr;
    ElidedLabel* m_key = nullptr;
    ByteMeter* m_size = nullptr;
    QToolButton* m_previous = nullptr;
    QToolButton* m_next = nullptr;
    QToolButton* m_awkward = nullptr;
    SearchField* m_search = nullptr;
    Spinner* m_spinner = nullptr;
    QTabWidget* m_tabs = nullptr;
    JsonView* m_view = nullptr;
    QPlainTextEdit* m_request = nullptr;
    QToolButton* m_asSent = nullptr;
    QToolButton* m_copyRequest = nullptr;
    service::RequestPreview m_preview;
    LastSentView* m_lastSent = nullptr;
    MessageStrip* m_problems = nullptr;
};

} // namespace headgate::ui
