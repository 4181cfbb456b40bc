// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "shape/edit_scope.h"

#include <algorithm>

namespace headgate::shape {

namespace {

/// Names on the way, unescaped as of RFC 6901; "/" has none.
std::vector<std::string> namesOf(const std::string& path)
{
    std::vector<std::string> names;
    std::string name;
    bool open = false;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] == '/') {
            if (open)
                names.push_back(std::move(name));
            name.clear();
            open = true;
        } else if (path[i] == '~' && i + 1 < path.size() &&
                   (path[i + 1] == '0' || path[i + 1] == '1')) {
            name += path[++i] == '0' ? '~' : '/';
        } else {
            name += path[i];
            open = true;
        }
    }
    if (open)
        names.push_back(std::move(name));
    return names;
}

const Node* childNamed(const Node& parent, const std::string& name)
{
    const auto found = std::find_if(parent.children.begin(), parent.children.end(),
                                    [&](const Node& child) { return child.name == name; });
    return found == parent.children.end() ? nullptr : &*found;
}

struct Parent
{
    Shape shape;
    NodeId id = 0;
    std::string name; ///< of the node that is to be in it
};

/// The node that the path's last name is to be in; objects that lack on the way are made.
Result<Parent> parentFor(Shape shape, const std::string& path)
{
    std::vector<std::string> names = namesOf(path);
    if (names.empty() || std::any_of(names.begin(), names.end(),
                                     [](const std::string& name) { return name.empty(); }))
        return editRefused("path", Text::tr("\u201C%1\u201D is no path: write it like "
                                            "/address/city, with a name after every slash.")
                                       .arg(toQString(path)));
    std::string last = std::move(names.back());
    names.pop_back();
    NodeId parent = shape.root.id;
    for (const std::string& name : names) {
        const Node* const there = childNamed(*shape.find(parent), name);
        if (there != nullptr && there->isLeaf())
            return editRefused(
                "path",
                Text::tr("%1 is a single value: nothing can be in it.").arg(shownNode(*there)));
        if (there != nullptr) {
            parent = there->id;
            continue;
        }
        auto made = addField(std::move(shape), {parent, Place::end}, name, NodeKind::Object);
        if (!made)
            return Failure(made.error());
        shape = std::move(made->shape);
        parent = made->selected;
    }
    return Parent{std::move(shape), parent, std::move(last)};
}

} // namespace

Result<EditedShape> setPath(Shape shape, NodeId node, const std::string& path)
{
    const auto from = checkLeaving(shape, node);
    if (!from)
        return Failure(from.error());
    auto parent = parentFor(std::move(shape), path);
    if (!parent)
        return Failure(parent.error());
    const Node* const there = childNamed(*parent->shape.find(parent->id), parent->name);
    if (there != nullptr && there->id != node)
        return editRefused("path", Text::tr("There is a field %1 already.").arg(toQString(path)));
    if (parent->id == from->parent)
        return renameNode(std::move(parent->shape), node, parent->name);
    parent->shape.find(node)->name = parent->name;
    return moveNode(std::move(parent->shape), node, {parent->id, Place::end});
}

Result<EditedShape> addAtPath(Shape shape, const std::string& path)
{
    auto parent = parentFor(std::move(shape), path);
    if (!parent)
        return Failure(parent.error());
    if (childNamed(*parent->shape.find(parent->id), parent->name) != nullptr)
        return editRefused("path", Text::tr("There is a field %1 already.").arg(toQString(path)));
    return addField(std::move(parent->shape), {parent->id, Place::end}, parent->name,
                    NodeKind::Column);
}

} // namespace headgate::shape
