// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/text.h"
#include "data/schema.h"
#include "shape/shape_check.h"

#include <optional>

namespace headgate::shape {

/// Where findings of one node go. Fields are relative to the node: "/column", "/where/0".
class CheckReport
{
public:
    CheckReport(NodeId node, std::string place, std::vector<ShapeFinding>& findings)
        : m_node(node), m_place(std::move(place)), m_findings(findings)
    {}
    void error(std::string_view field, std::string code, QString message,
               QString remedy = {}) const;
    void warning(std::string_view field, std::string code, QString message,
                 QString remedy = {}) const;
    /// Position of the column; an unknown one is a finding that suggests the nearest name.
    std::optional<std::size_t> column(std::string_view field, const std::string& name,
                                      const data::Schema& schema) const;
    [[nodiscard]] const std::string& place() const { return m_place; }

private:
    NodeId m_node;
    std::string m_place;
    std::vector<ShapeFinding>& m_findings;
};

/// What is known of a value's kind before a row is read; empty: nothing.
using KnownKind = std::optional<data::ValueKind>;

/// Checks functions, type, format and literals of a leaf that starts from `kind`. Columns of
/// operands are looked up in `schema`.
void checkValueChain(const Node& node, KnownKind kind, const data::Schema& schema,
                     const CheckReport& report);
/// The kind after the functions.
KnownKind checkFunctions(const std::vector<Function>& functions, KnownKind kind,
                         const data::Schema& schema, const std::string& field,
                         const CheckReport& report);
void checkConditionIn(const Condition& condition, const data::Schema& schema,
                      const std::string& field, const CheckReport& report);

} // namespace headgate::shape
