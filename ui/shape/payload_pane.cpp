// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/payload_pane.h"

#include "base/text.h"
#include "session/report_text.h"
#include "shape/byte_meter.h"
#include "shape/last_sent_view.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/count_text.h"
#include "widgets/elided_label.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"
#include "widgets/search_field.h"
#include "widgets/spinner.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QToolButton>
#include <algorithm>

namespace headgate::ui {

namespace {

QToolButton* toolButton(Icon icon, const QString& name)
{
    auto* button = new QToolButton;
    button->setIcon(themeIcon(icon));
    button->setAccessibleName(name);
    button->setToolTip(name);
    button->setAutoRaise(true);
    return button;
}

} // namespace

PayloadPane::PayloadPane(QWidget* parent) : QWidget(parent)
{
    m_view = new JsonView;
    m_view->setAccessibleName(tr("Payload"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_problems = new MessageStrip;
    m_problems->setDismissable(false);
    m_problems->clear();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    m_lastSent = new LastSentView;
    m_tabs = new QTabWidget;
    m_tabs->setAccessibleName(tr("The payload, its request, and what was sent last"));
    m_tabs->setDocumentMode(true);
    m_tabs->setElideMode(Qt::ElideNone);
    m_tabs->addTab(m_view, tr("JSON"));
    m_tabs->addTab(makeRequestTab(), tr("Request"));
    m_tabs->addTab(m_lastSent, tr("Last sent"));
    layout->addWidget(m_tabs, 1);
    layout->addWidget(m_problems);
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] { Q_EMIT tabWanted(tab()); });
    connect(m_view, &JsonView::hovered, this,
            [this](qint64 byte) { Q_EMIT hovered(focusAtByte(byte)); });
    connect(m_view, &JsonView::caretMoved, this,
            [this] { Q_EMIT caretMoved(focusAt(m_view->caretLine())); });
    connect(m_view, &JsonView::activated, this,
            [this](qint64 byte) { Q_EMIT jumpedFrom(focusAtByte(byte)); });
    m_view->installEventFilter(this);
    updateBar();
}

QWidget* PayloadPane::makeBar()
{
    auto* bar = new QWidget;
    m_previous = toolButton(Icon::ChevronLeft, tr("Previous record"));
    m_next = toolButton(Icon::ChevronRight, tr("Next record"));
    m_position = new QLabel;
    m_position->setFont(textFont(TextSize::Small));
    m_key = new ElidedLabel;
    m_key->setFont(textFont(TextSize::Small, QFont::DemiBold));
    m_size = new ByteMeter;
    m_search = new SearchField(tr("Key"));
    m_search->setAccessibleName(tr("Find a key"));
    m_search->setMinimumWidth(72);
    m_search->setMaximumWidth(140);
    m_awkward = toolButton(Icon::Warning, tr("Awkward records"));
    m_awkward->setPopupMode(QToolButton::InstantPopup);
    m_awkward->setMenu(new QMenu(m_awkward));
    m_spinner = new Spinner;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(grid::gap, 0, grid::gap, grid::unit);
    layout->setSpacing(grid::unit);
    for (QWidget* each : std::initializer_list<QWidget*>{m_previous, m_next, m_position})
        layout->addWidget(each);
    m_key->setMinimumWidth(72);
    layout->addWidget(m_key, 1);
    for (QWidget* each : std::initializer_list<QWidget*>{m_spinner, m_search, m_awkward})
        layout->addWidget(each);
    connect(m_previous, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_search, &SearchField::searched, this, &PayloadPane::search);
    connect(m_awkward->menu(), &QMenu::aboutToShow, this, &PayloadPane::fillAwkward);
    return bar;
}

QWidget* PayloadPane::makeRequestTab()
{
    m_request = new QPlainTextEdit;
    m_request->setAccessibleName(tr("Request"));
    m_request->setReadOnly(true);
    m_request->setTabChangesFocus(true);
    m_request->setFrameShape(QFrame::NoFrame);
    m_request->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_request->setFont(codeFont());
    m_asSent = new QToolButton;
    m_asSent->setText(tr("As sent"));
    m_asSent->setAccessibleName(tr("Show the request as it is sent"));
    m_asSent->setToolTip(tr("The same bytes without the lines that are for reading"));
    m_asSent->setCheckable(true);
    m_copyRequest = toolButton(Icon::Copy, tr("Copy the request as it is sent"));
    auto* tab = new QWidget;
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(grid::gap, grid::unit, grid::gap, grid::unit);
    bar->setSpacing(grid::unit);
    bar->addStretch();
    bar->addWidget(m_asSent);
    bar->addWidget(m_copyRequest);
    auto* layout = new QVBoxLayout(tab);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(bar);
    layout->addWidget(m_request, 1);
    connect(m_asSent, &QToolButton::toggled, this, &PayloadPane::showRequestText);
    connect(m_copyRequest, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(requestText(m_preview, RequestForm::AsSent));
    });
    showRequests({});
    return tab;
}

void PayloadPane::setSample(std::shared_ptr<const service::RecordSample> sample)
{
    m_sample = std::move(sample);
    m_record =
        m_sample ? std::min(m_record, std::max<std::size_t>(m_sample->records.size(), 1) - 1) : 0;
    m_survey.reset();
    updateBar();
}

void PayloadPane::setLimit(std::size_t bytes)
{
    m_limit = bytes;
    updateBar();
    if (m_live && !m_live->error)
        showProblems();
}

void PayloadPane::setBusy(bool busy)
{
    if (busy)
        m_spinner->start();
    else
        m_spinner->stop();
}

void PayloadPane::setSurvey(const std::shared_ptr<const service::SampleSurvey>& survey)
{
    m_survey = survey;
}

void PayloadPane::setLive(const SharedLiveRecord& live)
{
    setBusy(false);
    const JsonChange change =
        m_shown == live->record && !live->error ? JsonChange::Edited : JsonChange::Other;
    m_live = live;
    if (live->error) {
        m_problems->showMessage(messageOf(*live->error));
        m_problems->setDismissable(false);
        return updateBar();
    }
    m_shown = live->record;
    m_view->setMarks({});
    m_view->setJson(live->shaped.payload, change);
    showProblems();
    updateBar();
    if (tab() != Tab::Json)
        Q_EMIT tabWanted(tab());
}

void PayloadPane::showProblems()
{
    QStringList problems;
    for (const shape::RecordProblem& problem : m_live->shaped.problems)
        problems.append(problem.message);
    const std::size_t bytes = m_live->shaped.payload.size();
    if (m_limit > 0 && bytes > m_limit)
        problems.append(tr("Size: the payload has %1 bytes; the destination takes %2.", nullptr,
                           pluralOf(bytes))
                            .arg(countText(bytes), countText(m_limit)));
    if (!problems.isEmpty())
        m_problems->showMessage({Tone::Warning,
                                 problems.join(QLatin1Char('\n')),
                                 tr("This record is not sent like this."),
                                 {},
                                 {}});
    else if (m_live->shaped.filtered)
        m_problems->showMessage(
            {Tone::Neutral, tr("The filter leaves this record out."), {}, {}, {}});
    else
        m_problems->clear();
    m_problems->setDismissable(false);
}

PayloadPane::Tab PayloadPane::tab() const
{
    return static_cast<Tab>(m_tabs->currentIndex());
}

void PayloadPane::showRequests(const service::RequestPreview& preview)
{
    m_preview = preview;
    for (QToolButton* const each : {m_asSent, m_copyRequest})
        each->setEnabled(!m_preview.requests.empty());
    showRequestText();
}

void PayloadPane::showRequestText()
{
    m_request->setPlainText(requestText(
        m_preview, m_asSent->isChecked() ? RequestForm::AsSent : RequestForm::ForReading));
}

void PayloadPane::showLastSent(const service::LastSent& last)
{
    m_lastSent->show(last, m_live ? m_live->shaped.payload : std::string());
}

void PayloadPane::showRefusal(const Error& error)
{
    showRequests({});
    m_request->setPlainText(error.message);
    m_lastSent->showText(error.message);
}

void PayloadPane::updateBar()
{
    const std::size_t count = m_sample ? m_sample->records.size() : 0;
    m_previous->setEnabled(m_record > 0);
    m_next->setEnabled(m_record + 1 < count);
    m_awkward->setEnabled(count > 0);
    const QLocale locale;
    const QString number = locale.toString(static_cast<qulonglong>(m_record + 1));
    const QString all = locale.toString(static_cast<qulonglong>(count));
    m_position->setText(count == 0 ? QString() : tr("%1 of %2").arg(number, all));
    m_position->setToolTip(m_sample && !m_sample->complete
                               ? tr("Record %1 of the first %2").arg(number, all)
                               : tr("Record %1 of %2").arg(number, all));
    m_key->setText(count > 0 ? toQString(m_sample->records[m_record].keyText) : QString());
    m_size->setBytes(m_live ? m_live->shaped.payload.size() : 0, m_limit);
}

void PayloadPane::goTo(std::size_t record)
{
    if (!m_sample || record >= m_sample->records.size() || record == m_record)
        return;
    m_record = record;
    updateBar();
    Q_EMIT recordWanted(record);
}

void PayloadPane::step(int by)
{
    const auto next = static_cast<qint64>(m_record) + by;
    if (next >= 0)
        goTo(static_cast<std::size_t>(next));
}

void PayloadPane::findKey()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PayloadPane::search(const QString& text)
{
    if (!m_sample || text.isEmpty())
        return;
    const std::size_t count = m_sample->records.size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = (m_record + i) % count;
        if (toQString(m_sample->records[at].keyText).contains(text, Qt::CaseInsensitive))
            return goTo(at);
    }
}

void PayloadPane::fillAwkward()
{
    QMenu* const menu = m_awkward->menu();
    menu->clear();
    if (!m_survey) {
        menu->addAction(tr("Still looking at the records"))->setEnabled(false);
        return;
    }
    const auto add = [&](const QString& text, std::optional<std::size_t> record) {
        QAction* const action = menu->addAction(text);
        action->setEnabled(record.has_value());
        connect(action, &QAction::triggered, this, [this, record] { goTo(*record); });
    };
    add(tr("With an empty list"), m_survey->awkward.emptyList);
    add(tr("With the longest list"), m_survey->awkward.longestList);
    add(tr("With nulls"), m_survey->awkward.withNulls);
    add(tr("With letters beyond ASCII"), m_survey->awkward.nonAscii);
    add(tr("The largest"), m_survey->awkward.largest);
    add(tr("One that is invalid"), m_survey->awkward.invalid);
}

ShapeFocus PayloadPane::focusAtByte(qint64 byte) const
{
    return byte < 0 ? ShapeFocus()
                    : focusAt(m_view->lines().lineOfByte(static_cast<std::size_t>(byte)));
}

/// A line as a whole: a member's name belongs to its value.
ShapeFocus PayloadPane::focusAt(std::size_t line) const
{
    ShapeFocus focus;
    if (!m_live || m_view->lines().isEmpty())
        return focus;
    const shape::ProvenanceValue* const value =
        m_live->at(m_view->lines().lines()[line].valueBegin);
    if (value == nullptr)
        return focus;
    focus.node = value->node;
    focus.row = value->origin;
    if (value->origin && value->column && m_sample) {
        const std::size_t model = value->origin->model;
        const data::Schema& schema =
            model == 0 ? m_sample->models.main : m_sample->models.related[model - 1].schema;
        focus.column =
            shape::ColumnRef{model == 0 ? std::string() : m_sample->models.related[model - 1].name,
                             schema.addressableNames()[*value->column]};
    }
    return focus;
}

bool PayloadPane::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view && event->type() == QEvent::FocusIn && m_live)
        Q_EMIT caretMoved(focusAt(m_view->caretLine()));
    return QWidget::eventFilter(watched, event);
}

void PayloadPane::setMarks(const ShapeMarks& marks)
{
    std::vector<JsonMark> shown;
    for (const ShapeMarks::Value& value : marks.values)
        shown.push_back({value.begin, value.end, 0, value.exact});
    m_view->setMarks(std::move(shown));
}

void PayloadPane::jumpTo(const ShapeMarks& marks)
{
    const auto exact = std::find_if(marks.values.begin(), marks.values.end(),
                                    [](const ShapeMarks::Value& value) { return value.exact; });
    if (marks.values.empty())
        return;
    m_tabs->setCurrentWidget(m_view);
    m_view->showByte((exact == marks.values.end() ? marks.values.begin() : exact)->begin);
}

} // namespace headgate::ui
