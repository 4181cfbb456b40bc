// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/column_choice.h"

#include "base/text.h"
#include "theme/icon.h"
#include "theme/tokens.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QStylePainter>
#include <QToolButton>
#include <algorithm>

namespace headgate::ui {

ColumnChoice::ColumnChoice(QWidget* parent) : QPushButton(parent), m_none(tr("none"))
{
    setMenu(new QMenu(this));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void ColumnChoice::setColumns(const data::Schema& schema, const std::vector<std::string>& chosen)
{
    m_chosen = chosen;
    menu()->clear();
    for (const std::string& name : schema.addressableNames()) {
        QAction* const action = menu()->addAction(toQString(name));
        action->setCheckable(true);
        action->setChecked(std::find(chosen.begin(), chosen.end(), name) != chosen.end());
        connect(action, &QAction::toggled, this, [this, name](bool on) {
            if (on)
                m_chosen.push_back(name);
            else
                std::erase(m_chosen, name);
            showChosen();
            Q_EMIT edited();
        });
    }
    showChosen();
}

void ColumnChoice::setNone(const QString& text)
{
    m_none = text;
    showChosen();
}

void ColumnChoice::showChosen()
{
    QStringList names;
    for (const std::string& name : m_chosen)
        names.append(toQString(name));
    setText(names.isEmpty() ? m_none : names.join(QStringLiteral(", ")));
    setToolTip(names.join(QStringLiteral(", ")));
    updateGeometry();
}

QStyleOptionComboBox ColumnChoice::comboOption() const
{
    QStyleOptionComboBox option;
    option.initFrom(this);
    option.subControls = QStyle::SC_All;
    option.currentText = text();
    if (isDown())
        option.state |= QStyle::State_On;
    return option;
}

QSize ColumnChoice::sizeHint() const
{
    const QStyleOptionComboBox option = comboOption();
    const QSize content(fontMetrics().horizontalAdvance(text()), fontMetrics().height());
    return style()->sizeFromContents(QStyle::CT_ComboBox, &option, content, this);
}

QSize ColumnChoice::minimumSizeHint() const
{
    constexpr int leastLetters = 14;
    QSize size = sizeHint();
    size.setWidth(
        std::min(size.width(),
                 leastLetters * fontMetrics().horizontalAdvance(QLatin1Char('n')) + size.height()));
    return size;
}

void ColumnChoice::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionComboBox option = comboOption();
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    const QRect field =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    option.currentText =
        fontMetrics().elidedText(text(), Qt::ElideRight, field.width() - 2 * grid::unit);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

SortChoice::SortChoice(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout)
{
    auto* add = new QPushButton(themeIcon(Icon::Add), tr("Add a column"));
    add->setAccessibleName(tr("Add a column to sort by"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    m_rows->setSpacing(grid::unit);
    layout->addLayout(m_rows);
    layout->addWidget(add, 0, Qt::AlignLeft);
    connect(add, &QPushButton::clicked, this, [this] {
        const auto names = m_schema.addressableNames();
        if (names.empty())
            return;
        m_keys.push_back({names.front(), true, {}});
        rebuild();
        Q_EMIT edited();
    });
}

void SortChoice::setKeys(const data::Schema& schema, const std::vector<shape::SortKey>& keys)
{
    m_schema = schema;
    m_keys = keys;
    rebuild();
}

void SortChoice::rebuild()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t key = 0; key < m_keys.size(); ++key)
        addRow(key);
}

void SortChoice::addRow(std::size_t key)
{
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    auto* column = new QComboBox;
    column->setAccessibleName(tr("Sort by"));
    for (const std::string& name : m_schema.addressableNames())
        column->addItem(toQString(name));
    column->setCurrentText(toQString(m_keys[key].column));
    auto* direction = new QComboBox;
    direction->setAccessibleName(tr("Direction"));
    direction->addItems({tr("smallest first"), tr("largest first")});
    direction->setCurrentIndex(m_keys[key].descending ? 1 : 0);
    auto* remove = new QToolButton;
    remove->setIcon(themeIcon(Icon::Close));
    remove->setAutoRaise(true);
    remove->setAccessibleName(tr("Do not sort by this"));
    layout->addWidget(column, 2);
    layout->addWidget(direction, 1);
    layout->addWidget(remove);
    connect(column, &QComboBox::textActivated, this, [this, key](const QString& name) {
        m_keys[key].column = name.toStdString();
        Q_EMIT edited();
    });
    connect(direction, &QComboBox::activated, this, [this, key](int index) {
        m_keys[key].descending = index == 1;
        Q_EMIT edited();
    });
    connect(remove, &QToolButton::clicked, this, [this, key] {
        m_keys.erase(m_keys.begin() + static_cast<std::ptrdiff_t>(key));
        rebuild();
        Q_EMIT edited();
    });
    m_rows->addWidget(row);
}

} // namespace headgate::ui
