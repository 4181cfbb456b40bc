// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/cell_pane.h"

#include "base/text.h"
#include "data/json.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/elided_label.h"
#include "widgets/json_view.h"
#include "widgets/type_icon.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QToolButton>

namespace headgate::ui {

namespace {

/// A text edit lays out all it holds.
constexpr qsizetype longestShown = 200'000;
constexpr std::size_t largestParsed = 4 << 20;

bool isJsonContainer(const data::Value& value)
{
    if (value.kind == data::ValueKind::Json)
        return true;
    const std::size_t first = value.text.find_first_not_of(" \t\r\n");
    return value.kind == data::ValueKind::Text && first != std::string::npos &&
           (value.text[first] == '{' || value.text[first] == '[') &&
           value.text.size() <= largestParsed && data::checkJson(value.text).has_value();
}

QString factsOf(const data::Column& column, const data::Value& value)
{
    const QString type =
        column.nativeType.empty() ? typeName(value.kind) : toQString(column.nativeType);
    if (value.isNull())
        return type;
    if (value.kind == data::ValueKind::Bytes)
        return CellPane::tr("%1, %2, as base64")
            .arg(type, QLocale().formattedDataSize(qint64(value.text.size() / 4 * 3)));
    if (value.text.size() < 100)
        return type;
    return type + QStringLiteral(", ") + QLocale().formattedDataSize(qint64(value.text.size()));
}

} // namespace

CellPane::CellPane(QWidget* parent)
    : QWidget(parent), m_name(new ElidedLabel), m_facts(new QLabel), m_stack(new QStackedWidget),
      m_text(new QPlainTextEdit), m_json(new JsonView)
{
    setAccessibleName(tr("Cell"));
    m_name->setFont(textFont(TextSize::Body, QFont::DemiBold));
    m_facts->setFont(textFont(TextSize::Small));
    m_facts->setForegroundRole(QPalette::PlaceholderText);
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(codeFont());
    m_text->setAccessibleName(tr("Cell text"));
    m_json->setFrameShape(QFrame::NoFrame);
    m_json->setAccessibleName(tr("Cell JSON"));
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_json);
    auto* copy = new QToolButton;
    copy->setIcon(themeIcon(Icon::Copy));
    copy->setToolTip(tr("Copy the whole cell"));
    copy->setAccessibleName(copy->toolTip());
    auto* close = new QToolButton;
    close->setIcon(themeIcon(Icon::Close));
    close->setToolTip(tr("Close"));
    close->setAccessibleName(tr("Close the cell"));
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::gap + grid::unit, grid::unit, grid::unit, grid::unit);
    head->addWidget(m_name, 1);
    head->addWidget(m_facts);
    head->addWidget(copy);
    head->addWidget(close);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_stack, 1);
    connect(copy, &QToolButton::clicked, this,
            [this] { QApplication::clipboard()->setText(toQString(m_value)); });
    connect(close, &QToolButton::clicked, this, &CellPane::closeWanted);
    clear();
}

void CellPane::clear()
{
    m_value.clear();
    m_name->setText(tr("No cell"));
    m_facts->clear();
    m_text->clear();
    m_text->setPlaceholderText(tr("Select a cell to see all of it."));
    m_stack->setCurrentWidget(m_text);
}

void CellPane::showCell(const data::Column& column, const data::Value& value)
{
    m_value = value.text;
    m_name->setText(toQString(column.name));
    m_facts->setText(factsOf(column, value));
    if (!isJsonContainer(value)) {
        m_text->setPlaceholderText(value.isNull() ? tr("NULL") : tr("An empty text."));
        showText(value.text);
        return;
    }
    m_json->setJson(value.text, JsonChange::Other);
    m_stack->setCurrentWidget(m_json);
}

void CellPane::showText(const std::string& text)
{
    QString shown =
        toQString(std::string_view(text).substr(0, static_cast<std::size_t>(longestShown) * 4));
    const bool cut = shown.size() > longestShown || text.size() > std::size_t(longestShown) * 4;
    if (cut)
        shown = shown.left(longestShown) +
                tr("\n\n(The first %1 characters. Copy takes the whole cell.)")
                    .arg(QLocale().toString(longestShown));
    m_text->setPlainText(shown);
    m_stack->setCurrentWidget(m_text);
}

} // namespace headgate::ui
