// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/failure_groups.h"

#include <QWidget>

namespace headgate::ui {

/// Records of a sync that did not arrive, grouped by why: how many, the destination's words, three
/// of them, and what can be done.
class FailureSection final : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::size_t mostGroups = 6;

    explicit FailureSection(const std::vector<service::FailureGroup>& groups,
                            QWidget* parent = nullptr);

Q_SIGNALS:
    void recordWanted(const headgate::service::FailedRecord& record);
    void fieldWanted(const std::string& path);
    void retryWanted(const headgate::service::FailureGroup& group);

private:
    [[nodiscard]] QWidget* makeGroup(const service::FailureGroup& group);
};

} // namespace headgate::ui
