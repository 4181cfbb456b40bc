// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/sample_project.h"

#include "base/hash.h"
#include "core/project/project_fixture.h"
#include "fakes/fake_random.h"
#include "fakes/json_schema.h"
#include "fakes/print_to.h"
#include "project/project_folder.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <sqlite3.h>

using namespace headgate;
using namespace headgate::project;
using namespace headgate::project::test;
namespace fs = std::filesystem;

namespace {

/// Rows of a query, columns parted by '|', with the type of each value before it.
std::vector<std::string> rowsOf(const fs::path& file, const std::string& sql)
{
    sqlite3* connection = nullptr;
    EXPECT_EQ(sqlite3_open_v2(file.string().c_str(), &connection, SQLITE_OPEN_READONLY, nullptr),
              SQLITE_OK);
    sqlite3_stmt* statement = nullptr;
    EXPECT_EQ(sqlite3_prepare_v2(connection, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
        << sqlite3_errmsg(connection);
    std::vector<std::string> rows;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        std::string row;
        for (int i = 0; i < sqlite3_column_count(statement); ++i) {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
            row += (i == 0 ? "" : "|") + std::string(text ? text : "NULL");
        }
        rows.push_back(std::move(row));
    }
    EXPECT_EQ(sqlite3_finalize(statement), SQLITE_OK);
    EXPECT_EQ(sqlite3_close(connection), SQLITE_OK);
    return rows;
}

/// Everything that the tables hold, in the order of their keys.
std::string logicalDump(const fs::path& file)
{
    std::string dump;
    for (const char* table : {"customers", "products", "product_views", "orders", "order_lines"}) {
        dump += table + std::string("\n");
        for (const std::string& row :
             rowsOf(file, "SELECT * FROM " + std::string(table) + " ORDER BY 1, 2"))
            dump += row + '\n';
    }
    return dump;
}

} // namespace

class SampleProjectTest : public testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        directory = std::make_unique<QTemporaryDir>();
        root = fs::path(directory->path().toStdString()) / "sample";
        fakes::FakeRandom random(1);
        const auto created = createSample(root, random);
        ASSERT_TRUE(created) << created.error().message.toStdString()
                             << created.error().detail.toStdString();
    }
    static void TearDownTestSuite() { directory.reset(); }

    static std::string value(const std::string& sql)
    {
        const auto rows = rowsOf(root / "warehouse.sqlite", sql);
        return rows.size() == 1 ? rows[0] : std::to_string(rows.size()) + " rows";
    }

    static inline std::unique_ptr<QTemporaryDir> directory;
    static inline fs::path root;
};

TEST_F(SampleProjectTest, loadsWithoutFindings)
{
    ProjectFolder folder(root);
    const auto loaded = folder.load();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(toString(loaded->issues).toStdString(), "");
    EXPECT_TRUE(loaded->project.sync("recently-viewed")->shape);
    EXPECT_FALSE(loaded->project.sync("orders")->shape);
    EXPECT_EQ(folder.readText("templates/recently-viewed.hbs")->find("<!DOCTYPE html>"), 0u);

    const Files before = readFolder(root);
    ASSERT_TRUE(folder.save(loaded->project));
    EXPECT_EQ(differences(readFolder(root), before), Files());
    for (const auto& [file, text] : projectTexts(loaded->project))
        EXPECT_EQ(text, before.at(file)) << "not as it would be saved";
}

TEST_F(SampleProjectTest, filesObeyTheSchemas)
{
    const fakes::JsonSchemas schemas(fs::path(HEADGATE_SOURCE_DIR) / "resources/schema");
    const std::map<std::string, std::string> names{{"sources", "source"},
                                                   {"destinations", "destination"},
                                                   {"models", "model"},
                                                   {"syncs", "sync"}};
    for (const auto& [folder, schema] : names) {
        for (const auto& [file, text] : readFolder(root / folder)) {
            if (file.ends_with(".json")) {
                EXPECT_EQ(schemas.findings(schema + ".schema.json", data::JsonNode::parse(text)),
                          std::vector<std::string>())
                    << folder << '/' << file;
            }
        }
    }
}

TEST_F(SampleProjectTest, onlyTheProjectIdDiffersFromOneToTheNext)
{
    const QTemporaryDir other;
    const fs::path second = other.path().toStdString();
    fakes::FakeRandom random(2);
    ASSERT_TRUE(createSample(second, random));
    Files one = readFolder(root);
    Files two = readFolder(second);
    EXPECT_NE(one.at("headgate.json"), two.at("headgate.json"));
    for (Files* files : {&one, &two}) {
        files->erase("headgate.json");
        files->erase("warehouse.sqlite");
    }
    EXPECT_EQ(differences(one, two), Files());
    EXPECT_TRUE(logicalDump(root / "warehouse.sqlite") == logicalDump(second / "warehouse.sqlite"));
}

TEST_F(SampleProjectTest, theWarehouseIsTheSameOnEveryMachine)
{
    EXPECT_EQ(sha256Hex(logicalDump(root / "warehouse.sqlite")),
              "f35f3b94b01c216162e2f9e80e7ab82c9915e0442ddf4361e53007f648f39cf1");
}

TEST_F(SampleProjectTest, hasTheSizeThatItsReadmeSays)
{
    EXPECT_EQ(value("SELECT count(*) FROM customers"), "3000");
    EXPECT_EQ(value("SELECT count(*) FROM products"), "400");
    EXPECT_EQ(value("SELECT count(*) FROM product_views"), "40000");
    EXPECT_EQ(value("SELECT count(*) FROM orders"), "5000");
    EXPECT_EQ(value("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(rowsOf(root / "warehouse.sqlite", "PRAGMA foreign_key_check").size(), 0u);
}

TEST_F(SampleProjectTest, isAwkwardWhereItsReadmeSaysSo)
{
    const auto some = [](const std::string& sql) { return value(sql) != "0"; };
    const std::string customers = "SELECT count(*) FROM customers WHERE ";
    EXPECT_TRUE(some(customers + "first_name = 'Zo' || char(235)"));
    EXPECT_TRUE(some(customers + "first_name = 'Zoe' || char(776)"));
    EXPECT_TRUE(some(customers + "last_name = 'O''Brien'"));
    EXPECT_TRUE(some(customers + "first_name LIKE '%\"%'"));
    EXPECT_TRUE(some(customers + "first_name LIKE '%🚀%'"));
    EXPECT_TRUE(some(customers + "first_name = 'محمد'"));
    EXPECT_TRUE(some(customers + "last_name = '佐藤'"));
    EXPECT_TRUE(some(customers + "first_name IS NULL"));
    EXPECT_TRUE(some(customers + "first_name LIKE ' %'"));
    EXPECT_TRUE(some(customers + "email IS NULL"));
    EXPECT_TRUE(some(customers + "NOT marketing_consent"));
    EXPECT_TRUE(some(customers + "customer_id NOT IN (SELECT customer_id FROM product_views)"));
    EXPECT_EQ(value(customers + "customer_id <= 9007199254740992"), "0");
    EXPECT_TRUE(some("SELECT count(*) FROM products WHERE image_url IS NULL"));
    EXPECT_TRUE(some("SELECT count(*) FROM products WHERE category IS NULL"));
    EXPECT_EQ(value("SELECT count(*) FROM products WHERE typeof(price) <> 'text' "
                    "OR price NOT GLOB '[0-9]*.[0-9][0-9]' OR NOT json_valid(attributes)"),
              "0");
    EXPECT_EQ(value("SELECT count(*) FROM (SELECT 1 FROM product_views GROUP BY customer_id, "
                    "viewed_at HAVING count(*) > 1)"),
              "500");
    EXPECT_TRUE(
        some("SELECT count(*) FROM (SELECT 1 FROM orders GROUP BY lower(trim(contact_email)) "
             "HAVING count(DISTINCT contact_email) > 1)"));
    EXPECT_EQ(value("SELECT count(*) FROM orders AS o WHERE replace(total, '.', '') + 0 <> (SELECT "
                    "sum(quantity * replace(unit_price, '.', '')) FROM order_lines AS l WHERE "
                    "l.order_id = o.order_id)"),
              "0");
}

TEST_F(SampleProjectTest, theFirstSyncIsClean)
{
    const std::string views = '(' + readFolder(root).at("models/product-views.sql") + ')';
    EXPECT_EQ(value("SELECT count(*) - count(DISTINCT view_id) FROM " + views), "0");
    EXPECT_EQ(
        value("SELECT count(DISTINCT customer_id) - count(DISTINCT lower(email)) FROM " + views),
        "0");
    EXPECT_EQ(value("SELECT count(*) FROM (SELECT 1 FROM " + views +
                    " GROUP BY customer_id HAVING count(DISTINCT email) <> 1 OR "
                    "count(DISTINCT ifnull(first_name, '')) <> 1 OR "
                    "count(DISTINCT marketing_consent) <> 1)"),
              "0");
    EXPECT_EQ(value("SELECT count(*) FROM " + views + " WHERE email GLOB '*[^a-zA-Z0-9.@]*'"), "0");
}

TEST(SampleProject, refusesAFolderThatHoldsAnything)
{
    const QTemporaryDir directory;
    const fs::path root = directory.path().toStdString();
    writeText(root / "notes.txt", "mine");
    fakes::FakeRandom random(1);
    const auto created = createSample(root, random);
    ASSERT_FALSE(created);
    EXPECT_EQ(created.error().code, "project.exists");
    EXPECT_EQ(readFolder(root), (Files{{"notes.txt", "mine"}}));
}
