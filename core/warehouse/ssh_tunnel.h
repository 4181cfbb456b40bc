// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/stop_token.h"

#include <QStringList>
#include <memory>
#include <string>

class QProcess;
class QProcessEnvironment;

namespace headgate::warehouse {

struct SshTunnelOptions
{
    std::string host;
    int port = 0;           ///< 0: as ssh is configured
    std::string user;       ///< empty: as ssh is configured
    std::string keyFile;    ///< empty: as ssh is configured
    std::string targetHost; ///< as the SSH host sees it
    int targetPort = 0;
    std::chrono::seconds connectTimeout{15};
    std::string program = "ssh"; ///< found on PATH
};

/// A port of this machine's loopback that the system's ssh forwards to a database behind an SSH
/// host. The user's own configuration, agent and known hosts count; an unknown or changed host key
/// is refused, nothing is ever asked, no shell is involved. Ends with the object. Belongs to the
/// thread that opened it.
class SshTunnel
{
public:
    /// Error: Source "source.tunnel.missing" (no ssh), ".auth", ".hostkey", ".timeout", ".failed";
    /// Config "source.tunnel.options"; Cancelled.
    [[nodiscard]] static Result<std::unique_ptr<SshTunnel>> open(const SshTunnelOptions& options,
                                                                 const StopToken& stop);
    ~SshTunnel();
    SshTunnel(const SshTunnel&) = delete;
    SshTunnel& operator=(const SshTunnel&) = delete;

    [[nodiscard]] int localPort() const { return m_localPort; }
    /// Error: Source "source.tunnel.lost" once ssh has ended, at the latest after `patience`: its
    /// connections break before it does.
    [[nodiscard]] Result<void> check(Milliseconds patience = {});

    /// What ssh is started with; for tests and for people.
    [[nodiscard]] static QStringList arguments(const SshTunnelOptions& options, int localPort);
    /// What ssh needs of our environment to find the user's configuration and agent, and nothing
    /// else: secrets given by environment variables are not for it.
    [[nodiscard]] static QProcessEnvironment environment(const QProcessEnvironment& ours);

private:
    SshTunnel(const SshTunnelOptions& options, int localPort);
    [[nodiscard]] Result<void> start(const StopToken& stop);
    [[nodiscard]] Failure endedEarly();
    void listen();
    [[nodiscard]] QString words() const;

    SshTunnelOptions m_options;
    int m_localPort = 0;
    std::unique_ptr<QProcess> m_process;
    std::string m_said;
};

} // namespace headgate::warehouse
