// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_row.h"

#include <cstring>

namespace headgate::state {

namespace {

enum RecordFlag : std::int64_t
{
    flagDelivered = 1,
    flagUnconfirmed = 2,
    flagNamed = 4,    ///< key_text, match
    flagTimed = 8,    ///< event_kind, event_text
    flagTroubled = 16 ///< tried and what follows
};

bool isTroubled(const KnownRecord& record)
{
    return record.triedFingerprint != Hash128() || record.attempts != 0 || record.retryAt ||
           !record.code.empty() || !record.message.empty();
}

void readNames(const Statement& row, bool present, KnownRecord& into)
{
    into.keyText.assign(present ? row.bytes(7) : std::string_view());
    into.match.assign(present ? row.bytes(8) : std::string_view());
}

void readEventTime(const Statement& row, bool present, KnownRecord& into)
{
    into.eventTime.kind =
        present ? static_cast<data::ValueKind>(row.integer(9)) : data::ValueKind::Null;
    into.eventTime.text.assign(present ? row.bytes(10) : std::string_view());
}

void readTrouble(const Statement& row, bool present, KnownRecord& into)
{
    into.triedFingerprint = present ? row.hash(11) : Hash128();
    into.attempts = present ? static_cast<std::uint32_t>(row.integer(12)) : 0;
    into.retryAt = present ? row.optionalTime(13) : std::nullopt;
    into.code.assign(present ? row.bytes(14) : std::string_view());
    into.message.assign(present ? row.bytes(15) : std::string_view());
}

} // namespace

std::int64_t recordFlags(const KnownRecord& record)
{
    std::int64_t flags = 0;
    if (record.delivered)
        flags |= flagDelivered;
    if (record.unconfirmed)
        flags |= flagUnconfirmed;
    if (!record.keyText.empty() || !record.match.empty())
        flags |= flagNamed;
    if (!record.eventTime.isNull())
        flags |= flagTimed;
    if (isTroubled(record))
        flags |= flagTroubled;
    return flags;
}

std::uint64_t readRecord(const Statement& row, KnownRecord& into)
{
    const std::int64_t flags = row.integer(1);
    into.keyHash = row.hash(0);
    into.delivered = (flags & flagDelivered) != 0;
    into.unconfirmed = (flags & flagUnconfirmed) != 0;
    into.status = static_cast<RecordStatus>(row.integer(2));
    into.fingerprint = row.hash(4);
    into.matchHash = row.hash(5);
    into.leaves.assign(row.bytes(6));
    readNames(row, (flags & flagNamed) != 0, into);
    readEventTime(row, (flags & flagTimed) != 0, into);
    readTrouble(row, (flags & flagTroubled) != 0, into);
    into.accepted = static_cast<std::uint64_t>(row.integer(16));
    return static_cast<std::uint64_t>(row.integer(3));
}

void RecordDigest::addText(std::string_view text)
{
    const auto size = static_cast<std::uint32_t>(text.size());
    char prefix[sizeof size];
    std::memcpy(prefix, &size, sizeof size);
    m_bytes.append(prefix, sizeof prefix).append(text);
}

std::uint64_t RecordDigest::of(const KnownRecord& record)
{
    const std::int64_t flags = recordFlags(record);
    m_bytes.assign(record.keyHash.view());
    m_bytes.append(record.fingerprint.view()).append(record.matchHash.view());
    m_bytes += static_cast<char>(flags);
    m_bytes += static_cast<char>(record.status);
    addText(record.leaves);
    if ((flags & flagNamed) != 0) {
        addText(record.keyText);
        addText(record.match);
    }
    if ((flags & flagTimed) != 0) {
        m_bytes += static_cast<char>(record.eventTime.kind);
        addText(record.eventTime.text);
    }
    if ((flags & flagTroubled) != 0) {
        m_bytes.append(record.triedFingerprint.view());
        addText(std::to_string(record.attempts));
        addText(record.retryAt ? std::to_string(record.retryAt->time_since_epoch().count()) : "");
        addText(record.code);
        addText(record.message);
    }
    if (record.accepted != 0)
        addText(std::to_string(record.accepted));
    const Hash128 hash = fastHash(m_bytes);
    std::uint64_t digest = 0;
    for (std::size_t i = 0; i < sizeof digest; ++i)
        digest = digest << 8 | hash.bytes[i];
    return digest;
}

} // namespace headgate::state
