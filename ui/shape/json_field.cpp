// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/json_field.h"

#include "base/text.h"
#include "data/json_indent.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"

#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <algorithm>
#include <vector>

namespace headgate::ui {

namespace {

constexpr int shownLines = 6;

/// The numbers of a valid JSON text, as they are written.
std::vector<std::string_view> numbersOf(std::string_view json)
{
    std::vector<std::string_view> numbers;
    for (std::size_t at = 0; at < json.size(); ++at) {
        if (json[at] == '"') {
            for (++at; json[at] != '"'; ++at)
                if (json[at] == '\\')
                    ++at;
        } else if (json[at] == '-' || (json[at] >= '0' && json[at] <= '9')) {
            const std::size_t end =
                std::min(json.find_first_not_of("+-.0123456789eE", at), json.size());
            numbers.push_back(json.substr(at, end - at));
            at = end - 1;
        }
    }
    return numbers;
}

/// Why the reader's value is not quite what was typed; empty: it is.
QString differenceOf(const std::string& typed, const data::JsonNode& value)
{
    const std::string sent = value.dump();
    const auto before = numbersOf(typed);
    const auto after = numbersOf(sent);
    if (before.size() != after.size())
        return JsonField::tr("A name is there twice: only one of the two would be sent.");
    const auto differs = std::mismatch(before.begin(), before.end(), after.begin());
    return differs.first == before.end()
               ? QString()
               : JsonField::tr("%1 would be sent as %2. A number that keeps its digits needs a "
                               "field of its own.")
                     .arg(toQString(std::string(*differs.first)),
                          toQString(std::string(*differs.second)));
}

} // namespace

JsonField::JsonField(const data::JsonNode& value, QWidget* parent)
    : QWidget(parent), m_text(new QPlainTextEdit), m_error(new QLabel)
{
    m_text->setTabChangesFocus(true);
    m_text->setFont(codeFont(TextSize::Small));
    m_text->setPlainText(toQString(data::indentedJson(value.dump())));
    m_text->setFixedHeight(m_text->fontMetrics().lineSpacing() * shownLines + 2 * grid::gap);
    m_error->setTextFormat(Qt::PlainText);
    m_error->setWordWrap(true);
    m_error->setFont(textFont(TextSize::Small));
    m_error->setAccessibleName(tr("What is wrong with the JSON"));
    m_error->hide();
    setFocusProxy(m_text);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    layout->addWidget(m_text);
    layout->addWidget(m_error);
    m_text->setAccessibleName(tr("Value"));
    connect(m_text, &QPlainTextEdit::textChanged, this, &JsonField::take);
}

void JsonField::take()
{
    const std::string typed = m_text->toPlainText().toStdString();
    TextPlace place;
    const auto value = data::parseJson(typed, {}, place);
    if (!value)
        return showError(tr("Line %1, column %2: %3")
                             .arg(place.line)
                             .arg(place.column)
                             .arg(value.error().message));
    const QString difference = differenceOf(typed, *value);
    showError(difference);
    if (difference.isEmpty())
        Q_EMIT edited(*value);
}

void JsonField::showError(const QString& error)
{
    setInputError(m_text, error);
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
}

} // namespace headgate::ui
