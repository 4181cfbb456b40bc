// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress_line.h"

#include "cli/cli_text.h"
#include "cli/console.h"
#include "cli/count_text.h"
#include "cli/printable_text.h"

#include <cstdio>

namespace headgate::cli {

using Phase = run::RunProgress::Phase;

QString progressText(const run::RunProgress& progress)
{
    switch (progress.phase) {
    case Phase::Waiting:
        return CliText::tr("waiting");
    case Phase::Resuming:
        return CliText::tr("settling what an earlier run left open");
    case Phase::Reading:
        return CliText::tr("reading: %1, %2")
            .arg(rowsText(progress.rowsRead), recordsText(progress.recordsRead));
    case Phase::Sending:
        if (progress.toSend == 0)
            return CliText::tr("sending: %1").arg(recordsText(progress.sent));
        return CliText::tr("sending: %1 of %2 (%3 %)")
            .arg(progress.sent)
            .arg(recordsText(progress.toSend))
            .arg(progress.sent * 100 / progress.toSend);
    case Phase::Finishing:
        return CliText::tr("finishing");
    case Phase::Done:
        return CliText::tr("done");
    }
    return {};
}

void ProgressLine::show(const QString& name, const run::RunProgress& progress)
{
    if (!m_shown)
        return;
    const SteadyTime now = m_clock.steady();
    if (m_visible && now - m_drawn < std::chrono::milliseconds(100))
        return;
    m_drawn = now;
    m_visible = true;
    const QString text = printable(name) + QStringLiteral(": ") + progressText(progress);
    const QString fitting = text.left(console::width(Stream::Error) - 1);
    std::fprintf(stderr, "\r%s\x1b[K", fitting.toUtf8().constData());
    std::fflush(stderr);
}

void ProgressLine::clear()
{
    if (!m_visible)
        return;
    std::fputs("\r\x1b[K", stderr);
    std::fflush(stderr);
    m_visible = false;
}

} // namespace headgate::cli
