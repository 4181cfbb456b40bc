// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <string>

namespace headgate::fakes {

/// A throw-away certificate authority in a temporary folder, made by the openssl command when it is
/// constructed. Throws std::runtime_error with the command's words where that fails.
class TestAuthority
{
public:
    TestAuthority();

    struct Certificate
    {
        std::string file; ///< PEM
        std::string keyFile;
    };

    /// The authority's own certificate, PEM.
    [[nodiscard]] std::string caFile() const { return path("ca.pem"); }
    /// Signed for localhost and 127.0.0.1 from `from` to `to`, each "YYYYMMDDHHMMSSZ".
    [[nodiscard]] Certificate issue(const std::string& name, const std::string& from,
                                    const std::string& to,
                                    const std::string& hosts = "DNS:localhost,IP:127.0.0.1");
    /// Good from yesterday's point of view and for long.
    [[nodiscard]] Certificate issueValid(const std::string& name,
                                         const std::string& hosts = "DNS:localhost,IP:127.0.0.1");
    /// Signed by itself.
    [[nodiscard]] Certificate selfSigned(const std::string& name);

private:
    [[nodiscard]] std::string path(const std::string& name) const;
    void writeConfig(const std::string& hosts) const;
    void run(const QStringList& arguments) const;

    QTemporaryDir m_folder;
};

} // namespace headgate::fakes
