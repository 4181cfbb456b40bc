// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "run/run_report.h"
#include "run/sync_run.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace headgate::ui {

class Verdict;

/// What a run is doing: "Sending: 4,000 of 10,000", "1,200 a second, about 5 seconds left".
struct ProgressText
{
    QString phase;
    QString pace;      ///< empty while it cannot be told
    int perMille = -1; ///< negative: how much there is to do is not known
};

/// `elapsed`: since the phase began.
[[nodiscard]] ProgressText progressText(const run::RunProgress& progress, Milliseconds elapsed);

/// The run of a sync at the foot of its page: how far it is, then how it ended.
class RunStrip final : public QWidget
{
    Q_OBJECT

public:
    explicit RunStrip(QWidget* parent = nullptr);

    void showRunning(const run::RunProgress& progress, Milliseconds elapsed);
    void showReport(const run::RunReport& report);

Q_SIGNALS:
    void cancelWanted();
    void detailsWanted();

private:
    QWidget* m_going;
    QLabel* m_phase;
    QLabel* m_pace;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    Verdict* m_verdict;
    QPlainTextEdit* m_report;
};

} // namespace headgate::ui
