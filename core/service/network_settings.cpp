// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/network_settings.h"

#include "base/text.h"
#include "data/json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>
#include <QUrl>

namespace headgate::service {

namespace {

constexpr qint64 largestSettings = 1 << 20;

Failure networkProblem(const QString& file, const QString& why)
{
    return fail(ErrorKind::Config, "network.file",
                Text::tr("The network settings in %1 cannot be used: %2. Correct the file, or "
                         "remove it to go without.")
                    .arg(file, why));
}

Failure networkUnwritable(const QString& file, const QString& why)
{
    return fail(ErrorKind::State, "network.unwritable",
                Text::tr("%1 could not be written: %2.").arg(file, why));
}

Result<void> checkProxy(const std::string& proxy)
{
    if (proxy.empty())
        return {};
    const QUrl url(toQString(proxy), QUrl::StrictMode);
    static const QStringList schemes = {QStringLiteral("http"), QStringLiteral("https"),
                                        QStringLiteral("socks5"), QStringLiteral("socks5h")};
    if (!url.isValid() || !schemes.contains(url.scheme()) || url.host().isEmpty())
        return fail(ErrorKind::Config, "network.proxy",
                    Text::tr("\u201C%1\u201D is no address of a proxy. Write it like "
                             "http://proxy.example.com:3128 or socks5h://127.0.0.1:1080.")
                        .arg(url.toDisplayString()));
    if (!url.userInfo().isEmpty())
        return fail(ErrorKind::Config, "network.proxy",
                    Text::tr("The proxy's user name and password must not stand in a settings "
                             "file. Leave the proxy empty and set HTTPS_PROXY in the "
                             "environment."));
    return {};
}

Result<void> checkCertificates(const std::string& certificates)
{
    const QFileInfo file(toQString(certificates));
    if (certificates.empty() || (file.isFile() && file.isReadable()))
        return {};
    return fail(ErrorKind::Config, "network.certificates",
                Text::tr("The certificates in %1 cannot be read. Choose a PEM file of the "
                         "authorities to trust.")
                    .arg(toQString(certificates)));
}

Result<void> checkSettings(const NetworkSettings& settings)
{
    HEADGATE_TRY(checkProxy(settings.proxy));
    return checkCertificates(settings.certificates);
}

std::string textIn(const data::JsonNode& json, const char* name)
{
    const auto found = json.find(name);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

} // namespace

std::string networkSettingsFile()
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation);
    return (folder + QStringLiteral("/headgate/network.json")).toStdString();
}

Result<NetworkSettings> loadNetworkSettings(const std::string& path)
{
    QFile file(toQString(path.empty() ? networkSettingsFile() : path));
    if (!file.exists())
        return NetworkSettings();
    if (!file.open(QIODevice::ReadOnly))
        return networkProblem(file.fileName(), file.errorString());
    const QByteArray bytes = file.read(largestSettings);
    if (file.error() != QFileDevice::NoError)
        return networkProblem(file.fileName(), file.errorString());
    const auto json = data::parseJson({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (!json)
        return networkProblem(file.fileName(), json.error().message);
    if (!json->is_object())
        return networkProblem(file.fileName(), Text::tr("it is no JSON object"));
    NetworkSettings settings{textIn(*json, "proxy"), textIn(*json, "certificates")};
    HEADGATE_TRY(checkSettings(settings));
    return settings;
}

Result<void> saveNetworkSettings(const NetworkSettings& settings, const std::string& path)
{
    HEADGATE_TRY(checkSettings(settings));
    const QString name = toQString(path.empty() ? networkSettingsFile() : path);
    if (!QDir().mkpath(QFileInfo(name).path()))
        return networkUnwritable(name, Text::tr("its folder cannot be made"));
    QSaveFile file(name);
    const std::string bytes =
        data::JsonNode{{"certificates", settings.certificates}, {"proxy", settings.proxy}}.dump(2) +
        '\n';
    const auto size = static_cast<qint64>(bytes.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), size) != size ||
        !file.flush() || !file.commit())
        return networkUnwritable(name, file.errorString());
    return {};
}

} // namespace headgate::service
