// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "warehouse/connection.h"
#include "warehouse/source.h"
#include "warehouse/ssh_tunnel.h"

namespace headgate::warehouse {

/// The Source of every driver: what they have in common, over a Connection.
class SqlSource final : public Source
{
public:
    SqlSource(SourceForm form, WarehouseSpec spec, std::unique_ptr<SshTunnel> tunnel,
              std::unique_ptr<Connection> connection);

    /// Pins the session's settings. Before anything else.
    [[nodiscard]] Result<void> pinSession();

    Result<SourceReport> test() override;
    Result<std::vector<SchemaInfo>> schemas() override;
    Result<std::vector<TableInfo>> tables(const std::string& schema) override;
    Result<data::Schema> columns(const TableInfo& table) override;
    Result<std::vector<std::string>> primaryKey(const TableInfo& table) override;
    Result<void> beginSnapshot() override;
    Result<void> endSnapshot() override;
    Result<std::unique_ptr<data::RowStream>>
    query(const std::string& sql, const std::map<std::string, data::Value>& parameters,
          std::uint64_t rowLimit) override;
    std::string quoted(const std::string& identifier) const override;
    void cancel() override;

private:
    using Texts = std::map<std::string, std::string>;

    [[nodiscard]] Result<void> pin(const SessionStatement& statement);
    [[nodiscard]] Result<void> pinAgain();
    [[nodiscard]] Result<void> checkIsQuery(const SqlText& sql) const;
    [[nodiscard]] Result<void> checkNoStream() const;
    [[nodiscard]] Result<Catalog::Rows> browse(const std::string& sql, const Texts& parameters);
    [[nodiscard]] std::vector<QString> caveats() const;
    /// The error, or the tunnel's where that is why.
    [[nodiscard]] Error explained(Error error) const;

    SourceForm m_form;
    WarehouseSpec m_spec;
    std::unique_ptr<SshTunnel> m_tunnel;
    std::unique_ptr<Connection> m_connection;
    std::shared_ptr<bool> m_streamOpen = std::make_shared<bool>(false);
    bool m_inSnapshot = false;
};

} // namespace headgate::warehouse
