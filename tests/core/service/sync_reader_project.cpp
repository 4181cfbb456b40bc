// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sync_reader_project.h"

#include "service/sync_reader.h"
#include "shape/shape_json.h"

#include <gtest/gtest.h>

namespace headgate::service {

namespace {

constexpr const char* threeSourceShape = R"({"kind":"object","fields":[
    {"name":"email","kind":"column","column":"email"},
    {"name":"plan","kind":"column","column":"plan","model":"plans","whenNull":"none"},
    {"name":"viewed","kind":"list","form":"dictionaries","source":{"model":"views"},
     "sortBy":[{"column":"price","descending":true}],"element":[
        {"name":"sku","kind":"column","column":"sku"},
        {"name":"price","kind":"column","column":"price"},
        {"name":"by","kind":"column","column":"email","model":"main"}]}]})";

} // namespace

SyncReaderProject::SyncReaderProject()
{
    project.id = "aaaaaaaaaaaaaaaa";
    project.targets.push_back({"development", "Development"});
    sync.slug = "viewed";
    sync.model = "customers";
    setShape(threeSourceShape);
}

void SyncReaderProject::setShape(const char* json)
{
    Issues issues;
    sync.shape = shape::shapeFromJson(*data::parseJson(json), {}, issues);
    EXPECT_TRUE(sync.shape) << toString(issues).toStdString();
}

std::string SyncReaderProject::path(const std::string& name) const
{
    return m_directory.filePath(QString::fromStdString(name)).toStdString();
}

void SyncReaderProject::addSource(const std::string& slug, const warehouse::SourceOptions& options)
{
    project::SourceDefinition source;
    source.slug = slug;
    source.warehouse = options.warehouse;
    source.settings.common.fields = options.fields;
    for (const auto& [field, secret] : options.secrets) {
        const std::string reference = "keychain:" + slug + '-' + field;
        source.settings.common.secrets.emplace(field, reference);
        EXPECT_TRUE(m_secrets.write(*secrets::SecretRef::parse(reference), secret));
    }
    project.sources.push_back(std::move(source));
}

void SyncReaderProject::addModel(const std::string& slug, const std::string& source,
                                 const std::string& sql, const std::string& rowKey)
{
    project::ModelDefinition model;
    model.slug = slug;
    model.source = source;
    model.sql = sql;
    model.rowKey = {rowKey};
    project.models.push_back(std::move(model));
}

void SyncReaderProject::relate(const std::string& model, project::RelatedKind kind,
                               const std::string& left, const std::string& right)
{
    project::RelatedModel related;
    related.name = model;
    related.model = model;
    related.kind = kind;
    related.join.push_back({left, right});
    sync.related.push_back(std::move(related));
}

SyncReaderProject::Payloads SyncReaderProject::read(const std::string& since)
{
    SyncReader reader({project, sync, "development", path(""), path(""), true, since, {}},
                      m_secrets, {});
    auto records = reader.open();
    if (!records)
        return {{"error", records.error().code}};
    std::vector<shape::ShapedRecord> all;
    for (auto step = shape::RecordStep::More; step == shape::RecordStep::More;) {
        const auto next = (*records)->read(all);
        if (!next)
            return {{"error", next.error().code}};
        step = *next;
    }
    m_relatedRows = reader.relatedRows();
    Payloads payloads;
    for (const shape::ShapedRecord& record : all)
        payloads[record.keyText] =
            record.problems.empty() ? record.payload : record.problems.front().code;
    return payloads;
}

} // namespace headgate::service
