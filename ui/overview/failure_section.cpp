// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/failure_section.h"

#include "base/text.h"
#include "overview/trouble_records.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/count_text.h"
#include "widgets/elided_label.h"
#include "widgets/tone_icon.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int longestKey = 24;

QString shortKey(const std::string& key)
{
    const QString text = toQString(key);
    return text.size() <= longestKey ? text : text.left(longestKey - 1) + QChar(0x2026);
}

QPushButton* linkButton(const QString& text, const QString& name)
{
    auto* button = new QPushButton(text);
    button->setAccessibleName(name);
    button->setToolTip(name);
    setButtonKind(button, ButtonKind::Quiet);
    return button;
}

} // namespace

FailureSection::FailureSection(const std::vector<service::FailureGroup>& groups, QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::gap + grid::unit);
    for (std::size_t i = 0; i < groups.size() && i < mostGroups; ++i)
        layout->addWidget(makeGroup(groups[i]));
    if (groups.size() > mostGroups)
        layout->addWidget(sectionText(tr("and %1 rarer causes; the run shows them all")
                                          .arg(countText(groups.size() - mostGroups))));
}

QWidget* FailureSection::makeGroup(const service::FailureGroup& group)
{
    const QString words =
        group.message.empty() ? toQString(group.code) : toQString(group.message).simplified();
    auto* box = new QWidget;
    box->setAccessibleName(tr("Cause: %1").arg(words));
    auto* head = new QHBoxLayout;
    head->setSpacing(grid::gap);
    head->addWidget(new ToneIcon(group.invalid ? Tone::Warning : Tone::Error));
    auto* count = new QLabel(group.invalid ? tr("%1 not sent").arg(countText(group.count))
                                           : tr("%1 refused").arg(countText(group.count)));
    count->setFont(textFont(TextSize::Body, QFont::DemiBold));
    head->addWidget(count);
    head->addWidget(new ElidedLabel(words), 1);
    if (!group.message.empty() && !group.code.empty()) {
        auto* code = new ElidedLabel(toQString(group.code));
        code->setFont(codeFont(TextSize::Small));
        code->setForegroundRole(QPalette::PlaceholderText);
        code->setMaximumWidth(220);
        head->addWidget(code);
    }
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(grid::icon + grid::gap, 0, 0, 0);
    foot->setSpacing(grid::unit);
    foot->addWidget(sectionText(tr("For example")));
    for (const service::FailedRecord& example : group.examples) {
        if (example.keyText.empty())
            continue;
        auto* open = linkButton(shortKey(example.keyText),
                                tr("Show the record %1").arg(toQString(example.keyText)));
        connect(open, &QPushButton::clicked, this,
                [this, example] { Q_EMIT recordWanted(example); });
        foot->addWidget(open);
    }
    foot->addStretch();
    if (group.node != 0) {
        auto* field = linkButton(tr("Show field"),
                                 tr("Show the field %1 in the shape").arg(toQString(group.field)));
        connect(field, &QPushButton::clicked, this,
                [this, path = group.field] { Q_EMIT fieldWanted(path); });
        foot->addWidget(field);
    }
    if (!group.invalid) {
        auto* retry = new QPushButton(tr("Retry this group"));
        retry->setAccessibleName(tr("Retry: %1").arg(words));
        connect(retry, &QPushButton::clicked, this, [this, group] { Q_EMIT retryWanted(group); });
        foot->addWidget(retry);
    }
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    layout->addLayout(head);
    layout->addLayout(foot);
    return box;
}

} // namespace headgate::ui
