// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/sync_reader_project.h"

#include <memory>
#include <string>
#include <vector>

namespace headgate::service {

struct RecordSample;

/// A shape over the sample's data that is copied as SQL.
struct SqlShape
{
    const char* name;
    std::string json;
    std::vector<std::string> noted = {}; ///< warehouses that cannot say all of it
    const char* recordKey = "customer_id";
    const char* filter = "[]";
    std::vector<std::string> unfit = {}; ///< warehouses whose columns are of other kinds
};

void PrintTo(const SqlShape& shape, std::ostream* out);

[[nodiscard]] const std::vector<SqlShape>& sqlShapes();

/// The data of 120 customers of the sample project in an SQLite file of their own.
void fillSqlite(const std::string& file);
/// The same on a server: creates the tables and fills them. Their names begin with hg_copied_.
[[nodiscard]] std::vector<std::string> statementsFor(const std::string& warehouse,
                                                     const std::string& sqliteFile);

/// A sync over product views, with customers, orders and order lines beside them.
class SqlShapeProject
{
public:
    /// `prefix` stands before the names of tables.
    SqlShapeProject(const warehouse::SourceOptions& source, const std::string& prefix);

    /// Runs the copied SQL; compares every valid record where nothing was noted. Fails the test.
    void compare(const SqlShape& shape);

private:
    [[nodiscard]] std::map<std::string, std::string>
    shaped(const std::shared_ptr<const RecordSample>& sample) const;
    [[nodiscard]] std::map<std::string, std::string> queried(const std::string& sql) const;

    SyncReaderProject m_world;
    warehouse::SourceOptions m_source;
};

} // namespace headgate::service
