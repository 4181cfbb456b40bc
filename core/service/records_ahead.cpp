// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/records_ahead.h"

#include "base/text.h"

#include <chrono>
#include <iterator>
#include <system_error>

namespace headgate::service {

namespace {

constexpr std::size_t mostBlocksAhead = 4;
constexpr std::size_t mostBytesAhead = 8 << 20;
constexpr std::chrono::milliseconds cancelAgainAfter{20};
constexpr std::chrono::milliseconds longestWait{1000};

std::size_t sizeOfRecord(const shape::ShapedRecord& record)
{
    return sizeof record + record.payload.size() + record.rows.size() + record.key.size() +
           record.keyText.size() + record.leaves.size() * sizeof(shape::LeafHash);
}

} // namespace

/// Holds the first record until it is known who else is to be asked about it.
class RecordsAhead::Gate final : public shape::RecordSieve
{
public:
    /// Only the first call counts.
    void open(std::shared_ptr<shape::RecordSieve> sieve)
    {
        {
            const std::lock_guard lock(m_mutex);
            if (m_open)
                return;
            m_sieve = std::move(sieve);
            m_open = true;
        }
        m_opened.notify_all();
    }
    void expect(std::string_view key) override
    {
        if (m_passed && m_sieve)
            m_sieve->expect(key);
    }
    bool takes(const shape::ShapedRecord& record) override
    {
        if (!m_passed) {
            std::unique_lock lock(m_mutex);
            m_opened.wait(lock, [this] { return m_open; });
            m_passed = true;
        }
        return m_sieve && m_sieve->takes(record);
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_opened;
    bool m_open = false;
    std::shared_ptr<shape::RecordSieve> m_sieve; ///< never changes once the gate is open
    bool m_passed = false;                       ///< the shaping thread's
};

RecordsAhead::RecordsAhead(std::unique_ptr<shape::RecordStream> records,
                           std::function<void()> cancel)
    : m_gate(std::make_shared<Gate>()), m_records(std::move(records)), m_cancel(std::move(cancel))
{
    m_records->setSieve(m_gate);
}

Result<std::unique_ptr<shape::RecordStream>>
RecordsAhead::start(std::unique_ptr<shape::RecordStream> records, std::function<void()> cancel)
{
    std::unique_ptr<RecordsAhead> ahead(new RecordsAhead(std::move(records), std::move(cancel)));
    try {
        ahead->m_thread = std::thread([reader = ahead.get()] { reader->work(); });
    } catch (const std::system_error& error) {
        return fail(ErrorKind::Internal, "read.thread",
                    Text::tr("No thread could be started to read the source. Close other programs "
                             "and try again."),
                    QString::fromUtf8(error.what()));
    }
    return std::unique_ptr<shape::RecordStream>(std::move(ahead));
}

RecordsAhead::~RecordsAhead()
{
    m_gate->open(nullptr);
    std::unique_lock lock(m_mutex);
    m_abandoned = true;
    m_changed.notify_all();
    while (!m_ended && m_thread.joinable()) {
        // A cancel that comes just before a read begins ends nothing.
        lock.unlock();
        m_cancel();
        lock.lock();
        m_changed.wait_for(lock, cancelAgainAfter, [this] { return m_ended; });
    }
    lock.unlock();
    if (m_thread.joinable())
        m_thread.join();
}

bool RecordsAhead::isFull() const
{
    return m_blocks.size() >= mostBlocksAhead || m_bytes >= mostBytesAhead;
}

RecordsAhead::Block RecordsAhead::nextBlock()
{
    Block block;
    block.records = takeUsed();
    m_records->recycle(std::move(block.records));
    block.records.clear();
    block.step = m_records->read(block.records);
    block.rowsRead = m_records->rowsRead();
    for (const shape::ShapedRecord& record : block.records)
        block.bytes += sizeOfRecord(record);
    return block;
}

std::vector<shape::ShapedRecord> RecordsAhead::takeUsed()
{
    const std::lock_guard lock(m_mutex);
    if (m_used.empty())
        return {};
    std::vector<shape::ShapedRecord> used = std::move(m_used.back());
    m_used.pop_back();
    return used;
}

void RecordsAhead::recycle(std::vector<shape::ShapedRecord>&& used)
{
    const std::lock_guard lock(m_mutex);
    if (m_used.size() < mostBlocksAhead)
        m_used.push_back(std::move(used));
}

void RecordsAhead::work()
{
    bool more = true;
    while (more) {
        Block block = nextBlock();
        more = block.step && *block.step == shape::RecordStep::More;
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_abandoned || !isFull(); });
        more = more && !m_abandoned;
        m_ended = !more;
        m_bytes += block.bytes;
        m_blocks.push_back(std::move(block));
        lock.unlock();
        m_changed.notify_all();
    }
}

void RecordsAhead::setSieve(std::shared_ptr<shape::RecordSieve> sieve)
{
    m_gate->open(std::move(sieve));
}

Result<shape::RecordStep> RecordsAhead::read(std::vector<shape::ShapedRecord>& into)
{
    m_gate->open(nullptr);
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait_for(lock, longestWait, [this] { return m_ended || !m_blocks.empty(); }))
        return shape::RecordStep::More;
    if (m_blocks.empty())
        return fail(ErrorKind::Internal, "read.ended",
                    Text::tr("The records were read on after their end. This is a defect."));
    Block block = std::move(m_blocks.front());
    m_blocks.pop_front();
    m_bytes -= block.bytes;
    lock.unlock();
    m_changed.notify_all();
    m_rowsRead = block.rowsRead;
    if (into.empty())
        into.swap(block.records);
    else
        std::move(block.records.begin(), block.records.end(), std::back_inserter(into));
    return std::move(block.step);
}

} // namespace headgate::service
