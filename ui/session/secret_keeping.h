// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "secrets/secret_ref.h"

#include <QObject>
#include <map>
#include <set>

namespace headgate::ui {

class ProjectSession;

/// Puts what people type into the keychain or this session's memory, on another thread. Documents
/// hold references only.
class SecretKeeping final : public QObject
{
    Q_OBJECT

public:
    explicit SecretKeeping(ProjectSession& session, QObject* parent = nullptr);

    /// `owner` tells the secret from those of other definitions, of other projects too.
    void keep(const std::string& owner, const std::string& field, secrets::SecretPlace place,
              const QString& secret);
    /// Of all fields: asks for each new reference whether it is kept on this machine; see found().
    void lookFor(const std::map<std::string, std::string>& references);
    [[nodiscard]] bool isBusy() const { return !m_pending.empty(); }
    /// The name of a field's secret: "shop-abcdefghijklmnop/password".
    [[nodiscard]] static std::string ownerOf(const std::string& slug, const std::string& id);

Q_SIGNALS:
    void kept(const std::string& field, const std::string& reference);
    /// Not said where it cannot be told; a test of the connection says why.
    void found(const std::string& field, const std::string& reference, bool isKept);
    /// `secret` was not kept anywhere.
    void refused(const std::string& field, const headgate::Error& error, const QString& secret);

private:
    void look(const std::string& field, const std::string& reference);

    ProjectSession& m_session;
    std::multiset<std::string> m_pending;
    std::map<std::string, std::string> m_lookedFor; ///< by field; asked, and not failed
};

} // namespace headgate::ui
