// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/ca_bundle.h"

#include "base/text.h"

#include <QFile>
#include <curl/curl.h>

namespace headgate::http {

namespace {

constexpr qint64 largestBundle = 16 << 20;

Result<std::string> readPem(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Config, "http.ca.unreadable",
                    Text::tr("The certificate file %1 cannot be read: %2. Check the path and its "
                             "permissions.")
                        .arg(path, file.errorString()));
    const QByteArray bytes = file.read(largestBundle);
    if (!bytes.contains("-----BEGIN CERTIFICATE-----"))
        return fail(ErrorKind::Config, "http.ca.empty",
                    Text::tr("The certificate file %1 holds no certificate in PEM form. Export the "
                             "authority's certificate as PEM (Base64).")
                        .arg(path));
    return bytes.toStdString();
}

} // namespace

Result<std::string> caBundleWith(const std::string& extraFile)
{
    auto extra = readPem(toQString(extraFile));
    if (!extra)
        return extra;
    const curl_version_info_data* const library = curl_version_info(CURLVERSION_NOW);
    if (library->age < CURLVERSION_SEVENTH || library->cainfo == nullptr)
        return extra;
    auto system = readPem(QString::fromLocal8Bit(library->cainfo));
    if (!system)
        return extra;
    return *system + '\n' + *extra;
}

} // namespace headgate::http
