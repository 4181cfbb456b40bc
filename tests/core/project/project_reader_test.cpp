// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_reader.h"

#include "core/project/project_fixture.h"
#include "fakes/print_to.h"

#include <algorithm>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::project;
using namespace headgate::project::test;

namespace {

LoadedProject readFiles(const Files& files)
{
    auto loaded = readProject(files, ProjectFormat::ours());
    EXPECT_TRUE(loaded) << (loaded ? std::string() : loaded.error().message.toStdString());
    return loaded ? std::move(*loaded) : LoadedProject();
}

Files changed(const std::string& file, const std::string& from, const std::string& to)
{
    Files files = goldenFiles();
    std::string& text = files.at(file);
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << file << ": " << from;
    text.replace(at, from.size(), to);
    return files;
}

} // namespace

TEST(ProjectReader, readsTheGoldenProject)
{
    const LoadedProject loaded = readFiles(goldenFiles());
    EXPECT_EQ(toString(loaded.issues).toStdString(), "");
    const Project& project = loaded.project;
    EXPECT_EQ(project.name, "Golden “project” 金");
    ASSERT_EQ(project.targets.size(), 2u);
    EXPECT_EQ(project.source("shop")->settings.resolved("production").fields.at("host"),
              "db.example.com");

    EXPECT_EQ(project.destination("inbox")->settings.common.baseUrl, "http://127.0.0.1:8825");

    const ModelDefinition* views = project.model("views");
    ASSERT_TRUE(views);
    EXPECT_EQ(views->sql, goldenFiles().at("models/views.sql"));
    EXPECT_EQ(views->cursor->lookback, 3600);
    EXPECT_EQ(views->parameters.at("least"), data::Value(data::ValueKind::Decimal, "0.10"));
    EXPECT_TRUE(views->parameters.at("nobody").isNull());
    EXPECT_EQ(project.model("products")->table->name, "products; drop table \"x\"");

    const SyncDefinition* sync = project.sync("recently-viewed");
    ASSERT_TRUE(sync);
    EXPECT_EQ(sync->mode, SyncMode::Mirror);
    EXPECT_EQ(sync->deleteBehaviour, DeleteBehaviour::Clear);
    EXPECT_EQ(sync->related.at(0).kind, RelatedKind::ToOne);
    EXPECT_EQ(sync->related.at(0).join.at(0).right, "product_id");
    EXPECT_EQ(sync->matching.field, "email");
    EXPECT_EQ(sync->onInDoubt, InDoubtPolicy::Resend);
    ASSERT_TRUE(sync->shape);
    EXPECT_EQ(sync->shape->root.children.at(1).list.limit, 5u);
    EXPECT_EQ(sync->filter.parts.size(), 1u);
    EXPECT_DOUBLE_EQ(sync->gates.removedShare, 0.2);
    EXPECT_FALSE(sync->gates.emptyAfterNonEmpty);
    EXPECT_EQ(sync->history.bytes, 1073741824u);
    EXPECT_EQ(sync->batch.inFlight, 2u);
    EXPECT_EQ(sync->schedule["every"], "1h");
    EXPECT_EQ(sync->extra["x-ticket"], 17);
    EXPECT_FALSE(project.sync("orders")->shape);
}

TEST(ProjectReader, writesTheGoldenProjectByteByByte)
{
    const Files texts = projectTexts(readFiles(goldenFiles()).project);
    const Files golden = goldenFiles();
    ASSERT_EQ(texts.size(), golden.size());
    for (const auto& [file, text] : golden)
        EXPECT_EQ(texts.at(file), text) << file;
}

TEST(ProjectReader, readingWhatWasWrittenGivesTheSameProject)
{
    const Project project = readFiles(goldenFiles()).project;
    EXPECT_EQ(readFiles(projectTexts(project)).project, project);
}

TEST(ProjectReader, unknownMembersAreKeptAndNamed)
{
    const Files files = changed("syncs/recently-viewed.json", "\"removedMinimum\": 5",
                                "\"removedMinimun\": {\"a\": [1]}");
    const LoadedProject loaded = readFiles(files);
    ASSERT_EQ(loaded.issues.size(), 1u) << toString(loaded.issues).toStdString();
    EXPECT_EQ(loaded.issues[0].severity, Severity::Warning);
    EXPECT_EQ(loaded.issues[0].code, "project.unknown");
    EXPECT_EQ(loaded.issues[0].place, "syncs/recently-viewed.json:79:23 /gates/removedMinimun");
    const std::string text = projectTexts(loaded.project).at("syncs/recently-viewed.json");
    EXPECT_NE(text.find("\"removedMinimun\": {"), std::string::npos);
}

TEST(ProjectReader, aFileCutAnywhereIsAnErrorAndIsLeftOut)
{
    const Files golden = goldenFiles();
    std::size_t cuts = 0;
    for (const auto& [file, text] : golden) {
        if (file.ends_with(".sql"))
            continue;
        for (std::size_t size = 0; size + 1 < text.size(); ++size, ++cuts) {
            Files files{{"headgate.json", golden.at("headgate.json")},
                        {"models/views.sql", golden.at("models/views.sql")}};
            files[file] = text.substr(0, size);
            const auto loaded = readProject(files, ProjectFormat::ours());
            ASSERT_TRUE(loaded) << file << ' ' << size;
            ASSERT_TRUE(hasErrors(loaded->issues)) << file << ' ' << size;
            ASSERT_EQ(loaded->unread.count(file), 1u) << file << ' ' << size;
            ASSERT_TRUE(firstError(loaded->issues).find(" at " + file + ':') != std::string::npos)
                << firstError(loaded->issues);
        }
    }
    EXPECT_GT(cuts, 3800u);
}

TEST(ProjectReader, badInputIsAnErrorAtItsPlace)
{
    struct Case
    {
        const char* file;
        const char* from;
        std::string to;
        const char* error;
        const char* pointer;
        const char* message;
        const char* remedy;
    };
    const Case cases[] = {
        {"headgate.json", "\"format\": 1", "\"format\": \"1\"",
         "project.format at headgate.json:3:13", "/format",
         "The format number is missing or no whole number.", "Write \"format\": 1."},
        {"headgate.json", "\"format\": 1", "\"format\": 0", "project.format at headgate.json:3:13",
         "/format", "The format number is missing or no whole number.", "Write \"format\": 1."},
        {"headgate.json", "\"format\": 1,", "", "project.format at headgate.json:1:1", "/format",
         "The format number is missing or no whole number.", "Write \"format\": 1."},
        {"headgate.json", "\"slug\": \"production\"", "\"slug\": \"development\"",
         "project.duplicate at headgate.json:12:15", "/targets/1/slug",
         "Two targets have this name.", "Rename one of them."},
        {"headgate.json", "p2vqk7wd5mzrh4ta", "P2VQK7WD5MZRH4TA", "project.id at headgate.json:4:9",
         "/id", "An id has 16 characters of a-z and 2-7.",
         "Restore the one from your version control; for a new definition write \"id\": \""},
        {"sources/shop.json", "\"5432\"", "5432", "project.type at sources/shop.json:8:13",
         "/fields/port", "A text is expected here.", "Put the value in double quotes."},
        {"sources/shop.json", "\"warehouse\": \"postgresql\",", "",
         "project.missing at sources/shop.json:1:1", "/warehouse", "This is required and missing.",
         "Add \"warehouse\"."},
        {"sources/shop.json", "\"postgresql\"", "\"../postgresql\"",
         "project.slug at sources/shop.json:4:16", "/warehouse",
         "\"../postgresql\" cannot be a file name here.", "Use 1 to 64 of a-z, 0-9, _ and -."},
        {"sources/shop.json", "{\n  \"id\"", "{\n  \"id\": 1,\n  \"id\"",
         "json.duplicate at sources/shop.json:3:3", "",
         "The name \"id\" stands twice in one object.", "Correct the file; it was not changed."},
        {"sources/shop.json", "{\n", "\xEF\xBB\xBF{\n", "json.syntax at sources/shop.json:1:1", "",
         "A JSON value is expected.", "Correct the file; it was not changed."},
        {"sources/shop.json", "{\n", std::string("\xFF\xFE{\0", 4),
         "json.utf8 at sources/shop.json:1:1", "", "The text is not valid UTF-8.",
         "Correct the file; it was not changed."},
        {"sources/shop.json", "localhost", "local\\u0000host",
         "project.text at sources/shop.json:7:13", "/fields/host",
         "The text holds a NUL character.", "Remove \\u0000."},
        {"sources/shop.json", "\"fields\": {", "\"fields\": 1e400, \"x\": {",
         "json.syntax at sources/shop.json:5:13", "", "The number 1e400 is too large.",
         "Correct the file; it was not changed."},
        {"models/views.json", "\"rowKey\": [\n    \"view_id\"\n  ]", "\"rowKey\": \"view_id\"",
         "project.type at models/views.json:6:13", "/rowKey", "A list of texts is expected here.",
         "Write it as [\"a\", \"b\"]."},
        {"models/views.json", "\"view_id\"", "\"\"", "project.empty at models/views.json:7:5",
         "/rowKey/0", "The text is empty.", "Write a name or remove it."},
        {"models/views.json", "\"decimal\"", "\"money\"",
         "project.choice at models/views.json:22:15", "/parameters/least/type",
         "\"money\" is not known here.",
         "Write one of: text, boolean, integer, decimal, date, timestamp, timestamptz, null."},
        {"models/views.json", "\"0.10\"", "\"1e3\"", "project.parameter at models/views.json:23:16",
         "/parameters/least/value", "\"1e3\" is not written as a value of type decimal.",
         "Write 12, 12.50, true, 2026-01-31 or 2026-01-31T08:00:00, in double quotes."},
        {"models/views.json", "3600", "-1", "project.type at models/views.json:12:17",
         "/cursor/lookback", "A whole number from 0 to 9223372036854775807 is expected here.",
         "Write it as 10."},
        {"models/views.sql", "select", "\xEF\xBB\xBFselect",
         "project.sql.bom at models/views.sql:1:1", "", "The file begins with a byte-order mark.",
         "Save the file as UTF-8 text without a byte-order mark."},
        {"models/views.sql", "select", "sele\xE9t", "project.sql.utf8 at models/views.sql:1:1", "",
         "The file is not UTF-8 text.", "Save the file as UTF-8 text without a byte-order mark."},
        {"syncs/recently-viewed.json", "\"mirror\"", "\"MIRROR\"",
         "project.choice at syncs/recently-viewed.json:28:11", "/mode",
         "\"MIRROR\" is not known here.",
         "Write one of: upsert, update, insert, mirror, replace, append, delete."},
        {"syncs/recently-viewed.json", "\"mirror\"", "\"\"",
         "project.choice at syncs/recently-viewed.json:28:11", "/mode", "\"\" is not known here.",
         "Write one of: upsert, update, insert, mirror, replace, append, delete."},
        {"syncs/recently-viewed.json", "0.2", "1.5",
         "project.type at syncs/recently-viewed.json:78:21", "/gates/removedShare",
         "A number from 0 to 1 is expected here.", "Write it as 0.5."},
        {"syncs/recently-viewed.json", "\"model\": \"views\"", "\"model\": [\"views\"]",
         "project.type at syncs/recently-viewed.json:5:12", "/model", "A text is expected here.",
         "Put the value in double quotes."},
        {"syncs/recently-viewed.json", "\"kind\": \"list\"", "\"kind\": \"lists\"",
         "shape.field.choice at syncs/recently-viewed.json:52:17", "/shape/fields/1/kind",
         "“\"lists\"” is not one of the values this field can have.",
         "Use one of: object, list, map, column, constant, text, json."},
    };
    for (const Case& c : cases) {
        const LoadedProject loaded = readFiles(changed(c.file, c.from, c.to));
        EXPECT_EQ(firstError(loaded.issues), c.error) << c.file << ": " << c.to << '\n'
                                                      << toString(loaded.issues).toStdString();
        EXPECT_EQ(loaded.unread.count(c.file), 1u) << c.file << ": " << c.to;
        const auto issue =
            std::find_if(loaded.issues.begin(), loaded.issues.end(),
                         [](const Issue& each) { return each.severity == Severity::Error; });
        ASSERT_NE(issue, loaded.issues.end()) << c.error;
        const std::string pointer = c.pointer;
        EXPECT_TRUE(pointer.empty() || issue->place.ends_with(' ' + pointer)) << issue->place;
        EXPECT_EQ(issue->message.toStdString(), c.message) << c.error;
        EXPECT_TRUE(issue->remedy.startsWith(QString::fromUtf8(c.remedy)))
            << c.error << ": " << issue->remedy.toStdString();
    }
}

TEST(ProjectReader, allErrorsOfAllFilesComeAtOnce)
{
    Files files = goldenFiles();
    files["sources/shop.json"] = "{}";
    files["destinations/inbox.json"] = "[";
    files["syncs/orders.json"] = "7";
    const LoadedProject loaded = readFiles(files);
    std::map<std::string, int> errors;
    for (const Issue& issue : loaded.issues)
        ++errors[issue.place.substr(0, issue.place.find(':'))];
    EXPECT_EQ(errors, (std::map<std::string, int>{{"destinations/inbox.json", 1},
                                                  {"sources/shop.json", 2},
                                                  {"syncs/orders.json", 4}}))
        << toString(loaded.issues).toStdString();
    EXPECT_TRUE(loaded.project.sync("recently-viewed"));
}

TEST(ProjectReader, twoDefinitionsWithOneIdAreAnError)
{
    Files files = goldenFiles();
    files["syncs/zcopy.json"] = files.at("syncs/recently-viewed.json");
    const LoadedProject loaded = readFiles(files);
    EXPECT_EQ(firstError(loaded.issues), "project.id.duplicate at syncs/zcopy.json:2:9");
    EXPECT_TRUE(loaded.project.sync("recently-viewed"));
    EXPECT_FALSE(loaded.project.sync("zcopy"));
}

TEST(ProjectReader, aQueryWithoutModelIsAWarningAndAModelWithoutQueryAnError)
{
    Files files = goldenFiles();
    files["models/orphan.sql"] = "select 1";
    files["models/products.sql"] = "select 1";
    files.erase("models/views.sql");
    const LoadedProject loaded = readFiles(files);
    EXPECT_EQ(firstError(loaded.issues), "project.sql.missing at models/views.json:1:1");
    EXPECT_EQ(errorCount(loaded.issues), 1u);
    EXPECT_EQ(loaded.issues.size(), 3u) << toString(loaded.issues).toStdString();
    EXPECT_EQ(loaded.unread.count("models/orphan.sql"), 1u);
    EXPECT_EQ(loaded.unread.count("models/products.sql"), 1u);
}

TEST(ProjectReader, hostileFileNamesAreErrors)
{
    for (const char* slug : {"con", "nul", "com1", "A", "a b", "a.b", "ä", "..", "", "-\n",
                             "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
        Files files = goldenFiles();
        const std::string file = "syncs/" + std::string(slug) + ".json";
        files[file] = files.at("syncs/orders.json");
        EXPECT_EQ(firstError(readFiles(files).issues), "project.slug at " + file);
    }
}

TEST(ProjectReader, aNewerFormatIsRefusedPolitely)
{
    const auto loaded =
        readProject(changed("headgate.json", "\"format\": 1", "\"format\": 99999999999"),
                    ProjectFormat::ours());
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, "project.too_new");
    EXPECT_EQ(loaded.error().kind, ErrorKind::Config);
    EXPECT_TRUE(loaded.error().message.contains(QStringLiteral("99999999999")));
}

TEST(ProjectReader, aFolderWithoutHeaderIsNoProject)
{
    Files files = goldenFiles();
    files.erase("headgate.json");
    const auto loaded = readProject(files, ProjectFormat::ours());
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().code, "project.not_found");
}
