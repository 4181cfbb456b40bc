// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/id.h"
#include "base/text.h"
#include "data/json_text.h"
#include "project/definition_json.h"
#include "shape/condition_json.h"
#include "shape/shape_json.h"

#include <limits>

namespace headgate::project {

namespace {

constexpr std::uint64_t largestCount = std::numeric_limits<std::int64_t>::max();

std::string nameOr(NodeReader& reader, const std::string& slug)
{
    std::string name = reader.text("name");
    return name.empty() ? slug : name;
}

enum class AccountKind
{
    Source,
    Destination
};

AccountSettings readSettings(NodeReader& reader, AccountKind kind)
{
    AccountSettings settings;
    if (kind == AccountKind::Destination)
        settings.baseUrl = reader.text("baseUrl");
    settings.fields = reader.textMap("fields");
    settings.secrets = reader.textMap("secrets");
    return settings;
}

TargetedSettings readTargetedSettings(NodeReader& reader, AccountKind kind)
{
    TargetedSettings settings;
    settings.common = readSettings(reader, kind);
    for (auto& [target, own] : reader.objectMap("targets")) {
        AccountSettings& read = settings.targets[target] = readSettings(own, kind);
        read.extra = own.rest();
    }
    return settings;
}

bool isDecimal(std::string_view text)
{
    return data::isJsonNumber(text) && text.find_first_of("eE") == std::string_view::npos;
}

/// The canonical texts of data/value.h, as far as a parameter needs them checked.
bool isCanonical(data::ValueKind kind, std::string_view text)
{
    switch (kind) {
    case data::ValueKind::Text:
        return true;
    case data::ValueKind::Bool:
        return text == "true" || text == "false";
    case data::ValueKind::Integer:
        return isDecimal(text) && text.find('.') == std::string_view::npos && text != "-0";
    case data::ValueKind::Decimal:
        return isDecimal(text);
    case data::ValueKind::Date:
        return text.size() == 10 && text[4] == '-' && text[7] == '-';
    case data::ValueKind::Timestamp:
    case data::ValueKind::TimestampTz:
        return text.size() >= 19 && text[4] == '-' && text[7] == '-' && text[10] == 'T';
    case data::ValueKind::Null:
    case data::ValueKind::Float:
    case data::ValueKind::Bytes:
    case data::ValueKind::Time:
    case data::ValueKind::Uuid:
    case data::ValueKind::Json:
    case data::ValueKind::Invalid:
        return false;
    }
    return false;
}

data::Value readParameter(NodeReader& reader)
{
    using data::ValueKind;
    data::Value value;
    value.kind = reader.choice("type",
                               {ValueKind::Text, ValueKind::Bool, ValueKind::Integer,
                                ValueKind::Decimal, ValueKind::Date, ValueKind::Timestamp,
                                ValueKind::TimestampTz, ValueKind::Null},
                               ValueKind::Text);
    value.text = reader.text("value");
    if (!value.isNull() && !isCanonical(value.kind, value.text))
        reader.error("project.parameter", "value",
                     Text::tr("\"%1\" is not written as a value of type %2.")
                         .arg(toQString(value.text), QString::fromUtf8(name(value.kind))),
                     Text::tr("Write 12, 12.50, true, 2026-01-31 or 2026-01-31T08:00:00, in double "
                              "quotes."));
    const data::JsonNode rest = reader.rest();
    for (const auto& [member, unused] : rest.items())
        reader.error("project.parameter", member.c_str(),
                     Text::tr("A parameter has a type and a value only."), {});
    return value;
}

ModelCursor readCursor(NodeReader reader)
{
    ModelCursor cursor;
    cursor.column = reader.requiredText("column");
    cursor.lookback = static_cast<std::int64_t>(reader.count("lookback", 0, largestCount));
    cursor.extra = reader.rest();
    return cursor;
}

TableReference readTable(NodeReader reader)
{
    TableReference table;
    table.schema = reader.text("schema");
    table.name = reader.requiredText("name");
    table.extra = reader.rest();
    return table;
}

RelatedModel readRelated(NodeReader& reader)
{
    RelatedModel related;
    related.name = reader.requiredText("name");
    related.model = reader.slug("model");
    related.kind =
        reader.choice("kind", {RelatedKind::ToMany, RelatedKind::ToOne}, RelatedKind::ToMany);
    for (NodeReader& one : reader.objects("join")) {
        JoinColumns columns;
        columns.left = one.requiredText("left");
        columns.right = one.requiredText("right");
        columns.extra = one.rest();
        related.join.push_back(std::move(columns));
    }
    related.extra = reader.rest();
    return related;
}

Matching readMatching(NodeReader reader)
{
    Matching matching;
    matching.column = reader.text("column");
    matching.leaf = reader.text("leaf");
    matching.field = reader.text("field");
    matching.extra = reader.rest();
    return matching;
}

Gates readGates(NodeReader reader)
{
    Gates gates;
    gates.removedShare = reader.share("removedShare", gates.removedShare);
    gates.removedMinimum = reader.count("removedMinimum", gates.removedMinimum, largestCount);
    gates.changedShare = reader.share("changedShare", gates.changedShare);
    gates.invalidShare = reader.share("invalidShare", gates.invalidShare);
    gates.relatedShrinkShare = reader.share("relatedShrinkShare", gates.relatedShrinkShare);
    gates.emptyAfterNonEmpty = reader.flag("emptyAfterNonEmpty", gates.emptyAfterNonEmpty);
    gates.extra = reader.rest();
    return gates;
}

HistorySettings readHistory(NodeReader reader)
{
    HistorySettings history;
    history.days = static_cast<std::uint32_t>(reader.count("days", history.days, 36'500));
    history.bytes = reader.count("bytes", history.bytes, largestCount);
    history.storePayloads = reader.flag("storePayloads", history.storePayloads);
    history.extra = reader.rest();
    return history;
}

BatchOptions readBatch(NodeReader reader)
{
    BatchOptions batch;
    batch.records = static_cast<std::uint32_t>(reader.count("records", 0, 1'000'000));
    batch.bytes = reader.count("bytes", 0, largestCount);
    batch.inFlight = static_cast<std::uint32_t>(reader.count("inFlight", 0, 1'000));
    batch.extra = reader.rest();
    return batch;
}

shape::Condition readFilter(NodeReader& reader)
{
    const data::JsonNode json = reader.any("filter");
    if (json.is_null())
        return {};
    Issues issues;
    shape::Condition condition = shape::conditionFromJson(json, reader.pointerTo("filter"), issues);
    reader.adopt(issues);
    return condition;
}

std::optional<shape::Shape> readShape(NodeReader& reader)
{
    const data::JsonNode json = reader.any("shape");
    if (json.is_null())
        return std::nullopt;
    Issues issues;
    std::optional<shape::Shape> shape =
        shape::shapeFromJson(json, reader.pointerTo("shape"), issues);
    reader.adopt(issues);
    return shape;
}

void readDelivery(NodeReader& reader, SyncDefinition& sync)
{
    sync.destination = reader.slug("destination");
    sync.object = reader.text("object");
    sync.objectOptions = reader.textMap("objectOptions");
    sync.mode =
        reader.choice("mode",
                      {SyncMode::Upsert, SyncMode::Update, SyncMode::Insert, SyncMode::Mirror,
                       SyncMode::Replace, SyncMode::Append, SyncMode::Delete},
                      SyncMode::Upsert);
    sync.deleteBehaviour = reader.choice("deleteBehaviour",
                                         {DeleteBehaviour::Nothing, DeleteBehaviour::Clear,
                                          DeleteBehaviour::Archive, DeleteBehaviour::Delete},
                                         DeleteBehaviour::Nothing);
    if (auto matching = reader.object("matching"))
        sync.matching = readMatching(*matching);
    sync.onInDoubt =
        reader.choice("onInDoubt", {InDoubtPolicy::Ask, InDoubtPolicy::Resend, InDoubtPolicy::Skip},
                      InDoubtPolicy::Ask);
    if (auto batch = reader.object("batch"))
        sync.batch = readBatch(*batch);
}

} // namespace

Project headerFromJson(NodeReader reader)
{
    Project project;
    static_cast<void>(reader.any("format"));
    project.id = reader.id("id");
    project.name = reader.text("name");
    for (NodeReader& one : reader.objects("targets")) {
        Target target;
        target.slug = one.slug("slug");
        target.name = nameOr(one, target.slug);
        target.extra = one.rest();
        if (project.target(target.slug) && !target.slug.empty())
            one.error("project.duplicate", "slug", Text::tr("Two targets have this name."),
                      Text::tr("Rename one of them."));
        project.targets.push_back(std::move(target));
    }
    if (project.targets.empty())
        reader.error("project.missing", "targets", Text::tr("A project needs a target."),
                     Text::tr("Write \"targets\": [{\"slug\": \"development\"}]."));
    project.extra = reader.rest();
    return project;
}

SourceDefinition sourceFromJson(NodeReader reader, const std::string& slug)
{
    SourceDefinition source;
    source.slug = slug;
    source.id = reader.id("id");
    source.name = nameOr(reader, slug);
    source.warehouse = reader.slug("warehouse");
    source.settings = readTargetedSettings(reader, AccountKind::Source);
    source.extra = reader.rest();
    return source;
}

DestinationDefinition destinationFromJson(NodeReader reader, const std::string& slug)
{
    DestinationDefinition destination;
    destination.slug = slug;
    destination.id = reader.id("id");
    destination.name = nameOr(reader, slug);
    destination.connector = reader.slug("connector");
    destination.settings = readTargetedSettings(reader, AccountKind::Destination);
    destination.extra = reader.rest();
    return destination;
}

ModelDefinition modelFromJson(NodeReader reader, const std::string& slug)
{
    ModelDefinition model;
    model.slug = slug;
    model.id = reader.id("id");
    model.name = nameOr(reader, slug);
    model.description = reader.text("description");
    model.source = reader.slug("source");
    if (auto table = reader.object("table"))
        model.table = readTable(*table);
    model.rowKey = reader.texts("rowKey");
    model.eventTime = reader.text("eventTime");
    if (auto cursor = reader.object("cursor"))
        model.cursor = readCursor(*cursor);
    model.zone = reader.text("zone");
    for (auto& [parameter, value] : reader.objectMap("parameters"))
        model.parameters[parameter] = readParameter(value);
    model.columns = reader.textMap("columns");
    model.extra = reader.rest();
    return model;
}

SyncDefinition syncFromJson(NodeReader reader, const std::string& slug)
{
    SyncDefinition sync;
    sync.slug = slug;
    sync.id = reader.id("id");
    sync.name = nameOr(reader, slug);
    sync.description = reader.text("description");
    sync.model = reader.slug("model");
    for (NodeReader& related : reader.objects("related"))
        sync.related.push_back(readRelated(related));
    sync.recordKey = reader.texts("recordKey");
    readDelivery(reader, sync);
    sync.filter = readFilter(reader);
    sync.shape = readShape(reader);
    if (auto gates = reader.object("gates"))
        sync.gates = readGates(*gates);
    if (auto history = reader.object("history"))
        sync.history = readHistory(*history);
    sync.schedule = reader.any("schedule");
    sync.sla = reader.any("sla");
    sync.extra = reader.rest();
    return sync;
}

} // namespace headgate::project
