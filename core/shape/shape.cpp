// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape.h"

#include <algorithm>
#include <set>

namespace headgate::shape {

namespace {

bool isRepeating(const Node& node)
{
    return node.kind == NodeKind::List || node.kind == NodeKind::Map;
}

std::string pathStep(std::string_view name)
{
    std::string step = "/";
    for (const char c : name) {
        if (c == '~')
            step += "~0";
        else if (c == '/')
            step += "~1";
        else
            step += c;
    }
    return step;
}

std::string childPath(const Node& parent, const std::string& parentPath, const Node& child)
{
    if (parent.kind == NodeKind::Map ||
        (parent.kind == NodeKind::List && parent.list.form == ListForm::Values))
        return parentPath + "/*";
    if (parent.kind == NodeKind::List && parent.list.form != ListForm::DictionaryOfLists)
        return parentPath + "/*" + pathStep(child.name);
    if (parent.kind == NodeKind::List)
        return parentPath + pathStep(child.name) + "/*";
    return parentPath + pathStep(child.name);
}

/// Calls visit(node, path) in document order; descends where it returns true.
template <typename Visit>
void walkShape(const Node& node, const std::string& path, const Visit& visit)
{
    if (!visit(node, path))
        return;
    for (const Node& child : node.children)
        walkShape(child, childPath(node, path, child), visit);
}

template <typename N>
N* findShapeNode(N& node, NodeId id)
{
    if (node.id == id)
        return &node;
    for (auto& child : node.children)
        if (N* found = findShapeNode(child, id))
            return found;
    return nullptr;
}

NodeId largestId(const Node& node)
{
    NodeId largest = node.id;
    for (const Node& child : node.children)
        largest = std::max(largest, largestId(child));
    return largest;
}

void number(Node& node, NodeId& last, std::set<NodeId>& taken)
{
    if (node.id == 0 || !taken.insert(node.id).second)
        taken.insert(node.id = ++last);
    for (Node& child : node.children)
        number(child, last, taken);
}

} // namespace

const char* name(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Object:
        return "object";
    case NodeKind::List:
        return "list";
    case NodeKind::Map:
        return "map";
    case NodeKind::Column:
        return "column";
    case NodeKind::Constant:
        return "constant";
    case NodeKind::Text:
        return "text";
    case NodeKind::Json:
        return "json";
    }
    return "";
}

const char* name(ListForm form)
{
    switch (form) {
    case ListForm::Dictionaries:
        return "dictionaries";
    case ListForm::DictionaryOfLists:
        return "dictionary_of_lists";
    case ListForm::Values:
        return "values";
    case ListForm::DictionaryByKey:
        return "dictionary_by_key";
    }
    return "";
}

const char* name(RepeatedKeys keys)
{
    switch (keys) {
    case RepeatedKeys::Invalid:
        return "invalid";
    case RepeatedKeys::LastBySort:
        return "last_by_sort";
    }
    return "";
}

const char* name(ListOrder order)
{
    switch (order) {
    case ListOrder::Sorted:
        return "sorted";
    case ListOrder::Query:
        return "query";
    }
    return "";
}

const char* name(WhenEmpty empty)
{
    switch (empty) {
    case WhenEmpty::Send:
        return "send";
    case WhenEmpty::SendNull:
        return "null";
    case WhenEmpty::LeaveOut:
        return "leave_out";
    }
    return "";
}

bool Node::isLeaf() const
{
    switch (kind) {
    case NodeKind::Object:
    case NodeKind::List:
    case NodeKind::Map:
        return false;
    case NodeKind::Column:
    case NodeKind::Constant:
    case NodeKind::Text:
    case NodeKind::Json:
        return true;
    }
    return true;
}

bool Node::isUnbound() const
{
    const bool hasKey =
        kind == NodeKind::Map || (kind == NodeKind::List && list.form == ListForm::DictionaryByKey);
    if (hasKey)
        return list.key.column.empty();
    return kind == NodeKind::Column && leaf.column.empty() && leaf.pick != Pick::Count;
}

void Shape::numberNodes()
{
    NodeId last = largestId(root);
    std::set<NodeId> taken;
    number(root, last, taken);
}

const Node* Shape::find(NodeId id) const
{
    return findShapeNode(root, id);
}

Node* Shape::find(NodeId id)
{
    return findShapeNode(root, id);
}

std::string Shape::pathOf(NodeId id) const
{
    std::string found;
    walkShape(root, {}, [&](const Node& node, const std::string& path) {
        if (node.id == id)
            found = path.empty() ? "/" : path;
        return found.empty();
    });
    return found;
}

std::map<NodeId, std::string> Shape::paths() const
{
    std::map<NodeId, std::string> paths;
    walkShape(root, {}, [&](const Node& node, const std::string& path) {
        paths.emplace(node.id, path.empty() ? "/" : path);
        return true;
    });
    return paths;
}

std::vector<std::string> Shape::leafPaths() const
{
    std::vector<std::string> paths;
    walkShape(root, {}, [&](const Node& node, const std::string& path) {
        if (node.isLeaf() || isRepeating(node))
            paths.push_back(path);
        return !isRepeating(node);
    });
    return paths;
}

std::vector<std::string> Shape::setIfEmptyPaths() const
{
    std::vector<std::string> paths;
    walkShape(root, {}, [&](const Node& node, const std::string& path) {
        if (node.isLeaf() && node.leaf.nulls == NullPolicy::SetIfEmpty)
            paths.push_back(path);
        return true;
    });
    return paths;
}

std::vector<std::string> Shape::setIfEmptyMembers() const
{
    std::vector<std::string> members;
    for (const Node& child : root.children)
        if (child.isLeaf() && child.leaf.nulls == NullPolicy::SetIfEmpty)
            members.push_back(child.name);
    return members;
}

std::vector<std::string> Shape::models() const
{
    std::set<std::string> names;
    walkShape(root, {}, [&](const Node& node, const std::string&) {
        const std::string& model = node.isLeaf() ? node.leaf.model : node.list.source.model;
        if (!model.empty() && model != mainModel && (node.isLeaf() || isRepeating(node)))
            names.insert(model);
        return true;
    });
    return {names.begin(), names.end()};
}

} // namespace headgate::shape
