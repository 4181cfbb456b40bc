// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/leaf.h"

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::shape {

/// The model whose rows are the records, named from within a list of a related model.
inline constexpr std::string_view mainModel = "main";

enum class NodeKind
{
    Object,
    List,
    Map, ///< an object with a member per row: {"a": 1}
    Column,
    Constant, ///< a scalar
    Text,     ///< a text with {column} in it
    Json      ///< a text column parsed as JSON, or constant JSON
};
inline constexpr std::array nodeKinds{NodeKind::Object, NodeKind::List,     NodeKind::Map,
                                      NodeKind::Column, NodeKind::Constant, NodeKind::Text,
                                      NodeKind::Json};
[[nodiscard]] const char* name(NodeKind kind);

enum class ListForm
{
    Dictionaries,      ///< [{"name":"a","price":1}]
    DictionaryOfLists, ///< {"name":["a"],"price":[1]}, nulls kept in place
    Values,            ///< ["a"], of the first element node; others rest unused
    DictionaryByKey    ///< {"a":{"price":1}}
};
inline constexpr std::array listForms{ListForm::Dictionaries, ListForm::DictionaryOfLists,
                                      ListForm::Values, ListForm::DictionaryByKey};
[[nodiscard]] const char* name(ListForm form);

/// What two rows of one key mean in a map or dictionary by key. Rows that say the same are one.
enum class RepeatedKeys
{
    Invalid,
    LastBySort ///< the last by the list's order stays; a NULL in sortBy is never the newest
};
inline constexpr std::array repeatedKeys{RepeatedKeys::Invalid, RepeatedKeys::LastBySort};
[[nodiscard]] const char* name(RepeatedKeys keys);

enum class ListOrder
{
    Sorted, ///< by sortBy, then by the columns the list reads: the same rows, the same bytes
    Query   ///< as the query returns them; a chosen risk
};
inline constexpr std::array listOrders{ListOrder::Sorted, ListOrder::Query};
[[nodiscard]] const char* name(ListOrder order);

/// What is sent for a list, map or object that has nothing in it.
enum class WhenEmpty
{
    Send, ///< [] or {}
    SendNull,
    LeaveOut
};
inline constexpr std::array whenEmpties{WhenEmpty::Send, WhenEmpty::SendNull, WhenEmpty::LeaveOut};
[[nodiscard]] const char* name(WhenEmpty empty);

struct ListSource
{
    /// Empty: the rows of the enclosing list or record. A related model: its rows that join to
    /// them.
    std::string model;
    data::JsonNode extra;

    bool operator==(const ListSource&) const = default;
};

/// The member names of a map or a dictionary by key, one per row: the column's text after the
/// functions. NULL is Invalid.
struct ListKey
{
    std::string column;
    std::vector<Function> functions;
    data::JsonNode extra;

    bool operator==(const ListKey&) const = default;
};

/// Which rows a list or map walks, in the order of application: rows, where, groups, sortBy,
/// distinct, limit. Columns are of the list's model.
struct ListOptions
{
    ListForm form = ListForm::Dictionaries; ///< of List nodes
    ListSource source;
    Condition where;
    std::vector<std::string> groupBy; ///< an element per distinct value, whose nodes walk its rows
    ListOrder order = ListOrder::Sorted;
    std::vector<SortKey> sortBy;
    std::vector<std::string> distinct; ///< of rows equal in these columns the first stays
    std::optional<std::uint64_t> limit;
    ListKey key; ///< of Map nodes and of DictionaryByKey
    RepeatedKeys repeated = RepeatedKeys::Invalid;

    bool operator==(const ListOptions&) const = default;
};

/// Stable within a shape through edits; numbered in reading order when loaded; not in files.
using NodeId = std::uint32_t;

/// One node of the tree. Which parts count depends on the kind; the others rest, so that changing
/// the kind or form back loses nothing while the shape is in memory.
struct Node
{
    NodeId id = 0;
    std::string name; ///< the member's name; empty for the root and the value of a list or map
    NodeKind kind = NodeKind::Object;
    Leaf leaf;                             ///< of Column, Constant, Text and Json
    ListOptions list;                      ///< of List and Map
    WhenEmpty whenEmpty = WhenEmpty::Send; ///< of Object, List and Map
    /// Of Object: its members. Of List: the members of its element; of form Values the first is
    /// the value. Of Map: the one value.
    std::vector<Node> children;
    data::JsonNode extra; ///< fields of the file that this version does not know

    [[nodiscard]] bool isLeaf() const;
    /// A Column, or the key of a Map or dictionary by key, that still has to be chosen: it may
    /// stand in a file, and no shape with it compiles.
    [[nodiscard]] bool isUnbound() const;
    bool operator==(const Node&) const = default;
};

/// The tree that turns the rows of one record into one payload. A plain value.
struct Shape
{
    Node root; ///< an Object

    /// Gives every node without an id, or with a repeated one, a fresh one.
    void numberNodes();
    [[nodiscard]] const Node* find(NodeId id) const;
    [[nodiscard]] Node* find(NodeId id);
    /// "/recently_viewed/*/name"; "*" stands for every element or key, JSON Pointer's escapes for
    /// names. Empty if there is no such node.
    [[nodiscard]] std::string pathOf(NodeId id) const;
    /// pathOf() every node.
    [[nodiscard]] std::map<NodeId, std::string> paths() const;
    /// What a payload's changes are told by: leaves outside lists, and each outermost list or map
    /// as a whole, in document order. LeafHash::node counts them.
    [[nodiscard]] std::vector<std::string> leafPaths() const;
    /// Paths of the leaves whose policy is SetIfEmpty.
    [[nodiscard]] std::vector<std::string> setIfEmptyPaths() const;
    /// Names of those that are members of the payload itself.
    [[nodiscard]] std::vector<std::string> setIfEmptyMembers() const;
    /// Names of the related models that lists and leaves walk, sorted, each once.
    [[nodiscard]] std::vector<std::string> models() const;

    bool operator==(const Shape&) const = default;
};

} // namespace headgate::shape
