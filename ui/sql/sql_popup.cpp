// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/sql_popup.h"

#include "base/text.h"
#include "theme/fonts.h"
#include "theme/tokens.h"
#include "widgets/type_icon.h"

#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>

namespace headgate::ui {

namespace {

constexpr int popupWidth = 400;
constexpr int rowsSeen = 10;

Icon iconOfSuggestion(const SqlSuggestion& suggestion)
{
    switch (suggestion.kind) {
    case SqlSuggestionKind::Column:
        return suggestion.type == data::ValueKind::Null ? Icon::TypeText
                                                        : typeIcon(suggestion.type);
    case SqlSuggestionKind::Alias:
    case SqlSuggestionKind::Table:
    case SqlSuggestionKind::View:
        return Icon::Table;
    case SqlSuggestionKind::Query:
        return Icon::Model;
    case SqlSuggestionKind::Schema:
        return Icon::Folder;
    case SqlSuggestionKind::Function:
    case SqlSuggestionKind::Keyword:
        return Icon::Code;
    }
    return Icon::Code;
}

QString detailOf(const SqlSuggestion& suggestion)
{
    if (!suggestion.detail.empty())
        return toQString(suggestion.detail);
    switch (suggestion.kind) {
    case SqlSuggestionKind::Column:
    case SqlSuggestionKind::Keyword:
        return {};
    case SqlSuggestionKind::Alias:
    case SqlSuggestionKind::Table:
        return SqlPopup::tr("table");
    case SqlSuggestionKind::Query:
        return SqlPopup::tr("WITH query");
    case SqlSuggestionKind::View:
        return SqlPopup::tr("view");
    case SqlSuggestionKind::Schema:
        return SqlPopup::tr("schema");
    case SqlSuggestionKind::Function:
        return SqlPopup::tr("function");
    }
    return {};
}

class SuggestionDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const QString detail = index.data(SqlSuggestionsModel::DetailRole).toString();
        if (detail.isEmpty())
            return;
        const QString text = index.data().toString();
        const int used = 40 + option.fontMetrics.horizontalAdvance(text);
        const QRect room = option.rect.adjusted(used, 0, -grid::gap, 0);
        painter->save();
        painter->setFont(textFont(TextSize::Small));
        painter->setPen(tokens(option.palette).tertiary);
        painter->drawText(room, Qt::AlignRight | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(detail, Qt::ElideRight, room.width()));
        painter->restore();
    }
};

} // namespace

void SqlSuggestionsModel::setSuggestions(std::vector<SqlSuggestion> suggestions)
{
    beginResetModel();
    m_suggestions = std::move(suggestions);
    endResetModel();
}

int SqlSuggestionsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_suggestions.size());
}

QVariant SqlSuggestionsModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const SqlSuggestion& suggestion = m_suggestions[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return toQString(suggestion.text);
    case Qt::DecorationRole:
        return themeIcon(iconOfSuggestion(suggestion), IconColor::Quiet);
    case Qt::AccessibleTextRole:
        return toQString(suggestion.text) + QStringLiteral(", ") + detailOf(suggestion);
    case DetailRole:
        return detailOf(suggestion);
    default:
        return {};
    }
}

SqlPopup::SqlPopup(QWidget* editor) : QObject(editor)
{
    auto* list = new QListView;
    list->setUniformItemSizes(true);
    list->setAccessibleName(tr("Suggestions"));
    m_completer.setModel(&m_model);
    m_completer.setPopup(list);
    list->setItemDelegate(new SuggestionDelegate(list));
    list->setFont(codeFont());
    m_completer.setWidget(editor);
    m_completer.setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer.setMaxVisibleItems(rowsSeen);
    connect(&m_completer, qOverload<const QModelIndex&>(&QCompleter::activated), this,
            [this](const QModelIndex& index) {
                const auto row = static_cast<std::size_t>(index.row());
                if (index.isValid() && row < m_model.suggestions().size()) {
                    const SqlSuggestion suggestion = m_model.suggestions()[row];
                    Q_EMIT chosen(suggestion);
                }
            });
}

void SqlPopup::show(std::vector<SqlSuggestion> suggestions, const QRect& at)
{
    if (suggestions.empty())
        return close();
    if (m_model.suggestions() != suggestions)
        m_model.setSuggestions(std::move(suggestions));
    m_completer.complete(QRect(at.topLeft(), QSize(popupWidth, at.height())));
    m_completer.popup()->setCurrentIndex(m_completer.completionModel()->index(0, 0));
}

void SqlPopup::close()
{
    m_completer.popup()->hide();
}

bool SqlPopup::isOpen() const
{
    return m_completer.popup()->isVisible();
}

const SqlSuggestion* SqlPopup::current() const
{
    const QModelIndex index = m_completer.popup()->currentIndex();
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < m_model.suggestions().size() ? &m_model.suggestions()[row]
                                                                 : nullptr;
}

} // namespace headgate::ui
