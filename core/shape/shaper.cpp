// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shaper.h"

#include "base/hash.h"
#include "base/text.h"
#include "data/json_text.h"

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

Shaper::Shaper(std::shared_ptr<const ShapeProgram> program)
    : m_program(std::move(program)), m_context(*m_program), m_related(m_context),
      m_reader(m_context), m_selector(m_context), m_selections(m_program->lists.size())
{}

void Shaper::shape(const ModelRows& own, std::span<const ModelRows> related, ShapedRecord& into,
                   Provenance* provenance)
{
    writePayload(own, related, into, provenance);
    hashLeaves(into);
}

void Shaper::hashLeaves(ShapedRecord& into) const
{
    into.leaves.reserve(m_leafPlaces.size());
    const std::string_view payload = into.payload;
    for (const LeafPlace& leaf : m_leafPlaces)
        into.leaves.push_back({leaf.leafPath, shortHash(payload.substr(leaf.begin, leaf.size))});
}

void Shaper::writePayload(const ModelRows& own, std::span<const ModelRows> related,
                          ShapedRecord& into, Provenance* provenance)
{
    m_record = &into;
    m_out.clear();
    into.leaves.clear();
    m_leafPlaces.clear();
    m_context.begin(own, related, into.problems, provenance);
    m_related.begin();
    writeNode(0, {0, own.rows, own.rows, m_context.nextSerial()});
    if (into.problems.empty()) {
        m_out.takeInto(into.payload);
        return;
    }
    into.payload.clear();
    m_leafPlaces.clear();
    if (provenance)
        *provenance = {};
}

Shaper::Written Shaper::writeNode(std::size_t op, const RowScope& scope)
{
    switch (m_program->ops[op].kind) {
    case NodeKind::Object:
        return writeObject(op, scope);
    case NodeKind::List:
    case NodeKind::Map:
        return writeList(op, scope);
    case NodeKind::Column:
    case NodeKind::Constant:
    case NodeKind::Text:
    case NodeKind::Json:
        return writeLeaf(op, scope);
    }
    return Written::Nothing;
}

Shaper::Written Shaper::writeObject(std::size_t op, const RowScope& scope)
{
    const std::size_t begin = m_out.size();
    if (!writeMembers(op, scope))
        return writeEmpty(op, begin);
    noteContainer(op, begin);
    return Written::Value;
}

bool Shaper::writeMembers(std::size_t op, const RowScope& scope)
{
    bool any = false;
    m_out.append('{');
    const std::size_t end = m_program->ops[op].end;
    for (std::size_t child = op + 1; child < end; child = m_program->ops[child].end) {
        const std::size_t before = m_out.size();
        if (any)
            m_out.append(',');
        m_out.append(m_program->ops[child].member);
        const std::size_t begin = m_out.size();
        if (writeNode(child, scope) == Written::Nothing) {
            m_out.cutTo(before);
            continue;
        }
        any = true;
        placeLeaf(child, begin);
    }
    m_out.append('}');
    return any;
}

Shaper::Written Shaper::writeEmpty(std::size_t op, std::size_t begin)
{
    switch (m_program->ops[op].whenEmpty) {
    case WhenEmpty::Send:
        break;
    case WhenEmpty::SendNull:
        m_out.cutTo(begin);
        m_out.append(std::string_view("null"));
        break;
    case WhenEmpty::LeaveOut:
        m_out.cutTo(begin);
        noteLeftOut(op, DropReason::Null);
        return Written::Nothing;
    }
    noteContainer(op, begin);
    return Written::Value;
}

void Shaper::placeLeaf(std::size_t op, std::size_t begin)
{
    const auto leafPath = m_program->ops[op].leafPath;
    if (leafPath)
        m_leafPlaces.push_back({*leafPath, begin, m_out.size() - begin});
}

Shaper::Written Shaper::writeLeaf(std::size_t op, const RowScope& scope)
{
    const ShapeProgram::Leaf& leaf = m_program->leaves[m_program->ops[op].detail];
    if (leaf.constant)
        return writeValue(op, leaf.constant->value.view());
    if (leaf.isLookup)
        return writeLookup(op, scope);
    const auto rows = leaf.model == scope.model ? scope.rows : scope.mainRows;
    if (leaf.isPlain && rows.size() == 1)
        return writePlain(op, m_reader.readPlain(leaf, rows.front()));
    return writeRows(op, rows);
}

Shaper::Written Shaper::writeLookup(std::size_t op, const RowScope& scope)
{
    const ShapeProgram::Leaf& leaf = m_program->leaves[m_program->ops[op].detail];
    const RelatedRows::Matches matches = m_related.of(leaf.model, scope);
    const std::size_t column = leaf.cells.empty() ? ShapeProgram::noColumn : leaf.cells.front();
    if (m_program->related[leaf.model - 1].toOne && matches.several) {
        m_context.problem(op, "record.lookup.several",
                          Text::tr("More than one row of the look-up matches."), leaf.model, column,
                          std::nullopt);
        return Written::Nothing;
    }
    if (leaf.pick != Pick::None || (!matches.rows.empty() && !matches.missing))
        return writeRows(op, matches.rows);
    if (!matches.rows.empty()) {
        m_context.differs(op, leaf.model, column);
        return Written::Nothing;
    }
    m_reader.clear();
    switch (leaf.missing) {
    case Missing::Null:
        return writeValue(op, {});
    case Missing::LeaveOut:
        noteLeftOut(op, DropReason::Missing);
        return Written::Nothing;
    case Missing::Invalid:
        m_context.problem(op, "record.lookup.missing", Text::tr("No row of the look-up matches."),
                          leaf.model, column, std::nullopt);
        return Written::Nothing;
    }
    return Written::Nothing;
}

Shaper::Written Shaper::writeRows(std::size_t op, std::span<const std::uint32_t> rows)
{
    const auto cells = m_reader.read(op, rows);
    if (!cells)
        return Written::Nothing;
    const ShapeProgram::Leaf& leaf = m_program->leaves[m_program->ops[op].detail];
    return writeValue(op, leaf.program.run(*cells, m_scratch));
}

Shaper::Written Shaper::writeValue(std::size_t op, ValueView value)
{
    const ShapeProgram::Leaf& leaf = m_program->leaves[m_program->ops[op].detail];
    const std::size_t begin = m_out.size();
    if (value.kind == ValueKind::Json) {
        m_json.clear();
        if (data::appendCompactJson(m_json, value.text))
            m_out.append(m_json);
        else
            value = {ValueKind::Invalid, data::invalid_reason::json};
    }
    if (value.kind == ValueKind::Invalid) {
        if (!leaf.whenInvalid) {
            m_context.invalidValue(op, value.text, leaf.model,
                                   leaf.cells.empty() ? ShapeProgram::noColumn : leaf.cells.front(),
                                   m_reader.row());
            return Written::Nothing;
        }
        value = leaf.whenInvalid->value.view();
        m_out.append(value.isNull() ? std::string_view() : leaf.whenInvalid->json);
    } else if (value.kind != ValueKind::Json && !value.isNull()) {
        data::appendJsonValue(m_out, value);
    }
    if (value.isNull() && leaf.whenNull) {
        value = leaf.whenNull->value.view();
        m_out.append(value.isNull() ? std::string_view() : leaf.whenNull->json);
    }
    keepMatch(op, value);
    if (value.isNull() && leaf.nulls != NullPolicy::SendNull) {
        noteLeftOut(op, DropReason::Null);
        return Written::Nothing;
    }
    if (value.isNull())
        m_out.append(std::string_view("null"));
    noteLeaf(op, begin);
    return Written::Value;
}

/// What most leaves of most records are.
Shaper::Written Shaper::writePlain(std::size_t op, ValueView value)
{
    const bool isSpecial = value.isNull() || value.kind == ValueKind::Json ||
                           value.kind == ValueKind::Invalid || m_matchLeaf ||
                           m_context.provenance();
    if (isSpecial)
        return writeValue(op, value);
    data::appendJsonValue(m_out, value);
    return Written::Value;
}

void Shaper::keepMatch(std::size_t op, ValueView value)
{
    if (m_matchLeaf && m_program->ops[op].leafPath == m_matchLeaf)
        m_record->match = data::Value(value);
}

Shaper::Written Shaper::writeList(std::size_t op, const RowScope& scope)
{
    const std::size_t detail = m_program->ops[op].detail;
    const ShapeProgram::List& list = m_program->lists[detail];
    const std::size_t begin = m_out.size();
    const auto rows = list.isRelated              ? m_related.of(list.model, scope).rows
                      : list.model == scope.model ? scope.rows
                                                  : scope.mainRows;
    if (!m_selector.select(op, rows, m_selections[detail]))
        return Written::Nothing;
    bool any = !m_selections[detail].elements.empty();
    switch (list.form) {
    case ListForm::Dictionaries:
        writeDictionaries(op, scope);
        break;
    case ListForm::Values:
        any = writeValues(op, scope);
        break;
    case ListForm::DictionaryOfLists:
        writeDictionaryOfLists(op, scope);
        break;
    case ListForm::DictionaryByKey:
        writeDictionaryByKey(op, scope);
        break;
    }
    if (!any)
        return writeEmpty(op, begin);
    noteContainer(op, begin);
    return Written::Value;
}

RowScope Shaper::elementScope(std::size_t op, const RowScope& outer, std::size_t element)
{
    const std::size_t detail = m_program->ops[op].detail;
    const ShapeProgram::List& list = m_program->lists[detail];
    const ListSelection& selection = m_selections[detail];
    RowScope scope = outer;
    scope.model = list.model;
    scope.rows = selection.rowsOf(selection.elements[element]);
    if (list.model == 0) {
        scope.mainRows = scope.rows;
        scope.mainSerial = m_context.nextSerial();
    }
    return scope;
}

void Shaper::writeDictionaries(std::size_t op, const RowScope& outer)
{
    const auto& elements = m_selections[m_program->ops[op].detail].elements;
    m_out.append('[');
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (i > 0)
            m_out.append(',');
        const std::size_t begin = m_out.size();
        writeMembers(op, elementScope(op, outer, i));
        noteElement(op, i, begin);
    }
    m_out.append(']');
}

bool Shaper::writeValues(std::size_t op, const RowScope& outer)
{
    const auto& elements = m_selections[m_program->ops[op].detail].elements;
    m_out.append('[');
    bool any = false;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        const std::size_t before = m_out.size();
        if (any)
            m_out.append(',');
        const std::size_t begin = m_out.size();
        if (writeNode(op + 1, elementScope(op, outer, i)) == Written::Nothing) {
            m_out.cutTo(before);
            continue;
        }
        any = true;
        noteElement(op, i, begin);
    }
    m_out.append(']');
    return any;
}

void Shaper::writeDictionaryOfLists(std::size_t op, const RowScope& outer)
{
    const auto& elements = m_selections[m_program->ops[op].detail].elements;
    m_out.append('{');
    const std::size_t end = m_program->ops[op].end;
    for (std::size_t child = op + 1; child < end; child = m_program->ops[child].end) {
        if (child > op + 1)
            m_out.append(',');
        m_out.append(m_program->ops[child].member);
        m_out.append('[');
        for (std::size_t i = 0; i < elements.size(); ++i) {
            if (i > 0)
                m_out.append(',');
            // What a null policy would leave out stays in its place.
            const std::size_t begin = m_out.size();
            if (writeNode(child, elementScope(op, outer, i)) == Written::Nothing)
                writeNull(child, begin);
        }
        m_out.append(']');
    }
    m_out.append('}');
    if (m_context.provenance())
        for (std::size_t i = 0; i < elements.size(); ++i)
            noteElement(op, i, m_out.size());
}

void Shaper::writeNull(std::size_t op, std::size_t begin)
{
    m_out.append(std::string_view("null"));
    noteContainer(op, begin);
}

void Shaper::writeDictionaryByKey(std::size_t op, const RowScope& outer)
{
    const std::size_t detail = m_program->ops[op].detail;
    const ListSelection& selection = m_selections[detail];
    m_out.append('{');
    for (std::size_t i = 0; i < selection.elements.size(); ++i) {
        if (i > 0)
            m_out.append(',');
        data::appendJsonString(m_out, selection.keys[i]);
        m_out.append(':');
        const std::size_t begin = m_out.size();
        const RowScope scope = elementScope(op, outer, i);
        if (!m_program->lists[detail].isMap)
            writeMembers(op, scope);
        else if (writeNode(op + 1, scope) == Written::Nothing)
            writeNull(op + 1, begin);
        noteElement(op, i, begin);
    }
    m_out.append('}');
}

void Shaper::noteLeaf(std::size_t op, std::size_t begin)
{
    Provenance* provenance = m_context.provenance();
    if (!provenance)
        return;
    const ShapeProgram::Leaf& leaf = m_program->leaves[m_program->ops[op].detail];
    ProvenanceValue value{m_program->ops[op].id, begin, m_out.size(), {}, {}, {}};
    if (!leaf.constant && m_reader.row())
        value.origin = m_context.originOf(leaf.model, *m_reader.row());
    if (!leaf.cells.empty() && leaf.cells.front() != ShapeProgram::noColumn)
        value.column = leaf.cells.front();
    provenance->values.push_back(value);
}

void Shaper::noteContainer(std::size_t op, std::size_t begin)
{
    if (Provenance* provenance = m_context.provenance())
        provenance->values.push_back({m_program->ops[op].id, begin, m_out.size(), {}, {}, {}});
}

void Shaper::noteElement(std::size_t op, std::size_t element, std::size_t begin)
{
    Provenance* provenance = m_context.provenance();
    if (!provenance)
        return;
    const std::size_t detail = m_program->ops[op].detail;
    const ListSelection& selection = m_selections[detail];
    const auto rows = selection.rowsOf(selection.elements[element]);
    ProvenanceValue value{m_program->ops[op].id, begin, m_out.size(), element, {}, {}};
    if (rows.size() == 1)
        value.origin = m_context.originOf(m_program->lists[detail].model, rows.front());
    provenance->values.push_back(value);
}

void Shaper::noteLeftOut(std::size_t op, DropReason reason)
{
    if (Provenance* provenance = m_context.provenance())
        provenance->drops.push_back({m_program->ops[op].id, reason, std::nullopt});
}

} // namespace headgate::shape
