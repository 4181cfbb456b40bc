// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_sql.h"
#include "shape/sql_leaf.h"

#include <map>
#include <optional>
#include <utility>

namespace headgate::shape {

using SqlNames = std::vector<std::string>;

[[nodiscard]] std::string joined(const SqlNames& parts, const std::string& between);
[[nodiscard]] SqlNames prefixed(const std::string& alias, const SqlNames& names);

/// A subquery's rows, told apart by keys: all rows of one set of keys belong together.
struct SqlRows
{
    std::string relation;
    SqlNames keys;
    std::size_t model = 0;
    bool single = false; ///< one row for each set of keys
};

/// Where the values of nodes are taken from.
struct SqlScope
{
    SqlRows rows;
    SqlRows main; ///< rows of the main model, by the innermost list over it
};

/// Writes the subqueries that say which rows each list and leaf walks, and in which order. Notes
/// go to the node at hand. Everything that it is given outlives it.
class SqlRowWriter
{
public:
    SqlRowWriter(const Shape& shape, const ShapeProgram& program, const SqlModels& models,
                 SqlDialect dialect);
    SqlRowWriter(const SqlRowWriter&) = delete;
    SqlRowWriter& operator=(const SqlRowWriter&) = delete;

    [[nodiscard]] const SqlWords& words() const { return m_words; }
    [[nodiscard]] const SqlLeaf& leaf() const { return m_leaf; }
    [[nodiscard]] const Node& nodeOf(std::size_t op) const;
    [[nodiscard]] const std::vector<std::string>& parts() const { return m_parts; }
    [[nodiscard]] std::vector<SqlNote> takeNotes() { return std::move(m_notes); }

    /// The node that notes are about from now on; the one before.
    std::optional<std::size_t> enter(std::optional<std::size_t> op)
    {
        return std::exchange(m_op, op);
    }
    void note(const QString& why);

    void add(const std::string& relation, const std::string& query);
    /// hg_<what>_<number>; the number is lastNumber() then.
    [[nodiscard]] std::string freshName(const char* what);
    [[nodiscard]] std::string lastNumber() const { return std::to_string(m_count); }

    [[nodiscard]] data::ValueKind columnKind(std::size_t model, const std::string& name) const;
    [[nodiscard]] SqlValue column(const std::string& alias, std::size_t model,
                                  std::size_t index) const;
    [[nodiscard]] std::string condition(const Condition& condition, const std::string& alias,
                                        std::size_t model) const;
    [[nodiscard]] std::string orderOf(const ShapeProgram::RowOrder& order, const std::string& alias,
                                      std::size_t model, bool turned) const;
    /// "(PARTITION BY ... ORDER BY ...)"
    [[nodiscard]] static std::string windowOf(const SqlNames& partition, const std::string& order);

    [[nodiscard]] SqlScope recordScope();
    /// The rows of a related model that join the scope's main rows, each once.
    [[nodiscard]] SqlRows relatedRows(const SqlRows& main, std::size_t model);
    /// Rows of a list's elements, numbered hg_nN within the keys of what is around them.
    [[nodiscard]] SqlScope elements(std::size_t op, const SqlRows& from, const SqlScope& scope);
    [[nodiscard]] std::vector<SqlValue> keyCells(const ShapeProgram::List& list,
                                                 const std::string& alias) const;

private:
    [[nodiscard]] SqlValue named(const std::string& alias, std::size_t model,
                                 const std::string& name) const;
    [[nodiscard]] const std::string& relatedModel(std::size_t model);
    [[nodiscard]] std::string whereOf(std::size_t op) const;
    [[nodiscard]] std::string listOrder(std::size_t op, const std::string& alias, bool turned);
    [[nodiscard]] std::string numberedRows(std::size_t op, const SqlRows& from,
                                           const std::string& number);
    [[nodiscard]] std::string numberedGroups(std::size_t op, const SqlRows& from,
                                             const std::string& number);
    [[nodiscard]] std::string withoutRepeatedKeys(std::size_t op, const SqlRows& from,
                                                  const std::string& query,
                                                  const std::string& number);

    const Shape& m_shape;
    const ShapeProgram& m_program;
    const SqlModels& m_models;
    SqlWords m_words;
    SqlLeaf m_leaf;
    std::vector<std::string> m_parts; ///< of WITH, in order
    std::map<std::size_t, std::string> m_related;
    std::map<std::pair<std::string, std::size_t>, SqlRows> m_joined;
    std::vector<SqlNote> m_notes;
    std::optional<std::size_t> m_op;
    int m_count = 0;
};

} // namespace headgate::shape
