// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/record_stream.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace headgate::service {

/// Reads and shapes on a thread of its own, a few blocks ahead of whoever takes the records; same
/// records, same order, same errors. read() belongs to one thread and comes back without any
/// after a second in which the source had none, so that a run can keep its lease meanwhile.
class RecordsAhead final : public shape::RecordStream
{
public:
    /// `cancel` ends a read that is under way; called, until it does, when this is destroyed before
    /// its end.
    [[nodiscard]] static Result<std::unique_ptr<shape::RecordStream>>
    start(std::unique_ptr<shape::RecordStream> records, std::function<void()> cancel);
    ~RecordsAhead() override;

    [[nodiscard]] Result<shape::RecordStep> read(std::vector<shape::ShapedRecord>& into) override;
    /// Of what read() has handed out.
    [[nodiscard]] std::uint64_t rowsRead() const override { return m_rowsRead; }
    /// The first record waits for this or read(), so that the sieve is asked about each; what comes
    /// before, the query's start above all, is under way meanwhile.
    void setSieve(std::shared_ptr<shape::RecordSieve> sieve) override;
    void recycle(std::vector<shape::ShapedRecord>&& used) override;

private:
    class Gate;
    struct Block
    {
        std::vector<shape::ShapedRecord> records;
        Result<shape::RecordStep> step = shape::RecordStep::More;
        std::uint64_t rowsRead = 0;
        std::size_t bytes = 0;
    };

    RecordsAhead(std::unique_ptr<shape::RecordStream> records, std::function<void()> cancel);
    void work();
    [[nodiscard]] Block nextBlock();
    [[nodiscard]] std::vector<shape::ShapedRecord> takeUsed();
    [[nodiscard]] bool isFull() const;

    std::shared_ptr<Gate> m_gate;
    std::unique_ptr<shape::RecordStream> m_records; ///< the thread's, as long as it runs
    std::function<void()> m_cancel;
    std::uint64_t m_rowsRead = 0;

    std::mutex m_mutex; ///< of what follows
    std::condition_variable m_changed;
    std::deque<Block> m_blocks;
    std::size_t m_bytes = 0;                              ///< of m_blocks
    std::vector<std::vector<shape::ShapedRecord>> m_used; ///< on their way back
    bool m_ended = false;                                 ///< the thread puts no further block
    bool m_abandoned = false;
    std::thread m_thread;
};

} // namespace headgate::service
