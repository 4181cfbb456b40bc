// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fake_secrets.h"
#include "project/project.h"
#include "warehouse/source.h"

#include <QTemporaryDir>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace headgate::service {

/// Customers in one source, what they viewed in a second, their plans in a third; a sync that
/// shapes all three into one payload each.
class SyncReaderProject
{
public:
    SyncReaderProject();

    /// Adds a source under a slug; secrets go through the secret store.
    void addSource(const std::string& slug, const warehouse::SourceOptions& options);
    void addModel(const std::string& slug, const std::string& source, const std::string& sql,
                  const std::string& rowKey);
    /// In place of the one that takes from all three.
    void setShape(const char* json);
    /// Joins by column `left` of the main model.
    void relate(const std::string& model, project::RelatedKind kind, const std::string& left,
                const std::string& right);

    using Payloads = std::map<std::string, std::string>;
    /// Payloads by key text as the service reads them, the code of a record's problem in place of
    /// its payload; under "error" the code of what ended the read.
    [[nodiscard]] Payloads read(const std::string& since = {});
    [[nodiscard]] std::map<std::string, std::uint64_t> relatedRows() const { return m_relatedRows; }
    [[nodiscard]] std::string path(const std::string& name) const;
    [[nodiscard]] secrets::SecretStore& secrets() { return m_secrets; }

    project::Project project;
    project::SyncDefinition sync;

private:
    QTemporaryDir m_directory;
    fakes::FakeSecrets m_secrets;
    std::map<std::string, std::uint64_t> m_relatedRows;
};

} // namespace headgate::service
