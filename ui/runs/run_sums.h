// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/state_store.h"
#include "theme/tokens.h"

#include <QWidget>
#include <map>
#include <vector>

class QLabel;

namespace headgate::ui {

/// One of a run's two equations: "Read 60 = 12 added + 48 unchanged".
struct RunSum
{
    struct Part
    {
        QString text; ///< "12 added"
        Tone tone = Tone::Neutral;
        std::uint64_t count = 0;
        bool strong = false; ///< it is sent
    };
    QString text;
    std::uint64_t whole = 0;
    std::vector<Part> parts; ///< those that are not 0
};

/// Of the records that were read.
[[nodiscard]] RunSum readSum(const std::map<std::string, std::uint64_t>& counts);
/// Of those that were to be sent. Nothing where nothing was: a gate, a dry run, no change.
[[nodiscard]] RunSum sentSum(const std::map<std::string, std::uint64_t>& counts,
                             state::RunState state);
/// "Plan 1.2 s, deliver 3.4 s"
[[nodiscard]] QString durationsText(const state::RunRow& run);

/// Both equations of a run, each over a bar of its parts.
class RunSums final : public QWidget
{
    Q_OBJECT

public:
    explicit RunSums(QWidget* parent = nullptr);

    void setRun(const state::RunRow& run);

private:
    class Bar;

    QLabel* m_read;
    QLabel* m_sent;
    Bar* m_readBar;
    Bar* m_sentBar;
    QLabel* m_durations;
    QLabel* m_problem;
};

} // namespace headgate::ui
