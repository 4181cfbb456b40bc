// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_check.h"

#include "shape/check_report.h"
#include "shape/text_template.h"

#include <algorithm>
#include <set>

namespace headgate::shape {

using data::ValueKind;

namespace {

constexpr int deepestCheckedNode = 24;

/// The rows that a node's values are taken from.
struct CheckScope
{
    std::size_t model = 0; ///< 0: main; n: related[n - 1]
    bool oneRow = false;   ///< never more than one row
    bool mainOneRow = false;
};

class ShapeChecker
{
public:
    ShapeChecker(const ShapeModels& models, std::vector<ShapeFinding>& findings)
        : m_models(models), m_findings(findings)
    {}

    void check(const Node& node, const std::string& place, const CheckScope& scope, int depth)
    {
        const CheckReport report(node.id, place, m_findings);
        if (depth > deepestCheckedNode)
            return report.error(
                {}, "shape.depth",
                Text::tr("The shape is nested deeper than %1 levels.").arg(deepestCheckedNode));
        switch (node.kind) {
        case NodeKind::Object:
            return checkObject(node, place, scope, depth);
        case NodeKind::List:
        case NodeKind::Map:
            return checkRepeating(node, place, scope, depth);
        case NodeKind::Column:
        case NodeKind::Constant:
        case NodeKind::Text:
        case NodeKind::Json:
            return checkLeaf(node, scope, report);
        }
    }

    void checkJoins(const std::string& place)
    {
        const CheckReport report(0, place, m_findings);
        for (const RelatedModel& related : m_models.related) {
            if (related.columns.size() != related.mainColumns.size() || related.columns.empty()) {
                report.error({}, "shape.join.columns",
                             Text::tr("The related model “%1” needs as many of its own columns as "
                                      "of the main model to be joined by.")
                                 .arg(toQString(related.name)));
                continue;
            }
            for (std::size_t i = 0; i < related.columns.size(); ++i)
                checkJoinColumn(related, i, report);
        }
    }

private:
    static int keyClass(ValueKind kind)
    {
        if (data::isNumber(kind))
            return 1;
        return kind == ValueKind::Text || kind == ValueKind::Uuid ? 2 : 10 + static_cast<int>(kind);
    }

    void checkJoinColumn(const RelatedModel& related, std::size_t i, const CheckReport& report)
    {
        const auto own = report.column({}, related.columns[i], related.schema);
        const auto main = report.column({}, related.mainColumns[i], m_models.main);
        if (!own || !main)
            return;
        const ValueKind ownKind = related.schema.columns[*own].kind;
        const ValueKind mainKind = m_models.main.columns[*main].kind;
        if (keyClass(ownKind) != keyClass(mainKind))
            report.error({}, "shape.join.type",
                         Text::tr("“%1” of kind %2 and “%3” of kind %4 never join.")
                             .arg(toQString(related.mainColumns[i]),
                                  toQString(data::name(mainKind)), toQString(related.columns[i]),
                                  toQString(data::name(ownKind))));
    }

    /// 0 for the main model; empty, with a finding, for a name that is no model.
    std::optional<std::size_t> modelNamed(const std::string& name, const char* field,
                                          const CheckReport& report) const
    {
        if (name == mainModel)
            return 0;
        for (std::size_t i = 0; i < m_models.related.size(); ++i)
            if (m_models.related[i].name == name)
                return i + 1;
        QStringList names;
        for (const RelatedModel& related : m_models.related)
            names << toQString(related.name);
        report.error(field, "shape.model.unknown",
                     Text::tr("The sync has no related model “%1”.").arg(toQString(name)),
                     names.isEmpty()
                         ? Text::tr("It has none.")
                         : Text::tr("It has: %1.").arg(names.join(QLatin1String(", "))));
        return std::nullopt;
    }

    const data::Schema& schemaOf(std::size_t model) const
    {
        return model == 0 ? m_models.main : m_models.related[model - 1].schema;
    }

    void checkMemberNames(const Node& parent, const std::string& place, const char* field)
    {
        std::set<std::string_view> names;
        for (std::size_t i = 0; i < parent.children.size(); ++i) {
            const Node& child = parent.children[i];
            const CheckReport report(child.id, place + field + std::to_string(i), m_findings);
            if (child.name.empty())
                report.error("/name", "shape.name.empty", Text::tr("The field has no name."));
            else if (!names.insert(child.name).second)
                report.error("/name", "shape.name.duplicate",
                             Text::tr("The name “%1” stands twice in one object.")
                                 .arg(toQString(child.name)));
        }
    }

    void checkObject(const Node& node, const std::string& place, const CheckScope& scope, int depth)
    {
        const CheckReport report(node.id, place, m_findings);
        if (node.children.empty())
            report.warning("/fields", "shape.object.empty", Text::tr("The object has no fields."));
        checkMemberNames(node, place, "/fields/");
        for (std::size_t i = 0; i < node.children.size(); ++i)
            check(node.children[i], place + "/fields/" + std::to_string(i), scope, depth + 1);
    }

    void checkRepeating(const Node& node, const std::string& place, const CheckScope& outer,
                        int depth)
    {
        const CheckReport report(node.id, place, m_findings);
        const ListOptions& list = node.list;
        CheckScope inner = outer;
        bool oneRow = outer.oneRow;
        if (!list.source.model.empty()) {
            const auto model = modelNamed(list.source.model, "/source/model", report);
            if (!model)
                return;
            inner.model = *model;
            oneRow = *model == 0 ? outer.mainOneRow : m_models.related[*model - 1].toOne;
        }
        if (oneRow)
            report.warning({}, "shape.list.one_row",
                           Text::tr("The list can never have more than one element here."));
        checkListOptions(node, schemaOf(inner.model), report);
        inner.oneRow = list.groupBy.empty();
        if (inner.model == 0)
            inner.mainOneRow = inner.oneRow;
        checkElement(node, place, inner, depth, report);
    }

    void checkElement(const Node& node, const std::string& place, const CheckScope& inner,
                      int depth, const CheckReport& report)
    {
        const bool isMap = node.kind == NodeKind::Map;
        const char* field = isMap ? "/value" : "/element";
        if (node.children.empty())
            report.error(field, "shape.list.element",
                         Text::tr("The list does not say what its elements are made of."));
        const bool single = isMap || node.list.form == ListForm::Values;
        if (single && node.children.size() > 1)
            report.warning(field, "shape.list.unused",
                           Text::tr("Only the first of these is used in this form."));
        if (!single)
            checkMemberNames(node, place, "/element/");
        const std::size_t used =
            single ? std::min<std::size_t>(node.children.size(), 1) : node.children.size();
        for (std::size_t i = 0; i < used; ++i)
            check(node.children[i],
                  isMap ? place + "/value" : place + "/element/" + std::to_string(i), inner,
                  depth + 1);
    }

    void checkListOptions(const Node& node, const data::Schema& schema, const CheckReport& report)
    {
        const ListOptions& list = node.list;
        checkConditionIn(list.where, schema, "/where", report);
        checkNames(list.groupBy, "/groupBy/", schema, report);
        checkNames(list.distinct, "/distinct/", schema, report);
        checkSortBy(list.sortBy, schema, report);
        if (!list.groupBy.empty() && !list.distinct.empty())
            report.error("/distinct", "shape.list.distinct",
                         Text::tr("The elements of groups are distinct already."));
        if (list.order == ListOrder::Query)
            report.warning("/order", "shape.list.order",
                           list.sortBy.empty()
                               ? Text::tr("The order of the query can change from run to run, and "
                                          "records with it.")
                               : Text::tr("“sortBy” has no effect in the order of the query."));
        if (list.limit == 0u)
            report.warning("/limit", "shape.list.limit", Text::tr("The list is always empty."));
        if (node.kind == NodeKind::Map || list.form == ListForm::DictionaryByKey)
            checkKey(list, schema, report);
    }

    static void checkNames(const std::vector<std::string>& names, const char* field,
                           const data::Schema& schema, const CheckReport& report)
    {
        for (std::size_t i = 0; i < names.size(); ++i)
            report.column(field + std::to_string(i), names[i], schema);
    }

    static void checkSortBy(const std::vector<SortKey>& sortBy, const data::Schema& schema,
                            const CheckReport& report)
    {
        for (std::size_t i = 0; i < sortBy.size(); ++i)
            report.column("/sortBy/" + std::to_string(i) + "/column", sortBy[i].column, schema);
    }

    static void checkKey(const ListOptions& list, const data::Schema& schema,
                         const CheckReport& report)
    {
        if (list.key.column.empty())
            return report.error("/key", "shape.list.key",
                                Text::tr("A dictionary by key needs a key column."));
        const auto column = report.column("/key/column", list.key.column, schema);
        if (!column)
            return;
        const ValueKind kind = schema.columns[*column].kind;
        if (kind == ValueKind::Json)
            report.error("/key/column", "shape.list.key",
                         Text::tr("A JSON value cannot be the name of a member."));
        checkFunctions(list.key.functions, kind, schema, "/key/functions", report);
        if (list.repeated == RepeatedKeys::LastBySort && list.sortBy.empty())
            report.warning("/repeatedKeys", "shape.list.last",
                           Text::tr("Without “sortBy”, which row of a repeated key is the last "
                                    "depends on the values alone."));
    }

    void checkLeaf(const Node& node, const CheckScope& scope, const CheckReport& report)
    {
        std::size_t model = scope.model;
        bool several = !scope.oneRow;
        if (!node.leaf.model.empty()) {
            const auto named = modelNamed(node.leaf.model, "/model", report);
            if (!named)
                return;
            const bool isLookup = *named != 0 && *named != scope.model;
            if (isLookup && node.leaf.pick == Pick::None && !m_models.related[*named - 1].toOne)
                report.error("/pick", "shape.leaf.several",
                             Text::tr("“%1” can have several rows for one value.")
                                 .arg(toQString(node.leaf.model)),
                             Text::tr("Pick one of them, or make a list."));
            several = several || *named != scope.model;
            model = *named;
        }
        const data::Schema& schema = schemaOf(model);
        const KnownKind kind = leafKind(node, schema, report);
        checkPick(node, kind, schema, several, report);
        const bool counts = node.leaf.pick == Pick::Count;
        checkValueChain(node, counts ? KnownKind(ValueKind::Integer) : kind, schema, report);
    }

    static KnownKind leafKind(const Node& node, const data::Schema& schema,
                              const CheckReport& report)
    {
        if (node.kind == NodeKind::Text) {
            const auto parsed = TextTemplate::parse(node.leaf.text);
            if (!parsed)
                report.error("/text", parsed.error().code, parsed.error().message);
            else
                for (const TextTemplate::Piece& piece : parsed->pieces)
                    if (piece.isColumn)
                        report.column("/text", piece.text, schema);
            return ValueKind::Text;
        }
        if (node.kind == NodeKind::Constant ||
            (node.leaf.column.empty() &&
             (node.kind == NodeKind::Json || node.leaf.pick == Pick::Count)))
            return std::nullopt;
        if (node.isUnbound()) {
            report.error("/column", "shape.leaf.unbound",
                         Text::tr("The field has no column yet to take its value from."));
            return std::nullopt;
        }
        const auto column = report.column("/column", node.leaf.column, schema);
        return column ? KnownKind(schema.columns[*column].kind) : std::nullopt;
    }

    static void checkPick(const Node& node, KnownKind kind, const data::Schema& schema,
                          bool several, const CheckReport& report)
    {
        const Leaf& leaf = node.leaf;
        checkConditionIn(leaf.where, schema, "/where", report);
        checkSortBy(leaf.sortBy, schema, report);
        if (leaf.pick == Pick::None) {
            if (!leaf.where.holdsAlways())
                report.error("/where", "shape.leaf.where",
                             Text::tr("A condition needs a pick: it says which rows take part."));
            return;
        }
        const bool ordered = leaf.pick == Pick::First || leaf.pick == Pick::Last;
        if (ordered && leaf.sortBy.empty())
            report.error("/sortBy", "shape.pick.sort",
                         Text::tr("“%1” needs to know by what.").arg(toQString(name(leaf.pick))));
        if (!ordered && node.kind != NodeKind::Column)
            report.error("/pick", "shape.pick.kind",
                         Text::tr("“%1” is for columns.").arg(toQString(name(leaf.pick))));
        const bool number = !kind || data::isNumber(*kind) || *kind == ValueKind::Null;
        if (leaf.pick == Pick::Sum && !number)
            report.error("/pick", "shape.pick.type",
                         Text::tr("Values of kind %1 cannot be summed up.")
                             .arg(toQString(data::name(*kind))));
        if (!several)
            report.warning("/pick", "shape.pick.one_row",
                           Text::tr("There is never more than one row to pick from here."));
    }

    const ShapeModels& m_models;
    std::vector<ShapeFinding>& m_findings;
};

} // namespace

std::vector<ShapeFinding> checkShape(const Shape& shape, const ShapeModels& models,
                                     const std::string& place)
{
    std::vector<ShapeFinding> findings;
    ShapeChecker checker(models, findings);
    if (shape.root.kind != NodeKind::Object)
        CheckReport(shape.root.id, place, findings)
            .error("/kind", "shape.root.kind", Text::tr("The outermost node must be an object."));
    else if (shape.root.whenEmpty != WhenEmpty::Send)
        CheckReport(shape.root.id, place, findings)
            .error("/whenEmpty", "shape.root.when_empty",
                   Text::tr("The outermost object is the payload, so it is sent also where it is "
                            "empty. Filter records by the query of the model instead."));
    checker.checkJoins(place);
    CheckScope scope;
    scope.oneRow = models.isRowPerRecord();
    scope.mainOneRow = scope.oneRow;
    checker.check(shape.root, place, scope, 0);
    return findings;
}

Issues issuesOf(const std::vector<ShapeFinding>& findings)
{
    Issues issues;
    for (const ShapeFinding& finding : findings)
        issues.push_back(finding.issue);
    return issues;
}

} // namespace headgate::shape
