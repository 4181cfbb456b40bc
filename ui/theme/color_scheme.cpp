// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/color_scheme.h"

#ifdef HEADGATE_DBUS
#include "theme/portal_color_scheme.h"
#endif

#include <QGuiApplication>
#include <QStyleHints>

namespace headgate::ui {

void SystemColorScheme::setCurrent(ColorScheme scheme)
{
    if (scheme == m_current)
        return;
    m_current = scheme;
    Q_EMIT changed();
}

#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)

namespace {

class HintedColorScheme final : public SystemColorScheme
{
public:
    HintedColorScheme()
    {
        const QStyleHints* hints = QGuiApplication::styleHints();
        connect(hints, &QStyleHints::colorSchemeChanged, this, &HintedColorScheme::take);
        take(hints->colorScheme());
    }

private:
    void take(Qt::ColorScheme scheme)
    {
        setCurrent(scheme == Qt::ColorScheme::Dark ? ColorScheme::Dark : ColorScheme::Light);
    }
};

} // namespace

std::unique_ptr<SystemColorScheme> SystemColorScheme::ofThisSystem()
{
    return std::make_unique<HintedColorScheme>();
}

#elif defined(HEADGATE_DBUS)

std::unique_ptr<SystemColorScheme> SystemColorScheme::ofThisSystem()
{
    return std::make_unique<PortalColorScheme>(QDBusConnection::sessionBus());
}

#else

std::unique_ptr<SystemColorScheme> SystemColorScheme::ofThisSystem()
{
    return std::make_unique<SystemColorScheme>();
}

#endif

} // namespace headgate::ui
