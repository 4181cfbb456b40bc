// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/account_values.h"
#include "connector/sql_session.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace headgate::connector {

/// Tables of a PostgreSQL, MySQL, MariaDB or SQLite database, over a connection of its own that
/// writes. Objects are tables, fields are columns; records are matched on a column that is a unique
/// key by itself. A batch is a transaction: what its answer says accepted is committed.
///   Upsert, Update, Insert, Append, Delete, Rename (the match column changes).
/// Not Clear: a table does not say which of its columns a sync fills.
class SqlTableDestination final : public Destination
{
public:
    using Opener = std::function<OpenedSession(const SqlAccount& account)>;

    /// Errors: as openDestination().
    [[nodiscard]] static Result<std::unique_ptr<Destination>>
    open(SharedSpec spec, const DestinationConfig& config, Opener opener);

    [[nodiscard]] std::string accountIdentity() const override;
    [[nodiscard]] std::unique_ptr<Inquiry<AccountCheck>> check() override;
    [[nodiscard]] std::unique_ptr<Inquiry<std::vector<ObjectInfo>>> objects() override;
    [[nodiscard]] std::unique_ptr<Inquiry<std::vector<FieldInfo>>>
    fields(const std::string& object) override;
    [[nodiscard]] Result<Capabilities> capabilities(const std::string& object) const override;
    [[nodiscard]] std::string normalisedMatch(const std::string& object,
                                              const std::string& matchField,
                                              data::ValueView match) const override;
    /// Bytes of the values; a statement adds little to them.
    [[nodiscard]] std::size_t encodedSize(const DeliveryBatch& batchWithoutRecords,
                                          const OutgoingRecord& record) const override;
    [[nodiscard]] std::size_t envelopeSize(const DeliveryBatch& batchWithoutRecords) const override;
    /// Reads the table's columns anew.
    [[nodiscard]] std::unique_ptr<Exchange>
    beginRun(const std::string& runId, const std::string& object, Operation operation) override;
    [[nodiscard]] std::unique_ptr<Exchange> submit(const DeliveryBatch& batch) override;
    [[nodiscard]] std::unique_ptr<Exchange> settle(const std::string& receipt,
                                                   const DeliveryBatch& batch) override;
    [[nodiscard]] std::unique_ptr<Exchange> commitRun(const std::string& runId) override;
    [[nodiscard]] std::unique_ptr<Inquiry<CredentialRenewal>> renewCredential() override;

private:
    SqlTableDestination(SharedSpec spec, AccountValues account, SqlAccount sqlAccount,
                        Opener opener);

    [[nodiscard]] SqlResult<SqlSession*> session();
    [[nodiscard]] SqlResult<const SqlTable*> table(const std::string& object);
    [[nodiscard]] Result<AccountCheck> tryAccount();
    [[nodiscard]] Result<std::vector<ObjectInfo>> listTables();
    [[nodiscard]] Result<std::vector<FieldInfo>> listColumns(const std::string& object);
    [[nodiscard]] BatchResult write(const DeliveryBatch& batch);

    SharedSpec m_spec;
    AccountValues m_account;
    SqlAccount m_sqlAccount;
    Opener m_opener;
    std::unique_ptr<SqlSession> m_session;
    std::map<std::string, SqlTable> m_tables; ///< as read in this session
};

} // namespace headgate::connector
