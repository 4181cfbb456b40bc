// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"
#include "shape/shape.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::project {

enum class SyncMode
{
    Upsert,  ///< update or create
    Update,  ///< update only
    Insert,  ///< create only
    Mirror,  ///< upsert, and the delete behaviour for what left the model
    Replace, ///< the whole set each time
    Append,  ///< each new record once
    Delete   ///< remove what the model lists
};

/// What Mirror does with a record that left the model.
enum class DeleteBehaviour
{
    Nothing,
    Clear, ///< empty the fields that the shape fills
    Archive,
    Delete
};

enum class RelatedKind
{
    ToMany, ///< for lists
    ToOne   ///< a look-up; each leaf says what a missing row gives
};

/// What happens to a record whose delivery nobody answered and whose repeat could do harm
/// (semantics 18).
enum class InDoubtPolicy
{
    Ask,
    Resend,
    Skip
};

[[nodiscard]] const char* name(SyncMode mode);
[[nodiscard]] const char* name(DeleteBehaviour behaviour);
[[nodiscard]] const char* name(RelatedKind kind);
[[nodiscard]] const char* name(InDoubtPolicy policy);
[[nodiscard]] std::optional<SyncMode> syncModeFromName(std::string_view text);

struct JoinColumns
{
    std::string left;  ///< of the main model, or "name.column" of a related model before this one
    std::string right; ///< of this related model
    data::JsonNode extra = data::JsonNode::object(); ///< unknown members, kept

    bool operator==(const JoinColumns&) const = default;
};

struct RelatedModel
{
    std::string name;  ///< what the shape calls it
    std::string model; ///< slug
    RelatedKind kind = RelatedKind::ToMany;
    std::vector<JoinColumns> join;
    data::JsonNode extra = data::JsonNode::object();

    bool operator==(const RelatedModel&) const = default;
};

/// Which value finds the record at the destination (semantics 5). Exactly one of column and leaf is
/// set once the user has chosen.
struct Matching
{
    std::string column; ///< of the main model
    std::string leaf;   ///< path of a leaf of the shape, as in Shape::leafPaths()
    std::string field;  ///< of the destination
    data::JsonNode extra = data::JsonNode::object();

    bool operator==(const Matching&) const = default;
};

/// Limits that stop a run before anything is sent (semantics 10 and 24). Shares are 0 to 1.
struct Gates
{
    double removedShare = 0.10;
    std::uint64_t removedMinimum = 20; ///< fewer removals never stop a run
    double changedShare = 0.50;
    double invalidShare = 0.05;
    double relatedShrinkShare = 0.10;
    bool emptyAfterNonEmpty = true;
    data::JsonNode extra = data::JsonNode::object();

    bool operator==(const Gates&) const = default;
};

/// How long payloads of successful records are kept (semantics 26); whichever is reached first.
struct HistorySettings
{
    std::uint32_t days = 14;
    std::uint64_t bytes = std::uint64_t(2) << 30;
    bool storePayloads = true;
    data::JsonNode extra = data::JsonNode::object();

    bool operator==(const HistorySettings&) const = default;
};

/// Narrows the connector's limits; 0 keeps them.
struct BatchOptions
{
    std::uint32_t records = 0;
    std::uint64_t bytes = 0;
    std::uint32_t inFlight = 0;
    data::JsonNode extra = data::JsonNode::object();

    bool operator==(const BatchOptions&) const = default;
};

/// What is sent where and how: syncs/SLUG.json.
struct SyncDefinition
{
    std::string id;
    std::string slug;
    std::string name;
    std::string description;
    std::string model; ///< slug of the main model
    std::vector<RelatedModel> related;
    std::vector<std::string> recordKey;               ///< columns of the main model
    std::optional<shape::Shape> shape;                ///< none: not shaped yet
    shape::Condition filter;                          ///< on rows of the main model
    std::string destination;                          ///< slug
    std::string object;                               ///< id in the connector's spec
    std::map<std::string, std::string> objectOptions; ///< as the connector's object asks for them
    SyncMode mode = SyncMode::Upsert;
    DeleteBehaviour deleteBehaviour = DeleteBehaviour::Nothing;
    Matching matching;
    InDoubtPolicy onInDoubt = InDoubtPolicy::Ask;
    Gates gates;
    HistorySettings history;
    BatchOptions batch;
    data::JsonNode schedule; ///< null: by hand; kept as it is
    data::JsonNode sla;      ///< null: none; kept as it is
    data::JsonNode extra = data::JsonNode::object();

    bool operator==(const SyncDefinition&) const = default;
};

} // namespace headgate::project
