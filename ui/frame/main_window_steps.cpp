// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "frame/first_steps.h"
#include "frame/main_window.h"
#include "frame/page_tabs.h"
#include "session/documents.h"

#include <algorithm>

namespace headgate::ui {

namespace {

bool hasList(const shape::Node& node)
{
    return node.kind == shape::NodeKind::List ||
           std::any_of(node.children.begin(), node.children.end(), hasList);
}

bool groupsRows(const project::SyncDefinition& sync)
{
    return sync.shape && hasList(sync.shape->root);
}

} // namespace

void MainWindow::showSteps()
{
    const project::Project& project = m_session->contents()->project;
    const bool wanted = service::sampleInbox(project) != nullptr &&
                        !m_memory.areFirstStepsDismissed(toQString(project.id));
    m_steps->setVisible(wanted);
    if (!wanted)
        return;
    const project::Project edited = m_session->documents().edited();
    // One of the sample's syncs groups rows already; the other one is the newcomer's.
    if (std::all_of(edited.syncs.begin(), edited.syncs.end(), groupsRows))
        m_steps->setDone(FirstStep::Group);
    for (const service::SyncStatus& status : m_session->status())
        if (status.delivered > 0)
            m_steps->setDone(FirstStep::Send);
    const Page* const page = m_tabs->current();
    if (page == nullptr)
        return;
    if (page->id().kind == PageKind::Model)
        m_steps->setDone(FirstStep::Rows);
    const auto* sync = edited.sync(page->id().slug);
    const bool ofSync = page->id().kind == PageKind::Shape || page->id().kind == PageKind::Sync;
    if (ofSync && sync != nullptr && sync->shape && !sync->shape->root.children.empty())
        m_steps->setDone(FirstStep::Json);
}

void MainWindow::goToStep(FirstStep step)
{
    const project::Project project = m_session->documents().edited();
    if (project.syncs.empty() || project.models.empty())
        return;
    // Not the newcomer's own, which nobody can send before its object is chosen.
    const auto shaped =
        std::find_if(project.syncs.begin(), project.syncs.end(),
                     [](const auto& sync) { return groupsRows(sync) && !sync.object.empty(); });
    const auto unshaped = std::find_if_not(project.syncs.begin(), project.syncs.end(), groupsRows);
    const auto& grouped = shaped != project.syncs.end() ? *shaped : project.syncs.front();
    switch (step) {
    case FirstStep::Rows:
        return m_tabs->open({PageKind::Model, grouped.model});
    case FirstStep::Group:
        return m_tabs->open(
            {PageKind::Shape, unshaped != project.syncs.end() ? unshaped->slug : grouped.slug});
    case FirstStep::Json:
        return m_tabs->open({PageKind::Shape, grouped.slug});
    case FirstStep::Send:
        return m_tabs->open({PageKind::Sync, grouped.slug});
    }
}

} // namespace headgate::ui
