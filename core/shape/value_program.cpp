// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/value_program.h"

#include <functional>

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

namespace {

bool refersTo(std::string_view text, const std::string& buffer)
{
    const std::less_equal<const char*> notAfter;
    return notAfter(buffer.data(), text.data()) &&
           notAfter(text.data(), buffer.data() + buffer.size());
}

} // namespace

Result<ValueProgram> ValueProgram::compile(const Node& leaf)
{
    ValueProgram program;
    if (leaf.kind == NodeKind::Text)
        HEADGATE_TRY(program.add(makeTemplateStep(leaf.leaf.text, program.m_cells)));
    else if (leaf.kind == NodeKind::Constant ||
             (leaf.kind == NodeKind::Json && leaf.leaf.column.empty()))
        HEADGATE_TRY(program.add(makeConstantStep(leaf.leaf.value)));
    else {
        program.m_cells.push_back(leaf.leaf.column);
        program.m_startsFromCell = true;
    }
    HEADGATE_TRY(program.addFunctions(leaf.leaf.functions));
    if (leaf.kind == NodeKind::Json && !leaf.leaf.column.empty())
        HEADGATE_TRY(program.add(makeTypeStep(LeafType::Json, std::nullopt)));
    HEADGATE_TRY(program.add(makeTypeStep(leaf.leaf.type, leaf.leaf.format)));
    return program;
}

Result<ValueProgram> ValueProgram::compile(const ListKey& key)
{
    ValueProgram program;
    program.m_cells.push_back(key.column);
    program.m_startsFromCell = true;
    HEADGATE_TRY(program.addFunctions(key.functions));
    return program;
}

Result<void> ValueProgram::addFunctions(const std::vector<Function>& functions)
{
    for (const Function& function : functions)
        HEADGATE_TRY(add(makeFunctionStep(function, m_cells)));
    return {};
}

Result<void> ValueProgram::add(Result<ValueStepPtr> step)
{
    if (!step)
        return propagate(std::move(step));
    if (*step)
        m_steps.push_back(std::move(*step));
    return {};
}

template <typename Observe>
ValueView ValueProgram::runObserved(std::span<const ValueView> cells, Scratch& scratch,
                                    const Observe& observe) const
{
    ValueView value = m_startsFromCell ? cells.front() : ValueView{};
    observe(value);
    std::size_t turn = 0;
    for (const ValueStepPtr& step : m_steps) {
        if (value.kind == ValueKind::Invalid)
            break;
        if (!value.isNull() || step->takesNull()) {
            std::string& out = scratch.texts[turn];
            out.clear();
            value = step->apply(value, cells, out);
            if (refersTo(value.text, out))
                turn ^= 1;
        }
        observe(value);
    }
    return value;
}

ValueView ValueProgram::run(std::span<const ValueView> cells, Scratch& scratch) const
{
    return runObserved(cells, scratch, [](ValueView) {});
}

std::vector<data::Value> ValueProgram::trace(std::span<const ValueView> cells) const
{
    std::vector<data::Value> values;
    Scratch scratch;
    runObserved(cells, scratch, [&](ValueView value) { values.emplace_back(value); });
    return values;
}

} // namespace headgate::shape
