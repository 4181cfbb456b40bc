// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace headgate::data {

/// Bytes that are written from front to back, over and over: the memory stays, and an append is a
/// comparison and a copy. For the inner loop of writers; elsewhere std::string will do.
class ByteBuffer
{
public:
    void clear() { m_size = 0; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::string_view view() const { return {m_bytes.data(), m_size}; }
    /// Drops what stands behind; `size` is no larger than what there is.
    void cutTo(std::size_t size) { m_size = size; }

    void append(char c)
    {
        *room(1) = c;
        ++m_size;
    }
    /// `text` is no part of the buffer.
    void append(std::string_view text)
    {
        if (text.empty())
            return;
        std::memcpy(room(text.size()), text.data(), text.size());
        m_size += text.size();
    }

    /// Where the next `size` bytes may be written; then commit() those that were.
    [[nodiscard]] char* room(std::size_t size)
    {
        if (m_bytes.size() - m_size < size)
            m_bytes.resize(std::max(2 * m_bytes.size(), m_size + size));
        return m_bytes.data() + m_size;
    }
    void commit(std::size_t size) { m_size += size; }

    /// What was written, and an end to it. Where it is much, its memory goes along.
    void takeInto(std::string& into)
    {
        if (m_size <= mostKept) {
            into.assign(view());
        } else {
            m_bytes.resize(m_size);
            into = std::move(m_bytes);
            m_bytes = {};
        }
        m_size = 0;
    }

private:
    static constexpr std::size_t mostKept = 64 << 10;

    std::string m_bytes; ///< as long as its memory; what lies beyond m_size means nothing
    std::size_t m_size = 0;
};

} // namespace headgate::data
