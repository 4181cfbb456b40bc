// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/state_store.h"
#include "state/statement.h"

namespace headgate::state {

/// The columns that readRecord() expects, in its order.
inline constexpr const char* recordColumns = "key_hash, flags, status, digest, body";

/// Column "flags": what is counted.
[[nodiscard]] std::uint8_t recordFlags(const KnownRecord& record);

/// Appends what a record holds beside key hash, flags and status: a version, which parts follow,
/// the parts. Hashes as their bytes; lengths and numbers 7 bits a byte, the lowest first.
void appendBody(std::string& out, const KnownRecord& record);

/// A checksum over a row. The sum of a state's digests is kept beside its counts: a flipped bit or
/// a lost page is found, not taken for news.
[[nodiscard]] std::uint64_t recordDigest(const Hash128& keyHash, std::uint8_t flags,
                                         std::uint8_t status, std::string_view body);

/// Fills `into` without giving up the memory of its strings. Returns the row's digest; nothing if
/// the row is not what its digest says or its body does not parse.
[[nodiscard]] std::optional<std::uint64_t> readRecord(const Statement& row, KnownRecord& into);

} // namespace headgate::state
