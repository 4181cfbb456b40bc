// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/field_reader.h"
#include "shape/leaf.h"

namespace headgate::shape {

/// Parts of a node's JSON object that describe where a value comes from and what is done to it.
/// Readers take their fields and report what is wrong; writers add what differs from the default.

[[nodiscard]] std::vector<SortKey> sortByFromJson(FieldReader& fields);
void sortByToJson(const std::vector<SortKey>& sortBy, data::JsonNode& into);

/// A condition under `field`; holds always if absent.
[[nodiscard]] Condition whereFromJson(FieldReader& fields);
void whereToJson(const Condition& where, data::JsonNode& into);

[[nodiscard]] std::vector<Function> functionsFromJson(FieldReader& fields);
void functionsToJson(const std::vector<Function>& functions, data::JsonNode& into);

/// decimals to decimalPoint, and pattern to sourceZone.
void formatFromJson(FieldReader& fields, Format& into);
void formatToJson(const Format& format, data::JsonNode& into);

/// Everything of a leaf but column, text and value, which the node's kind decides.
void leafFromJson(FieldReader& fields, Leaf& into);
void leafToJson(const Leaf& leaf, data::JsonNode& into);

} // namespace headgate::shape
