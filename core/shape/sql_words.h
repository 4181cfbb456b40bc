// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/schema.h"

#include <QString>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace headgate::shape {

enum class SqlDialect
{
    Postgres,
    MariaDb,
    Sqlite
};

/// An expression and what it yields. Of kind Json: JSON of the database's own type, or JSON text
/// where it has none.
struct SqlValue
{
    std::string text;
    data::ValueKind kind = data::ValueKind::Text;
};

/// A member of an object that is being written. `missing`: the condition under which it is left
/// out; empty: never.
struct SqlMember
{
    std::string name;
    std::string json; ///< an expression that an object takes as JSON
    std::string missing;
    bool nullWhenMissing = false; ///< `json` is null anyway where it is missing
};

/// What one dialect calls things. What it cannot say exactly is told to `cannot`.
class SqlWords
{
public:
    using Cannot = std::function<void(const QString&)>;

    SqlWords(SqlDialect dialect, Cannot cannot) : m_dialect(dialect), m_cannot(std::move(cannot)) {}

    [[nodiscard]] SqlDialect dialect() const { return m_dialect; }
    /// What is said and not exact.
    void note(const QString& why) const { m_cannot(why); }
    /// What stands for something that is not said.
    [[nodiscard]] std::string cannot(const QString& why) const;

    [[nodiscard]] std::string quoted(std::string_view identifier) const;
    [[nodiscard]] std::string literal(std::string_view text) const;
    /// A column as the shape sees it: of a model that names the zone of its naive timestamps.
    [[nodiscard]] SqlValue column(const std::string& alias, const data::Column& column,
                                  const std::string& name, const std::string& zone) const;

    /// Compares by bytes, whatever the collation.
    [[nodiscard]] std::string exact(const SqlValue& value) const;
    /// Sorts as data::compare() does.
    [[nodiscard]] std::string ordered(const SqlValue& value) const;
    /// A term of ORDER BY, nulls last.
    [[nodiscard]] std::string orderTerm(const std::string& orderedValue, bool descending) const;
    /// The canonical text.
    [[nodiscard]] std::string text(const SqlValue& value) const;
    /// The one value of several rows that agree.
    [[nodiscard]] std::string agreed(const SqlValue& value) const;
    [[nodiscard]] std::string concatenated(const std::vector<std::string>& texts) const;
    /// Unicode white space taken off both ends.
    [[nodiscard]] std::string trimmed(const std::string& text) const;

    /// As an object or list takes it.
    [[nodiscard]] std::string json(const SqlValue& value) const;
    [[nodiscard]] std::string jsonOr(const SqlValue& value, const std::string& defaultJson) const;
    [[nodiscard]] std::string jsonLiteral(std::string_view json) const;
    /// A column of a subquery that holds JSON.
    [[nodiscard]] std::string embedded(const std::string& json) const;
    [[nodiscard]] std::string embeddedOr(const std::string& json,
                                         std::string_view defaultJson) const;
    [[nodiscard]] std::string object(const std::vector<SqlMember>& members) const;
    /// Aggregates over the rows of a group, in the order of the column `by`; `window` is that of
    /// the group, for the dialect that cannot order otherwise.
    [[nodiscard]] std::string listOf(const std::string& json, const std::string& by,
                                     const std::string& window) const;
    [[nodiscard]] std::string objectOf(const std::string& key, const std::string& json,
                                       const std::string& by, const std::string& window) const;
    /// Whether listOf() and objectOf() are window functions here.
    [[nodiscard]] bool aggregatesByWindow() const { return m_dialect == SqlDialect::Sqlite; }

private:
    [[nodiscard]] std::string boolJson(const std::string& value) const;
    [[nodiscard]] std::string jsonText(const SqlValue& value) const;
    [[nodiscard]] std::string withoutMissing(std::string object,
                                             const std::vector<SqlMember>& members) const;
    [[nodiscard]] bool isPostgres() const { return m_dialect == SqlDialect::Postgres; }
    [[nodiscard]] bool isMariaDb() const { return m_dialect == SqlDialect::MariaDb; }

    SqlDialect m_dialect;
    Cannot m_cannot;
};

} // namespace headgate::shape
