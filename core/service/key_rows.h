// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stop_token.h"
#include "service/model_reads.h"

#include <set>
#include <span>

namespace headgate::service {

struct SampleKey
{
    std::string canonical;
    std::vector<data::Value> values; ///< of the shaped schema

    bool operator<(const SampleKey& other) const { return canonical < other.canonical; }
};

/// Collects all rows of some keys of one model, so many keys a statement, up to a limit: a key
/// whose rows do not fit any more is left out as a whole.
class KeyRows
{
public:
    struct Limits
    {
        std::size_t keysPerStatement = 500;
        std::uint64_t rows = 200'000;
        std::uint64_t bytes = 64 << 20;
    };

    KeyRows(const ModelRead& read, std::vector<std::size_t> columns, const Limits& limits,
            StopToken stop);

    [[nodiscard]] Result<void> read(std::span<const SampleKey> keys);

    data::RowBlock rows;
    std::set<std::string> leftOut; ///< canonical

private:
    enum class Fit
    {
        All,
        TooMuch
    };
    [[nodiscard]] Result<void> readPart(std::span<const SampleKey> keys);
    [[nodiscard]] Result<Fit> collect(std::span<const SampleKey> keys, data::RowBlock& into);

    const ModelRead& m_read;
    std::vector<std::size_t> m_columns;
    std::vector<data::ValueKind> m_kinds; ///< shaped, of the columns
    Limits m_limits;
    StopToken m_stop;
    int m_overflows = 0;
};

/// The first rows of a model, up to a limit. True if these are all.
[[nodiscard]] Result<bool> readFirstRows(const ModelRead& read, std::uint64_t rows,
                                         std::uint64_t bytes, const StopToken& stop,
                                         data::RowBlock& into);
/// Error: Cancelled, where the token asks for it.
[[nodiscard]] Result<void> goOn(const StopToken& stop);

} // namespace headgate::service
