// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/live_run_text.h"

#include "base/text.h"
#include "widgets/count_text.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace headgate::ui {

namespace {

class LiveRunText
{
    Q_DECLARE_TR_FUNCTIONS(LiveRunText)
};

} // namespace

QString liveRunText(const service::LiveRun& run)
{
    using Phase = run::RunProgress::Phase;
    switch (run.progress.phase) {
    case Phase::Resuming:
        return LiveRunText::tr("Finishing what an earlier run left open");
    case Phase::Reading:
        return LiveRunText::tr("Reading: %1").arg(rowsText(run.progress.rowsRead));
    case Phase::Sending:
        return LiveRunText::tr("Sending: %1 of %2")
            .arg(countText(run.progress.sent), countText(run.progress.toSend));
    case Phase::Finishing:
    case Phase::Done:
        return LiveRunText::tr("Finishing");
    case Phase::Waiting:
        break;
    }
    return LiveRunText::tr("Running");
}

QString liveRunPlace(const service::LiveRun& run)
{
    const QDateTime since =
        QDateTime::fromMSecsSinceEpoch(run.row.started.time_since_epoch().count());
    return LiveRunText::tr("Process %1 on %2, since %3")
        .arg(QString::number(run.row.pid), toQString(run.row.host),
             QLocale().toString(since.time(), QLocale::ShortFormat));
}

} // namespace headgate::ui
