// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace headgate::plan {

/// What a plan says of one record. The first four and Removed are sent; each counts once.
enum class Category : std::uint8_t
{
    Added,
    Changed,
    Rekeyed, ///< its match value changed
    Retried, ///< refused before and tried again, or in doubt and repeatable
    Removed, ///< delivered before and absent from a complete read; not part of what was read
    Unchanged,
    Filtered, ///< left out by the sync's filter
    Invalid,
    Held ///< parked, skipped by the user, paused, awaiting a decision, purged
};

[[nodiscard]] const char* name(Category category);
[[nodiscard]] bool isSent(Category category);

/// Read = Added + Changed + Rekeyed + Retried + Unchanged + Filtered + Invalid + Held, at any time.
struct PlanCounts
{
    std::uint64_t rows = 0;
    std::uint64_t read = 0;
    std::map<Category, std::uint64_t> of;

    void count(Category category, std::uint64_t records = 1);
    [[nodiscard]] std::uint64_t operator[](Category category) const;
    /// Records that go to the destination: the left side of the run's equation.
    [[nodiscard]] std::uint64_t sent() const;
    [[nodiscard]] bool addUp() const;

    bool operator==(const PlanCounts&) const = default;
};

/// {"rows":..,"read":..,"added":..,...}, every category named.
[[nodiscard]] std::string toJson(const PlanCounts& counts);
[[nodiscard]] std::optional<PlanCounts> planCountsFromJson(std::string_view text);

} // namespace headgate::plan
