// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/sample_shaper.h"

#include "base/text.h"
#include "data/json_text.h"
#include "shape/shape_check.h"

#include <algorithm>

namespace headgate::service {

using shape::NodeId;
using shape::ShapeProgram;

namespace {

/// Takes a node out; the map around it too, which is nothing without its value.
bool takeNodeOut(shape::Node& parent, NodeId id, std::vector<NodeId>& takenOut)
{
    for (auto child = parent.children.begin(); child != parent.children.end(); ++child) {
        const bool isIt = child->id == id;
        if (!isIt && !takeNodeOut(*child, id, takenOut))
            continue;
        const bool emptyMap = child->kind == shape::NodeKind::Map && child->children.empty();
        if (isIt || emptyMap) {
            takenOut.push_back(child->id);
            parent.children.erase(child);
        }
        return true;
    }
    return false;
}

TracedValue traced(data::ValueView value)
{
    if (value.kind == data::ValueKind::Invalid)
        return {{}, std::string(value.text)};
    TracedValue traced;
    data::appendJsonValue(traced.json, value);
    return traced;
}

const ShapeProgram::Leaf* leafNamed(const ShapeProgram& program, const shape::Shape& shape,
                                    NodeId id)
{
    const shape::Node* node = shape.find(id);
    for (const ShapeProgram::Op& op : program.ops)
        if (op.id == id && node && node->isLeaf())
            return &program.leaves[op.detail];
    return nullptr;
}

bool isAggregate(shape::Pick pick)
{
    return pick == shape::Pick::Sum || pick == shape::Pick::Count;
}

} // namespace

SampleShaper::SampleShaper(std::shared_ptr<const RecordSample> sample, shape::Shape shape)
    : m_sample(std::move(sample)), m_shape(std::move(shape))
{
    m_shape.numberNodes();
}

Result<std::unique_ptr<SampleShaper>>
SampleShaper::create(std::shared_ptr<const RecordSample> sample,
                     const project::SyncDefinition& sync, const project::ModelDefinition& model)
{
    if (!sync.shape)
        return fail(ErrorKind::Config, "sync.unshaped",
                    Text::tr("The sync '%1' has no shape yet.").arg(toQString(sync.slug)));
    std::unique_ptr<SampleShaper> shaper(new SampleShaper(std::move(sample), *sync.shape));
    HEADGATE_TRY(shaper->leaveOutUnfit());
    HEADGATE_TRY(shaper->assembleWith(sync, model.eventTime));
    return shaper;
}

Result<void> SampleShaper::leaveOutUnfit()
{
    for (bool any = true; any;) {
        any = false;
        for (const shape::ShapeFinding& finding : shape::checkShape(m_shape, m_sample->models))
            if (finding.issue.severity == Severity::Error)
                any = takeNodeOut(m_shape.root, finding.node, m_leftOut) || any;
    }
    auto program = ShapeProgram::compile(m_shape, m_sample->models);
    if (!program)
        return propagate(std::move(program));
    m_program = std::move(*program);
    return {};
}

Result<void> SampleShaper::assembleWith(const project::SyncDefinition& sync,
                                        const std::string& eventTime)
{
    shape::RecordOptions options;
    options.shape = m_program;
    options.filter = sync.filter;
    // Definitions under edit may name what is gone: records then go by their key.
    if (m_sample->models.main.indexOf(sync.matching.column))
        options.matchColumn = sync.matching.column;
    const auto& paths = m_program->leafPaths;
    if (options.matchColumn.empty() &&
        std::find(paths.begin(), paths.end(), sync.matching.leaf) != paths.end())
        options.matchLeaf = sync.matching.leaf;
    if (m_sample->models.main.indexOf(eventTime))
        options.eventTime = eventTime;
    auto assembler = shape::RecordAssembler::create(options);
    if (!assembler)
        return propagate(std::move(assembler));
    m_assembler = std::move(*assembler);
    std::set<Hash128> sharing;
    for (const RecordSample::Record& record : m_sample->records)
        if (record.sharesRowKey)
            sharing.insert(fastHash(record.key));
    m_assembler->setSharingRecords(std::move(sharing));
    return {};
}

shape::ModelRows SampleShaper::ownRows(const RecordSample::Record& record) const
{
    return {&m_sample->main, record.rows, {}, 1};
}

ShapedSample SampleShaper::shape(std::size_t record)
{
    const RecordSample::Record& taken = m_sample->records[record];
    std::vector<shape::ModelRows> related;
    for (std::size_t i = 0; i < taken.related.size(); ++i)
        related.push_back({&m_sample->related[i], taken.related[i], {}, 1});
    ShapedSample shaped;
    m_record.clear();
    if (taken.key.empty())
        m_assembler->withoutKey(ownRows(taken), m_record);
    else
        m_assembler->assemble(taken.key, ownRows(taken), related, m_record, &shaped.provenance);
    shaped.keyText = std::move(m_record.keyText);
    shaped.match = std::move(m_record.match.text);
    shaped.matchKind = m_record.match.kind;
    shaped.payload = std::move(m_record.payload);
    shaped.problems = std::move(m_record.problems);
    shaped.filtered = m_record.filtered;
    return shaped;
}

std::optional<shape::RowOrigin> SampleShaper::originOf(const ShapedSample& shaped,
                                                       const RecordSample::Record& record,
                                                       const ShapeProgram::Leaf& leaf,
                                                       NodeId node) const
{
    for (const shape::ProvenanceValue& value : shaped.provenance.values)
        if (value.node == node && value.origin && !value.element)
            return value.origin;
    const auto& rows = leaf.model == 0 ? record.rows : record.related[leaf.model - 1];
    if (rows.empty())
        return std::nullopt;
    return shape::RowOrigin{leaf.model, rows.front() + std::uint64_t(1)};
}

std::optional<data::Value> SampleShaper::pickedValue(std::size_t record, NodeId leaf) const
{
    SampleShaper bare(m_sample, m_shape);
    shape::Leaf& plain = bare.m_shape.find(leaf)->leaf;
    plain.functions.clear();
    plain.type = shape::LeafType::AsIs;
    plain.format.reset();
    plain.whenInvalid.reset();
    plain.whenNull.reset();
    plain.nulls = shape::NullPolicy::SendNull;
    if (!bare.leaveOutUnfit() || !bare.assembleWith({}, {}))
        return std::nullopt;
    const ShapedSample shaped = bare.shape(record);
    for (const shape::ProvenanceValue& value : shaped.provenance.values) {
        if (value.node != leaf || value.element)
            continue;
        const std::string json = shaped.payload.substr(value.begin, value.end - value.begin);
        return json == "null" ? data::Value() : data::Value(data::ValueKind::Decimal, json);
    }
    return std::nullopt;
}

std::vector<TracedValue> SampleShaper::trace(std::size_t record, NodeId id)
{
    const ShapeProgram::Leaf* leaf = leafNamed(*m_program, m_shape, id);
    if (!leaf)
        return {};
    const RecordSample::Record& taken = m_sample->records[record];
    const auto origin = originOf(shape(record), taken, *leaf, id);
    std::vector<data::Value> cells(leaf->cells.size());
    for (std::size_t i = 0; i < cells.size() && origin; ++i)
        if (leaf->cells[i] != ShapeProgram::noColumn) {
            const data::RowBlock& block =
                origin->model == 0 ? m_sample->main : m_sample->related[origin->model - 1];
            cells[i] =
                data::Value(block.at(static_cast<std::size_t>(origin->row - 1), leaf->cells[i]));
        }
    if (isAggregate(leaf->pick) && !cells.empty()) {
        const auto picked = pickedValue(record, id);
        if (!picked)
            return {};
        cells.front() = *picked;
    } else if (!origin && !leaf->program.isConstant()) {
        return {};
    }
    std::vector<data::ValueView> views;
    for (const data::Value& cell : cells)
        views.push_back(cell.view());
    std::vector<TracedValue> steps;
    for (const data::Value& value : leaf->program.trace(views))
        steps.push_back(traced(value.view()));
    return steps;
}

} // namespace headgate::service
