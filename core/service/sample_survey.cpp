// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/sample_survey.h"

#include "base/text.h"
#include "shape/cell_order.h"

#include <algorithm>
#include <tuple>

namespace headgate::service {

namespace {

constexpr const char* sizeCode = "record.size";

class Surveyor
{
public:
    Surveyor(const SampleShaper& shaper, std::size_t recordBytes)
        : m_root(shaper.shape().root), m_recordBytes(recordBytes), m_sample(shaper.sample()),
          m_columns(m_sample.models.main.addressableNames()), m_varies(m_columns.size())
    {
        for (const shape::ShapeProgram::Op& op : shaper.program().ops) {
            m_nodes.emplace(op.path, op.id);
            if (op.kind == shape::NodeKind::List || op.kind == shape::NodeKind::Map)
                m_lists.insert(op.id);
        }
    }

    void add(std::size_t record, const ShapedSample& shaped)
    {
        ++m_survey.records;
        lookForDifferences(m_sample.records[record]);
        if (shaped.filtered) {
            ++m_survey.filtered;
            return;
        }
        if (!shaped.problems.empty()) {
            ++m_survey.invalid;
            keepFirst(m_survey.awkward.invalid, record);
            addProblems(record, shaped);
            return;
        }
        if (shaped.payload.size() > m_survey.largestBytes) {
            m_survey.largestBytes = shaped.payload.size();
            m_survey.awkward.largest = record;
        }
        if (m_recordBytes > 0 && shaped.payload.size() > m_recordBytes)
            addTooLarge(record, shaped);
        if (std::any_of(shaped.payload.begin(), shaped.payload.end(),
                        [](char c) { return static_cast<unsigned char>(c) >= 128; }))
            keepFirst(m_survey.awkward.nonAscii, record);
        addValues(record, shaped);
    }

    SampleSurvey result(bool finished)
    {
        m_survey.finished = finished;
        for (auto& entry : m_problems)
            m_survey.problems.push_back(std::move(entry.second));
        std::stable_sort(m_survey.problems.begin(), m_survey.problems.end(),
                         [](const auto& a, const auto& b) { return a.records > b.records; });
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            if (m_varies[i])
                m_survey.varying.insert(m_columns[i]);
        return std::move(m_survey);
    }

private:
    static void keepFirst(std::optional<std::size_t>& first, std::size_t record)
    {
        if (!first)
            first = record;
    }

    void lookForDifferences(const RecordSample::Record& record)
    {
        for (std::size_t column = 0; column < m_varies.size() && record.rows.size() > 1; ++column)
            for (std::size_t i = 1; i < record.rows.size() && !m_varies[column]; ++i)
                m_varies[column] = !shape::isSameCell(m_sample.main.at(record.rows.front(), column),
                                                      m_sample.main.at(record.rows[i], column));
    }

    void addProblems(std::size_t record, const ShapedSample& shaped)
    {
        std::set<std::tuple<std::string, shape::NodeId, std::string>> counted;
        for (const shape::RecordProblem& problem : shaped.problems) {
            const auto node = m_nodes.find(problem.node);
            const auto key =
                std::tuple(problem.code, node == m_nodes.end() ? 0 : node->second, problem.column);
            if (!counted.insert(key).second)
                continue;
            SampleSurvey::Problem& known = m_problems[key];
            if (known.records++ == 0)
                known = {problem.code, std::get<1>(key), problem.column, problem.message, 1,
                         record};
        }
    }

    void addTooLarge(std::size_t record, const ShapedSample& shaped)
    {
        const std::size_t bytes = shaped.payload.size();
        ++m_survey.invalid;
        keepFirst(m_survey.awkward.invalid, record);
        SampleSurvey::Problem& known =
            m_problems[std::tuple(std::string(sizeCode), m_root.id, std::string())];
        if (known.records++ == 0)
            known = {sizeCode,
                     m_root.id,
                     {},
                     Text::tr("The payload has %1 bytes; the destination takes %2. Shorten what is "
                              "long in the query, or leave it out of the shape.")
                         .arg(qulonglong(bytes))
                         .arg(qulonglong(m_recordBytes)),
                     1,
                     record,
                     heaviest(shaped)};
    }

    [[nodiscard]] std::optional<SampleSurvey::Weight> heaviest(const ShapedSample& shaped) const
    {
        std::map<shape::NodeId, std::size_t> bytes;
        std::map<shape::NodeId, std::size_t> elements;
        for (const shape::ProvenanceValue& value : shaped.provenance.values) {
            if (value.element)
                ++elements[value.node];
            else
                bytes[value.node] += value.end - value.begin;
        }
        const shape::Node* node = &m_root;
        while (node->kind == shape::NodeKind::Object && !node->children.empty())
            node = &*std::max_element(node->children.begin(), node->children.end(),
                                      [&](const shape::Node& a, const shape::Node& b) {
                                          return bytes[a.id] < bytes[b.id];
                                      });
        if (node == &m_root)
            return std::nullopt;
        SampleSurvey::Weight weight{node->id, std::nullopt};
        const std::size_t own = bytes[node->id];
        const std::size_t tooMuch = shaped.payload.size() - m_recordBytes;
        if (elements[node->id] > 0)
            weight.elements = own > tooMuch ? elements[node->id] * (own - tooMuch) / own : 0;
        return weight;
    }

    void addValues(std::size_t record, const ShapedSample& shaped)
    {
        std::map<shape::NodeId, std::size_t> elements;
        std::set<shape::NodeId> empty;
        const std::string_view payload = shaped.payload;
        for (const shape::ProvenanceValue& value : shaped.provenance.values) {
            if (value.element) {
                ++elements[value.node];
            } else if (m_lists.count(value.node) != 0) {
                addList(record, value.node, elements[value.node], empty);
                elements[value.node] = 0;
            } else if (payload.substr(value.begin, value.end - value.begin) == "null") {
                keepFirst(m_survey.awkward.withNulls, record);
            }
        }
        for (const shape::ProvenanceDrop& drop : shaped.provenance.drops)
            if (!drop.origin && m_lists.count(drop.node) != 0)
                addList(record, drop.node, 0, empty);
    }

    void addList(std::size_t record, shape::NodeId node, std::size_t length,
                 std::set<shape::NodeId>& empty)
    {
        SampleSurvey::ListSizes& sizes = m_survey.lists[node];
        if (length == 0) {
            keepFirst(m_survey.awkward.emptyList, record);
            sizes.emptyRecords += empty.insert(node).second ? 1 : 0;
        }
        if (length <= sizes.longest)
            return;
        sizes.longest = length;
        sizes.longestRecord = record;
        if (length > m_longest) {
            m_longest = length;
            m_survey.awkward.longestList = record;
        }
    }

    const shape::Node& m_root;
    std::size_t m_recordBytes;
    const RecordSample& m_sample;
    std::vector<std::string> m_columns;
    std::vector<bool> m_varies;
    std::map<std::string, shape::NodeId> m_nodes;
    std::set<shape::NodeId> m_lists;
    std::map<std::tuple<std::string, shape::NodeId, std::string>, SampleSurvey::Problem> m_problems;
    std::size_t m_longest = 0;
    SampleSurvey m_survey;
};

} // namespace

SampleSurvey survey(SampleShaper& shaper, const StopToken& stop, std::size_t recordBytes)
{
    Surveyor surveyor(shaper, recordBytes);
    const std::size_t records = shaper.sample().records.size();
    for (std::size_t record = 0; record < records; ++record) {
        if (stop.stopRequested())
            return surveyor.result(false);
        surveyor.add(record, shaper.shape(record));
    }
    return surveyor.result(true);
}

} // namespace headgate::service
