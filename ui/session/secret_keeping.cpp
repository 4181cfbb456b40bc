// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/secret_keeping.h"

#include "session/project_session.h"

namespace headgate::ui {

SecretKeeping::SecretKeeping(ProjectSession& session, QObject* parent)
    : QObject(parent), m_session(session)
{}

std::string SecretKeeping::ownerOf(const std::string& slug, const std::string& id)
{
    return slug + '-' + id;
}

void SecretKeeping::keep(const std::string& owner, const std::string& field,
                         secrets::SecretPlace place, const QString& secret)
{
    const std::string reference = secrets::SecretRef{place, owner + '/' + field}.text();
    m_pending.insert(field);
    m_session.askKeychain(
        this,
        [reference, value = secret.toStdString()](service::Workspace& workspace, const StopToken&) {
            return workspace.keepSecret(reference, secrets::Secret(value));
        },
        [this, field, reference, secret](Result<void> result) {
            m_pending.erase(m_pending.find(field));
            if (result)
                Q_EMIT kept(field, reference);
            else
                Q_EMIT refused(field, result.error(), secret);
        });
}

void SecretKeeping::lookFor(const std::string& field, const std::string& reference)
{
    if (std::exchange(m_lookedFor[field], reference) == reference)
        return;
    m_session.askKeychain(
        this,
        [reference](service::Workspace& workspace, const StopToken&) {
            return workspace.isSecretKept(reference);
        },
        [this, field, reference](Result<bool> isKept) {
            if (isKept)
                Q_EMIT found(field, reference, *isKept);
        });
}

} // namespace headgate::ui
