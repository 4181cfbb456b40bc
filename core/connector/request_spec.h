// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/slot.h"
#include "data/json.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headgate::connector {

/// The part of a spec that says how a request is written.

/// A query parameter or header.
struct NamedSlotText
{
    std::string name;
    SlotText value;

    bool operator==(const NamedSlotText&) const = default;
};

enum class ValueForm
{
    Auto,   ///< as its kind has it: numbers and bools bare, the rest quoted
    String, ///< always quoted
    Number, ///< bare; a value that is no JSON number is refused
    List,   ///< as Auto, in an array of one
    Json    ///< the text is JSON already (an option that holds a list)
};

/// One member of an envelope: a constant or a slot at a place.
struct EnvelopeValue
{
    /// JSON Pointer; a token may be the slot text "{matchField}". Empty: the entry is this value.
    SlotText at;
    std::optional<data::JsonNode> constant;
    Slot slot;
    ValueForm form = ValueForm::Auto;

    bool operator==(const EnvelopeValue&) const = default;
};

/// What surrounds one record's payload.
struct EntrySpec
{
    std::vector<EnvelopeValue> values;
    bool payload = true; ///< false: the payload is not sent (Delete)
    /// Pointer to where the payload goes; empty: it is the entry itself. It is sent as it is;
    /// values within that place become its members. A member that the payload has as well must be
    /// equal to it, else the record is refused before it is sent.
    SlotText payloadAt;

    bool operator==(const EntrySpec&) const = default;
};

enum class BodyKind
{
    None,
    Json,
    Form,   ///< application/x-www-form-urlencoded: values are fields; records go into formField
    Ndjson, ///< one entry a line
    Csv     ///< RFC 4180; columns are fixed by the spec
};

struct BodySpec
{
    BodyKind kind = BodyKind::None;
    /// Json, Form: pointer to the array of entries ("" where the body is the array); without it
    /// the body is one entry. A slot text, so that a field of the account form may hold it.
    std::optional<SlotText> list;
    std::vector<EnvelopeValue> values; ///< beside the list; Form: one field each
    EntrySpec entry;
    std::string formField;            ///< Form: the field that holds the JSON
    std::vector<std::string> columns; ///< Csv: match field first, then members of the payload
    std::string contentType;          ///< empty: the kind's usual one

    bool operator==(const BodySpec&) const = default;
};

struct RequestSpec
{
    SlotText method; ///< a verb, or a slot of a choice field
    SlotText path;   ///< below the base URL; slots become one percent-encoded segment each
    std::vector<NamedSlotText> query;
    std::vector<NamedSlotText> headers;
    BodySpec body;

    bool operator==(const RequestSpec&) const = default;
};

struct BatchSpec
{
    std::uint32_t records = 1;
    std::string recordsField; ///< account field that may lower or raise it
    std::size_t bytes = 1 << 20;
    std::size_t recordBytes = 1 << 20;

    bool operator==(const BatchSpec&) const = default;
};

enum class Normalisation
{
    Trim,         ///< white space at both ends
    RemoveSpaces, ///< all white space
    Lowercase,    ///< Unicode's simple case mapping, no locale
    Uppercase,
    Digits ///< decimal digits only
};

enum class NullForm
{
    Keep,       ///< null
    Omit,       ///< the member is left out
    EmptyString ///< ""
};

enum class ListForm
{
    Keep,
    Joined,  ///< one text, elements parted by PayloadEncoding::separator
    JsonText ///< a text that holds the JSON
};

/// How the payload's members are written where the destination does not take JSON as it is.
/// Numbers keep their digits in every form.
struct PayloadEncoding
{
    bool numbersAsText = false;
    bool boolsAsText = false;
    NullForm nulls = NullForm::Keep;
    ListForm lists = ListForm::Keep;
    bool objectsAsText = false; ///< a text that holds the JSON
    std::string separator = ";";

    /// The payload's bytes are sent as they are.
    [[nodiscard]] bool isVerbatim() const;
    bool operator==(const PayloadEncoding&) const = default;
};

} // namespace headgate::connector
