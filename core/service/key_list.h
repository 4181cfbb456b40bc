// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::service {

enum class KeyListHeader
{
    Guess, ///< a first record that names the columns of the record key is one
    Yes,
    No
};

/// Record keys out of RFC 4180 CSV, which a plain list of lines is as well.
struct KeyList
{
    std::vector<std::string> keys;    ///< each once, in order of reading, as RunRequest takes them
    std::vector<std::string> columns; ///< of the header, where the keys stand; empty: by position
    std::uint64_t repeated = 0;       ///< records left out: their key came before
    std::uint64_t empty = 0;          ///< records left out: their key is empty
};

inline constexpr std::size_t longestKeyList = std::size_t(256) << 20; ///< bytes

/// Takes the columns of `recordKey` by the header's names, in any case of letters; without a header
/// the first ones. A composite key may also be written as one JSON array. `recordKey` empty: the
/// first column.
/// Error: Usage "usage.keys.csv" naming the line, "usage.keys.encoding", or "usage.keys.columns"
/// where columns of a composite key are missing.
[[nodiscard]] Result<KeyList> readKeyList(std::string_view csv,
                                          const std::vector<std::string>& recordKey,
                                          KeyListHeader header = KeyListHeader::Guess);

/// Blocking. Error: as readKeyList(), and Usage "usage.keys.file", State "keys.file".
[[nodiscard]] Result<std::string> readKeyListFile(const std::string& file);

} // namespace headgate::service
