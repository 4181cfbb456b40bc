// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/shape/table_case.h"
#include "shape/shape_edit.h"

#include <functional>
#include <string>

namespace headgate::shape {

/// Customers with several rows each, joined to what they viewed, their orders and their account.
[[nodiscard]] const ShapeModels& editModels();

// Nodes as files hold them.
inline constexpr const char* email = R"({"name":"email","kind":"column","column":"email"})";
inline constexpr const char* who = R"({"name":"who","kind":"column","column":"who"})";
inline constexpr const char* newestViews =
    R"("source":{"model":"views"},"sortBy":[{"column":"at","descending":true}],)";
[[nodiscard]] std::string views(const std::string& element, const std::string& options = {});
[[nodiscard]] std::string column(const std::string& name);
[[nodiscard]] std::string object(const std::string& name, const std::string& fields);

/// Fails the test where there is none.
[[nodiscard]] NodeId idOf(const Shape& shape, const std::string& path);

/// The shape at hand, by paths.
struct Editing
{
    Shape shape;

    [[nodiscard]] NodeId at(const std::string& path) const { return idOf(shape, path); }
    [[nodiscard]] Place in(const std::string& path, std::size_t index = Place::end) const
    {
        return {at(path), index};
    }
};

struct EditCase
{
    const char* name;
    std::string fields;
    std::function<Result<EditedShape>(const Editing&)> edit;
    std::string expected; ///< fields afterwards, or the code of the refusal behind "shape.edit."
    std::string selected; ///< path

    void check() const;
};

void PrintTo(const EditCase& edit, std::ostream* out);

} // namespace headgate::shape
