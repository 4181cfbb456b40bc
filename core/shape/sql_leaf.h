// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_program.h"
#include "shape/sql_words.h"

namespace headgate::shape {

/// The way of a leaf from its cells to a JSON value, as SQL.
class SqlLeaf
{
public:
    explicit SqlLeaf(const SqlWords& words) : m_words(words) {}

    /// `cells` as ShapeProgram::Leaf::cells has them. The member has no name.
    [[nodiscard]] SqlMember member(const Node& node, const ShapeProgram::Leaf& leaf,
                                   const std::vector<SqlValue>& cells) const;
    /// The text of a dictionary's key.
    [[nodiscard]] std::string keyText(const ListKey& key, const std::vector<SqlValue>& cells) const;

private:
    [[nodiscard]] SqlValue chained(SqlValue value, const std::vector<Function>& functions,
                                   const std::vector<SqlValue>& cells, std::size_t nextCell) const;
    [[nodiscard]] SqlValue applied(const SqlValue& value, const Function& function,
                                   const std::vector<SqlValue>& operands) const;
    [[nodiscard]] SqlValue mapped(const SqlValue& value, const Function& function) const;
    [[nodiscard]] SqlValue joined(const SqlValue& value, const Function& function,
                                  const std::vector<SqlValue>& operands) const;
    [[nodiscard]] SqlValue firstOf(const SqlValue& value,
                                   const std::vector<SqlValue>& operands) const;
    [[nodiscard]] SqlValue rounded(const SqlValue& value, const Format& format) const;
    [[nodiscard]] SqlValue hashed(const SqlValue& value, const Function& function) const;
    [[nodiscard]] SqlValue typed(const SqlValue& value, LeafType type,
                                 const std::optional<Format>& format) const;
    [[nodiscard]] SqlValue asInteger(const SqlValue& value) const;
    [[nodiscard]] SqlValue asBoolean(const SqlValue& value) const;
    [[nodiscard]] SqlValue asTime(const SqlValue& value, LeafType type) const;
    [[nodiscard]] SqlValue asList(const SqlValue& value) const;
    [[nodiscard]] SqlValue literalOf(const data::JsonNode& json) const;
    [[nodiscard]] SqlValue cannot(const QString& why) const;

    const SqlWords& m_words;
};

} // namespace headgate::shape
