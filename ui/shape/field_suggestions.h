// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/shape_suggest.h"

#include <map>
#include <optional>
#include <vector>

namespace headgate::ui {

/// The columns that are proposed for the unbound fields of a shape, best first, and which of them
/// is looked at.
class FieldSuggestions
{
public:
    /// What is looked at stays so for fields that kept their paths.
    void update(const shape::Shape& shape, const shape::ShapeModels& models);
    /// Null: the field is bound, or no column fits.
    [[nodiscard]] const shape::ColumnRef* shown(shape::NodeId field) const;
    /// Whether some field has a column that fits for certain.
    [[nodiscard]] bool anyCertain() const;
    /// Shows the next one; false after the last one, when the first is shown again.
    bool showNext(shape::NodeId field);
    /// The unbound field behind this one, which is unbound too; nothing: it is the last.
    [[nodiscard]] std::optional<shape::NodeId> fieldAfter(shape::NodeId field) const;

private:
    struct Field
    {
        std::string path;
        std::vector<shape::Suggestion> ranked;
        std::size_t shown = 0;
    };
    std::vector<shape::NodeId> m_order; ///< of the document
    std::map<shape::NodeId, Field> m_fields;
};

} // namespace headgate::ui
