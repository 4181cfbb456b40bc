// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <memory>

namespace headgate::ui {

enum class ColorScheme
{
    Light,
    Dark
};

enum class ColorSchemeChoice
{
    System,
    Light,
    Dark
};

/// What the desktop asks for. Light until it is known, and where nobody says.
class SystemColorScheme : public QObject
{
    Q_OBJECT

public:
    [[nodiscard]] ColorScheme current() const { return m_current; }
    /// Qt 6.5's own where Qt is that new; else the desktop portal's; else none.
    [[nodiscard]] static std::unique_ptr<SystemColorScheme> ofThisSystem();

Q_SIGNALS:
    void changed();

protected:
    void setCurrent(ColorScheme scheme);

private:
    ColorScheme m_current = ColorScheme::Light;
};

} // namespace headgate::ui
