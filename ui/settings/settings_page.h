// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/network_settings.h"
#include "session/page.h"
#include "settings/shortcut_table.h"
#include "theme/color_scheme.h"

class QLineEdit;
class QVBoxLayout;

namespace headgate::ui {

class MessageStrip;
class ProjectSession;
class Spinner;

/// Appearance, keys, the network, the keychain and how long runs are kept.
class SettingsPage final : public Page
{
    Q_OBJECT

public:
    /// `actions`: see ShortcutTable.
    SettingsPage(ProjectSession& session, ColorSchemeChoice colors,
                 std::vector<RemappableAction> actions, QWidget* parent = nullptr);

    [[nodiscard]] QString title() const override;

Q_SIGNALS:
    void colorsWanted(headgate::ui::ColorSchemeChoice choice);
    void remapped(const QString& name, const QList<QKeySequence>& keys, bool isDefault);

private:
    void addAppearance(QVBoxLayout* column, ColorSchemeChoice colors);
    void addNetwork(QVBoxLayout* column);
    void addKeychain(QVBoxLayout* column);
    void addRetention(QVBoxLayout* column);
    void loadNetwork();
    void saveNetwork();
    void chooseCertificates();
    void testKeychain();

    ProjectSession& m_session;
    MessageStrip* m_networkMessage = nullptr;
    QLineEdit* m_proxy = nullptr;
    QLineEdit* m_certificates = nullptr;
    MessageStrip* m_keychainMessage = nullptr;
    Spinner* m_keychainBusy = nullptr;
};

} // namespace headgate::ui
