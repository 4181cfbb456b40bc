// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_edit.h"

#include <QString>

namespace headgate::shape {

/// Rows that nodes walk: those of the record, or of a list or map.
struct RowLevel
{
    NodeId node = 0; ///< 0: the record's
    std::string model{mainModel};
    std::vector<std::string> groupBy;
};

/// The rows that values at one place are taken from, outermost first. Never empty.
struct EditScope
{
    std::vector<RowLevel> levels{RowLevel{}};

    [[nodiscard]] const RowLevel& rows() const { return levels.back(); }
    [[nodiscard]] const std::string& model() const { return levels.back().model; }
    /// The level that look-ups and columns of the main model are read from.
    [[nodiscard]] const RowLevel& mainRows() const;
    [[nodiscard]] const RowLevel* level(NodeId node) const;
    /// The scope of what is in `node`.
    [[nodiscard]] EditScope within(const Node& node) const;
    /// How a leaf or list here names a model: empty for that of rows().
    [[nodiscard]] std::string reference(const std::string& model) const;
};

/// Of the children of `parent`.
[[nodiscard]] EditScope editScopeIn(const Shape& shape, NodeId parent);
[[nodiscard]] Cardinality cardinalityIn(const EditScope& scope, const ShapeModels& models,
                                        const ColumnRef& column);
/// The column's model as scopes name it.
[[nodiscard]] std::string modelOf(const ColumnRef& column);
/// Null for a model that is not there.
[[nodiscard]] const data::Schema* schemaNamed(const ShapeModels& models, const std::string& model);
[[nodiscard]] const RelatedModel* relatedNamed(const ShapeModels& models, const std::string& model);
[[nodiscard]] bool walksRows(const Node& node);
/// Whether the leaf's value comes from rows at all.
[[nodiscard]] bool readsRows(const Node& leaf);

/// The list or map around children of `parent` that would walk the rows of a to-many column, for
/// it walks nothing in particular yet; 0: none. The leaf `but` does not count.
[[nodiscard]] NodeId adoptingList(const Shape& shape, const ShapeModels& models, NodeId parent,
                                  const ColumnRef& column, NodeId but);

/// Makes a subtree read at `to` what it reads at `from`. Refused "shape.edit.rows".
[[nodiscard]] Result<void> rehome(Node& node, const EditScope& from, const EditScope& to);

/// Usage "shape.edit.CODE".
[[nodiscard]] Failure editRefused(const char* code, QString sentence);
/// "“name”", or what the node is where it has no name.
[[nodiscard]] QString shownNode(const Node& node);

/// The node, or the refusal that it is no longer there.
[[nodiscard]] Result<Node*> nodeIn(Shape& shape, NodeId id);
/// The node, if it is a List, or a Map too; or the refusal.
[[nodiscard]] Result<Node*> listIn(Shape& shape, NodeId id);
/// Whether another node may be put into `parent`.
[[nodiscard]] Result<void> checkTarget(const Shape& shape, NodeId parent);
/// Whether the node may leave its place: not the root, not the value of a map.
[[nodiscard]] Result<Place> checkLeaving(const Shape& shape, NodeId node);

/// `wanted`, or with a number behind it where a child of `parent` has that name.
[[nodiscard]] std::string uniqueName(const Node& parent, const std::string& wanted);
/// Of a child that has no name and needs one now.
[[nodiscard]] std::string ownName(const Node& node);
[[nodiscard]] NodeId freshId(const Shape& shape);
void insertNode(Shape& shape, const Place& place, Node node);
/// Numbers new nodes. Refused "shape.edit.depth".
[[nodiscard]] Result<EditedShape> finishedEdit(Shape shape, NodeId selected);

} // namespace headgate::shape
