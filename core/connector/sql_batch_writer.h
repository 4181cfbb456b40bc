// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"
#include "connector/sql_row.h"
#include "connector/sql_session.h"
#include "connector/sql_statement.h"

#include <optional>
#include <string>
#include <vector>

namespace headgate::connector {

/// Writes one batch in one transaction. Rows go in many at a time, under savepoints; a statement
/// that a record makes fail is halved until the record stands alone and is refused, and the others
/// are written. Used once.
class SqlBatchWriter
{
public:
    /// `table` has been checked for the batch: the match field is a unique column of it.
    SqlBatchWriter(SqlSession& session, const SqlTable& table, const DeliveryBatch& batch);

    [[nodiscard]] BatchResult write();
    /// The transaction was given up: closing the session is what ends it.
    [[nodiscard]] bool sessionIsSpent() const { return m_spent; }

private:
    /// Positions in the batch of records that one statement can hold.
    using Group = std::vector<std::size_t>;
    /// Not a record's fault: the transaction is to be given up.
    using Step = SqlResult<void>;

    void convert();
    [[nodiscard]] std::vector<Group> groups() const;
    [[nodiscard]] Step writeAll();
    [[nodiscard]] Step writeGroup(const Group& group);
    [[nodiscard]] Step writeRow(std::size_t index);
    [[nodiscard]] Step refuse(std::size_t index, const SqlError& error);
    [[nodiscard]] SqlResult<SqlDone> runGroup(const Group& group);
    [[nodiscard]] SqlResult<Fate> runRow(std::size_t index);
    [[nodiscard]] SqlResult<Fate> changeOne(std::size_t index);
    [[nodiscard]] SqlResult<bool> isThere(const SqlValue& match);
    [[nodiscard]] bool isGrouped() const;
    [[nodiscard]] Step backToSavepoint();
    [[nodiscard]] BatchResult givenUp(const SqlError& error, bool committing);

    SqlSession& m_session;
    const SqlTable& m_table;
    const DeliveryBatch& m_batch;
    SqlStatements m_statements;
    std::vector<SqlRow> m_rows;
    std::vector<std::optional<RecordOutcome>> m_outcomes; ///< set once a record is settled
    bool m_spent = false;
};

/// What an error means for a batch of which surely nothing was applied.
[[nodiscard]] BatchResult notApplied(const SqlError& error);

} // namespace headgate::connector
