// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/manifest_nodes.h"

#include "base/text.h"
#include "dbt/profiles.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace headgate::dbt {

namespace {

using data::JsonNode;

constexpr std::array<std::string_view, 19> wantedMembers{
    "access",        "alias",         "attached_node", "column_name",  "columns",
    "compiled_code", "compiled_sql",  "config",        "constraints",  "database",
    "depends_on",    "description",   "name",          "package_name", "primary_key",
    "relation_name", "resource_type", "schema",        "test_metadata"};

const JsonNode& member(const JsonNode& object, const char* name)
{
    static const JsonNode none;
    if (!object.is_object())
        return none;
    const auto found = object.find(name);
    return found == object.end() ? none : *found;
}

std::string text(const JsonNode& object, const char* name)
{
    const JsonNode& value = member(object, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

std::vector<std::string> texts(const JsonNode& list)
{
    std::vector<std::string> all;
    if (list.is_string())
        all.push_back(list.get<std::string>());
    if (list.is_array())
        for (const JsonNode& each : list)
            if (each.is_string())
                all.push_back(each.get<std::string>());
    return all;
}

std::vector<ManifestColumn> columnsOf(const JsonNode& node)
{
    std::vector<ManifestColumn> columns;
    const JsonNode& all = member(node, "columns");
    if (!all.is_object())
        return columns;
    for (const auto& [key, column] : all.items()) {
        const std::string name = text(column, "name");
        columns.push_back(
            {name.empty() ? key : name, text(column, "data_type"), text(column, "description")});
    }
    return columns;
}

bool isPrimaryKey(const JsonNode& constraint)
{
    return text(constraint, "type") == "primary_key";
}

/// As the model or its columns declare it.
std::vector<std::string> declaredKey(const JsonNode& node)
{
    if (auto key = texts(member(node, "primary_key")); !key.empty())
        return key;
    for (const JsonNode& constraint : member(node, "constraints"))
        if (isPrimaryKey(constraint))
            if (auto key = texts(member(constraint, "columns")); !key.empty())
                return key;
    std::vector<std::string> key;
    const JsonNode& columns = member(node, "columns");
    if (columns.is_object())
        for (const auto& [name, column] : columns.items())
            for (const JsonNode& constraint : member(column, "constraints"))
                if (isPrimaryKey(constraint))
                    key.push_back(name);
    return key;
}

bool isRows(std::string_view id)
{
    return id.starts_with("model.") || id.starts_with("seed.") || id.starts_with("snapshot.");
}

/// "model.shop.customers.v2" is customers.v2.
std::string nameOf(const std::string& id, const JsonNode& node)
{
    const std::string name = text(node, "name");
    const std::size_t at = id.rfind('.' + name + ".v");
    return at == std::string::npos || name.empty() ? name : id.substr(at + 1);
}

std::string relationOf(const JsonNode& node)
{
    if (std::string relation = text(node, "relation_name"); !relation.empty())
        return relation;
    if (text(member(node, "config"), "materialized") == "ephemeral")
        return {};
    std::string relation;
    const std::string alias = text(node, "alias");
    for (const std::string& part :
         {text(node, "database"), text(node, "schema"), alias.empty() ? text(node, "name") : alias})
        if (!part.empty())
            relation += (relation.empty() ? "" : ".") + part;
    return relation;
}

/// 12 of ".../dbt/manifest/v12.json"; 0 for anything else.
int manifestVersion(std::string_view schema)
{
    constexpr std::string_view before = "/manifest/v";
    const std::size_t at = schema.find(before);
    if (at == std::string_view::npos)
        return 0;
    const std::string_view digits = schema.substr(at + before.size());
    int version = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), version);
    return version;
}

} // namespace

bool ManifestNodes::isWanted(const std::string& member)
{
    return std::find(wantedMembers.begin(), wantedMembers.end(), member) != wantedMembers.end();
}

void ManifestNodes::takeMetadata(const JsonNode& metadata)
{
    m_schema = text(metadata, "dbt_schema_version");
    m_manifest.project = text(metadata, "project_name");
    m_manifest.adapter = text(metadata, "adapter_type");
    m_manifest.warehouse = warehouseOfAdapter(m_manifest.adapter);
    m_manifest.dbtVersion = text(metadata, "dbt_version");
    m_manifest.generatedAt = text(metadata, "generated_at");
}

void ManifestNodes::takeNode(const std::string& id, const JsonNode& node)
{
    const std::string kind = text(node, "resource_type");
    if (kind == "test")
        return takeTest(node);
    const JsonNode& enabled = member(member(node, "config"), "enabled");
    const bool rows = kind == "model" || kind == "seed" || kind == "snapshot";
    if (!rows || (enabled.is_boolean() && !enabled.get<bool>()))
        return;
    ManifestModel model;
    model.name = nameOf(id, node);
    model.kind = kind;
    model.package = text(node, "package_name");
    model.description = text(node, "description");
    model.relation = relationOf(node);
    model.compiledSql = text(node, "compiled_code");
    if (model.compiledSql.empty())
        model.compiledSql = text(node, "compiled_sql");
    model.columns = columnsOf(node);
    model.key = declaredKey(node);
    if (!model.key.empty())
        model.keyEvidence = KeyEvidence::Declared;
    if (!model.name.empty())
        m_models[id] = std::move(model);
}

void ManifestNodes::takeTest(const JsonNode& node)
{
    // A test of some rows says nothing of the others.
    if (!text(member(node, "config"), "where").empty())
        return;
    std::string model = text(node, "attached_node");
    if (model.empty()) {
        std::vector<std::string> rows = texts(member(member(node, "depends_on"), "nodes"));
        rows.erase(std::remove_if(rows.begin(), rows.end(),
                                  [](const std::string& id) { return !isRows(id); }),
                   rows.end());
        if (rows.size() != 1)
            return;
        model = rows.front();
    }
    const JsonNode& metadata = member(node, "test_metadata");
    const JsonNode& arguments = member(metadata, "kwargs");
    const std::string test = text(metadata, "name");
    std::string column = text(node, "column_name");
    if (column.empty())
        column = text(arguments, "column_name");
    if (test == "unique" && !column.empty())
        m_tests[model].unique.insert(column);
    else if (test == "not_null" && !column.empty())
        m_tests[model].notNull.insert(column);
    else if (test == "unique_combination_of_columns")
        if (auto columns = texts(member(arguments, "combination_of_columns")); !columns.empty())
            m_tests[model].combinations.push_back(std::move(columns));
}

void ManifestNodes::guessKey(ManifestModel& model, const Tests& tests) const
{
    if (!model.key.empty())
        return;
    std::vector<std::string> candidates;
    for (const std::string& column : tests.unique)
        if (tests.notNull.contains(column))
            candidates.push_back(column);
    // As the model lists its columns: the key mostly comes first.
    for (const ManifestColumn& column : model.columns)
        if (std::find(candidates.begin(), candidates.end(), column.name) != candidates.end()) {
            candidates = {column.name};
            break;
        }
    if (!candidates.empty())
        model.key = {candidates.front()};
    else if (!tests.combinations.empty())
        model.key = tests.combinations.front();
    if (!model.key.empty())
        model.keyEvidence = KeyEvidence::Tested;
}

Result<Manifest> ManifestNodes::finish() &&
{
    m_manifest.version = manifestVersion(m_schema);
    if (m_manifest.version == 0)
        return fail(ErrorKind::Config, "dbt.manifest.foreign",
                    Text::tr("This is not a manifest of dbt: it does not name a format of one. "
                             "Choose the manifest.json that dbt writes into its target folder."),
                    toQString(m_schema));
    if (m_manifest.version < oldestManifest)
        return fail(ErrorKind::Config, "dbt.manifest.version",
                    Text::tr("This manifest has format %1, of a dbt before 1.0. Run a newer dbt "
                             "(dbt compile) and choose what it writes.")
                        .arg(m_manifest.version));
    if (m_manifest.version > newestManifest)
        m_manifest.notes.push_back(
            Text::tr("Format %1 of the manifest is newer than what was known when this Headgate "
                     "was made; something may be missing here.")
                .arg(m_manifest.version));
    std::size_t compiled = 0;
    for (auto& [id, model] : m_models) {
        if (const auto tests = m_tests.find(id); tests != m_tests.end())
            guessKey(model, tests->second);
        compiled += model.compiledSql.empty() ? 0 : 1;
        m_manifest.models.push_back(std::move(model));
    }
    if (compiled == 0 && !m_manifest.models.empty())
        m_manifest.notes.push_back(Text::tr("dbt has only parsed these models; run dbt compile to "
                                            "see their SQL here."));
    std::sort(m_manifest.models.begin(), m_manifest.models.end(),
              [](const ManifestModel& a, const ManifestModel& b) {
                  return std::tie(a.name, a.package) < std::tie(b.name, b.package);
              });
    return std::move(m_manifest);
}

} // namespace headgate::dbt
