// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/account_secrets.h"

#include "session/secret_keeping.h"
#include "widgets/message_strip.h"
#include "widgets/secret_input.h"
#include "widgets/settings_form.h"

#include <QPushButton>
#include <utility>

namespace headgate::ui {

AccountSecrets::AccountSecrets(ProjectSession& session, SettingsForm& form, MessageStrip& message,
                               std::string owner, QObject* parent)
    : QObject(parent), m_form(form), m_message(message), m_owner(std::move(owner)),
      m_keeping(new SecretKeeping(session, this))
{
    connect(&m_form, &SettingsForm::secretEntered, this,
            [this](const std::string& field, secrets::SecretPlace place, const QString& text) {
                m_keeping->keep(m_owner, field, place, text);
                m_form.secretInput(field)->showWaiting();
            });
    connect(&m_form, &SettingsForm::variableNamed, this, &AccountSecrets::onVariableNamed);
    connect(&m_form, &SettingsForm::secretRemoved, this,
            [this](const std::string& field) { Q_EMIT referred(field, {}); });
    connect(m_keeping, &SecretKeeping::kept, this, &AccountSecrets::onKept);
    connect(m_keeping, &SecretKeeping::found, this,
            [this](const std::string& field, const std::string& reference, bool isKept) {
                m_form.secretInput(field)->setKept(reference, isKept);
            });
    connect(m_keeping, &SecretKeeping::refused, this, &AccountSecrets::onRefused);
}

void AccountSecrets::setReferences(const std::map<std::string, std::string>& references)
{
    m_form.setReferences(references);
    m_keeping->lookFor(references);
}

bool AccountSecrets::handOver()
{
    m_awaited = m_form.commitSecrets() || m_keeping->isBusy();
    return m_awaited;
}

void AccountSecrets::keepForSession(const std::string& field, const QString& secret)
{
    m_keeping->keep(m_owner, field, secrets::SecretPlace::Session, secret);
}

void AccountSecrets::onVariableNamed(const std::string& field, const QString& name)
{
    const std::string reference = "env:" + name.toStdString();
    if (secrets::SecretRef::parse(reference))
        Q_EMIT referred(field, reference);
    else
        m_form.setProblems({{field, tr("The name of a variable has letters, digits and _ only.")}});
}

void AccountSecrets::onKept(const std::string& field, const std::string& reference)
{
    Q_EMIT referred(field, reference);
    m_form.secretInput(field)->showKept(reference);
    if (m_awaited && !m_keeping->isBusy()) {
        m_awaited = false;
        Q_EMIT keptAll();
    }
}

void AccountSecrets::onRefused(const std::string& field, const Error& error, const QString& secret)
{
    m_awaited = false;
    m_form.secretInput(field)->showRefused();
    m_message.showMessage(messageOf(error));
    connect(m_message.addButton(tr("Keep it for this session only")), &QPushButton::clicked, this,
            [this, field, secret] {
                m_message.clear();
                keepForSession(field, secret);
            });
    connect(m_message.addButton(tr("Name a variable instead")), &QPushButton::clicked, this,
            [this, field] {
                m_message.clear();
                m_form.secretInput(field)->setPlace(secrets::SecretPlace::Environment);
                Q_EMIT inputWanted(field);
            });
}

} // namespace headgate::ui
