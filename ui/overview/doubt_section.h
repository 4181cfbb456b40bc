// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

#include <QWidget>

namespace headgate::ui {

/// Records that were sent and have no usable answer: what went when, why it is not known, some of
/// them, and the question.
class DoubtSection final : public QWidget
{
    Q_OBJECT

public:
    DoubtSection(const service::DoubtGroup& group, WallTime now, QWidget* parent = nullptr);

Q_SIGNALS:
    void decided(const headgate::service::DoubtGroup& group,
                 headgate::service::Resolution resolution);
    void recordWanted(const headgate::service::FailedRecord& record);
};

} // namespace headgate::ui
