// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/beginning.h"

#include "base/text.h"
#include "widgets/card.h"
#include "widgets/empty_state.h"

#include <QVBoxLayout>

namespace headgate::ui {

namespace {

struct StepText
{
    PageKind kind;
    const char* title;
    const char* sentence;
};

constexpr std::array stepTexts{
    StepText{PageKind::Source,
             QT_TRANSLATE_NOOP("headgate::ui::Beginning", "1  Connect a warehouse"),
             QT_TRANSLATE_NOOP("headgate::ui::Beginning",
                               "Connections that dbt, psql or DBeaver know here are found. It is "
                               "only read.")},
    StepText{PageKind::Model, QT_TRANSLATE_NOOP("headgate::ui::Beginning", "2  Choose the rows"),
             QT_TRANSLATE_NOOP("headgate::ui::Beginning",
                               "A query or a table, and the column that tells its rows apart.")},
    StepText{PageKind::Destination,
             QT_TRANSLATE_NOOP("headgate::ui::Beginning", "3  Connect a tool"),
             QT_TRANSLATE_NOOP("headgate::ui::Beginning",
                               "With its key, or with a stand-in on this machine that answers as "
                               "it would.")},
    StepText{PageKind::Sync, QT_TRANSLATE_NOOP("headgate::ui::Beginning", "4  Shape and send"),
             QT_TRANSLATE_NOOP("headgate::ui::Beginning",
                               "Columns become the JSON of the tool, by eye. Nothing is sent "
                               "before you say so.")}};

template <typename Definition>
std::pair<std::string, std::string> firstOf(const std::vector<Definition>& definitions)
{
    if (definitions.empty())
        return {};
    const Definition& first = definitions.front();
    return {first.slug, first.name.empty() ? first.slug : first.name};
}

/// Slug and name of the first one that the step would make.
std::pair<std::string, std::string> firstOf(const project::Project& project, PageKind kind)
{
    if (kind == PageKind::Source)
        return firstOf(project.sources);
    if (kind == PageKind::Model)
        return firstOf(project.models);
    if (kind == PageKind::Destination)
        return firstOf(project.destinations);
    return firstOf(project.syncs);
}

} // namespace

Beginning::Beginning(QWidget* parent) : QWidget(parent)
{
    auto* state = new EmptyState(Icon::Sync, tr("No sync yet"),
                                 tr("A sync brings rows of a warehouse into a tool. Four steps "
                                    "make the first one."));
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        Step& step = m_steps[i];
        step.made.kind = stepTexts[i].kind;
        step.card = new Card(tr(stepTexts[i].title));
        step.card->setClickable(true);
        state->addChoice(step.card);
        connect(step.card, &Card::clicked, this, [this, i] {
            if (m_steps[i].made.slug.empty())
                Q_EMIT newWanted(m_steps[i].made.kind);
            else
                Q_EMIT pageWanted(m_steps[i].made);
        });
    }
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(state);
    setProject({});
}

void Beginning::setProject(const project::Project& project)
{
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        Step& step = m_steps[i];
        const auto [slug, name] = firstOf(project, step.made.kind);
        step.made.slug = slug;
        step.card->setIcon(slug.empty() ? Icon::Add : Icon::Check);
        step.card->setSubtitle(slug.empty()
                                   ? tr(stepTexts[i].sentence)
                                   : tr("%1 is there. Go on with it.").arg(toQString(name)));
    }
}

} // namespace headgate::ui
