// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/source_form.h"

#include "base/text.h"

#include <QDir>
#include <QFileInfo>
#include <QHostAddress>
#include <algorithm>
#include <charconv>

namespace headgate::warehouse {

namespace {

int portNumber(const std::string& text)
{
    int port = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return whole && port >= 1 && port <= 65535 ? port : -1;
}

Failure invalidField(const WarehouseField& field, const QString& why)
{
    return fail(ErrorKind::Config, "source.options.invalid",
                Text::tr("The connection's field '%1' %2").arg(toQString(field.label), why));
}

} // namespace

Result<SourceForm> SourceForm::check(const SourceOptions& options, const WarehouseSpec& spec)
{
    SourceForm form(options, spec);
    HEADGATE_TRY(form.checkNames());
    for (const WarehouseField& field : spec.fields)
        HEADGATE_TRY(form.checkField(field));
    return form;
}

Result<void> SourceForm::checkNames() const
{
    const auto unknown = [&](const std::string& id, bool isSecret) {
        const WarehouseField* field = m_spec.field(id);
        return !field || (field->kind == WarehouseFieldKind::Secret) != isSecret;
    };
    const auto complain = [&](const std::string& id) {
        return fail(ErrorKind::Config, "source.options.unknown",
                    Text::tr("A connection to %1 has no field '%2'. Remove it, or move a secret "
                             "to the secrets.")
                        .arg(toQString(m_spec.name), toQString(id)));
    };
    for (const auto& [id, text] : m_options.fields)
        if (unknown(id, false))
            return complain(id);
    for (const auto& [id, secret] : m_options.secrets)
        if (unknown(id, true))
            return complain(id);
    return {};
}

Result<void> SourceForm::checkField(const WarehouseField& field) const
{
    const bool isSecret = field.kind == WarehouseFieldKind::Secret;
    const std::string text = isSecret ? secret(field.id) : value(field.id);
    if (text.empty() && field.required)
        return fail(ErrorKind::Config, "source.options.missing",
                    Text::tr("The connection to %1 needs '%2'. Fill it in.")
                        .arg(toQString(m_spec.name), toQString(field.label)));
    if (text.find('\0') != std::string::npos)
        return invalidField(field, Text::tr("holds a zero byte. Remove it."));
    switch (field.kind) {
    case WarehouseFieldKind::Port:
        if (!text.empty() && portNumber(text) < 0)
            return invalidField(field, Text::tr("must be a number from 1 to 65535."));
        return {};
    case WarehouseFieldKind::Choice:
        if (std::none_of(field.choices.begin(), field.choices.end(),
                         [&](const auto& choice) { return choice.value == text; }))
            return invalidField(field,
                                Text::tr("has no choice '%1'. Choose again.").arg(toQString(text)));
        return {};
    case WarehouseFieldKind::Flag:
        if (!text.empty() && text != "true" && text != "false")
            return invalidField(field, Text::tr("must be true or false."));
        return {};
    case WarehouseFieldKind::Text:
    case WarehouseFieldKind::Secret:
    case WarehouseFieldKind::File:
        return {};
    }
    return {};
}

std::string SourceForm::value(const std::string& field) const
{
    const auto at = m_options.fields.find(field);
    if (at != m_options.fields.end() && !at->second.empty())
        return at->second;
    const WarehouseField* known = m_spec.field(field);
    return known ? known->defaultValue : std::string();
}

std::string SourceForm::secret(const std::string& field) const
{
    const auto at = m_options.secrets.find(field);
    return at == m_options.secrets.end() ? std::string() : at->second.reveal();
}

std::string SourceForm::path(const std::string& field) const
{
    std::string text = value(field);
    if (text.empty() || QDir::isAbsolutePath(toQString(text)))
        return text;
    return QDir(toQString(m_options.baseDirectory)).absoluteFilePath(toQString(text)).toStdString();
}

int SourceForm::port(const std::string& field) const
{
    const std::string text = value(field);
    return text.empty() ? 0 : portNumber(text);
}

TlsMode SourceForm::tls() const
{
    const std::string mode = value("tls");
    if (mode == "verify")
        return TlsMode::Verify;
    if (mode == "require")
        return TlsMode::Encrypt;
    if (mode == "disable")
        return TlsMode::Off;
    return isLoopback(host()) || isTunnelled() ? TlsMode::Optional : TlsMode::Verify;
}

QString SourceForm::where() const
{
    const QString product = toQString(m_spec.name);
    if (const std::string file = value("file"); !file.empty())
        return Text::tr("%1 %2").arg(product, toQString(path("file")));
    std::string place = host();
    if (place.empty())
        place = value("account") + value("project") + value("dsn");
    if (const std::string port = value("port"); !port.empty() && !place.empty())
        place += ':' + port;
    return place.empty() ? product : Text::tr("%1 at %2").arg(product, toQString(place));
}

bool isLoopback(const std::string& host)
{
    if (host.empty() || host == "localhost" || host.front() == '/')
        return true;
    const QHostAddress address(toQString(host));
    return !address.isNull() && address.isLoopback();
}

std::string systemCertificates()
{
    const QStringList places = {
        qEnvironmentVariable("SSL_CERT_FILE"),
        QStringLiteral("/etc/ssl/certs/ca-certificates.crt"),
        QStringLiteral("/etc/pki/tls/certs/ca-bundle.crt"),
        QStringLiteral("/etc/ssl/ca-bundle.pem"),
        QStringLiteral("/etc/ssl/cert.pem"),
    };
    for (const QString& place : places)
        if (!place.isEmpty() && QFileInfo(place).isReadable())
            return place.toStdString();
    return {};
}

} // namespace headgate::warehouse
