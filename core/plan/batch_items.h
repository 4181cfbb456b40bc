// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan/category.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::plan {

/// One record of a batch: where its frame lies in the spool, and what the plan knew of it.
struct BatchItem
{
    std::uint64_t offset = 0;
    Category category = Category::Added;
    /// Runs in which this payload was refused before this one.
    std::uint8_t attempts = 0;
    /// A write whose old match value is removed by a later item: until then the old one is kept in
    /// state, so that an interrupted run repeats both.
    bool oldMatchRemains = false;
    /// The removal of an old match value. It counts its record, unless the write was not accepted:
    /// then it is not sent.
    bool removesOldMatch = false;
    /// The state knows further match values of the record, see KnownRecord::alsoUnder.
    bool alsoUnder = false;

    bool operator==(const BatchItem&) const = default;
};

/// 11 bytes each: offset little endian, category, attempts, flags. The form of BatchRow::items.
[[nodiscard]] std::string packItems(const std::vector<BatchItem>& items);
/// Empty if the bytes are no whole number of items or name an unknown category.
[[nodiscard]] std::vector<BatchItem> unpackItems(std::string_view bytes);

} // namespace headgate::plan
