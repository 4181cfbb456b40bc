// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/sync_troubles.h"

#include <QWidget>

namespace headgate::ui {

/// A plan that a gate stopped: which limit, the figures against it, some of its records, and the
/// question.
class GateSection final : public QWidget
{
    Q_OBJECT

public:
    GateSection(const service::StoppedPlan& plan, WallTime now, QWidget* parent = nullptr);

Q_SIGNALS:
    void planWanted();
    void runWanted();
    void discardWanted();
};

} // namespace headgate::ui
