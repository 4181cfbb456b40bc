// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/dbt_picker.h"

#include "fakes/print_to.h"
#include "model/dbt_models_model.h"
#include "model/new_model.h"
#include "session/documents.h"
#include "sql/sql_editor.h"
#include "ui/model_tester.h"
#include "ui/named_widget.h"
#include "ui/sample_session.h"
#include "widgets/message_strip.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QRadioButton>
#include <QTableView>
#include <gmock/gmock.h>

namespace headgate::ui {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

dbt::ManifestModel customers()
{
    dbt::ManifestModel model;
    model.name = "customers";
    model.kind = "model";
    model.description = "Who bought";
    model.relation = R"("shop"."public"."customers")";
    model.compiledSql = "select id from people";
    model.columns = {{"id", "bigint", "The key"}, {"email", {}, {}}};
    model.key = {"id"};
    model.keyEvidence = dbt::KeyEvidence::Tested;
    return model;
}

struct DraftCase
{
    const char* name;
    const char* relation;
    const char* database;
    const char* table; ///< "schema.name"; empty: a query
    const char* sql;
};

class DbtDraft : public testing::TestWithParam<DraftCase>
{};

TEST_P(DbtDraft, namesTheRelationAsTheSourceKnowsIt)
{
    dbt::ManifestModel model = customers();
    model.relation = GetParam().relation;
    const auto draft = draftOf(model, DbtReading::Relation, GetParam().database);
    EXPECT_EQ(draft.table ? draft.table->schema + "." + draft.table->name : "", GetParam().table);
    EXPECT_EQ(draft.sql, GetParam().sql);
}

INSTANTIATE_TEST_SUITE_P(
    Relations, DbtDraft,
    testing::Values(
        DraftCase{"sameDatabase", R"("shop"."public"."customers")", "Shop", "public.customers", ""},
        DraftCase{"unknownDatabase", R"("shop"."public"."customers")", "", "public.customers", ""},
        DraftCase{"otherDatabase", R"("dwh"."public"."c")", "shop", "",
                  "select *\nfrom \"dwh\".\"public\".\"c\"\n"},
        DraftCase{"unquoted", "DWH.PUBLIC.C", "dwh", "", "select *\nfrom DWH.PUBLIC.C\n"},
        DraftCase{"twoParts", R"("public"."c")", "shop", "public.c", ""},
        DraftCase{"backticks", "`p`.`d`.`t`", "p", "d.t", ""}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(DbtDraftTest, takesKeyAndDescriptions)
{
    const auto draft = draftOf(customers(), DbtReading::CompiledSql, "shop");
    EXPECT_FALSE(draft.table);
    EXPECT_EQ(draft.sql, "select id from people\n");
    EXPECT_EQ(draft.description, "Who bought");
    EXPECT_THAT(draft.rowKey, ElementsAre("id"));
    EXPECT_EQ(draft.columns, (std::map<std::string, std::string>{{"id", "The key"}}));
}

TEST(DbtModelsModelTest, findsEveryWordInNameRelationDescriptionAndColumns)
{
    DbtModelsModel model;
    const ModelTester tester(&model);
    auto manifest = std::make_shared<dbt::Manifest>();
    manifest->models = {customers(), customers()};
    manifest->models[1].name = "orders";
    manifest->models[1].description = "What was bought";
    manifest->models[1].columns = {{"total", {}, {}}};
    model.setManifest(manifest);
    EXPECT_EQ(model.rowCount(), 2);
    model.setFilter(QStringLiteral("WHO bought"));
    EXPECT_EQ(model.rowCount(), 1);
    model.setFilter(QStringLiteral("bought total"));
    ASSERT_EQ(model.rowCount(), 1);
    EXPECT_EQ(model.modelAt(0).name, "orders");
    model.setFilter(QStringLiteral("bought email total"));
    EXPECT_EQ(model.rowCount(), 0);
    model.setFilter({});
    EXPECT_EQ(model.rowCount(), 2);
}

/// A new model beside a dbt project, in the sample's session.
class DbtPickerTest : public SampleSession
{
protected:
    void put(const char* path, const QByteArray& text)
    {
        const QString file = m_home.filePath(QLatin1String(path));
        ASSERT_TRUE(QDir().mkpath(QFileInfo(file).path()));
        QFile out(file);
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        ASSERT_EQ(out.write(text), text.size());
    }
    void begin(const QByteArray& manifest)
    {
        put("sample/dbt/dbt_project.yml", "name: shop\n");
        put("sample/dbt/target/manifest.json", manifest);
        open();
        m_window.resize(1200, 800);
        m_window.show();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&m_window));
        auto* asked = new NewModel(*m_session, m_random, &m_window);
        QObject::connect(asked, &NewModel::made, &m_window,
                         [this](const PageId& id) { m_made = id; });
        ASSERT_TRUE(soon([this] { return dialog("What it can be") != nullptr; }));
        auto* search = m_dialog->findChild<QLineEdit*>();
        QTest::keyClicks(search, QStringLiteral("dbt project shop"));
        auto* next = button("Choose the model...");
        ASSERT_TRUE(soon([&] { return (next = button("Choose the model...")) != nullptr; }));
        QTest::keyClick(search, Qt::Key_Return);
        ASSERT_TRUE(soon([this] { return dialog("Models of dbt") != nullptr; }));
    }
    /// The open dialog that has a widget of that name.
    [[nodiscard]] QDialog* dialog(const char* holding)
    {
        m_dialog = nullptr;
        for (QDialog* each : m_window.findChildren<QDialog*>())
            if (each->isVisible() && visibleNamed<QWidget>(*each, QLatin1String(holding)))
                m_dialog = each;
        return m_dialog;
    }
    template <typename Widget>
    [[nodiscard]] Widget* named(const char* name)
    {
        return visibleNamed<Widget>(*m_dialog, QLatin1String(name));
    }
    [[nodiscard]] QAbstractButton* button(const char* text)
    {
        for (QAbstractButton* each : m_dialog->findChildren<QAbstractButton*>())
            if (each->isVisible() && each->text() == QLatin1String(text))
                return each;
        return nullptr;
    }
    [[nodiscard]] QAbstractItemModel* list() { return named<QTableView>("Models of dbt")->model(); }

    QWidget m_window;
    QDialog* m_dialog = nullptr;
    std::optional<PageId> m_made;
};

constexpr const char* manifest = R"({"metadata": {"project_name": "shop", "adapter_type": "sqlite",
    "dbt_schema_version": "https://schemas.getdbt.com/dbt/manifest/v12.json"},
    "nodes": {
      "model.shop.customers": {"resource_type": "model", "name": "customers",
        "relation_name": "\"main\".\"customers\"", "description": "Who bought",
        "compiled_code": "select customer_id, email from customers",
        "columns": {"customer_id": {"name": "customer_id", "description": "The key"}}},
      "model.shop.stage": {"resource_type": "model", "name": "stage",
        "config": {"materialized": "ephemeral"}, "compiled_code": "select 1 as one"},
      "test.shop.u": {"resource_type": "test", "attached_node": "model.shop.customers",
        "column_name": "customer_id", "test_metadata": {"name": "unique", "kwargs": {}}},
      "test.shop.n": {"resource_type": "test", "attached_node": "model.shop.customers",
        "column_name": "customer_id", "test_metadata": {"name": "not_null", "kwargs": {}}}}})";

TEST_F(DbtPickerTest, aModelOfAFoundProjectIsPickedByKeys)
{
    begin(manifest);
    ASSERT_TRUE(soon([this] { return list()->rowCount() == 2; }));
    EXPECT_EQ(named<QLabel>("Relation")->text(), QStringLiteral("\"main\".\"customers\""));
    EXPECT_EQ(named<QLabel>("Row key")->text(),
              QStringLiteral("customer_id (tested to be unique and not null)"));
    EXPECT_EQ(named<QTableView>("Columns of the model")->model()->index(0, 2).data().toString(),
              QStringLiteral("The key"));
    EXPECT_EQ(m_dialog->findChild<SqlEditor*>()->sql(), "select customer_id, email from customers");
    QWidget* const focus = m_dialog->focusWidget();
    QTest::keyClicks(focus, QStringLiteral("cust"));
    ASSERT_TRUE(soon([this] { return list()->rowCount() == 1; }));
    QTest::keyClick(focus, Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return m_made.has_value(); }));
    const ModelDocument* const document = m_session->documents().model(m_made->slug);
    ASSERT_NE(document, nullptr);
    const project::ModelDefinition& model = document->value();
    ASSERT_TRUE(model.table);
    EXPECT_EQ(model.table->schema, "main");
    EXPECT_EQ(model.table->name, "customers");
    EXPECT_EQ(model.description, "Who bought");
    EXPECT_THAT(model.rowKey, ElementsAre("customer_id"));
    EXPECT_EQ(model.columns.at("customer_id"), "The key");
    EXPECT_EQ(model.source, m_session->contents()->project.sources.front().slug);
}

TEST_F(DbtPickerTest, whatIsNotBuiltIsReadByItsSql)
{
    begin(manifest);
    ASSERT_TRUE(soon([this] { return list()->rowCount() == 2; }));
    auto* models = named<QTableView>("Models of dbt");
    QTest::mouseClick(models->viewport(), Qt::LeftButton, {},
                      models->visualRect(list()->index(1, 0)).center());
    ASSERT_NE(button("Read by its compiled SQL"), nullptr);
    EXPECT_TRUE(button("Read by its compiled SQL")->isChecked());
    EXPECT_FALSE(button("Read the relation that dbt built")->isEnabled());
    QTest::mouseClick(button("Create"), Qt::LeftButton);
    ASSERT_TRUE(soon([this] { return m_made.has_value(); }));
    const project::ModelDefinition& model = m_session->documents().model(m_made->slug)->value();
    EXPECT_FALSE(model.table);
    EXPECT_EQ(model.sql, "select 1 as one\n");
    EXPECT_THAT(model.rowKey, IsEmpty());
}

TEST_F(DbtPickerTest, aDamagedManifestIsSaidWithItsCode)
{
    begin(QByteArray(manifest).left(500));
    auto* strip = m_dialog->findChild<MessageStrip*>();
    ASSERT_TRUE(soon([&] { return strip->isVisible(); }));
    EXPECT_EQ(strip->message().code, QStringLiteral("dbt.manifest.syntax"));
    EXPECT_FALSE(button("Create")->isEnabled());
    QTest::keyClick(m_dialog, Qt::Key_Escape);
    EXPECT_FALSE(m_made);
}

} // namespace
} // namespace headgate::ui
