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

void SecretKeeping::lookFor(const std::map<std::string, std::string>& references)
{
    std::erase_if(m_lookedFor, [&](const auto& asked) {
        const auto now = references.find(asked.first);
        return now == references.end() || now->second != asked.second;
    });
    for (const auto& [field, reference] : references)
        if (m_lookedFor.emplace(field, reference).second)
            look(field, reference);
}

void SecretKeeping::look(const std::string& field, const std::string& reference)
{
    m_session.askKeychain(
        this,
        [reference](service::Workspace& workspace, const StopToken&) {
            return workspace.isSecretKept(reference);
        },
        [this, field, reference](Result<bool> isKept) {
            if (isKept)
                Q_EMIT found(field, reference, *isKept);
            else
                m_lookedFor.erase(field);
        });
}

} // namespace headgate::ui
