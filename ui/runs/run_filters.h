// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "project/project.h"
#include "state/state_store.h"

#include <QWidget>

class QComboBox;

namespace headgate::ui {

class SearchField;

/// Which runs are shown: of which sync, how they ended, of what kind, since when, and a text.
class RunFilters final : public QWidget
{
    Q_OBJECT

public:
    explicit RunFilters(QWidget* parent = nullptr);

    void setSyncs(const std::vector<project::SyncDefinition>& syncs);
    /// By slug; empty: all. Says changed() if that is another.
    void setSync(const std::string& slug);
    /// As Workspace::findRuns() takes it.
    [[nodiscard]] state::RunFilter filter(WallTime now) const;
    [[nodiscard]] bool isEmpty() const;
    void clear();

Q_SIGNALS:
    void changed();

private:
    QComboBox* m_sync;
    QComboBox* m_state;
    QComboBox* m_kind;
    QComboBox* m_period;
    SearchField* m_text;
};

} // namespace headgate::ui
