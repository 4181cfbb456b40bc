// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/ssh_tunnel.h"

#include "base/redaction.h"
#include "base/text.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QTcpServer>
#include <algorithm>
#include <array>
#include <sstream>

namespace headgate::warehouse {

namespace {

constexpr int pollMs = 50;
constexpr int portAttempts = 3;
constexpr int endMs = 3000;

constexpr std::array neededVariables = {
    // What it is for: the user's folder, agent and tickets; names of programs; its language.
    "HOME", "USER", "LOGNAME", "PATH", "SHELL", "SSH_AUTH_SOCK", "SSH_AGENT_PID", "KRB5CCNAME",
    "KRB5_CONFIG", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE",
    "LC_MESSAGES",
    // Windows starts no program without these.
    "SystemRoot", "SystemDrive", "windir", "ComSpec", "PATHEXT", "TEMP", "TMP", "USERNAME",
    "USERDOMAIN", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "ProgramData",
    "ProgramFiles"};

Result<void> checkTunnelName(const std::string& text, const QString& what)
{
    const bool control = std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    });
    if (control || text.starts_with('-'))
        return fail(ErrorKind::Config, "source.tunnel.options",
                    Text::tr("%1 of the SSH tunnel must not begin with a dash or hold spaces: "
                             "'%2'. Correct it.")
                        .arg(what, toQString(text)));
    return {};
}

/// The system picks a port that is free at this moment; ssh may still lose the race for it.
int freeLoopbackPort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

/// What ssh says besides its progress.
std::string withoutProgress(const std::string& said)
{
    std::istringstream lines(said);
    std::string kept;
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("debug1:") && !line.starts_with("OpenSSH_"))
            kept += line + '\n';
    return kept;
}

QString sshHostText(const SshTunnelOptions& options)
{
    return toQString(options.user.empty() ? options.host : options.user + '@' + options.host);
}

} // namespace

QStringList SshTunnel::arguments(const SshTunnelOptions& options, int localPort)
{
    const auto option = [](const char* text) {
        return QStringList{QStringLiteral("-o"), QString::fromLatin1(text)};
    };
    QStringList list = {QStringLiteral("-N"), QStringLiteral("-T"), QStringLiteral("-x"),
                        QStringLiteral("-a")};
    list << option("BatchMode=yes") << option("StrictHostKeyChecking=yes")
         << option("ExitOnForwardFailure=yes") << option("ControlMaster=no")
         << option("ControlPath=none") << option("ClearAllForwardings=no")
         << option("PermitLocalCommand=no") << option("GatewayPorts=no")
         << option("LogLevel=DEBUG1") << option("ServerAliveInterval=15")
         << option("ServerAliveCountMax=3");
    list << QStringLiteral("-o")
         << QStringLiteral("ConnectTimeout=%1").arg(options.connectTimeout.count());
    const std::string target = options.targetHost.find(':') == std::string::npos
                                   ? options.targetHost
                                   : '[' + options.targetHost + ']';
    list << QStringLiteral("-L")
         << QStringLiteral("127.0.0.1:%1:%2:%3")
                .arg(QString::number(localPort), toQString(target),
                     QString::number(options.targetPort));
    if (options.port != 0)
        list << QStringLiteral("-p") << QString::number(options.port);
    if (!options.user.empty())
        list << QStringLiteral("-l") << toQString(options.user);
    if (!options.keyFile.empty())
        list << QStringLiteral("-i") << toQString(options.keyFile) << option("IdentitiesOnly=yes");
    list << QStringLiteral("--") << toQString(options.host);
    return list;
}

QProcessEnvironment SshTunnel::environment(const QProcessEnvironment& ours)
{
    QProcessEnvironment theirs;
    for (const char* const name : neededVariables) {
        const QString variable = QString::fromLatin1(name);
        if (ours.contains(variable))
            theirs.insert(variable, ours.value(variable));
    }
    return theirs;
}

Result<std::unique_ptr<SshTunnel>> SshTunnel::open(const SshTunnelOptions& options,
                                                   const StopToken& stop)
{
    HEADGATE_TRY(checkTunnelName(options.host, Text::tr("The host")));
    HEADGATE_TRY(checkTunnelName(options.user, Text::tr("The user")));
    HEADGATE_TRY(checkTunnelName(options.targetHost, Text::tr("The database's host")));
    Result<void> started;
    for (int attempt = 0; attempt < portAttempts; ++attempt) {
        const int port = freeLoopbackPort();
        if (port == 0)
            return fail(ErrorKind::Source, "source.tunnel.failed",
                        Text::tr("This machine has no free local port for an SSH tunnel."));
        std::unique_ptr<SshTunnel> tunnel(new SshTunnel(options, port));
        started = tunnel->start(stop);
        if (started)
            return tunnel;
        if (started.error().code != "source.tunnel.port")
            break;
    }
    return propagate(std::move(started));
}

SshTunnel::SshTunnel(const SshTunnelOptions& options, int localPort)
    : m_options(options), m_localPort(localPort), m_process(std::make_unique<QProcess>())
{}

SshTunnel::~SshTunnel()
{
    if (m_process->state() == QProcess::NotRunning)
        return;
    m_process->terminate();
    if (!m_process->waitForFinished(endMs)) {
        m_process->kill();
        m_process->waitForFinished(endMs);
    }
}

Result<void> SshTunnel::start(const StopToken& stop)
{
    const QString program = QStandardPaths::findExecutable(toQString(m_options.program));
    if (program.isEmpty())
        return fail(ErrorKind::Source, "source.tunnel.missing",
                    Text::tr("The program '%1' was not found. An SSH tunnel needs OpenSSH: install "
                             "it, or connect without a tunnel.")
                        .arg(toQString(m_options.program)));
    m_process->setProcessEnvironment(environment(QProcessEnvironment::systemEnvironment()));
    m_process->setStandardInputFile(QProcess::nullDevice());
    m_process->setStandardOutputFile(QProcess::nullDevice());
    m_process->start(program, arguments(m_options, m_localPort));
    m_process->setReadChannel(QProcess::StandardError);
    // Its own word, not an open port: that could be anybody's. The first one comes before the port
    // is open, the second one only when everything is.
    const std::string listening =
        "Local forwarding listening on 127.0.0.1 port " + std::to_string(m_localPort) + '.';
    const std::string ready = "Entering interactive session.";
    QElapsedTimer elapsed;
    elapsed.start();
    const auto limit = Milliseconds(m_options.connectTimeout).count() + endMs;
    while (elapsed.elapsed() < limit) {
        if (stop.stopRequested())
            return fail(ErrorKind::Cancelled, "cancelled",
                        Text::tr("Connecting to %1 was cancelled.").arg(sshHostText(m_options)));
        if (m_process->state() == QProcess::NotRunning)
            return endedEarly();
        (void)m_process->waitForReadyRead(pollMs);
        listen();
        if (const std::size_t at = m_said.find(listening);
            at != std::string::npos && m_said.find(ready, at) != std::string::npos)
            return {};
    }
    return fail(ErrorKind::Source, "source.tunnel.timeout",
                Text::tr("The SSH host %1 did not answer in time. Check its name, and whether a "
                         "firewall or a VPN stands in between.")
                    .arg(sshHostText(m_options)),
                words());
}

void SshTunnel::listen()
{
    const QByteArray said = m_process->readAllStandardError();
    m_said.append(said.constData(), static_cast<std::size_t>(said.size()));
}

QString SshTunnel::words() const
{
    return toQString(Redaction::redact(withoutProgress(m_said)));
}

Failure SshTunnel::endedEarly()
{
    listen();
    const std::string said = withoutProgress(m_said);
    const auto says = [&](const char* text) { return said.find(text) != std::string::npos; };
    const QString host = sshHostText(m_options);
    if (says("Host key verification failed") || says("host key is known"))
        return fail(ErrorKind::Source, "source.tunnel.hostkey",
                    Text::tr("The SSH host %1 is not in the list of known hosts, or its key has "
                             "changed. Connect once with ssh in a terminal and check the key.")
                        .arg(host),
                    words());
    if (says("Permission denied") || says("Too many authentication failures"))
        return fail(ErrorKind::Source, "source.tunnel.auth",
                    Text::tr("The SSH host %1 does not accept the key. Add the key to the agent "
                             "(ssh-add), or name the right key file and user.")
                        .arg(host),
                    words());
    const char* code = says("cannot listen") || says("Address already in use")
                           ? "source.tunnel.port"
                           : "source.tunnel.failed";
    return fail(ErrorKind::Source, code,
                Text::tr("The SSH tunnel through %1 could not be opened. Try the same host with "
                         "ssh in a terminal.")
                    .arg(host),
                words());
}

Result<void> SshTunnel::check(Milliseconds patience)
{
    if (m_process->state() != QProcess::NotRunning &&
        !m_process->waitForFinished(static_cast<int>(patience.count())))
        return {};
    listen();
    return fail(ErrorKind::Source, "source.tunnel.lost",
                Text::tr("The SSH tunnel through %1 broke. Check the network and run again.")
                    .arg(sshHostText(m_options)),
                words());
}

} // namespace headgate::warehouse
