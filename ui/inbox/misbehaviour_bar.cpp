// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/misbehaviour_bar.h"

#include "data/json.h"
#include "theme/fonts.h"
#include "theme/tokens.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace headgate::ui {

namespace {

struct Switch
{
    const char* text;
    const char* explanation;
    const char* misbehaviour;
};

constexpr const char* barContext = "headgate::ui::MisbehaviourBar";
constexpr std::array switches{
    Switch{
        QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar", "Slow"),
        QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar", "Every answer comes two seconds late"),
        R"({"trouble":"delay","delay":2000})"},
    Switch{QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar", "Too many requests"),
           QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar",
                             "Answers 429 and asks to wait two seconds"),
           R"({"trouble":"status","status":429,"retryAfter":"seconds","wait":2000})"},
    Switch{QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar", "Server errors"),
           QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar", "Answers 503 and takes nothing"),
           R"({"trouble":"status","status":503})"},
    Switch{QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar", "No answer"),
           QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar",
                             "Takes the records and closes the connection without a word"),
           R"({"trouble":"cut","applied":true})"},
    Switch{QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar", "A web page"),
           QT_TRANSLATE_NOOP("headgate::ui::MisbehaviourBar",
                             "Answers 200 with a web page, as hotel networks do"),
           R"({"trouble":"html"})"},
};

} // namespace

MisbehaviourBar::MisbehaviourBar(QWidget* parent) : QWidget(parent), m_refused(new QLineEdit)
{
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(grid::section, 0, grid::section, grid::gap);
    layout->setSpacing(grid::gap);
    auto* label = new QLabel(tr("Let it go wrong:"));
    label->setFont(textFont(TextSize::Small));
    layout->addWidget(label);
    for (const Switch& each : switches) {
        auto* button = new QToolButton;
        button->setText(QCoreApplication::translate(barContext, each.text));
        button->setAccessibleName(button->text());
        button->setToolTip(QCoreApplication::translate(barContext, each.explanation));
        button->setCheckable(true);
        button->setFocusPolicy(Qt::StrongFocus);
        layout->addWidget(button);
        connect(button, &QToolButton::toggled, this, &MisbehaviourBar::changed);
        m_switches.push_back(button);
    }
    m_refused->setPlaceholderText(tr("refuse these, with commas"));
    m_refused->setAccessibleName(tr("Records to refuse"));
    m_refused->setToolTip(
        tr("The values that records are matched by: those are refused, the others taken"));
    layout->addWidget(m_refused, 1);
    connect(m_refused, &QLineEdit::editingFinished, this, &MisbehaviourBar::changed);
}

std::vector<std::string> MisbehaviourBar::misbehaviours() const
{
    std::vector<std::string> wanted;
    for (std::size_t i = 0; i < switches.size(); ++i)
        if (m_switches[i]->isChecked())
            wanted.emplace_back(switches[i].misbehaviour);
    data::JsonNode keys = data::JsonNode::array();
    for (const QString& key : m_refused->text().split(QLatin1Char(','), Qt::SkipEmptyParts))
        if (!key.trimmed().isEmpty())
            keys.push_back(key.trimmed().toStdString());
    if (!keys.empty())
        wanted.push_back(data::JsonNode{{"trouble", "failKeys"}, {"keys", keys}}.dump());
    return wanted;
}

} // namespace headgate::ui
