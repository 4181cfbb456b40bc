// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QTemporaryDir>
#include <string>

namespace headgate::fakes {

/// A throw-away sshd on a port of loopback, for the user who runs the test, and an `ssh` in front
/// of PATH that knows nothing but the test's own configuration: its key, and its list of known
/// hosts. Throws std::runtime_error where one cannot be made.
class SshServer
{
public:
    SshServer();
    ~SshServer();
    SshServer(const SshServer&) = delete;
    SshServer& operator=(const SshServer&) = delete;

    [[nodiscard]] int port() const { return m_port; }
    void becomeUnknown();
    /// Puts the server's key on the list of known hosts.
    void becomeKnown();
    /// Puts somebody else's key there, under this server's name.
    void becomeKnownWithAnotherKey();
    [[nodiscard]] std::string keyFile() const { return path("user"); }
    /// A key that the server does not accept.
    [[nodiscard]] std::string strangersKeyFile() const { return path("stranger"); }
    /// Ends the ssh that a tunnel started last.
    void killClient() const;

private:
    [[nodiscard]] std::string path(const char* name) const;
    void write(const char* name, const std::string& text) const;
    [[nodiscard]] std::string read(const char* name) const;
    void makeKey(const char* name) const;
    void start();
    void know(const char* key) const;

    QTemporaryDir m_folder;
    QProcess m_process;
    QByteArray m_oldPath;
    int m_port = 0;
};

} // namespace headgate::fakes
