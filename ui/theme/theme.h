// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/color_scheme.h"

namespace headgate::ui {

/// Dresses the application: style, fonts, palette. One per program, made by main() after the
/// QApplication. Painted widgets need not know it, see tokens().
class Theme final : public QObject
{
    Q_OBJECT

public:
    /// `system` null: light until a choice says otherwise.
    explicit Theme(std::unique_ptr<SystemColorScheme> system,
                   ColorSchemeChoice choice = ColorSchemeChoice::System);

    [[nodiscard]] ColorSchemeChoice choice() const { return m_choice; }
    [[nodiscard]] ColorScheme scheme() const { return m_scheme; }
    void setChoice(ColorSchemeChoice choice);

Q_SIGNALS:
    /// After the palette was changed. For what keeps colours of its own: QScintilla, charts.
    void schemeChanged(headgate::ui::ColorScheme scheme);

private:
    [[nodiscard]] ColorScheme wanted() const;
    void follow();
    void apply();

    std::unique_ptr<SystemColorScheme> m_system;
    ColorSchemeChoice m_choice;
    ColorScheme m_scheme = ColorScheme::Light;
};

} // namespace headgate::ui
