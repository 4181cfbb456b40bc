// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/random_shape.h"
#include "shape/shape_check.h"
#include "shape/shape_edit.h"
#include "shape/shape_json.h"
#include "shape/shape_suggest.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <set>

using namespace headgate;
using namespace headgate::shape;

namespace {

/// Every node by its id, without its children; names where it stands.
struct Census
{
    struct Entry
    {
        Node node;
        NodeId parent = 0;
    };
    std::map<NodeId, Entry> nodes;

    explicit Census(const Shape& shape) { take(shape.root, 0); }

private:
    void take(const Node& node, NodeId parent)
    {
        Entry entry{node, parent};
        entry.node.children.clear();
        RC_ASSERT(node.id != 0u);
        RC_ASSERT(nodes.emplace(node.id, std::move(entry)).second);
        for (const Node& child : node.children)
            take(child, node.id);
    }
};

/// One random edit: what it answers, and the nodes that it may change or take away.
class RandomEdit
{
public:
    RandomEdit(const Shape& shape, const ShapeModels& models, std::mt19937& random)
        : m_shape(shape), m_models(models), m_random(random), m_paths(shape.paths())
    {}

    Result<EditedShape> make()
    {
        switch (below(19)) {
        case 0:
        case 1:
            return addColumn(m_shape, m_models, place(), column(), several());
        case 2:
            return addColumns(m_shape, m_models, place(), {column(), column(), column()},
                              ColumnsAs(below(5)), several());
        case 3:
            unbinds = true;
            return addField(m_shape, place(), name(), nodeKinds[below(nodeKinds.size())]);
        case 4:
            return bindColumn(m_shape, m_models, changed(node()), column(), several());
        case 5:
        case 6:
            return moveNode(m_shape, subtree(node()), place());
        case 7:
            return copyNode(m_shape, node(), place());
        case 8:
            return removeNodes(m_shape, {removed(node()), removed(node())});
        case 9:
            return renameNode(m_shape, changed(node()), name());
        case 10:
            return chance() ? moveUp(m_shape, node()) : moveDown(m_shape, node());
        case 11:
            return chance() ? indent(m_shape, subtree(node())) : outdent(m_shape, subtree(node()));
        case 12:
            return wrapInObject(m_shape, siblings(), name());
        case 13:
            return unwrap(m_shape, removedAlone(node()));
        case 14:
            return groupIntoList(m_shape, m_models, siblings(), name());
        case 15:
            return setListForm(m_shape, subtree(node()), listForms[below(listForms.size())],
                               &m_models);
        case 16:
            return sorted(changed(node()));
        case 17:
            unbinds = true;
            return pasteJson(m_shape, node(),
                             R"({"m0":1,"p":{"q":[1]},"m1":[{"m0":{"x":null}}],"r":[]})");
        default:
            return bindCertain(m_shape, m_models, subtree(m_shape.root.id));
        }
    }

    std::set<NodeId> mayChange;
    std::set<NodeId> mayGo;
    bool unbinds = false;

private:
    std::size_t below(std::size_t count) { return m_random() % count; }
    bool chance() { return below(2) == 0; }

    NodeId node()
    {
        if (below(40) == 0)
            return 99'999;
        return std::next(m_paths.begin(), static_cast<std::ptrdiff_t>(below(m_paths.size())))
            ->first;
    }

    /// A list around the place may take a model.
    Place place()
    {
        const NodeId parent = node();
        around(parent);
        return {parent, chance() ? Place::end : below(5)};
    }

    void around(NodeId id)
    {
        for (auto at = std::optional(id); at;) {
            const Node* found = m_shape.find(*at);
            if (found && (found->kind == NodeKind::List || found->kind == NodeKind::Map))
                mayChange.insert(*at);
            const auto up = placeOf(m_shape, *at);
            at = up ? std::optional(up->parent) : std::nullopt;
        }
    }

    NodeId changed(NodeId id)
    {
        mayChange.insert(id);
        around(id);
        return id;
    }

    void collect(const Node& from, std::set<NodeId>& into)
    {
        into.insert(from.id);
        for (const Node& child : from.children)
            collect(child, into);
    }

    NodeId subtree(NodeId id)
    {
        if (const Node* found = m_shape.find(id))
            collect(*found, mayChange);
        return id;
    }

    NodeId removed(NodeId id)
    {
        if (const Node* found = m_shape.find(id))
            collect(*found, mayGo);
        return id;
    }

    NodeId removedAlone(NodeId id)
    {
        mayGo.insert(id);
        return id;
    }

    std::vector<NodeId> siblings()
    {
        const auto at = placeOf(m_shape, node());
        std::vector<NodeId> chosen;
        if (!at)
            return chosen;
        for (const Node& child : m_shape.find(at->parent)->children)
            if (chosen.empty() || chance())
                chosen.push_back(changed(child.id));
        return chosen;
    }

    Result<EditedShape> sorted(NodeId list)
    {
        const std::string model = modelAt(m_shape, list);
        std::string by = m_models.main.columns[below(m_models.main.columns.size())].name;
        for (const RelatedModel& related : m_models.related)
            if (related.name == model)
                by = related.schema.columns[below(related.schema.columns.size())].name;
        return chance() ? addSort(m_shape, list, by, chance()) : addDistinct(m_shape, list, by);
    }

    ColumnRef column()
    {
        if (below(30) == 0)
            return {"gone", "column"};
        const std::size_t model = below(1 + m_models.related.size());
        const data::Schema& schema =
            model == 0 ? m_models.main : m_models.related[model - 1].schema;
        return {model == 0 ? std::string() : m_models.related[model - 1].name,
                schema.columns[below(schema.columns.size())].name};
    }

    std::optional<Several> several()
    {
        const std::size_t which = below(9);
        return which < 7 ? std::optional(Several(which)) : std::nullopt;
    }

    std::string name() { return below(20) == 0 ? std::string() : "m" + std::to_string(below(8)); }

    const Shape& m_shape;
    const ShapeModels& m_models;
    std::mt19937& m_random;
    std::map<NodeId, std::string> m_paths;
};

/// Writes the shape and reads it again.
void checkFileForm(const Shape& shape)
{
    const data::JsonNode written = toJson(shape);
    Issues issues;
    const auto reread = shapeFromJson(written, {}, issues);
    if (!reread)
        RC_FAIL(toString(issues).toStdString() + written.dump(1));
    RC_ASSERT(toJson(*reread) == written);
}

/// Codes of what is wrong, but for a list that lost its last field.
std::set<std::string> errorsOfShape(const Shape& shape, const ShapeModels& models)
{
    std::set<std::string> codes;
    for (const ShapeFinding& finding : checkShape(shape, models))
        if (finding.issue.severity == Severity::Error && finding.issue.code != "shape.list.element")
            codes.insert(finding.issue.code + ' ' + finding.issue.place);
    return codes;
}

void checkNothingElseChanged(const Census& before, const Census& after, const RandomEdit& edit)
{
    for (const auto& [id, entry] : before.nodes) {
        const auto kept = after.nodes.find(id);
        if (kept == after.nodes.end()) {
            RC_ASSERT(edit.mayGo.count(id) == 1u);
            continue;
        }
        if (edit.mayChange.count(id) != 0)
            continue;
        RC_ASSERT(kept->second.node == entry.node);
        RC_ASSERT(kept->second.parent == entry.parent || edit.mayGo.count(entry.parent) == 1u);
    }
}

} // namespace

TEST(ShapeEditProperty, anySequenceOfEditsLeavesAWholeShape)
{
    std::size_t done = 0;
    std::size_t refused = 0;
    EXPECT_TRUE(rc::check("edits", [&](std::uint32_t seed) {
        RandomShape source(seed);
        const ShapeModels models = source.table().models;
        Shape shape = source.shape();
        RC_PRE(errorsOfShape(shape, models).empty());
        bool isCorrect = true;
        for (int i = 0; i < 25; ++i) {
            RandomEdit edit(shape, models, source.random());
            const auto edited = edit.make();
            if (!edited) {
                RC_ASSERT(edited.error().code.rfind("shape.edit.", 0) == 0u);
                RC_ASSERT(!edited.error().message.isEmpty());
                ++refused;
                continue;
            }
            ++done;
            checkNothingElseChanged(Census(shape), Census(edited->shape), edit);
            RC_ASSERT(edited->shape.find(edited->selected) != nullptr);
            checkFileForm(edited->shape);
            isCorrect = isCorrect && !edit.unbinds;
            RC_LOG() << toJson(shape).dump() << '\n' << toJson(edited->shape).dump() << '\n';
            if (isCorrect)
                RC_ASSERT(errorsOfShape(edited->shape, models) == std::set<std::string>());
            shape = edited->shape;
        }
    }));
    EXPECT_GT(done, 200U);
    EXPECT_GT(refused, 200U);
}
