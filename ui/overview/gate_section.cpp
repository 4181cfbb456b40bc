// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/gate_section.h"

#include "base/text.h"
#include "overview/trouble_records.h"
#include "session/sync_verdict.h"
#include "theme/button_kind.h"
#include "widgets/count_text.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int longestPayload = 400;

QString categoryText(plan::Category category)
{
    switch (category) {
    case plan::Category::Added:
        return GateSection::tr("Added");
    case plan::Category::Changed:
        return GateSection::tr("Changed");
    case plan::Category::Rekeyed:
        return GateSection::tr("Re-keyed");
    case plan::Category::Retried:
        return GateSection::tr("Retried");
    case plan::Category::Removed:
        return GateSection::tr("Removed");
    case plan::Category::Unchanged:
    case plan::Category::Filtered:
    case plan::Category::Invalid:
    case plan::Category::Held:
        break;
    }
    return {};
}

/// "Of 4,000 read: 12 added, 800 removed."
QString figures(const plan::PlanCounts& counts)
{
    QStringList parts;
    for (const plan::Category category :
         {plan::Category::Added, plan::Category::Changed, plan::Category::Rekeyed,
          plan::Category::Retried, plan::Category::Removed})
        if (counts[category] > 0)
            parts.append(GateSection::tr("%1 %2").arg(countText(counts[category]),
                                                      categoryText(category).toLower()));
    return GateSection::tr("%1 read. To send: %2.")
        .arg(recordsText(counts.read),
             parts.isEmpty() ? GateSection::tr("nothing") : parts.join(u", "));
}

} // namespace

GateSection::GateSection(const service::StoppedPlan& plan, WallTime now, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    for (const plan::GateStop& stop : plan.stops)
        layout->addWidget(sectionHeading(stop.message));
    layout->addWidget(sectionText(tr("%1 Planned %2; nothing was sent.")
                                      .arg(figures(plan.counts), timeAgo(plan.created, now))));
    std::vector<QStringList> rows;
    for (const plan::PlanSample& sample : plan.samples)
        rows.push_back({categoryText(sample.category), toQString(sample.keyText),
                        toQString(sample.payload).left(longestPayload)});
    if (!rows.empty())
        layout->addWidget(recordsTable(tr("Records of the stopped plan"),
                                       {tr("Change"), tr("Key"), tr("Payload")}, rows));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::gap);
    const auto add = [&](const QString& text, ButtonKind kind, void (GateSection::*signal)()) {
        auto* button = new QPushButton(text);
        button->setAccessibleName(text);
        setButtonKind(button, kind);
        connect(button, &QPushButton::clicked, this, signal);
        buttons->addWidget(button);
        return button;
    };
    add(tr("Look at the plan"), ButtonKind::Secondary, &GateSection::planWanted);
    add(tr("Run anyway"),
        plan.counts[plan::Category::Removed] > 0 ? ButtonKind::Danger : ButtonKind::Secondary,
        &GateSection::runWanted)
        ->setToolTip(tr("Sends exactly this plan"));
    add(tr("Discard"), ButtonKind::Secondary, &GateSection::discardWanted)
        ->setToolTip(tr("The next run plans anew"));
    buttons->addStretch();
    layout->addLayout(buttons);
}

} // namespace headgate::ui
