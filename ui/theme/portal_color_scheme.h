// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/color_scheme.h"

#include <QDBusConnection>
#include <QDBusVariant>
#include <optional>

class QDBusPendingCallWatcher;

namespace headgate::ui {

/// org.freedesktop.appearance color-scheme of the desktop portal's Settings: 1 prefers dark,
/// 2 prefers light, 0 and anything else prefer nothing. Asks without waiting: until the answer
/// comes, and where no portal answers, it is light.
class PortalColorScheme final : public SystemColorScheme
{
    Q_OBJECT

public:
    explicit PortalColorScheme(const QDBusConnection& bus);

    /// True once the portal has answered, or said that it will not.
    [[nodiscard]] bool answered() const { return m_answered; }
    /// Read() wraps the value into one variant more than it should; some portals into none.
    [[nodiscard]] static std::optional<ColorScheme> schemeOf(const QVariant& value);

private Q_SLOTS:
    void takeChange(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void takeAnswer(QDBusPendingCallWatcher* call);

    bool m_answered = false;
};

} // namespace headgate::ui
