// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/record_stream.h"

#include <functional>
#include <optional>
#include <vector>

namespace headgate::simulation {

/// One read of the table, in blocks; may die at a row.
class SimulatedRead final : public shape::RecordStream
{
public:
    struct Death
    {
        std::size_t row = 0;
        bool cancelled = false;
    };

    /// `ended` is called when all of it was read.
    SimulatedRead(std::vector<shape::ShapedRecord> records, std::optional<Death> death,
                  std::function<void()> ended);
    [[nodiscard]] Result<shape::RecordStep> read(std::vector<shape::ShapedRecord>& into) override;
    [[nodiscard]] std::uint64_t rowsRead() const override { return m_position; }
    void setSieve(std::shared_ptr<shape::RecordSieve> sieve) override
    {
        m_sieve = std::move(sieve);
    }

private:
    std::vector<shape::ShapedRecord> m_records;
    std::optional<Death> m_death;
    std::function<void()> m_ended;
    std::shared_ptr<shape::RecordSieve> m_sieve;
    std::size_t m_position = 0;
};

} // namespace headgate::simulation
