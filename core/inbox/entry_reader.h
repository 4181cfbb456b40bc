// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json_members.h"
#include "inbox/delivery_reader.h"

#include <string>
#include <string_view>
#include <vector>

namespace headgate::inbox {

/// Where a request puts the parts of a record, with the match field of the request filled in.
class EntryReader
{
public:
    /// `matchField` is empty where neither request nor path named it: then each of the object's is
    /// tried.
    EntryReader(const connector::EntrySpec& entry, const connector::ObjectSpec& object,
                std::string matchField);

    /// `entry` is a valid JSON value. What the entry does not hold stays empty.
    [[nodiscard]] ReadItem read(std::string_view entry) const;
    /// How many of the values that surround a payload `entry` holds; -1: one that it must hold is
    /// missing, or a constant is another.
    [[nodiscard]] int fit(std::string_view entry) const;

private:
    [[nodiscard]] std::string find(const data::JsonObjectView& entry, connector::SlotKind kind,
                                   std::string* matchField = nullptr) const;
    [[nodiscard]] std::string memberOf(std::string_view payload) const;

    const connector::EntrySpec& m_entry;
    std::vector<std::string> m_matchFields;
};

/// A pointer with its "{matchField}" filled in.
[[nodiscard]] std::string resolvedPointer(const connector::SlotText& pointer,
                                          const std::string& matchField);

[[nodiscard]] bool sameJson(std::string_view text, const data::JsonNode& node);

} // namespace headgate::inbox
