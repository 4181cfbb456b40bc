// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>
#include <array>

class QPushButton;

namespace headgate::ui {

/// What a newcomer does with the sample.
enum class FirstStep
{
    Rows,  ///< look at the rows
    Group, ///< group them into a list
    Json,  ///< see what will be sent
    Send   ///< send one
};
inline constexpr std::array firstSteps{FirstStep::Rows, FirstStep::Group, FirstStep::Json,
                                       FirstStep::Send};

/// A strip of the first steps with the sample: each is ticked once it was done, and leads there.
class FirstSteps final : public QWidget
{
    Q_OBJECT

public:
    explicit FirstSteps(QWidget* parent = nullptr);

    /// A step that was done stays done.
    void setDone(FirstStep step);
    [[nodiscard]] bool isDone(FirstStep step) const;

Q_SIGNALS:
    void stepWanted(headgate::ui::FirstStep step);
    void dismissed();

private:
    void show(FirstStep step);

    std::array<QPushButton*, firstSteps.size()> m_buttons{};
    std::array<bool, firstSteps.size()> m_done{};
};

} // namespace headgate::ui
