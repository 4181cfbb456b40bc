// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/record_context.h"

#include "base/text.h"
#include "shape/cell_order.h"

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

namespace {

constexpr std::size_t mostProblems = 20;

QString whatIsInvalid(std::string_view reason, LeafType type)
{
    if (reason == data::invalid_reason::nan)
        return Text::tr("The value is NaN, which JSON cannot say.");
    if (reason == data::invalid_reason::infinity)
        return Text::tr("The value is infinite, which JSON cannot say.");
    if (reason == data::invalid_reason::utf8)
        return Text::tr("The text is not valid UTF-8.");
    if (reason == data::invalid_reason::dateRange)
        return Text::tr("The date lies outside the years 1 to 9999.");
    if (reason == data::invalid_reason::json)
        return Text::tr("The text is not valid JSON, or repeats a name.");
    if (reason == data::invalid_reason::number)
        return Text::tr("The value is not a number that can be written out.");
    if (reason == step_reason::type)
        return Text::tr("The value does not fit the type %1.").arg(toQString(name(type)));
    if (reason == step_reason::zone)
        return Text::tr("No time zone is known for the value, but one is needed.");
    if (reason == step_reason::regex)
        return Text::tr("The regular expression needs too long for the value.");
    if (reason == step_reason::matchingKey)
        return Text::tr("The value is no address or phone number that could be matched.");
    return Text::tr("The value is of a type that cannot be sent.");
}

QString invalidSentence(std::string_view reason, LeafType type)
{
    return Text::tr("%1 Correct it in the query, or write what is to be sent instead into the "
                    "leaf's \"whenInvalid\".")
        .arg(whatIsInvalid(reason, type));
}

} // namespace

void RecordContext::begin(const ModelRows& own, std::span<const ModelRows> related,
                          std::vector<RecordProblem>& problems, Provenance* provenance)
{
    m_models.assign(1, own);
    m_models.insert(m_models.end(), related.begin(), related.end());
    m_problems = &problems;
    m_provenance = provenance;
    m_serial = 0;
}

int RecordContext::compareRows(const ShapeProgram::RowOrder& order, std::size_t model,
                               std::uint32_t a, std::uint32_t b) const
{
    for (const ShapeProgram::SortColumn& key : order.keys)
        if (const auto found = compareSorted(cell(model, a, key.column), cell(model, b, key.column),
                                             key.descending);
            found != 0)
            return found < 0 ? -1 : 1;
    for (const std::size_t column : order.ties)
        if (const auto found = compareCells(cell(model, a, column), cell(model, b, column));
            found != 0)
            return found < 0 ? -1 : 1;
    return 0;
}

int RecordContext::compareRowsTurned(const ShapeProgram::RowOrder& order, std::size_t model,
                                     std::uint32_t a, std::uint32_t b) const
{
    for (const ShapeProgram::SortColumn& key : order.keys)
        if (const auto found = compareSorted(cell(model, a, key.column), cell(model, b, key.column),
                                             !key.descending);
            found != 0)
            return found < 0 ? -1 : 1;
    for (const std::size_t column : order.ties)
        if (const auto found = compareSorted(cell(model, a, column), cell(model, b, column), true);
            found != 0)
            return found < 0 ? -1 : 1;
    return 0;
}

std::optional<ValueView> RecordContext::oneValue(std::size_t model, std::size_t column,
                                                 std::span<const std::uint32_t> rows) const
{
    if (rows.empty())
        return ValueView{};
    ValueView least = cell(model, rows.front(), column);
    for (const std::uint32_t row : rows.subspan(1)) {
        const ValueView value = cell(model, row, column);
        if (!isSameCell(value, least))
            return std::nullopt;
        if (compareCells(value, least) < 0)
            least = value;
    }
    return least;
}

void RecordContext::problem(std::size_t op, std::string code, const QString& message,
                            std::size_t model, std::size_t column, std::optional<std::uint32_t> row)
{
    if (m_problems->size() >= mostProblems)
        return;
    RecordProblem problem;
    problem.code = std::move(code);
    problem.node = m_program.ops[op].path;
    if (column != ShapeProgram::noColumn)
        problem.column = m_program.schemaOf(model).columns[column].name;
    if (row)
        problem.row = m_models[model].numberOf(*row);
    QString where = toQString(problem.node);
    if (column != ShapeProgram::noColumn)
        where += Text::tr(", column “%1” of “%2”")
                     .arg(toQString(problem.column), toQString(m_program.nameOf(model)));
    if (row)
        where += Text::tr(", row %1").arg(qulonglong(problem.row));
    problem.message = Text::tr("%1: %2").arg(where, message);
    m_problems->push_back(std::move(problem));
}

void RecordContext::invalidValue(std::size_t op, std::string_view reason, std::size_t model,
                                 std::size_t column, std::optional<std::uint32_t> row)
{
    reason = reason.substr(0, reason.find(':'));
    const ShapeProgram::Op& node = m_program.ops[op];
    const bool isLeaf =
        node.kind != NodeKind::Object && node.kind != NodeKind::List && node.kind != NodeKind::Map;
    const LeafType type = isLeaf ? m_program.leaves[node.detail].type : LeafType::AsIs;
    problem(op, "value." + std::string(reason), invalidSentence(reason, type), model, column, row);
}

void RecordContext::invalidCondition(std::size_t op, const ConditionProgram& condition,
                                     std::size_t model, std::uint32_t row)
{
    const std::size_t column = condition.invalidColumn(*m_models[model].block, row);
    invalidValue(op, cell(model, row, column).text, model, column, row);
}

void RecordContext::differs(std::size_t op, std::size_t model, std::size_t column)
{
    problem(op, "record.value.differs",
            Text::tr("The rows of the record disagree. Make a list of them, or say which value to "
                     "pick."),
            model, column, std::nullopt);
}

} // namespace headgate::shape
