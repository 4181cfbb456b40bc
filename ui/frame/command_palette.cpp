// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/command_palette.h"

#include "theme/fonts.h"
#include "theme/style_painting.h"
#include "theme/tokens.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int paletteWidth = 560;
constexpr int mostRowsShown = 12;
constexpr int entryRole = Qt::UserRole;

} // namespace

std::optional<int> matchScore(const QString& typed, const QString& text)
{
    int score = 0;
    qsizetype at = 0;
    qsizetype last = -2;
    for (const QChar wanted : typed) {
        if (wanted.isSpace())
            continue;
        at = text.indexOf(wanted, at, Qt::CaseInsensitive);
        if (at < 0)
            return std::nullopt;
        const bool beginsWord = at == 0 || !text[at - 1].isLetterOrNumber();
        score += 1 + (at == last + 1 ? 8 : 0) + (beginsWord ? 6 : 0);
        last = at++;
    }
    return score * 100 - static_cast<int>(std::min<qsizetype>(text.size(), 99));
}

CommandPalette::CommandPalette(const QString& title, std::vector<Entry> entries, QWidget* window)
    : QDialog(window, Qt::Popup), m_entries(std::move(entries)), m_input(new QLineEdit(this)),
      m_list(new QListWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(title);
    setWindowTitle(title);
    m_input->setAccessibleName(title);
    m_input->setPlaceholderText(title);
    m_list->setAccessibleName(tr("What fits"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::gap, grid::gap, grid::gap, grid::gap);
    layout->setSpacing(grid::unit);
    layout->addWidget(m_input);
    layout->addWidget(m_list);
    setFixedWidth(std::min(paletteWidth, window->width() - 2 * grid::page));
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, 2 * grid::page)));

    m_input->installEventFilter(this);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_input, &QLineEdit::returnPressed, this, &CommandPalette::doCurrent);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::doCurrent);
    filter({});
    m_input->setFocus();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_input || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const int rows = m_list->count();
    const int now = m_list->currentRow();
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        m_list->setCurrentRow(std::min(now + 1, rows - 1));
        return true;
    case Qt::Key_Up:
        m_list->setCurrentRow(std::max(now - 1, 0));
        return true;
    case Qt::Key_PageDown:
        m_list->setCurrentRow(std::min(now + mostRowsShown, rows - 1));
        return true;
    case Qt::Key_PageUp:
        m_list->setCurrentRow(std::max(now - mostRowsShown, 0));
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

void CommandPalette::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const Tokens& colors = tokens(palette());
    painter.fillRect(rect(), colors.raised);
    drawBox(&painter, rect(), {colors.raised, colors.border, 0, 1});
}

void CommandPalette::filter(const QString& typed)
{
    std::vector<std::pair<int, int>> found; // score, entry
    for (int i = 0; i < static_cast<int>(m_entries.size()); ++i)
        if (const auto score = matchScore(typed, m_entries[static_cast<std::size_t>(i)].text))
            found.emplace_back(typed.trimmed().isEmpty() ? 0 : *score, i);
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    m_list->clear();
    for (const auto& [score, index] : found) {
        const Entry& entry = m_entries[static_cast<std::size_t>(index)];
        auto* item = new QListWidgetItem(m_list);
        item->setText(entry.hint.isEmpty() ? entry.text
                                           : entry.text + QStringLiteral("   ") + entry.hint);
        item->setData(entryRole, index);
        if (entry.icon)
            item->setIcon(themeIcon(*entry.icon));
    }
    if (found.empty()) {
        auto* nothing = new QListWidgetItem(tr("Nothing fits %1").arg(typed.trimmed()), m_list);
        nothing->setFlags(Qt::NoItemFlags);
    } else {
        m_list->setCurrentRow(0);
    }
    m_list->setFixedHeight(std::clamp(m_list->count(), 1, mostRowsShown) * rowHeight());
    setFixedHeight(layout()->sizeHint().height());
}

void CommandPalette::doCurrent()
{
    const QListWidgetItem* const item = m_list->currentItem();
    if (item == nullptr)
        return;
    const auto work = m_entries[item->data(entryRole).toUInt()].work;
    close();
    work();
}

} // namespace headgate::ui
