// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/test_authority.h"

#include <QFile>
#include <QProcess>
#include <stdexcept>

namespace headgate::fakes {

namespace {

constexpr int opensslMilliseconds = 60'000;

void writeTestFile(const std::string& path, const std::string& text)
{
    QFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) ||
        file.write(text.data(), static_cast<qint64>(text.size())) !=
            static_cast<qint64>(text.size()))
        throw std::runtime_error("cannot write " + path);
}

} // namespace

TestAuthority::TestAuthority()
{
    if (!m_folder.isValid())
        throw std::runtime_error("no temporary folder");
    writeConfig("DNS:localhost");
    writeTestFile(path("index"), {});
    writeTestFile(path("serial"), "1000\n");
    run({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
         QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
         QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
         QStringLiteral("-days"), QStringLiteral("3650"), QStringLiteral("-subj"),
         QStringLiteral("/CN=Headgate test authority"), QStringLiteral("-extensions"),
         QStringLiteral("authority"), QStringLiteral("-keyout"), QStringLiteral("ca.key"),
         QStringLiteral("-out"), QStringLiteral("ca.pem")});
}

TestAuthority::Certificate TestAuthority::issue(const std::string& name, const std::string& from,
                                                const std::string& to, const std::string& hosts)
{
    const QString base = QString::fromStdString(name);
    writeConfig(hosts);
    run({QStringLiteral("req"), QStringLiteral("-new"), QStringLiteral("-newkey"),
         QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
         QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
         QStringLiteral("-subj"), QStringLiteral("/CN=") + base, QStringLiteral("-keyout"),
         base + QStringLiteral(".key"), QStringLiteral("-out"), base + QStringLiteral(".csr")});
    run({QStringLiteral("ca"), QStringLiteral("-batch"), QStringLiteral("-notext"),
         QStringLiteral("-startdate"), QString::fromStdString(from), QStringLiteral("-enddate"),
         QString::fromStdString(to), QStringLiteral("-extensions"), QStringLiteral("server"),
         QStringLiteral("-in"), base + QStringLiteral(".csr"), QStringLiteral("-out"),
         base + QStringLiteral(".pem")});
    return {path(name + ".pem"), path(name + ".key")};
}

TestAuthority::Certificate TestAuthority::issueValid(const std::string& name,
                                                     const std::string& hosts)
{
    return issue(name, "20200101000000Z", "20491231235959Z", hosts);
}

TestAuthority::Certificate TestAuthority::selfSigned(const std::string& name)
{
    const QString base = QString::fromStdString(name);
    writeConfig("DNS:localhost,IP:127.0.0.1");
    run({QStringLiteral("req"), QStringLiteral("-x509"), QStringLiteral("-newkey"),
         QStringLiteral("ec"), QStringLiteral("-pkeyopt"),
         QStringLiteral("ec_paramgen_curve:prime256v1"), QStringLiteral("-nodes"),
         QStringLiteral("-days"), QStringLiteral("3650"), QStringLiteral("-subj"),
         QStringLiteral("/CN=localhost"), QStringLiteral("-extensions"), QStringLiteral("server"),
         QStringLiteral("-keyout"), base + QStringLiteral(".key"), QStringLiteral("-out"),
         base + QStringLiteral(".pem")});
    return {path(name + ".pem"), path(name + ".key")};
}

std::string TestAuthority::path(const std::string& name) const
{
    return m_folder.filePath(QString::fromStdString(name)).toStdString();
}

void TestAuthority::writeConfig(const std::string& hosts) const
{
    writeTestFile(path("openssl.cnf"),
                  "[req]\ndistinguished_name = name\n[name]\n"
                  "[authority]\nbasicConstraints = critical,CA:TRUE\n"
                  "keyUsage = critical,keyCertSign,cRLSign\nsubjectKeyIdentifier = hash\n"
                  "[server]\nbasicConstraints = critical,CA:FALSE\nsubjectAltName = " +
                      hosts +
                      "\n[ca]\ndefault_ca = ours\n"
                      "[ours]\ndatabase = index\nserial = serial\nnew_certs_dir = .\n"
                      "certificate = ca.pem\nprivate_key = ca.key\ndefault_md = sha256\n"
                      "policy = any\nunique_subject = no\n"
                      "[any]\ncommonName = supplied\n");
}

void TestAuthority::run(const QStringList& arguments) const
{
    QProcess openssl;
    openssl.setWorkingDirectory(m_folder.path());
    openssl.setProcessChannelMode(QProcess::MergedChannels);
    QStringList all = arguments;
    all.insert(1, QStringLiteral("-config"));
    all.insert(2, QStringLiteral("openssl.cnf"));
    openssl.start(QStringLiteral("openssl"), all);
    if (!openssl.waitForFinished(opensslMilliseconds) ||
        openssl.exitStatus() != QProcess::NormalExit || openssl.exitCode() != 0)
        throw std::runtime_error("openssl " + arguments.join(QLatin1Char(' ')).toStdString() +
                                 ": " + openssl.errorString().toStdString() + '\n' +
                                 openssl.readAll().toStdString());
}

} // namespace headgate::fakes
