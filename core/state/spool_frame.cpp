// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/spool_frame.h"

#include "state/crc32c.h"

#include <cstring>

namespace headgate::state {

namespace {

constexpr std::size_t categoryPlace = frameHeaderSize + 3 * sizeof(Hash128::bytes);

void setNumber(char* at, std::uint32_t value)
{
    for (int i = 0; i < 4; ++i)
        at[i] = static_cast<char>(value >> (8 * i) & 0xFF);
}

std::uint32_t numberAt(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (int i = 3; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

/// Fills memory that is large enough.
class BodyWriter
{
public:
    explicit BodyWriter(char* at) : m_at(at) {}

    void bytes(std::string_view bytes)
    {
        if (!bytes.empty())
            std::memcpy(m_at, bytes.data(), bytes.size());
        m_at += bytes.size();
    }
    void byte(std::uint8_t byte) { *m_at++ = static_cast<char>(byte); }
    void text(std::string_view text)
    {
        setNumber(m_at, static_cast<std::uint32_t>(text.size()));
        m_at += 4;
        bytes(text);
    }
    void value(const data::Value& value)
    {
        byte(static_cast<std::uint8_t>(value.kind));
        text(value.text);
    }

private:
    char* m_at;
};

std::size_t bodySize(const SpoolRecord& record)
{
    constexpr std::size_t fixed = 3 * sizeof(Hash128::bytes) + 1 + 3 + 8 * 4;
    return fixed + record.keyText.size() + record.match.text.size() +
           record.previousMatch.text.size() + record.payload.size() + record.requestValues.size() +
           record.leaves.size() + record.eventTime.text.size() + record.rows.size();
}

class BodyReader
{
public:
    explicit BodyReader(std::string_view body) : m_rest(body) {}

    Hash128 hash() { return Hash128::fromBytes(take(sizeof(Hash128::bytes))); }

    std::uint8_t byte()
    {
        const std::string_view bytes = take(1);
        return bytes.empty() ? std::uint8_t(0) : static_cast<std::uint8_t>(bytes.front());
    }

    std::string_view text()
    {
        const std::string_view length = take(4);
        return length.empty() ? length : take(numberAt(length, 0));
    }

    data::ValueView value()
    {
        const std::uint8_t kind = byte();
        m_whole = m_whole && kind <= static_cast<std::uint8_t>(data::ValueKind::Invalid);
        return {m_whole ? static_cast<data::ValueKind>(kind) : data::ValueKind::Null, text()};
    }

    [[nodiscard]] bool parsed() const { return m_whole && m_rest.empty(); }

private:
    std::string_view take(std::size_t size)
    {
        m_whole = m_whole && size <= m_rest.size();
        if (!m_whole)
            return {};
        const std::string_view taken = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return taken;
    }

    std::string_view m_rest;
    bool m_whole = true;
};

data::Value owned(data::ValueView view)
{
    return {view.kind, std::string(view.text)};
}

} // namespace

void appendFrame(std::string& out, const SpoolRecord& record, std::uint8_t category)
{
    const std::size_t size = bodySize(record);
    const std::size_t begin = out.size();
    out.resize(begin + frameHeaderSize + size);
    char* const frame = out.data() + begin;
    BodyWriter body(frame + frameHeaderSize);
    body.bytes(record.keyHash.view());
    body.bytes(record.fingerprint.view());
    body.bytes(record.matchHash.view());
    body.byte(category);
    body.text(record.keyText);
    body.value(record.match);
    body.value(record.previousMatch);
    body.text(record.payload);
    body.text(record.requestValues);
    body.text(record.leaves);
    body.value(record.eventTime);
    body.text(record.rows);
    setNumber(frame, static_cast<std::uint32_t>(size));
    setNumber(frame + 4, crc32c({frame + frameHeaderSize, size}));
}

void appendFrame(std::string& out, std::string_view frame, std::uint8_t category)
{
    const std::size_t begin = out.size();
    out.append(frame);
    char* const copy = out.data() + begin;
    if (copy[categoryPlace] == static_cast<char>(category))
        return;
    copy[categoryPlace] = static_cast<char>(category);
    setNumber(copy + 4, crc32c({copy + frameHeaderSize, frame.size() - frameHeaderSize}));
}

FrameHeader readFrameHeader(std::string_view bytes)
{
    return {numberAt(bytes, 0), numberAt(bytes, 4)};
}

bool frameIsWhole(std::string_view frame)
{
    if (frame.size() < frameHeaderSize)
        return false;
    const FrameHeader header = readFrameHeader(frame);
    const std::string_view body = frame.substr(frameHeaderSize);
    return header.length == body.size() && header.checksum == crc32c(body);
}

std::optional<SpoolView> viewFrame(std::string_view frame)
{
    if (frame.size() < frameHeaderSize)
        return std::nullopt;
    BodyReader reader(frame.substr(frameHeaderSize));
    SpoolView view;
    view.frame = frame;
    view.keyHash = reader.hash();
    view.fingerprint = reader.hash();
    view.matchHash = reader.hash();
    view.category = reader.byte();
    view.keyText = reader.text();
    view.match = reader.value();
    view.previousMatch = reader.value();
    view.payload = reader.text();
    view.requestValues = reader.text();
    view.leaves = reader.text();
    view.eventTime = reader.value();
    view.rows = reader.text();
    return reader.parsed() ? std::optional(view) : std::nullopt;
}

bool readFrame(std::string_view frame, SpoolRecord& into)
{
    const auto view = frameIsWhole(frame) ? viewFrame(frame) : std::nullopt;
    if (!view)
        return false;
    into.keyHash = view->keyHash;
    into.fingerprint = view->fingerprint;
    into.matchHash = view->matchHash;
    into.category = view->category;
    into.keyText = view->keyText;
    into.match = owned(view->match);
    into.previousMatch = owned(view->previousMatch);
    into.payload = view->payload;
    into.requestValues = view->requestValues;
    into.leaves = view->leaves;
    into.eventTime = owned(view->eventTime);
    into.rows = view->rows;
    return true;
}

} // namespace headgate::state
