// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stop_token.h"
#include "service/sample_shaper.h"

#include <map>
#include <optional>
#include <set>

namespace headgate::service {

/// What all records of a sample show together. Records are positions in RecordSample::records.
struct SampleSurvey
{
    /// The field that has most bytes of a payload that is too large.
    struct Weight
    {
        shape::NodeId node = 0;
        /// Of a list or map: how many of its elements there was room for, if all weigh the same.
        std::optional<std::uint64_t> elements;
    };
    /// One kind of problem at one place.
    struct Problem
    {
        std::string code;
        shape::NodeId node = 0; ///< 0: of no node
        std::string column;     ///< or empty
        QString message;        ///< of the first record that has it
        std::size_t records = 0;
        std::size_t example = 0;
        std::optional<Weight> heaviest = std::nullopt; ///< of "record.size", in the example
    };
    struct ListSizes
    {
        std::size_t longest = 0;
        std::size_t longestRecord = 0;
        std::size_t emptyRecords = 0; ///< records in which it is empty somewhere
    };
    /// Records that are good to look at.
    struct Awkward
    {
        std::optional<std::size_t> emptyList;
        std::optional<std::size_t> longestList;
        std::optional<std::size_t> withNulls;
        std::optional<std::size_t> nonAscii;
        std::optional<std::size_t> largest;
        std::optional<std::size_t> invalid;
    };

    bool finished = false; ///< false: it was stopped before the last record
    std::size_t records = 0;
    std::size_t filtered = 0;
    std::size_t invalid = 0;
    std::size_t largestBytes = 0;
    std::vector<Problem> problems; ///< most records first
    std::map<shape::NodeId, ListSizes> lists;
    Awkward awkward;
    /// Columns of the main model that differ between rows of one record.
    std::set<std::string> varying;
};

/// `recordBytes`: what the destination takes of one payload; a larger one is a problem
/// "record.size" of the root and Invalid, as in a run. 0: any size.
[[nodiscard]] SampleSurvey survey(SampleShaper& shaper, const StopToken& stop,
                                  std::size_t recordBytes = 0);

} // namespace headgate::service
