// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/spool_frame.h"

#include "state/crc32c.h"

namespace headgate::state {

namespace {

void appendNumber(std::string& out, std::uint32_t value)
{
    const char bytes[4] = {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8 & 0xFF),
                           static_cast<char>(value >> 16 & 0xFF), static_cast<char>(value >> 24)};
    out.append(bytes, sizeof bytes);
}

std::uint32_t numberAt(std::string_view bytes, std::size_t at)
{
    std::uint32_t value = 0;
    for (int i = 3; i >= 0; --i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

void appendText(std::string& out, std::string_view text)
{
    appendNumber(out, static_cast<std::uint32_t>(text.size()));
    out.append(text);
}

void appendValue(std::string& out, const data::Value& value)
{
    out += static_cast<char>(value.kind);
    appendText(out, value.text);
}

class BodyReader
{
public:
    explicit BodyReader(std::string_view body) : m_rest(body) {}

    bool hash(Hash128& into)
    {
        std::string_view bytes;
        if (!take(into.bytes.size(), bytes))
            return false;
        into = Hash128::fromBytes(bytes);
        return true;
    }

    bool byte(std::uint8_t& into)
    {
        std::string_view bytes;
        if (!take(1, bytes))
            return false;
        into = static_cast<std::uint8_t>(bytes.front());
        return true;
    }

    bool text(std::string& into)
    {
        std::string_view length;
        std::string_view bytes;
        if (!take(4, length) || !take(numberAt(length, 0), bytes))
            return false;
        into.assign(bytes);
        return true;
    }

    bool value(data::Value& into)
    {
        std::uint8_t kind = 0;
        if (!byte(kind) || kind > static_cast<std::uint8_t>(data::ValueKind::Invalid))
            return false;
        into.kind = static_cast<data::ValueKind>(kind);
        return text(into.text);
    }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }

private:
    bool take(std::size_t size, std::string_view& into)
    {
        if (size > m_rest.size())
            return false;
        into = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return true;
    }

    std::string_view m_rest;
};

void setNumber(std::string& out, std::size_t at, std::uint32_t value)
{
    for (std::size_t i = 0; i < 4; ++i)
        out[at + i] = static_cast<char>(value >> (8 * i) & 0xFF);
}

} // namespace

void appendFrame(std::string& out, const SpoolRecord& record, std::uint8_t category)
{
    const std::size_t begin = out.size();
    out.append(frameHeaderSize, '\0');
    out.append(record.keyHash.view());
    out.append(record.fingerprint.view());
    out.append(record.matchHash.view());
    out += static_cast<char>(category);
    appendText(out, record.keyText);
    appendValue(out, record.match);
    appendValue(out, record.previousMatch);
    appendText(out, record.payload);
    appendText(out, record.requestValues);
    appendText(out, record.leaves);
    appendValue(out, record.eventTime);
    appendText(out, record.rows);
    const std::string_view body = std::string_view(out).substr(begin + frameHeaderSize);
    const std::uint32_t checksum = crc32c(body);
    setNumber(out, begin, static_cast<std::uint32_t>(body.size()));
    setNumber(out, begin + 4, checksum);
}

FrameHeader readFrameHeader(std::string_view bytes)
{
    return {numberAt(bytes, 0), numberAt(bytes, 4)};
}

bool readFrameBody(const FrameHeader& header, std::string_view body, SpoolRecord& into)
{
    if (crc32c(body) != header.checksum)
        return false;
    BodyReader reader(body);
    return reader.hash(into.keyHash) && reader.hash(into.fingerprint) &&
           reader.hash(into.matchHash) && reader.byte(into.category) && reader.text(into.keyText) &&
           reader.value(into.match) && reader.value(into.previousMatch) &&
           reader.text(into.payload) && reader.text(into.requestValues) &&
           reader.text(into.leaves) && reader.value(into.eventTime) && reader.text(into.rows) &&
           reader.atEnd();
}

} // namespace headgate::state
