// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/model_definition.h"
#include "project/sync_definition.h"
#include "service/record_sample.h"
#include "shape/record_assembler.h"

namespace headgate::service {

/// A record of a sample as a run would send it.
struct ShapedSample
{
    std::string keyText;
    std::string match;
    data::ValueKind matchKind = data::ValueKind::Null;
    std::string payload; ///< empty if Invalid or filtered
    /// Rows count from 1 in RecordSample::main and related: RowOrigin{1, 1} is related[0], row 0.
    shape::Provenance provenance;
    std::vector<shape::RecordProblem> problems;
    bool filtered = false;
};

/// A value on its way through the functions of a leaf.
struct TracedValue
{
    std::string json;    ///< empty where it is Invalid
    std::string invalid; ///< reason, as data::invalid_reason and shape::step_reason name it
};

/// Shapes records of a sample. A shape that is being edited has nodes that are not bound or do not
/// fit: it shapes what is left without them. One per thread.
class SampleShaper
{
public:
    /// Error: Config "sync.unshaped", "shape.check" for what no left-out node mends (the joins),
    /// "record.options" for a filter that does not fit.
    [[nodiscard]] static Result<std::unique_ptr<SampleShaper>>
    create(std::shared_ptr<const RecordSample> sample, const project::SyncDefinition& sync,
           const project::ModelDefinition& model);

    [[nodiscard]] const RecordSample& sample() const { return *m_sample; }
    /// The shape without the nodes that were left out; ids are those of the sync's shape.
    [[nodiscard]] const shape::Shape& shape() const { return m_shape; }
    [[nodiscard]] const shape::ShapeProgram& program() const { return *m_program; }
    [[nodiscard]] const std::vector<shape::NodeId>& leftOut() const { return m_leftOut; }

    [[nodiscard]] ShapedSample shape(std::size_t record);
    /// The leaf's value before its functions, after each of them, and after its type where it has
    /// one: of the first row that the record's payload shows there, else of the first row. Ends
    /// with an Invalid value. Empty where the leaf was left out or there is no row.
    [[nodiscard]] std::vector<TracedValue> trace(std::size_t record, shape::NodeId leaf);

private:
    SampleShaper(std::shared_ptr<const RecordSample> sample, shape::Shape shape);
    [[nodiscard]] Result<void> leaveOutUnfit();
    [[nodiscard]] Result<void> assembleWith(const project::SyncDefinition& sync,
                                            const std::string& eventTime);
    [[nodiscard]] shape::ModelRows ownRows(const RecordSample::Record& record) const;
    /// Model and row that a leaf's first value came from.
    [[nodiscard]] std::optional<shape::RowOrigin> originOf(const ShapedSample& shaped,
                                                           const RecordSample::Record& record,
                                                           const shape::ShapeProgram::Leaf& leaf,
                                                           shape::NodeId node) const;
    /// What a pick that counts or sums up starts with.
    [[nodiscard]] std::optional<data::Value> pickedValue(std::size_t record,
                                                         shape::NodeId leaf) const;

    std::shared_ptr<const RecordSample> m_sample;
    shape::Shape m_shape;
    std::vector<shape::NodeId> m_leftOut;
    std::shared_ptr<const shape::ShapeProgram> m_program;
    std::unique_ptr<shape::RecordAssembler> m_assembler;
    shape::ShapedRecord m_record;
};

} // namespace headgate::service
