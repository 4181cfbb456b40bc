// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_row.h"

#include <cstring>

namespace headgate::state {

namespace {

constexpr std::uint8_t bodyVersion = 1;

constexpr std::size_t flagsPlace = sizeof(Hash128::bytes);
constexpr std::size_t statusPlace = flagsPlace + 1;
constexpr std::size_t digestPlace = statusPlace + 1;
constexpr std::size_t sizePlace = digestPlace + 8;
constexpr std::size_t rowHeadSize = sizePlace + 4;

std::uint64_t numberAt(std::string_view bytes, std::size_t place, std::size_t size)
{
    std::uint64_t number = 0;
    for (std::size_t i = size; i > 0; --i)
        number = number << 8 | static_cast<std::uint8_t>(bytes[place + i - 1]);
    return number;
}

void setNumber(char* place, std::uint64_t number, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i, number >>= 8)
        place[i] = static_cast<char>(number & 0xFF);
}

enum RecordFlag : std::uint8_t
{
    flagDelivered = 1,
    flagUnconfirmed = 2
};

enum RecordPart : std::uint8_t
{
    partFingerprint = 1,
    partMatchHash = 2,
    partLeaves = 4,
    partNames = 8,    ///< key text, match
    partEvent = 16,   ///< kind, text
    partTrouble = 32, ///< tried fingerprint, attempts, time of the next one, code, message
    partAccepted = 64,
    partAlsoUnder = 128 ///< how many, match values
};

bool isTroubled(const KnownRecord& record)
{
    return record.triedFingerprint != Hash128() || record.attempts != 0 || record.retryAt ||
           !record.code.empty() || !record.message.empty();
}

std::uint8_t partsOf(const KnownRecord& record)
{
    int parts = 0;
    parts |= record.fingerprint != Hash128() ? partFingerprint : 0;
    parts |= record.matchHash != Hash128() ? partMatchHash : 0;
    parts |= !record.leaves.empty() ? partLeaves : 0;
    parts |= !record.keyText.empty() || !record.match.empty() ? partNames : 0;
    parts |= !record.eventTime.isNull() ? partEvent : 0;
    parts |= isTroubled(record) ? partTrouble : 0;
    parts |= record.accepted != 0 ? partAccepted : 0;
    parts |= !record.alsoUnder.empty() ? partAlsoUnder : 0;
    return static_cast<std::uint8_t>(parts);
}

void appendPacked(std::string& out, std::uint64_t number)
{
    for (; number >= 0x80; number >>= 7)
        out += static_cast<char>(number | 0x80);
    out += static_cast<char>(number);
}

void appendPacked(std::string& out, std::string_view text)
{
    appendPacked(out, static_cast<std::uint64_t>(text.size()));
    out.append(text);
}

void appendTexts(std::string& out, const std::vector<std::string>& texts)
{
    appendPacked(out, static_cast<std::uint64_t>(texts.size()));
    for (const std::string& text : texts)
        appendPacked(out, text);
}

void appendTrouble(std::string& out, const KnownRecord& record)
{
    out.append(record.triedFingerprint.view());
    appendPacked(out, std::uint64_t(record.attempts) << 1 | (record.retryAt ? 1U : 0U));
    if (record.retryAt)
        appendPacked(out, static_cast<std::uint64_t>(record.retryAt->time_since_epoch().count()));
    appendPacked(out, record.code);
    appendPacked(out, record.message);
}

/// Takes a body apart; one that is too short makes every further part fail.
class RecordBody
{
public:
    explicit RecordBody(std::string_view body) : m_rest(body) {}

    std::uint8_t byte()
    {
        const std::string_view taken = bytes(1);
        return taken.empty() ? std::uint8_t(0) : static_cast<std::uint8_t>(taken.front());
    }

    std::uint64_t number()
    {
        std::uint64_t value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint8_t next = byte();
            value |= std::uint64_t(next & 0x7FU) << shift;
            if ((next & 0x80U) == 0)
                return value;
        }
        m_whole = false;
        return 0;
    }

    Hash128 hash() { return Hash128::fromBytes(bytes(sizeof(Hash128::bytes))); }
    std::string_view text() { return bytes(number()); }
    [[nodiscard]] bool isWhole() const { return m_whole; }
    [[nodiscard]] bool parsed() const { return m_whole && m_rest.empty(); }

private:
    std::string_view bytes(std::uint64_t size)
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

void readEvent(RecordBody& body, bool present, KnownRecord& into)
{
    into.eventTime.kind =
        present ? static_cast<data::ValueKind>(body.byte()) : data::ValueKind::Null;
    into.eventTime.text.assign(present ? body.text() : std::string_view());
}

void readTrouble(RecordBody& body, bool present, KnownRecord& into)
{
    into.triedFingerprint = present ? body.hash() : Hash128();
    const std::uint64_t attempts = present ? body.number() : 0;
    into.attempts = static_cast<std::uint32_t>(attempts >> 1);
    into.retryAt.reset();
    if ((attempts & 1) != 0)
        into.retryAt = WallTime(Milliseconds(static_cast<std::int64_t>(body.number())));
    into.code.assign(present ? body.text() : std::string_view());
    into.message.assign(present ? body.text() : std::string_view());
}

void readTexts(RecordBody& body, bool present, std::vector<std::string>& into)
{
    into.clear();
    for (std::uint64_t left = present ? body.number() : 0; left > 0 && body.isWhole(); --left)
        into.emplace_back(body.text());
}

bool readBody(std::string_view bytes, KnownRecord& into)
{
    RecordBody body(bytes);
    const std::uint8_t version = body.byte();
    const std::uint8_t parts = body.byte();
    if (version != bodyVersion)
        return false;
    const auto textOf = [&](RecordPart part) {
        return (parts & part) != 0 ? body.text() : std::string_view();
    };
    into.fingerprint = (parts & partFingerprint) != 0 ? body.hash() : Hash128();
    into.matchHash = (parts & partMatchHash) != 0 ? body.hash() : Hash128();
    into.leaves.assign(textOf(partLeaves));
    into.keyText.assign(textOf(partNames));
    into.match.assign(textOf(partNames));
    readEvent(body, (parts & partEvent) != 0, into);
    readTrouble(body, (parts & partTrouble) != 0, into);
    into.accepted = (parts & partAccepted) != 0 ? body.number() : 0;
    readTexts(body, (parts & partAlsoUnder) != 0, into.alsoUnder);
    return body.parsed() && into.eventTime.kind <= data::ValueKind::Invalid;
}

} // namespace

std::uint8_t recordFlags(const KnownRecord& record)
{
    return static_cast<std::uint8_t>((record.delivered ? flagDelivered : 0) |
                                     (record.unconfirmed ? flagUnconfirmed : 0));
}

void appendBody(std::string& out, const KnownRecord& record)
{
    const std::uint8_t parts = partsOf(record);
    out += static_cast<char>(bodyVersion);
    out += static_cast<char>(parts);
    if ((parts & partFingerprint) != 0)
        out.append(record.fingerprint.view());
    if ((parts & partMatchHash) != 0)
        out.append(record.matchHash.view());
    if ((parts & partLeaves) != 0)
        appendPacked(out, record.leaves);
    if ((parts & partNames) != 0) {
        appendPacked(out, record.keyText);
        appendPacked(out, record.match);
    }
    if ((parts & partEvent) != 0) {
        out += static_cast<char>(record.eventTime.kind);
        appendPacked(out, record.eventTime.text);
    }
    if ((parts & partTrouble) != 0)
        appendTrouble(out, record);
    if ((parts & partAccepted) != 0)
        appendPacked(out, record.accepted);
    if ((parts & partAlsoUnder) != 0)
        appendTexts(out, record.alsoUnder);
}

std::uint64_t recordDigest(const Hash128& keyHash, std::uint8_t flags, std::uint8_t status,
                           std::string_view body)
{
    const Hash128 ofBody = fastHash(body);
    std::array<char, 2 * sizeof(Hash128::bytes) + 2> row{};
    std::memcpy(row.data(), keyHash.bytes.data(), keyHash.bytes.size());
    std::memcpy(row.data() + keyHash.bytes.size(), ofBody.bytes.data(), ofBody.bytes.size());
    row[row.size() - 2] = static_cast<char>(flags);
    row[row.size() - 1] = static_cast<char>(status);
    const Hash128 hash = fastHash({row.data(), row.size()});
    std::uint64_t digest = 0;
    for (std::size_t i = 0; i < sizeof digest; ++i)
        digest = digest << 8 | hash.bytes[i];
    return digest;
}

void RowReader::advance()
{
    m_isThere = false;
    if (m_rest.empty() || m_isDamaged)
        return;
    m_isDamaged = m_rest.size() < rowHeadSize;
    if (m_isDamaged)
        return;
    const std::uint64_t size = numberAt(m_rest, sizePlace, 4);
    m_isDamaged = m_rest.size() - rowHeadSize < size;
    if (m_isDamaged)
        return;
    m_row.bytes = m_rest.substr(0, rowHeadSize + size);
    m_row.keyHash = Hash128::fromBytes(m_rest.substr(0, flagsPlace));
    m_row.flags = static_cast<std::uint8_t>(m_rest[flagsPlace]);
    m_row.status = static_cast<std::uint8_t>(m_rest[statusPlace]);
    m_row.digest = numberAt(m_rest, digestPlace, 8);
    m_row.body = m_row.bytes.substr(rowHeadSize);
    m_rest.remove_prefix(m_row.bytes.size());
    m_isThere = true;
}

RecordRow appendRow(std::string& out, const KnownRecord& record)
{
    const std::size_t begin = out.size();
    out.append(record.keyHash.view());
    out.resize(begin + rowHeadSize);
    appendBody(out, record);
    RecordRow row;
    row.bytes = std::string_view(out).substr(begin);
    row.keyHash = record.keyHash;
    row.flags = recordFlags(record);
    row.status = static_cast<std::uint8_t>(record.status);
    row.body = row.bytes.substr(rowHeadSize);
    row.digest = recordDigest(row.keyHash, row.flags, row.status, row.body);
    char* const head = out.data() + begin;
    head[flagsPlace] = static_cast<char>(row.flags);
    head[statusPlace] = static_cast<char>(row.status);
    setNumber(head + digestPlace, row.digest, 8);
    setNumber(head + sizePlace, row.body.size(), 4);
    return row;
}

bool readRecord(const RecordRow& row, KnownRecord& into)
{
    if ((row.flags & ~(flagDelivered | flagUnconfirmed)) != 0 ||
        row.status > static_cast<std::uint8_t>(RecordStatus::Purged))
        return false;
    into.keyHash = row.keyHash;
    into.delivered = (row.flags & flagDelivered) != 0;
    into.unconfirmed = (row.flags & flagUnconfirmed) != 0;
    into.status = static_cast<RecordStatus>(row.status);
    return row.digest == recordDigest(row.keyHash, row.flags, row.status, row.body) &&
           readBody(row.body, into);
}

} // namespace headgate::state
