// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "data/json.h"
#include "fakes/fake_secrets.h"
#include "fakes/print_to.h"
#include "fakes/test_servers.h"
#include "service/workspace.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <thread>

namespace headgate::service {

namespace {

const char* const creates[] = {
    "drop table if exists hg_preview",
    "create table hg_preview (a integer, b varchar(20), c varchar(30))",
    "insert into hg_preview values (1,'x','9007199254740993'),(1,'x','2'),(2,'x','3'),(3,null,'4'),"
    "(2,'x','5'),(2,'x','6'),(4,'y','7')"};

/// A project of three sources that hold the same table.
class ModelPreview : public testing::Test
{
protected:
    ModelPreview()
    {
        qputenv("HEADGATE_STATE_DIR", m_folder.filePath(QStringLiteral("state")).toUtf8());
        EXPECT_TRUE(initProject(path(""), "Previews", m_random));
        addSource("pg", fakes::postgresOptions());
        addSource("maria", fakes::mariadbOptions());
        addSource("lite", fakes::sqliteOptions(path("lite.sqlite")));
        for (const char* sql : creates) {
            fakes::runOnPostgres(sql);
            fakes::runOnMariadb(sql);
            fakes::runOnSqlite(path("lite.sqlite"), sql);
        }
        auto opened = Workspace::open({path(""), {}}, {m_clock, m_random, m_secrets});
        EXPECT_TRUE(opened);
        if (opened)
            m_workspace = *std::move(opened);
    }
    ~ModelPreview() override
    {
        fakes::runOnPostgres("drop table hg_preview");
        fakes::runOnMariadb("drop table hg_preview");
    }

    [[nodiscard]] std::string path(const std::string& name) const
    {
        return m_folder.filePath(QStringLiteral("project/") + QString::fromStdString(name))
            .toStdString();
    }

    void addSource(const std::string& slug, const warehouse::SourceOptions& options)
    {
        data::JsonNode json{{"id", ("source" + slug + "aaaaaaaaaa").substr(0, 16)},
                            {"name", slug},
                            {"warehouse", options.warehouse},
                            {"fields", options.fields}};
        for (const auto& [name, secret] : options.secrets) {
            json["secrets"][name] = "env:HG_PREVIEW_SECRET";
            m_secrets.values["env:HG_PREVIEW_SECRET"] = secret.reveal();
        }
        QDir().mkpath(QString::fromStdString(path("sources")));
        QFile file(QString::fromStdString(path("sources/" + slug + ".json")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(json.dump().c_str());
    }

    static project::ModelDefinition draft(const std::string& source, const std::string& sql)
    {
        project::ModelDefinition model;
        model.source = source;
        model.sql = sql;
        return model;
    }

    [[nodiscard]] const project::SourceDefinition& at(const std::string& slug) const
    {
        return *m_workspace->project().source(slug);
    }
    [[nodiscard]] Result<Rows> previewQuery(const project::ModelDefinition& draft,
                                            std::uint64_t rows, const StopToken& stop) const
    {
        return m_workspace->previewQuery(at(draft.source), draft, rows, stop);
    }
    [[nodiscard]] Result<RowKeyCheck> checkRowKey(const project::ModelDefinition& draft,
                                                  const StopToken& stop) const
    {
        return m_workspace->checkRowKey(at(draft.source), draft, stop);
    }

    QTemporaryDir m_folder;
    SystemClock m_clock;
    SystemRandom m_random;
    fakes::FakeSecrets m_secrets;
    std::unique_ptr<Workspace> m_workspace;
};

} // namespace

TEST_F(ModelPreview, ReadsTheFirstRowsOfWhatIsNotSaved)
{
    for (const char* source : {"pg", "maria", "lite"}) {
        auto model = draft(source, "select a, c from hg_preview where b = :b order by c ; -- end");
        model.parameters["b"] = {data::ValueKind::Text, "x"};
        const auto first = previewQuery(model, 2, {});
        ASSERT_TRUE(first) << first.error().toString().toStdString();
        EXPECT_EQ(first->block.rowCount(), 2U) << source;
        EXPECT_FALSE(first->complete) << source;
        EXPECT_EQ(first->schema.columns.at(1).name, "c");
        const auto all = previewQuery(model, 5, {});
        ASSERT_TRUE(all);
        EXPECT_TRUE(all->complete) << source;
        EXPECT_EQ(all->block.at(4, 1).text, "9007199254740993") << source;
    }
}

TEST_F(ModelPreview, ATableNeedsNoQueryAndACursorNoValue)
{
    for (const char* source : {"pg", "maria", "lite"}) {
        auto model = draft(source, {});
        model.table = project::TableReference{{}, "hg_preview", data::JsonNode::object()};
        const auto rows = previewQuery(model, 100, {});
        ASSERT_TRUE(rows) << rows.error().toString().toStdString();
        EXPECT_EQ(rows->block.rowCount(), 7U) << source;
        const auto news = previewQuery(
            draft(source, "select a from hg_preview where c > coalesce(:since, '')"), 9, {});
        ASSERT_TRUE(news) << source << news.error().toString().toStdString();
        EXPECT_EQ(news->block.rowCount(), 7U) << source;
    }
}

TEST_F(ModelPreview, AMistakeHasItsPlace)
{
    struct Mistake
    {
        const char* source;
        const char* sql;
        const char* code;
        std::optional<TextPlace> place;
    };
    const Mistake mistakes[] = {
        {"pg", "select a,\n  'ö', nonsense\nfrom hg_preview", "source.query.name", TextPlace{2, 8}},
        {"pg", "select a\nfrm hg_preview x y", "source.query.syntax", TextPlace{2, 5}},
        {"lite", "select a,\n  'ö', nonsense\nfrom hg_preview", "source.query.name",
         TextPlace{2, 8}},
        {"lite", "select a\nfrom hg_preview where", "source.query.syntax", std::nullopt},
        {"maria", "select a,\n  'ö' 1 +\nfrom hg_preview", "source.query.syntax", TextPlace{2, 7}},
        {"maria", "select a\n\nfrom hg_preview where (", "source.query.syntax", TextPlace{3, 24}},
        {"maria", "select nonsense from hg_preview", "source.query.name", std::nullopt},
        {"pg", "select 1;\nselect 2", "source.statement.several", TextPlace{2, 1}},
        {"pg", "select 'a", "source.statement.unterminated", TextPlace{1, 8}},
    };
    for (const Mistake& mistake : mistakes) {
        const auto rows = previewQuery(draft(mistake.source, mistake.sql), 9, {});
        ASSERT_FALSE(rows) << mistake.sql;
        const QString said = rows.error().message + rows.error().detail;
        EXPECT_EQ(rows.error().code, mistake.code) << mistake.sql << said.toStdString();
        EXPECT_EQ(rows.error().place.has_value(), mistake.place.has_value())
            << mistake.source << ": " << mistake.sql << ": " << said.toStdString();
        if (rows.error().place && mistake.place) {
            EXPECT_EQ(rows.error().place->line, mistake.place->line) << mistake.sql;
            EXPECT_EQ(rows.error().place->column, mistake.place->column)
                << mistake.sql << said.toStdString();
        }
    }
}

TEST_F(ModelPreview, CountsHowOftenARowKeyRepeats)
{
    for (const char* source : {"pg", "maria", "lite"}) {
        auto model = draft(source, "select a, b, c from hg_preview;");
        model.rowKey = {"a", "b"};
        const auto check = checkRowKey(model, {});
        ASSERT_TRUE(check) << source << ": " << check.error().toString().toStdString()
                           << check.error().detail.toStdString();
        EXPECT_EQ(check->rows, 7U) << source;
        EXPECT_EQ(check->withoutKey, 1U) << source;
        EXPECT_EQ(check->repeatedKeys, 2U) << source;
        EXPECT_EQ(check->repeatingRows, 5U) << source;
        ASSERT_EQ(check->examples.size(), 2U) << source;
        EXPECT_EQ(check->examples[0].rows, 3U) << source;
        EXPECT_EQ(check->examples[0].key[0].text, "2") << source;
        EXPECT_EQ(check->examples[0].key[1].text, "x") << source;
        model.rowKey = {"c"};
        const auto unique = checkRowKey(model, {});
        ASSERT_TRUE(unique);
        EXPECT_EQ(unique->repeatedKeys, 0U) << source;
        EXPECT_TRUE(unique->examples.empty()) << source;
        model.rowKey = {};
        EXPECT_EQ(checkRowKey(model, {}).error().code, "model.key.empty");
    }
}

TEST_F(ModelPreview, ATableHasItsColumns)
{
    for (const char* source : {"pg", "maria", "lite"}) {
        const auto columns = m_workspace->columns(
            at(source), {source == std::string("pg") ? "public" : "", "hg_preview", "table", {}},
            {});
        ASSERT_TRUE(columns) << source << ": " << columns.error().toString().toStdString();
        ASSERT_EQ(columns->columns.size(), 3U) << source;
        EXPECT_EQ(columns->columns[1].name, "b");
    }
}

TEST_F(ModelPreview, ACancelEndsTheQuery)
{
    for (const char* source : {"pg", "maria"}) {
        StopSource stop;
        std::thread later([&stop] {
            std::this_thread::sleep_for(std::chrono::milliseconds(300));
            stop.requestStop();
        });
        const auto rows = previewQuery(
            draft(source, source == std::string("pg") ? "select pg_sleep(60)" : "select sleep(60)"),
            9, stop.token());
        later.join();
        ASSERT_FALSE(rows) << source;
        EXPECT_EQ(rows.error().kind, ErrorKind::Cancelled) << source;
    }
}

} // namespace headgate::service
