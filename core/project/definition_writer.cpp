// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/definition_json.h"
#include "shape/condition_json.h"
#include "shape/shape_json.h"

namespace headgate::project {

namespace {

using data::JsonNode;

/// Builds one object; `$` members of the unknown ones come first.
class ObjectWriter
{
public:
    explicit ObjectWriter(const JsonNode& extra) : m_extra(extra)
    {
        for (const auto& [name, value] : extra.items()) {
            if (name.starts_with('$'))
                m_json[name] = value;
        }
    }

    void put(const char* key, JsonNode value) { m_json[key] = std::move(value); }
    template <typename T>
    void putUnless(const T& absent, const char* key, const T& value)
    {
        if (value != absent)
            m_json[key] = value;
    }
    void putText(const char* key, const std::string& value) { putUnless({}, key, value); }
    void putNode(const char* key, const JsonNode& value)
    {
        if (!value.is_null() && !(value.is_structured() && value.empty()))
            m_json[key] = value;
    }

    [[nodiscard]] JsonNode finish()
    {
        for (const auto& [name, value] : m_extra.items()) {
            if (!m_json.contains(name))
                m_json[name] = value;
        }
        return std::move(m_json);
    }

private:
    const JsonNode& m_extra;
    JsonNode m_json = JsonNode::object();
};

JsonNode toJson(const std::map<std::string, std::string>& texts)
{
    JsonNode json = JsonNode::object();
    for (const auto& [name, text] : texts)
        json[name] = text;
    return json;
}

JsonNode toJson(const std::vector<std::string>& texts)
{
    JsonNode json = JsonNode::array();
    for (const std::string& text : texts)
        json.push_back(text);
    return json;
}

void putSettings(ObjectWriter& writer, const AccountSettings& settings)
{
    writer.putText("baseUrl", settings.baseUrl);
    writer.putNode("fields", toJson(settings.fields));
    writer.putNode("secrets", toJson(settings.secrets));
}

void putSettings(ObjectWriter& writer, const TargetedSettings& settings)
{
    putSettings(writer, settings.common);
    JsonNode targets = JsonNode::object();
    for (const auto& [target, own] : settings.targets) {
        ObjectWriter one(own.extra);
        putSettings(one, own);
        targets[target] = one.finish();
    }
    writer.putNode("targets", targets);
}

JsonNode toJson(const ModelCursor& cursor)
{
    ObjectWriter writer(cursor.extra);
    writer.put("column", cursor.column);
    writer.putUnless<std::int64_t>(0, "lookback", cursor.lookback);
    return writer.finish();
}

JsonNode toJson(const std::map<std::string, data::Value>& parameters)
{
    JsonNode json = JsonNode::object();
    for (const auto& [parameter, value] : parameters) {
        json[parameter]["type"] = name(value.kind);
        if (!value.isNull())
            json[parameter]["value"] = value.text;
    }
    return json;
}

JsonNode toJson(const RelatedModel& related)
{
    ObjectWriter writer(related.extra);
    writer.put("name", related.name);
    writer.put("model", related.model);
    writer.put("kind", name(related.kind));
    JsonNode join = JsonNode::array();
    for (const JoinColumns& columns : related.join) {
        ObjectWriter one(columns.extra);
        one.put("left", columns.left);
        one.put("right", columns.right);
        join.push_back(one.finish());
    }
    writer.put("join", std::move(join));
    return writer.finish();
}

JsonNode toJson(const std::vector<RelatedModel>& related)
{
    JsonNode json = JsonNode::array();
    for (const RelatedModel& one : related)
        json.push_back(toJson(one));
    return json;
}

JsonNode toJson(const Matching& matching)
{
    ObjectWriter writer(matching.extra);
    writer.putText("column", matching.column);
    writer.putText("leaf", matching.leaf);
    writer.putText("field", matching.field);
    return writer.finish();
}

JsonNode toJson(const Gates& gates)
{
    const Gates absent;
    ObjectWriter writer(gates.extra);
    writer.putUnless(absent.removedShare, "removedShare", gates.removedShare);
    writer.putUnless(absent.removedMinimum, "removedMinimum", gates.removedMinimum);
    writer.putUnless(absent.changedShare, "changedShare", gates.changedShare);
    writer.putUnless(absent.invalidShare, "invalidShare", gates.invalidShare);
    writer.putUnless(absent.relatedShrinkShare, "relatedShrinkShare", gates.relatedShrinkShare);
    writer.putUnless(absent.emptyAfterNonEmpty, "emptyAfterNonEmpty", gates.emptyAfterNonEmpty);
    return writer.finish();
}

JsonNode toJson(const HistorySettings& history)
{
    const HistorySettings absent;
    ObjectWriter writer(history.extra);
    writer.putUnless(absent.days, "days", history.days);
    writer.putUnless(absent.bytes, "bytes", history.bytes);
    writer.putUnless(absent.storePayloads, "storePayloads", history.storePayloads);
    return writer.finish();
}

JsonNode toJson(const BatchOptions& batch)
{
    const BatchOptions absent;
    ObjectWriter writer(batch.extra);
    writer.putUnless(absent.records, "records", batch.records);
    writer.putUnless(absent.bytes, "bytes", batch.bytes);
    writer.putUnless(absent.inFlight, "inFlight", batch.inFlight);
    return writer.finish();
}

} // namespace

JsonNode headerToJson(const Project& project, int format)
{
    ObjectWriter writer(project.extra);
    writer.put("format", format);
    writer.put("id", project.id);
    writer.putText("name", project.name);
    JsonNode targets = JsonNode::array();
    for (const Target& target : project.targets) {
        ObjectWriter one(target.extra);
        one.put("slug", target.slug);
        one.putText("name", target.name);
        targets.push_back(one.finish());
    }
    writer.put("targets", std::move(targets));
    return writer.finish();
}

JsonNode toJson(const SourceDefinition& source)
{
    ObjectWriter writer(source.extra);
    writer.put("id", source.id);
    writer.putText("name", source.name);
    writer.put("warehouse", source.warehouse);
    putSettings(writer, source.settings);
    return writer.finish();
}

JsonNode toJson(const DestinationDefinition& destination)
{
    ObjectWriter writer(destination.extra);
    writer.put("id", destination.id);
    writer.putText("name", destination.name);
    writer.put("connector", destination.connector);
    putSettings(writer, destination.settings);
    return writer.finish();
}

JsonNode toJson(const ModelDefinition& model)
{
    ObjectWriter writer(model.extra);
    writer.put("id", model.id);
    writer.putText("name", model.name);
    writer.putText("description", model.description);
    writer.put("source", model.source);
    if (model.table) {
        ObjectWriter table(model.table->extra);
        table.putText("schema", model.table->schema);
        table.put("name", model.table->name);
        writer.put("table", table.finish());
    }
    writer.putNode("rowKey", toJson(model.rowKey));
    writer.putText("eventTime", model.eventTime);
    if (model.cursor)
        writer.put("cursor", toJson(*model.cursor));
    writer.putText("zone", model.zone);
    writer.putNode("parameters", toJson(model.parameters));
    writer.putNode("columns", toJson(model.columns));
    return writer.finish();
}

JsonNode toJson(const SyncDefinition& sync)
{
    ObjectWriter writer(sync.extra);
    writer.put("id", sync.id);
    writer.putText("name", sync.name);
    writer.putText("description", sync.description);
    writer.put("model", sync.model);
    writer.putNode("related", toJson(sync.related));
    writer.putNode("recordKey", toJson(sync.recordKey));
    writer.put("destination", sync.destination);
    writer.putText("object", sync.object);
    writer.putNode("objectOptions", toJson(sync.objectOptions));
    writer.put("mode", name(sync.mode));
    if (sync.deleteBehaviour != DeleteBehaviour::Nothing)
        writer.put("deleteBehaviour", name(sync.deleteBehaviour));
    writer.putNode("matching", toJson(sync.matching));
    if (sync.onInDoubt != InDoubtPolicy::Ask)
        writer.put("onInDoubt", name(sync.onInDoubt));
    if (!sync.filter.holdsAlways())
        writer.put("filter", shape::toJson(sync.filter));
    if (sync.shape)
        writer.put("shape", shape::toJson(*sync.shape));
    writer.putNode("gates", toJson(sync.gates));
    writer.putNode("history", toJson(sync.history));
    writer.putNode("batch", toJson(sync.batch));
    writer.putNode("schedule", sync.schedule);
    writer.putNode("sla", sync.sla);
    return writer.finish();
}

} // namespace headgate::project
