// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/query_pane.h"

#include "base/text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/message_strip.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace headgate::ui {

namespace {

constexpr std::size_t mostListed = 30;
constexpr int longestListed = 80;

QString firstWords(const std::string& sql)
{
    const QString text = toQString(std::string_view(sql).substr(0, 1000)).simplified();
    return text.size() > longestListed ? text.left(longestListed) + QChar(0x2026) : text;
}

/// A place of the statement as a place of the whole text.
TextPlace placeInText(const TextPlace& place, const std::string& text, SqlRange sent)
{
    TextPlace whole = place;
    std::size_t column = 0;
    for (std::size_t i = 0; i < sent.begin && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++whole.line;
            column = 0;
        } else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) {
            ++column;
        }
    }
    if (place.line == 1 && place.column > 0)
        whole.column += column;
    return whole;
}

} // namespace

QueryPane::QueryPane(QWidget* parent)
    : QWidget(parent), m_editor(new SqlEditor), m_message(new MessageStrip)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    layout->addWidget(m_editor, 1);
    layout->addWidget(m_message);
    m_message->clear();
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, &QueryPane::showTime);
    connect(m_editor, &SqlEditor::runWanted, this, &QueryPane::runWanted);
    connect(m_editor, &SqlEditor::escapePressed, this, [this] {
        if (m_cancel->isVisible())
            Q_EMIT cancelWanted();
    });
}

QWidget* QueryPane::makeBar()
{
    m_run = new QPushButton(tr("Run"));
    m_run->setIcon(themeIcon(Icon::Run, IconColor::OnAccent));
    setButtonKind(m_run, ButtonKind::Primary);
    m_run->setAccessibleName(tr("Run the query"));
    m_run->setToolTip(tr("Run the statement at the caret (Ctrl+Enter)"));
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setIcon(themeIcon(Icon::Cancel));
    m_cancel->setAccessibleName(tr("Cancel the query"));
    m_cancel->setToolTip(tr("Cancel the query (Escape)"));
    m_cancel->hide();
    m_time = new QLabel;
    m_time->setAccessibleName(tr("Running for"));
    m_time->setForegroundRole(QPalette::PlaceholderText);
    m_history = new QToolButton;
    m_history->setIcon(themeIcon(Icon::Clock));
    m_history->setToolTip(tr("Queries that were run"));
    m_history->setAccessibleName(tr("Query history"));
    m_history->setPopupMode(QToolButton::InstantPopup);
    m_history->setMenu(new QMenu(m_history));
    showHistory({}, 0);
    auto* bar = new QWidget;
    auto* layout = new QHBoxLayout(bar);
    layout->setContentsMargins(grid::gap, grid::unit, grid::gap, grid::unit);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_run);
    layout->addWidget(m_cancel);
    layout->addWidget(m_time);
    layout->addStretch();
    layout->addWidget(m_history);
    connect(m_run, &QPushButton::clicked, this, &QueryPane::runWanted);
    connect(m_cancel, &QPushButton::clicked, this, &QueryPane::cancelWanted);
    return bar;
}

void QueryPane::setRunning(bool running)
{
    const bool focused = m_run->hasFocus() || m_cancel->hasFocus();
    m_run->setVisible(!running);
    m_cancel->setVisible(running);
    m_cancel->setEnabled(true);
    m_cancel->setText(tr("Cancel"));
    if (focused)
        (running ? m_cancel : m_run)->setFocus();
    m_ticks = 0;
    if (running)
        m_tick.start();
    else
        m_tick.stop();
    m_time->setText(running ? tr("Running") : QString());
}

void QueryPane::setCancelling()
{
    m_cancel->setEnabled(false);
    m_cancel->setText(tr("Cancelling"));
}

void QueryPane::setRunnable(bool runnable)
{
    m_run->setEnabled(runnable);
}

void QueryPane::showTime()
{
    ++m_ticks;
    m_time->setText(tr("Running for %1 s").arg(QLocale().toString(m_ticks)));
}

void QueryPane::showError(const Error& error, SqlRange sent)
{
    m_message->showMessage(messageOf(error));
    if (!error.place)
        return;
    const TextPlace place = placeInText(*error.place, m_editor->sql(), sent);
    m_editor->showProblem(place, error.message);
    connect(m_message->addButton(tr("Go to line %1").arg(qulonglong(place.line))),
            &QPushButton::clicked, this, [this, place, sentence = error.message] {
                m_editor->showProblem(place, sentence);
                m_editor->setFocus();
            });
}

void QueryPane::showNote(const QString& sentence, const QString& advice)
{
    m_message->showMessage({Tone::Warning, sentence, advice, {}, {}});
}

void QueryPane::clearError()
{
    m_message->clear();
    m_editor->clearProblem();
}

void QueryPane::showHistory(const std::vector<QueryRun>& runs, std::int64_t now)
{
    QMenu* menu = m_history->menu();
    menu->clear();
    menu->setToolTipsVisible(true);
    for (const QueryRun& run : runs) {
        if (static_cast<std::size_t>(menu->actions().size()) >= mostListed)
            break;
        const QDateTime at = QDateTime::fromSecsSinceEpoch(run.at);
        const bool today = at.date() == QDateTime::fromSecsSinceEpoch(now).date();
        const QString when = today ? QLocale().toString(at.time(), QLocale::ShortFormat)
                                   : QLocale().toString(at.date(), QLocale::ShortFormat);
        QAction* action = menu->addAction(
            themeIcon(run.failed ? Tone::Error : Tone::Success),
            QStringLiteral("%1   %2").arg(
                when, firstWords(run.sql).replace(QLatin1Char('&'), QLatin1String("&&"))));
        action->setToolTip(toQString(std::string_view(run.sql).substr(0, 2000)));
        connect(action, &QAction::triggered, m_editor, [this, sql = run.sql] {
            m_editor->selectAll();
            m_editor->insertSql(sql);
            m_editor->setFocus();
        });
    }
    if (menu->isEmpty())
        menu->addAction(tr("Nothing was run yet"))->setEnabled(false);
}

} // namespace headgate::ui
