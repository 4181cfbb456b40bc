// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/source.h"
#include "warehouse/warehouse_spec.h"

namespace headgate::warehouse {

enum class TlsMode
{
    Optional, ///< whatever the server prefers: on this machine, or inside a tunnel
    Off,
    Encrypt, ///< not verified
    Verify   ///< certificate and host name
};

/// What was filled in, checked against the warehouse's form, with defaults.
class SourceForm
{
public:
    /// Error: Config "source.options.missing", ".unknown" or ".invalid", naming the field.
    [[nodiscard]] static Result<SourceForm> check(const SourceOptions& options,
                                                  const WarehouseSpec& spec);

    /// Empty where neither filled in nor defaulted.
    [[nodiscard]] std::string value(const std::string& field) const;
    [[nodiscard]] std::string secret(const std::string& field) const;
    /// A file's path, relative ones from the project's folder.
    [[nodiscard]] std::string path(const std::string& field) const;
    /// 0 where empty.
    [[nodiscard]] int port(const std::string& field) const;
    [[nodiscard]] std::string host() const { return value("host"); }
    [[nodiscard]] bool isTunnelled() const { return !value("sshHost").empty(); }
    [[nodiscard]] TlsMode tls() const;
    [[nodiscard]] std::chrono::seconds connectTimeout() const { return m_options.connectTimeout; }
    [[nodiscard]] std::chrono::seconds statementTimeout() const
    {
        return m_options.statementTimeout;
    }
    /// "PostgreSQL at db.example.com:5432", for messages.
    [[nodiscard]] QString where() const;

private:
    SourceForm(const SourceOptions& options, const WarehouseSpec& spec)
        : m_options(options), m_spec(spec)
    {}
    [[nodiscard]] Result<void> checkField(const WarehouseField& field) const;
    [[nodiscard]] Result<void> checkNames() const;

    SourceOptions m_options;
    WarehouseSpec m_spec;
};

/// localhost, 127.0.0.0/8, ::1, a local socket's folder, or nothing.
[[nodiscard]] bool isLoopback(const std::string& host);
/// The file of certificate authorities that the system trusts; empty if none is found.
[[nodiscard]] std::string systemCertificates();

} // namespace headgate::warehouse
