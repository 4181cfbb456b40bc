// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "shape/shape.h"
#include "shape/shape_models.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is done to a shape by hand, as values in and out. Each call answers the edited shape and
/// the node to select, or a refusal (Usage "shape.edit.*") whose sentence can stand at the mouse
/// pointer. Ids of nodes that stay are kept, also when they move; new nodes have ids that no other
/// has; what comes out can be written to a file and read again.
namespace headgate::shape {

struct EditedShape
{
    Shape shape;
    NodeId selected = 0;

    bool operator==(const EditedShape&) const = default;
};

struct ColumnRef
{
    std::string model; ///< a related model's name; empty: the main model
    std::string column;

    bool operator==(const ColumnRef&) const = default;
};

/// Before child number `index` of `parent` (Object, List or Map) as the shape is before the edit;
/// past the end: behind the last.
struct Place
{
    static constexpr std::size_t end = static_cast<std::size_t>(-1);

    NodeId parent = 0;
    std::size_t index = end;

    bool operator==(const Place&) const = default;
};

/// What several rows of one record become at an object.
enum class Several
{
    Same, ///< one value: a record whose rows differ is Invalid
    List, ///< a list of values
    First,
    Count,
    Min,
    Max,
    Sum
};

enum class Cardinality
{
    One, ///< one value per record, or per element of the list at hand, whatever the data
    Many ///< may vary, as far as keys and joins tell
};

/// What several columns become.
enum class ColumnsAs
{
    Fields, ///< one field each
    Dictionaries,
    DictionaryOfLists,
    Values, ///< of the first column; the others rest
    DictionaryByKey
};

/// Where the node stands; nothing for the root and for ids that are not there.
[[nodiscard]] std::optional<Place> placeOf(const Shape& shape, NodeId node);
/// The model whose rows the children of `parent` are taken from: "main" or a related model's name.
[[nodiscard]] std::string modelAt(const Shape& shape, NodeId parent);
[[nodiscard]] Cardinality cardinalityOf(const Shape& shape, const ShapeModels& models,
                                        NodeId parent, const ColumnRef& column);

/// Refused "shape.edit.several" where the column is Many and `several` does not say what becomes
/// of its values: ask and call again. First takes the newest row: by the model's event time, its
/// only time column, its row key, or the column itself. A list that walks nothing yet (no source,
/// nothing bound) walks the rows of the first to-many column that it is given.
[[nodiscard]] Result<EditedShape> addColumn(Shape shape, const ShapeModels& models,
                                            const Place& place, const ColumnRef& column,
                                            std::optional<Several> several = {});
/// One list with the columns as its element, unless Fields. The list walks the model whose columns
/// are Many; the others are looked up. `several` is for columns that are Many even so.
[[nodiscard]] Result<EditedShape> addColumns(Shape shape, const ShapeModels& models,
                                             const Place& place,
                                             const std::vector<ColumnRef>& columns, ColumnsAs as,
                                             std::optional<Several> several = {});
/// Name, functions, type and policies stay; a pick stays where the model does.
[[nodiscard]] Result<EditedShape> bindColumn(Shape shape, const ShapeModels& models, NodeId leaf,
                                             const ColumnRef& column,
                                             std::optional<Several> several = {});
/// An empty node: a Column is unbound, a Map has an unbound value. The name is made unique.
[[nodiscard]] Result<EditedShape> addField(Shape shape, const Place& place, const std::string& name,
                                           NodeKind kind);

/// The node reads the same rows at its new place, or the move is refused.
[[nodiscard]] Result<EditedShape> moveNode(Shape shape, NodeId node, const Place& place);
[[nodiscard]] Result<EditedShape> copyNode(Shape shape, NodeId node, const Place& place);
[[nodiscard]] Result<EditedShape> removeNodes(Shape shape, const std::vector<NodeId>& nodes);
[[nodiscard]] Result<EditedShape> renameNode(Shape shape, NodeId node, const std::string& name);
[[nodiscard]] Result<EditedShape> moveUp(Shape shape, NodeId node);
[[nodiscard]] Result<EditedShape> moveDown(Shape shape, NodeId node);
/// Moves and renames the node so that its path (as of Shape::paths()) is this one. Objects on the
/// way that are not there are made; what it leaves stays. Refused "shape.edit.path" where the path
/// leads through a single value, or another node is there.
[[nodiscard]] Result<EditedShape> setPath(Shape shape, NodeId node, const std::string& path);
/// An unbound field with this path.
[[nodiscard]] Result<EditedShape> addAtPath(Shape shape, const std::string& path);
/// Behind its parent.
[[nodiscard]] Result<EditedShape> outdent(Shape shape, NodeId node);
/// Into the sibling before it, at its end.
[[nodiscard]] Result<EditedShape> indent(Shape shape, NodeId node);
/// `nodes` are members of one node, in whatever order.
[[nodiscard]] Result<EditedShape> wrapInObject(Shape shape, const std::vector<NodeId>& nodes,
                                               const std::string& name);
/// Its members take the place of the object.
[[nodiscard]] Result<EditedShape> unwrap(Shape shape, NodeId object);
/// Leaves of one node become the element of a list of dictionaries. Picks end: their sort and
/// condition become the list's.
[[nodiscard]] Result<EditedShape> groupIntoList(Shape shape, const ShapeModels& models,
                                                const std::vector<NodeId>& leaves,
                                                const std::string& name);

/// Element fields are kept. A dictionary by key without a key takes its first column; where models
/// are known, not one that holds JSON.
[[nodiscard]] Result<EditedShape> setListForm(Shape shape, NodeId list, ListForm form,
                                              const ShapeModels* models = nullptr);
/// `column` is of the list's own model in all of these. The new sort comes before the others; one
/// that is there is brought to the front in the direction given.
[[nodiscard]] Result<EditedShape> addSort(Shape shape, NodeId list, const std::string& column,
                                          bool descending = false);
[[nodiscard]] Result<EditedShape> addDistinct(Shape shape, NodeId list, const std::string& column);
/// All conditions of the list must hold.
[[nodiscard]] Result<EditedShape> addCondition(Shape shape, NodeId list,
                                               const Condition& condition);
/// Of a Map or a List, whose form becomes DictionaryByKey.
[[nodiscard]] Result<EditedShape> setKey(Shape shape, NodeId list, const std::string& column);

/// Adds to an Object what an example payload has and the object has not, unbound: arrays of
/// objects become lists of dictionaries with the members of all of them, other arrays lists of
/// values. Leaves hold the example in `leaf.value`, which is not written to files, and have its
/// type. `selected` is the first new leaf.
[[nodiscard]] Result<EditedShape> pasteJson(Shape shape, NodeId object, std::string_view json);

} // namespace headgate::shape
