// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/record_sample.h"

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace headgate::service {

/// A column of a sample: model 0 is the main one, n is models.related[n - 1].
struct SampleColumn
{
    std::size_t model = 0;
    std::size_t column = 0;

    bool operator==(const SampleColumn&) const = default;
    bool operator<(const SampleColumn& other) const
    {
        return model != other.model ? model < other.model : column < other.column;
    }
};

/// Columns that are about a person, by their names and by e-mail addresses in the record's cells.
/// A guess, for people to look over: no list of names is complete.
[[nodiscard]] std::set<SampleColumn> personalColumns(const RecordSample& sample,
                                                     std::size_t record);

/// The sample with this one record, the cells of these columns masked. Different values stay
/// different, equal ones equal.
[[nodiscard]] std::shared_ptr<const RecordSample>
maskedRecord(const RecordSample& sample, std::size_t record, const std::set<SampleColumn>& columns);

/// The shape of a text without its content: "e•••@example.com" for an address, else Xx0 for
/// letters and digits ("Zoë 27" is "Xxx 00").
[[nodiscard]] std::string maskedText(std::string_view utf8);

} // namespace headgate::service
