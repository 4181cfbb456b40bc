// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/state_store.h"
#include "state/statement.h"

namespace headgate::state {

/// The columns that readRecord() expects, in its order.
inline constexpr const char* recordColumns =
    "key_hash, flags, status, digest, fingerprint, "
    "match_hash, leaves, key_text, match, event_kind, "
    "event_text, tried, attempts, retry_at, code, message, accepted";

/// A checksum over everything that a row holds. The sum of a state's digests is kept beside its
/// counts: a flipped bit or a lost page is found, not taken for news.
class RecordDigest
{
public:
    [[nodiscard]] std::uint64_t of(const KnownRecord& record);

private:
    void addText(std::string_view text);
    std::string m_bytes;
};

/// Which of the rarely used columns hold something, and the two bools.
[[nodiscard]] std::int64_t recordFlags(const KnownRecord& record);

/// Fills `into` without giving up the memory of its strings. Returns the stored digest.
[[nodiscard]] std::uint64_t readRecord(const Statement& row, KnownRecord& into);

} // namespace headgate::state
