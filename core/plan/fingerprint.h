// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "connector/destination.h"

#include <string>
#include <string_view>

namespace headgate::plan {

/// The algorithm that new deliveries are stored with. Older ones stay here for ever, so that after
/// an upgrade the stored version compares and nothing is sent again.
inline constexpr std::string_view fingerprintVersion = "2";

/// Covers operation, object, match field and value, and payload; not envelope, run, time or
/// credentials (semantics 6). Fields are separated by their lengths.
///   "2": XXH3-128 over the concatenation   "1": the first 16 bytes of its SHA-256
/// An unknown version is answered as the current one: everything then counts as changed, and the
/// plan shows it.
class Fingerprinter
{
public:
    Fingerprinter(std::string_view version, connector::Operation operation, std::string_view object,
                  std::string_view matchField);
    [[nodiscard]] Hash128 of(std::string_view match, std::string_view payload);

private:
    bool m_isFirst;
    std::size_t m_commonSize; ///< of what all records begin with
    std::string m_bytes;
};

/// The same of one record alone.
[[nodiscard]] Hash128 fingerprint(std::string_view version, connector::Operation operation,
                                  std::string_view object, std::string_view matchField,
                                  std::string_view match, std::string_view payload);

} // namespace headgate::plan
