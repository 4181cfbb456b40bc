// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/field_suggestions.h"

#include <algorithm>

namespace headgate::ui {

void FieldSuggestions::update(const shape::Shape& shape, const shape::ShapeModels& models)
{
    std::map<shape::NodeId, Field> before = std::exchange(m_fields, {});
    m_order = shape::unboundLeaves(shape, shape.root.id);
    for (const shape::NodeId field : m_order) {
        Field next{shape.pathOf(field), {}, 0};
        const auto known = before.find(field);
        if (known != before.end() && known->second.path == next.path)
            next = std::move(known->second);
        else
            next.ranked = shape::suggestionsFor(shape, models, field);
        m_fields.emplace(field, std::move(next));
    }
}

const shape::ColumnRef* FieldSuggestions::shown(shape::NodeId field) const
{
    const auto found = m_fields.find(field);
    return found == m_fields.end() || found->second.ranked.empty()
               ? nullptr
               : &found->second.ranked[found->second.shown].column;
}

bool FieldSuggestions::anyCertain() const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [](const auto& field) {
        return !field.second.ranked.empty() && field.second.ranked.front().certain;
    });
}

bool FieldSuggestions::showNext(shape::NodeId field)
{
    const auto found = m_fields.find(field);
    if (found == m_fields.end() || found->second.ranked.empty())
        return false;
    Field& suggested = found->second;
    suggested.shown = (suggested.shown + 1) % suggested.ranked.size();
    return suggested.shown > 0;
}

std::optional<shape::NodeId> FieldSuggestions::fieldAfter(shape::NodeId field) const
{
    const auto found = std::find(m_order.begin(), m_order.end(), field);
    return found == m_order.end() || found + 1 == m_order.end() ? std::nullopt
                                                                : std::optional(*(found + 1));
}

} // namespace headgate::ui
