// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/doubt_section.h"

#include "base/text.h"
#include "overview/trouble_records.h"
#include "session/sync_verdict.h"
#include "theme/button_kind.h"
#include "widgets/count_text.h"
#include "widgets/elided_label.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

QString whatWasSent(const service::DoubtGroup& group, WallTime now)
{
    const QString why = toQString(group.message).simplified();
    QString text = group.run.empty() ? DoubtSection::tr("When they were sent is not kept any more.")
                                     : DoubtSection::tr("Sent %1.").arg(timeAgo(group.at, now));
    text += QLatin1Char(' ');
    text += why.isEmpty() ? DoubtSection::tr("No usable answer came.") : why;
    return text;
}

} // namespace

DoubtSection::DoubtSection(const service::DoubtGroup& group, WallTime now, QWidget* parent)
    : QWidget(parent)
{
    using service::Resolution;
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    layout->addWidget(sectionHeading(
        group.asks ? tr("%1 in doubt: did they arrive?").arg(countText(group.count))
                   : tr("%1 in doubt: the next run sends them again, which does no harm")
                         .arg(countText(group.count))));
    layout->addWidget(sectionText(whatWasSent(group, now)));
    if (!group.request.empty())
        layout->addWidget(new ElidedLabel(toQString(group.request)));
    std::vector<QStringList> rows;
    for (const service::FailedRecord& record : group.examples)
        rows.push_back(
            {record.keyText.empty() ? toQString(record.keyHash.hex()) : toQString(record.keyText)});
    const QString name =
        group.count > rows.size()
            ? tr("Key (%1 of %2)").arg(countText(rows.size()), countText(group.count))
            : tr("Key");
    auto* table = recordsTable(tr("Records in doubt"), {name}, rows);
    layout->addWidget(table);
    connect(table, &QTableWidget::cellActivated, this, [this, group](int row, int) {
        service::FailedRecord record = group.examples[static_cast<std::size_t>(row)];
        record.run = group.run;
        Q_EMIT recordWanted(record);
    });
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::gap);
    const auto add = [&](const QString& text, const QString& tip, Resolution resolution) {
        auto* button = new QPushButton(text);
        button->setAccessibleName(text);
        button->setToolTip(tip);
        connect(button, &QPushButton::clicked, this,
                [this, group, resolution] { Q_EMIT decided(group, resolution); });
        buttons->addWidget(button);
    };
    add(tr("It arrived"), tr("The destination holds them: they are not sent again"),
        Resolution::Delivered);
    add(tr("Send again"), tr("The next run sends them; a second copy may be made"),
        Resolution::Resend);
    add(tr("Skip"), tr("Leave them out until they are released"), Resolution::SkipAlways);
    buttons->addStretch();
    layout->addLayout(buttons);
}

} // namespace headgate::ui
