// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "plan/sort_entries.h"
#include "plan/temporary_file.h"

#include <algorithm>
#include <optional>
#include <queue>
#include <type_traits>
#include <vector>

namespace headgate::plan {

/// Sorts any number of small entries in flat memory: full buffers are sorted and written as runs,
/// next() merges the runs. `Entry` is ordered by operator<; if it has a sortPrefix(), that number
/// decides wherever it differs. Usage: add()*, finish(), next()*, and rewind(), next()* again.
template <typename Entry>
class ExternalSorter
{
    static_assert(std::is_trivially_copyable_v<Entry>);

public:
    /// `memory` bounds the buffer while adding and the read buffers while merging, in bytes.
    explicit ExternalSorter(std::string directory, std::size_t memory = std::size_t(16) << 20)
        : m_directory(std::move(directory)),
          m_capacity(std::max<std::size_t>(memory / sizeof(Entry), 16))
    {}

    [[nodiscard]] Result<void> add(const Entry& entry)
    {
        // Memory that is not written yet is only promised; growing would write it several times.
        if (m_buffer.capacity() == 0)
            m_buffer.reserve(m_capacity);
        m_buffer.push_back(entry);
        ++m_size;
        return m_buffer.size() < m_capacity ? Result<void>() : writeRun();
    }

    [[nodiscard]] Result<void> finish()
    {
        if (m_runs.empty()) {
            sortEntries(m_buffer);
            return {};
        }
        if (!m_buffer.empty())
            HEADGATE_TRY(writeRun());
        m_buffer = {};
        m_share = std::max<std::size_t>(m_capacity / m_runs.size(), 16);
        return rewind();
    }

    /// Back to the first entry; finish() has been called.
    [[nodiscard]] Result<void> rewind()
    {
        m_position = 0;
        m_heads = {};
        for (std::size_t i = 0; i < m_runs.size(); ++i) {
            m_runs[i].next = m_runs[i].begin;
            HEADGATE_TRY(refill(i));
        }
        return {};
    }

    /// The next entry in order, or none at the end.
    [[nodiscard]] Result<std::optional<Entry>> next()
    {
        if (m_runs.empty()) {
            if (m_position == m_buffer.size())
                return std::optional<Entry>();
            return std::optional<Entry>(m_buffer[m_position++]);
        }
        if (m_heads.empty())
            return std::optional<Entry>();
        const Head head = m_heads.top();
        m_heads.pop();
        HEADGATE_TRY(advance(head.run));
        return std::optional<Entry>(head.entry);
    }

    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    struct Run
    {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        std::uint64_t next = 0; ///< where reading goes on
        std::vector<Entry> block;
        std::size_t position = 0;
    };
    struct Head
    {
        Entry entry;
        std::size_t run;
        bool operator<(const Head& other) const { return other.entry < entry; }
    };

    [[nodiscard]] Result<void> writeRun()
    {
        sortEntries(m_buffer);
        if (!m_file) {
            auto file = TemporaryFile::create(m_directory);
            if (!file)
                return propagate(std::move(file));
            m_file = std::move(*file);
        }
        Run run;
        run.begin = m_file->size();
        HEADGATE_TRY(m_file->append(
            {reinterpret_cast<const char*>(m_buffer.data()), m_buffer.size() * sizeof(Entry)}));
        run.end = m_file->size();
        m_runs.push_back(std::move(run));
        m_buffer.clear();
        return {};
    }

    [[nodiscard]] Result<void> refill(std::size_t index)
    {
        Run& run = m_runs[index];
        const std::uint64_t left = (run.end - run.next) / sizeof(Entry);
        run.block.resize(std::min<std::uint64_t>(left, m_share));
        run.position = 0;
        if (run.block.empty())
            return {};
        const std::size_t bytes = run.block.size() * sizeof(Entry);
        HEADGATE_TRY(m_file->read(run.next, {reinterpret_cast<char*>(run.block.data()), bytes}));
        run.next += bytes;
        m_heads.push({run.block[run.position++], index});
        return {};
    }

    [[nodiscard]] Result<void> advance(std::size_t index)
    {
        Run& run = m_runs[index];
        if (run.position == run.block.size())
            return refill(index);
        m_heads.push({run.block[run.position++], index});
        return {};
    }

    std::string m_directory;
    std::size_t m_capacity;
    std::size_t m_share = 0;
    std::uint64_t m_size = 0;
    std::vector<Entry> m_buffer;
    std::size_t m_position = 0;
    std::optional<TemporaryFile> m_file;
    std::vector<Run> m_runs;
    std::priority_queue<Head> m_heads;
};

} // namespace headgate::plan
