// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/cost_text.h"

#include "base/text.h"
#include "widgets/count_text.h"

#include <QCoreApplication>
#include <algorithm>

namespace headgate::ui {

namespace {

struct CostText
{
    Q_DECLARE_TR_FUNCTIONS(headgate::ui::CostText)
};

QString durationText(double seconds)
{
    if (seconds < 90)
        return CostText::tr("%n seconds", nullptr, std::max(1, static_cast<int>(seconds + 0.5)));
    if (seconds < 90 * 60)
        return CostText::tr("%n minutes", nullptr, static_cast<int>(seconds / 60 + 0.5));
    return CostText::tr("%n hours", nullptr, static_cast<int>(seconds / 3600 + 0.5));
}

} // namespace

QString costText(const service::EditCost& cost)
{
    if (cost.changed == 0 && !cost.startsAnew)
        return CostText::tr("This edit sends nothing again.");
    const QString records = cost.isExact
                                ? countText(cost.estimatedRecords)
                                : CostText::tr("about %1").arg(countText(cost.estimatedRecords));
    const QString sentence =
        CostText::tr("This edit sends %1 of %2 records again", nullptr, pluralOf(cost.of))
            .arg(records, countText(cost.of));
    return cost.estimatedSeconds ? CostText::tr("%1, %2 at this limit.")
                                       .arg(sentence, durationText(*cost.estimatedSeconds))
                                 : CostText::tr("%1.").arg(sentence);
}

} // namespace headgate::ui
