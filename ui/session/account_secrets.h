// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "secrets/secret_ref.h"

#include <QObject>
#include <map>

namespace headgate::ui {

class MessageStrip;
class ProjectSession;
class SecretKeeping;
class SettingsForm;

/// Takes the secrets that are typed into a form to where people want them kept, and shows what
/// became of them: in the form, and where one was refused, with the ways out, in the message strip.
class AccountSecrets final : public QObject
{
    Q_OBJECT

public:
    /// `owner`: see SecretKeeping::ownerOf(). The form and the strip outlive this.
    AccountSecrets(ProjectSession& session, SettingsForm& form, MessageStrip& message,
                   std::string owner, QObject* parent);

    /// As they are in the definition, by field; says of each whether it is on this machine.
    void setReferences(const std::map<std::string, std::string>& references);
    /// Hands over what is typed and not kept yet. True: keptAll() follows, unless one is refused.
    [[nodiscard]] bool handOver();
    void keepForSession(const std::string& field, const QString& secret);

Q_SIGNALS:
    /// The field's secret is there now; empty: it has none any more.
    void referred(const std::string& field, const std::string& reference);
    void keptAll();
    /// People are to type there.
    void inputWanted(const std::string& field);

private:
    void onVariableNamed(const std::string& field, const QString& name);
    void onKept(const std::string& field, const std::string& reference);
    void onRefused(const std::string& field, const headgate::Error& error, const QString& secret);

    SettingsForm& m_form;
    MessageStrip& m_message;
    std::string m_owner;
    SecretKeeping* m_keeping;
    bool m_awaited = false; ///< keptAll() is
};

} // namespace headgate::ui
