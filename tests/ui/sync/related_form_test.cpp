// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/related_form.h"

#include "ui/named_widget.h"

#include <QAction>
#include <QComboBox>
#include <QMenu>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

class RelatedFormTest : public testing::Test
{
protected:
    RelatedFormTest()
    {
        add("customers", {"id"}, {"id", "name"});
        add("views", {"view_id"}, {"view_id", "customer_id"});
        add("weather", {"day"}, {"day", "rain"});
        m_form.resize(800, 300);
        m_form.show();
        QObject::connect(&m_form, &RelatedForm::edited, &m_form, [this] { take(); });
        take();
    }

    void add(const char* slug, std::vector<std::string> key,
             const std::vector<std::string>& columns)
    {
        project::ModelDefinition model;
        model.slug = slug;
        model.rowKey = std::move(key);
        m_project.models.push_back(model);
        for (const std::string& name : columns) {
            m_schemas[slug].columns.emplace_back();
            m_schemas[slug].columns.back().name = name;
        }
    }

    /// As the document does: what the form says comes back to it.
    void take() { m_form.setRelated(m_project, "customers", m_form.related(), m_schemas); }

    void join(const char* model)
    {
        auto* const button = visibleNamed<QPushButton>(m_form, QStringLiteral("Join a model"));
        ASSERT_NE(button, nullptr);
        Q_EMIT button->menu()->aboutToShow();
        for (QAction* action : button->menu()->actions())
            if (action->text() == QLatin1String(model))
                return action->trigger();
        FAIL() << model;
    }

    [[nodiscard]] QComboBox* box(const char* name)
    {
        return visibleNamed<QComboBox>(m_form, QLatin1String(name));
    }

    void choose(const char* name, const char* column)
    {
        ASSERT_TRUE(QTest::qWaitFor([&] { return box(name) != nullptr; })) << name;
        box(name)->setFocus();
        QTest::keyClicks(box(name), QLatin1String(column));
        Q_EMIT box(name)->textActivated(box(name)->currentText());
    }

    project::Project m_project;
    std::map<std::string, data::Schema> m_schemas;
    RelatedForm m_form;
};

} // namespace

TEST_F(RelatedFormTest, aModelThatWasAddedBeforeItsColumnsAreKnownIsJoinedByThemThen)
{
    const auto known = std::exchange(m_schemas, {});
    take();
    join("views");
    ASSERT_EQ(m_form.related().size(), 1U);
    EXPECT_TRUE(m_form.related().front().join.empty());
    m_schemas = known;
    take();
    ASSERT_EQ(m_form.related().front().join.size(), 1U);
    EXPECT_EQ(m_form.related().front().join.front().left, "id");
    EXPECT_EQ(m_form.related().front().join.front().right, "customer_id");
}

TEST_F(RelatedFormTest, aJoinThatTheNamesSayIsThere)
{
    join("views");
    ASSERT_EQ(m_form.related().size(), 1U);
    ASSERT_EQ(m_form.related().front().join.size(), 1U);
    EXPECT_EQ(m_form.related().front().join.front().left, "id");
    EXPECT_EQ(m_form.related().front().join.front().right, "customer_id");
}

TEST_F(RelatedFormTest, whereTheySayNoneItIsChosenAndKeptWhileHalfChosen)
{
    join("weather");
    ASSERT_EQ(m_form.related().size(), 1U);
    EXPECT_TRUE(m_form.related().front().join.empty());
    choose("Column of the model", "id");
    EXPECT_TRUE(m_form.related().front().join.empty());
    ASSERT_TRUE(QTest::qWaitFor([this] { return box("Column of the model") != nullptr; }));
    EXPECT_EQ(box("Column of the model")->currentText(), QStringLiteral("id"));
    choose("Column of the joined model", "day");
    ASSERT_EQ(m_form.related().front().join.size(), 1U);
    EXPECT_EQ(m_form.related().front().join.front().left, "id");
    EXPECT_EQ(m_form.related().front().join.front().right, "day");
}

} // namespace headgate::ui
