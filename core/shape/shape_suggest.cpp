// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_suggest.h"

#include "base/text.h"
#include "shape/edit_scope.h"
#include "shape/name_likeness.h"

#include <algorithm>

namespace headgate::shape {

using data::ValueKind;

namespace {

constexpr double hopeless = 0.35;
constexpr double certainScore = 0.85;
constexpr double certainLead = 0.08;
constexpr std::size_t mostSuggestions = 8;

bool isTimeKind(ValueKind kind)
{
    return kind == ValueKind::Date || kind == ValueKind::Timestamp ||
           kind == ValueKind::TimestampTz;
}

/// How well a column's kind fits what the leaf is to become.
double kindFit(LeafType type, ValueKind kind)
{
    constexpr double unlikely = 0.6;
    constexpr double possible = 0.9;
    switch (type) {
    case LeafType::Number:
    case LeafType::Integer:
        return data::isNumber(kind) ? 1 : unlikely;
    case LeafType::Boolean:
        return kind == ValueKind::Bool ? 1 : unlikely;
    case LeafType::Date:
    case LeafType::DateTime:
        return isTimeKind(kind) ? 1 : unlikely;
    case LeafType::Text:
        return data::isNumber(kind) || kind == ValueKind::Bool ? possible : 1;
    case LeafType::Json:
    case LeafType::List:
        return kind == ValueKind::Json ? 1 : possible;
    case LeafType::AsIs:
        return 1;
    }
    return 1;
}

/// What is looked for: the names around it, and where it stands.
struct Wanted
{
    std::vector<std::string> name;
    std::vector<std::string> within; ///< the name of what it stands in, then its own
    LeafType type = LeafType::AsIs;
    NodeId parent = 0;
    NodeId leaf = 0; ///< 0: none yet
};

class ColumnRanking
{
public:
    ColumnRanking(const Shape& shape, const ShapeModels& models, const Wanted& wanted)
        : m_shape(shape), m_models(models), m_wanted(wanted),
          m_scope(editScopeIn(shape, wanted.parent))
    {}

    std::vector<Suggestion> ranked()
    {
        add({}, m_models.main);
        for (const RelatedModel& related : m_models.related)
            add(related.name, related.schema);
        std::stable_sort(
            m_found.begin(), m_found.end(),
            [](const Suggestion& a, const Suggestion& b) { return a.score > b.score; });
        const double second = m_found.size() > 1 ? m_found[1].score : 0;
        if (!m_found.empty()) {
            Suggestion& best = m_found.front();
            best.certain = best.score >= certainScore && best.score - second >= certainLead &&
                           (isSettled(best.column) || adopts(best.column));
        }
        if (m_found.size() > mostSuggestions)
            m_found.resize(mostSuggestions);
        return std::move(m_found);
    }

private:
    bool isSettled(const ColumnRef& column) const
    {
        return cardinalityIn(m_scope, m_models, column) == Cardinality::One;
    }

    bool adopts(const ColumnRef& column) const
    {
        return adoptingList(m_shape, m_models, m_wanted.parent, column, m_wanted.leaf) != 0;
    }

    /// Rows at hand before those that are looked up, and both before those that vary.
    double placeFit(const ColumnRef& column) const
    {
        constexpr double varies = 0.7;
        constexpr double lookedUp = 0.97;
        if (adopts(column))
            return 1;
        if (!isSettled(column))
            return varies;
        return modelOf(column) == m_scope.model() ? 1 : lookedUp;
    }

    void add(const std::string& model, const data::Schema& schema)
    {
        constexpr double byContext = 0.97;
        const std::vector<std::string> names = schema.addressableNames();
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::vector<std::string> words = wordsOf(names[i]);
            const double likeness = std::max(nameLikeness(m_wanted.name, words),
                                             byContext * nameLikeness(m_wanted.within, words));
            const ColumnRef column{model, names[i]};
            const double score =
                likeness * kindFit(m_wanted.type, schema.columns[i].kind) * placeFit(column);
            if (score >= hopeless)
                m_found.push_back({column, score, false});
        }
    }

    const Shape& m_shape;
    const ShapeModels& m_models;
    const Wanted& m_wanted;
    EditScope m_scope;
    std::vector<Suggestion> m_found;
};

void collectUnbound(const Node& node, std::vector<NodeId>& into)
{
    if (node.isLeaf() && node.isUnbound())
        into.push_back(node.id);
    for (const Node& child : node.children)
        collectUnbound(child, into);
}

} // namespace

std::vector<Suggestion> suggestionsFor(const Shape& shape, const ShapeModels& models, NodeId parent,
                                       const std::string& name)
{
    const Node* around = shape.find(parent);
    if (!around)
        return {};
    Wanted wanted{wordsOf(name), wordsOf(around->name + ' ' + name), LeafType::AsIs, parent, 0};
    return ColumnRanking(shape, models, wanted).ranked();
}

std::vector<Suggestion> suggestionsFor(const Shape& shape, const ShapeModels& models, NodeId leaf)
{
    const Node* node = shape.find(leaf);
    const auto place = placeOf(shape, leaf);
    if (!place || !node->isLeaf())
        return {};
    const Node& around = *shape.find(place->parent);
    const bool single = around.kind == NodeKind::Map ||
                        (around.kind == NodeKind::List && around.list.form == ListForm::Values);
    const std::string name = single ? around.name : node->name;
    Wanted wanted{wordsOf(name), wordsOf(around.name + ' ' + node->name), node->leaf.type,
                  place->parent, leaf};
    return ColumnRanking(shape, models, wanted).ranked();
}

std::vector<NodeId> unboundLeaves(const Shape& shape, NodeId within)
{
    std::vector<NodeId> leaves;
    if (const Node* node = shape.find(within))
        collectUnbound(*node, leaves);
    return leaves;
}

Result<EditedShape> bindCertain(Shape shape, const ShapeModels& models, NodeId within)
{
    bool any = false;
    for (const NodeId leaf : unboundLeaves(shape, within)) {
        const std::vector<Suggestion> found = suggestionsFor(shape, models, leaf);
        if (found.empty() || !found.front().certain)
            continue;
        auto bound = bindColumn(shape, models, leaf, found.front().column);
        if (!bound)
            continue;
        shape = std::move(bound->shape);
        any = true;
    }
    if (!any)
        return editRefused("suggest", Text::tr("No column fits for certain."));
    const std::vector<NodeId> left = unboundLeaves(shape, within);
    return EditedShape{std::move(shape), left.empty() ? within : left.front()};
}

} // namespace headgate::shape
