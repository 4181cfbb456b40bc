// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::connector {

/// A value that a request takes from its account, its batch or its record. The list is closed.
enum class SlotKind
{
    Literal,        ///< no slot: constant text
    Account,        ///< "account.KEY": a field of the account form, secrets included
    Option,         ///< "option.KEY": an option of the object, chosen per sync
    Object,         ///< "object": id of the object
    Operation,      ///< "operation": name of the operation
    MatchField,     ///< "matchField"
    Match,          ///< "match": the record's match value, normalised
    PreviousMatch,  ///< "previousMatch": of a Rename
    Key,            ///< "key": the record's key as people see it
    IdempotencyKey, ///< "idempotencyKey": of the batch
    Trace,          ///< "trace": the record's position in its frozen batch, "0", "1", ...
    Found,          ///< "found": the id that the lookup answered
    Receipt         ///< "receipt": what an answer took the batch under
};

/// How a slot's text is changed before it is put in its place, whose own escaping comes on top.
enum class SlotFilter
{
    None,
    Md5,    ///< lower-case hexadecimal
    Sha256, ///< lower-case hexadecimal
    Lower   ///< ASCII letters
};

struct Slot
{
    SlotKind kind = SlotKind::Literal;
    std::string text; ///< Account, Option: the key; Literal: the text
    SlotFilter filter = SlotFilter::None;

    /// Differs from record to record of one batch.
    [[nodiscard]] bool isPerRecord() const;
    bool operator==(const Slot&) const = default;
};

/// Text with slots in braces: "/lists/{option.list}/members/{match:md5}". No expressions, no
/// nesting; "{{" and "}}" stand for braces.
struct SlotText
{
    std::vector<Slot> parts;

    [[nodiscard]] bool empty() const { return parts.empty(); }
    [[nodiscard]] bool isPerRecord() const;
    bool operator==(const SlotText&) const = default;
};

/// "match", "account.token", "match:sha256"; empty if it is not a slot.
[[nodiscard]] std::optional<Slot> parseSlot(std::string_view text);
/// Empty if a brace is open or holds no slot.
[[nodiscard]] std::optional<SlotText> parseSlotText(std::string_view text);
[[nodiscard]] std::string applyFilter(SlotFilter filter, std::string text);

} // namespace headgate::connector
