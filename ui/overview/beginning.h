// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/page.h"

#include "project/project.h"

#include <array>

namespace headgate::ui {

class Card;

/// What a project without a sync shows: the four things that a first sync is made of, in order, and
/// which of them are there.
class Beginning final : public QWidget
{
    Q_OBJECT

public:
    explicit Beginning(QWidget* parent = nullptr);

    /// Saved or not.
    void setProject(const project::Project& project);

Q_SIGNALS:
    void newWanted(headgate::ui::PageKind kind);
    /// Of a step that was done.
    void pageWanted(const headgate::ui::PageId& id);

private:
    struct Step
    {
        Card* card = nullptr;
        PageId made; ///< what the step made; without a slug: nothing yet
    };

    std::array<Step, 4> m_steps;
};

} // namespace headgate::ui
