// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/shape/table_case.h"

#include <random>

namespace headgate::shape {

/// Tables full of what is awkward (ties, nulls, equal numbers written differently, Unicode), and
/// shapes over them that checkShape finds no error in.
class RandomShape
{
public:
    explicit RandomShape(std::uint32_t seed) : m_random(seed) {}

    [[nodiscard]] TableCase table();
    [[nodiscard]] Shape shape();
    [[nodiscard]] std::mt19937& random() { return m_random; }

private:
    struct Model
    {
        std::string name;
        std::vector<std::string> columns;
    };

    [[nodiscard]] std::size_t below(std::size_t count) { return m_random() % count; }
    [[nodiscard]] bool chance(std::size_t percent) { return below(100) < percent; }
    [[nodiscard]] data::Value cell(const data::Column& column);
    [[nodiscard]] std::string columnOf(const std::string& model);
    [[nodiscard]] Node leaf(const std::string& scope, bool oneRow);
    [[nodiscard]] Node list(const std::string& scope, int depth);
    [[nodiscard]] Node object(const std::string& scope, bool oneRow, int depth);
    void addMembers(Node& to, const std::string& scope, bool oneRow, int depth);
    [[nodiscard]] Condition condition(const std::string& model);
    [[nodiscard]] std::vector<SortKey> sortBy(const std::string& model);

    std::mt19937 m_random;
};

} // namespace headgate::shape
