// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/records_ahead.h"

#include <atomic>
#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>
#include <thread>

namespace headgate::service {

namespace {

/// Blocks of three records; ends, fails or hangs until it is cancelled after so many of them.
class Blocks final : public shape::RecordStream
{
public:
    enum class End
    {
        Done,
        Fails,
        Hangs
    };

    Blocks(std::size_t blocks, End end, std::size_t payload = 1)
        : m_left(blocks), m_end(end), m_payload(payload)
    {}

    [[nodiscard]] Result<shape::RecordStep> read(std::vector<shape::ShapedRecord>& into) override
    {
        for (int i = 0; i < 3; ++i) {
            into.emplace_back().keyText = std::to_string(m_rows++);
            into.back().payload.assign(m_payload, 'x');
            if (m_sieve)
                m_sieve->expect(into.back().keyText);
            if (shape::isTaken(m_sieve.get(), into.back()))
                into.pop_back();
        }
        if (--m_left > 0)
            return shape::RecordStep::More;
        if (m_end == End::Done)
            return shape::RecordStep::Done;
        if (m_end == End::Hangs) {
            std::unique_lock lock(m_mutex);
            m_cancelled.wait(lock, [this] { return m_isCancelled; });
        }
        return fail(ErrorKind::Source, "source.lost", QStringLiteral("lost"));
    }
    [[nodiscard]] std::uint64_t rowsRead() const override { return m_rows; }
    void setSieve(std::shared_ptr<shape::RecordSieve> sieve) override
    {
        m_sieve = std::move(sieve);
    }
    void recycle(std::vector<shape::ShapedRecord>&& used) override { m_recycled += used.size(); }

    void cancel()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isCancelled = true;
        }
        m_cancelled.notify_all();
    }
    [[nodiscard]] std::uint64_t rows() const { return m_rows; }
    [[nodiscard]] std::uint64_t recycled() const { return m_recycled; }

private:
    std::size_t m_left;
    End m_end;
    std::size_t m_payload;
    std::shared_ptr<shape::RecordSieve> m_sieve;
    std::atomic<std::uint64_t> m_rows = 0;
    std::atomic<std::uint64_t> m_recycled = 0;
    std::mutex m_mutex;
    std::condition_variable m_cancelled;
    bool m_isCancelled = false;
};

struct Started
{
    Blocks* inside = nullptr;
    std::unique_ptr<shape::RecordStream> stream;
};

Started startedOn(std::size_t blocks, Blocks::End end, std::size_t payload = 1)
{
    auto inside = std::make_unique<Blocks>(blocks, end, payload);
    Blocks* const raw = inside.get();
    auto stream = RecordsAhead::start(std::move(inside), [raw] { raw->cancel(); });
    EXPECT_TRUE(stream) << stream.error().toString().toStdString();
    return {raw, std::move(*stream)};
}

/// Else the lease of the run would end while a query takes long.
TEST(RecordsAhead, whoeverReadsGetsAWordInWhileTheSourceSaysNothing)
{
    Started started = startedOn(1, Blocks::End::Hangs);
    std::vector<shape::ShapedRecord> records;
    for (int i = 0; i < 2; ++i) {
        const auto step = started.stream->read(records);
        ASSERT_TRUE(step) << step.error().code;
        EXPECT_EQ(*step, shape::RecordStep::More);
        EXPECT_TRUE(records.empty());
    }
    started.inside->cancel();
    EXPECT_FALSE(started.stream->read(records));
}

TEST(RecordsAhead, HandsOutTheSameRecordsInTheSameOrder)
{
    const Started started = startedOn(100, Blocks::End::Done);
    std::vector<shape::ShapedRecord> records;
    std::size_t blocks = 0;
    for (bool more = true; more; ++blocks) {
        const auto step = started.stream->read(records);
        ASSERT_TRUE(step);
        more = *step == shape::RecordStep::More;
        EXPECT_EQ(started.stream->rowsRead(), records.size());
    }
    EXPECT_EQ(blocks, 100u);
    ASSERT_EQ(records.size(), 300u);
    for (std::size_t i = 0; i < records.size(); ++i)
        EXPECT_EQ(records[i].keyText, std::to_string(i));
    EXPECT_FALSE(started.stream->read(records));
}

/// Takes every second record.
class EverySecond final : public shape::RecordSieve
{
public:
    void expect(std::string_view key) override { m_expected = key; }
    bool takes(const shape::ShapedRecord& record) override
    {
        m_foreseen += m_expected == record.keyText ? 1U : 0U;
        return m_asked++ % 2 == 1;
    }
    [[nodiscard]] std::uint64_t asked() const { return m_asked; }
    /// Of those, how many were announced.
    [[nodiscard]] std::uint64_t foreseen() const { return m_foreseen; }

private:
    std::uint64_t m_asked = 0;
    std::uint64_t m_foreseen = 0;
    std::string m_expected;
};

TEST(RecordsAhead, AsksTheSieveAboutEachRecordHoweverLateItComes)
{
    const Started started = startedOn(100, Blocks::End::Done);
    const auto sieve = std::make_shared<EverySecond>();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    started.stream->setSieve(sieve);
    std::vector<shape::ShapedRecord> records;
    for (bool more = true; more;) {
        const auto step = started.stream->read(records);
        ASSERT_TRUE(step);
        more = *step == shape::RecordStep::More;
    }
    EXPECT_EQ(started.stream->rowsRead(), 300u);
    EXPECT_EQ(sieve->asked(), 300u);
    EXPECT_EQ(sieve->foreseen(), 299u) << "the first one waits until there is somebody to tell";
    ASSERT_EQ(records.size(), 150u);
    for (std::size_t i = 0; i < records.size(); ++i)
        EXPECT_EQ(records[i].keyText, std::to_string(2 * i));
}

TEST(RecordsAhead, AnErrorComesAfterTheRecordsBeforeIt)
{
    const Started started = startedOn(3, Blocks::End::Fails);
    std::vector<shape::ShapedRecord> records;
    EXPECT_TRUE(started.stream->read(records));
    EXPECT_TRUE(started.stream->read(records));
    const auto failed = started.stream->read(records);
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, "source.lost");
    EXPECT_EQ(records.size(), 9u);
    EXPECT_FALSE(started.stream->read(records)) << "a failed read never looks like an end";
}

TEST(RecordsAhead, HandsUsedRecordsBackToTheStreamInside)
{
    const Started started = startedOn(100, Blocks::End::Done);
    bool more = true;
    while (more) {
        std::vector<shape::ShapedRecord> records;
        const auto step = started.stream->read(records);
        ASSERT_TRUE(step);
        more = *step == shape::RecordStep::More;
        EXPECT_EQ(records.size(), 3u);
        EXPECT_EQ(records.front().keyText, std::to_string(started.stream->rowsRead() - 3));
        started.stream->recycle(std::move(records));
    }
    EXPECT_GT(started.inside->recycled(), 0u);
}

TEST(RecordsAhead, IsNeverFarAhead)
{
    constexpr std::size_t mebibyte = 1 << 20;
    const Started started = startedOn(1000, Blocks::End::Done, mebibyte);
    std::vector<shape::ShapedRecord> records;
    for (int i = 0; i < 5; ++i) {
        records.clear();
        ASSERT_TRUE(started.stream->read(records));
        EXPECT_LE(started.inside->rows(), started.stream->rowsRead() + 5 * 3);
    }
}

TEST(RecordsAhead, CancelsAReadThatHangsWhenItIsDestroyed)
{
    Started started = startedOn(2, Blocks::End::Hangs);
    std::vector<shape::ShapedRecord> records;
    EXPECT_TRUE(started.stream->read(records));
    started.stream.reset();
}

TEST(RecordsAhead, CancelsAgainWhereACancelCameBeforeTheRead)
{
    auto inside = std::make_unique<Blocks>(1, Blocks::End::Hangs);
    Blocks* const raw = inside.get();
    int cancels = 0;
    auto stream = RecordsAhead::start(std::move(inside), [raw, &cancels] {
        if (++cancels > 1)
            raw->cancel();
    });
    ASSERT_TRUE(stream);
    stream->reset();
    EXPECT_EQ(cancels, 2);
}

TEST(RecordsAhead, IsDestroyedInTheMiddleOfALongRead)
{
    for (const int taken : {0, 1, 7}) {
        Started started = startedOn(1000, Blocks::End::Done);
        std::vector<shape::ShapedRecord> records;
        for (int i = 0; i < taken; ++i)
            EXPECT_TRUE(started.stream->read(records));
        started.stream.reset();
    }
}

} // namespace

} // namespace headgate::service
