// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"

#include "theme/fonts.h"
#include "theme/headgate_style.h"
#include "theme/tokens.h"

#include <QApplication>
#include <QToolTip>

namespace headgate::ui {

Theme::Theme(std::unique_ptr<SystemColorScheme> system, ColorSchemeChoice choice)
    : m_system(std::move(system)), m_choice(choice)
{
    QApplication::setStyle(new HeadgateStyle);
    QApplication::setFont(bodyFont());
    if (m_system)
        connect(m_system.get(), &SystemColorScheme::changed, this, &Theme::follow);
    m_scheme = wanted();
    apply();
}

void Theme::setChoice(ColorSchemeChoice choice)
{
    m_choice = choice;
    follow();
}

ColorScheme Theme::wanted() const
{
    switch (m_choice) {
    case ColorSchemeChoice::System:
        return m_system ? m_system->current() : ColorScheme::Light;
    case ColorSchemeChoice::Light:
        return ColorScheme::Light;
    case ColorSchemeChoice::Dark:
        return ColorScheme::Dark;
    }
    return ColorScheme::Light;
}

void Theme::follow()
{
    const ColorScheme scheme = wanted();
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    apply();
    Q_EMIT schemeChanged(scheme);
}

void Theme::apply()
{
    const Tokens& tokens = m_scheme == ColorScheme::Dark ? darkTokens() : lightTokens();
    const QPalette palette = paletteOf(tokens);
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

} // namespace headgate::ui
