// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/plan_view.h"
#include "ui/named_widget.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"

#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

using plan::Category;

plan::PlanSample sampleOf(Category category, const char* operation, const char* key,
                          const char* match, const char* payload)
{
    plan::PlanSample sample;
    sample.category = category;
    sample.operation = operation;
    sample.keyText = key;
    sample.match = match;
    sample.payload = payload;
    return sample;
}

class PlanViewTest : public testing::Test
{
protected:
    PlanViewTest()
    {
        m_view.resize(1000, 600);
        m_view.show();
        m_report.kind = run::RunKind::DryRun;
        m_report.plan = "plan7";
        m_report.planned.rows = 5000;
        m_report.planned.read = 1203;
        m_report.planned.of = {{Category::Changed, 2},
                               {Category::Removed, 1},
                               {Category::Invalid, 1},
                               {Category::Unchanged, 1200}};
        m_report.samples = {
            sampleOf(Category::Changed, "update", "1", "a@x", R"({"v":["n","x"]})"),
            sampleOf(Category::Changed, "update", "2", "b@x", R"({"v":[]})"),
            sampleOf(Category::Removed, "delete", "9", "z@x", R"({"email":"z@x"})")};
        m_report.samples.front().previousPayload = R"({"v":["x"]})";
        m_report.invalid = {{"shape.value.text", "no text", "17", 1}};
    }

    template <typename Widget>
    Widget* named(const char* name)
    {
        return visibleNamed<Widget>(m_view, QLatin1String(name));
    }
    [[nodiscard]] std::vector<std::string> rows(const char* name)
    {
        std::vector<std::string> texts;
        const auto* list = named<QListWidget>(name);
        for (int row = 0; list != nullptr && row < list->count(); ++row)
            texts.push_back(list->item(row)->text().toStdString());
        return texts;
    }

    PlanView m_view;
    run::RunReport m_report;
};

} // namespace

TEST_F(PlanViewTest, withoutAPlanItOffersOne)
{
    int wanted = 0;
    QObject::connect(&m_view, &PlanView::planWanted, &m_view, [&] { ++wanted; });
    for (QPushButton* button : m_view.findChildren<QPushButton*>())
        if (button->isVisible() && button->text() == QStringLiteral("Dry run"))
            QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(wanted, 1);
}

TEST_F(PlanViewTest, countsEveryKindAndBeginsWithTheFirstThatHasRecords)
{
    m_view.showPlan(m_report);
    EXPECT_EQ(rows("Kinds of records"),
              (std::vector<std::string>{"Added  0", "Changed  2", "Removed  1", "Invalid  1",
                                        "Unchanged  1,200"}));
    EXPECT_EQ(named<QListWidget>("Kinds of records")->currentRow(), 1);
    EXPECT_EQ(rows("Records of the plan"), (std::vector<std::string>{"a@x", "b@x"}));
    EXPECT_EQ(named<QLabel>("Sums of the plan")->text(),
              QStringLiteral("Read 5,000 rows as 1,203 records. 3 would be sent."));
}

TEST_F(PlanViewTest, showsTheOldPayloadBesideTheNewOne)
{
    m_view.showPlan(m_report);
    EXPECT_EQ(named<JsonView>("Accepted last")->lines().json(), R"({"v":["x"]})");
    EXPECT_EQ(named<JsonView>("Would be sent")->lines().json(), R"({"v":["n","x"]})");
    std::vector<std::string> shown;
    QObject::connect(&m_view, &PlanView::recordShown, &m_view,
                     [&](const plan::PlanSample& sample) { shown.push_back(sample.keyText); });
    named<QListWidget>("Records of the plan")->setCurrentRow(1);
    EXPECT_EQ(named<JsonView>("Accepted last")->lines().json(), "");
    EXPECT_EQ(shown, std::vector<std::string>{"2"});
}

TEST_F(PlanViewTest, invalidOnesAreListedByReason)
{
    m_view.showPlan(m_report);
    named<QListWidget>("Kinds of records")->setCurrentRow(3);
    EXPECT_EQ(rows("Records of the plan"), std::vector<std::string>{"1: no text"});
    EXPECT_EQ(named<JsonView>("Would be sent")->lines().json(), "");
}

TEST_F(PlanViewTest, aGateOfARealRunCanBePassedWithExactlyThisPlan)
{
    m_report.kind = run::RunKind::Run;
    m_report.stops = {{"gate.removed", QStringLiteral("30 % would be removed, 10 % may be.")}};
    m_view.showPlan(m_report);
    std::string confirmed;
    QObject::connect(&m_view, &PlanView::confirmWanted, &m_view,
                     [&](const std::string& plan) { confirmed = plan; });
    auto* strip = m_view.findChild<MessageStrip*>();
    EXPECT_EQ(strip->message().code, QStringLiteral("gate.removed"));
    for (QPushButton* button : strip->findChildren<QPushButton*>())
        QTest::mouseClick(button, Qt::LeftButton);
    EXPECT_EQ(confirmed, "plan7");
}

TEST_F(PlanViewTest, aGateOfADryRunHasNothingToConfirm)
{
    m_report.stops = {{"gate.removed", QStringLiteral("30 % would be removed, 10 % may be.")}};
    m_view.showPlan(m_report);
    auto* strip = m_view.findChild<MessageStrip*>();
    EXPECT_TRUE(strip->isVisible());
    EXPECT_TRUE(strip->findChildren<QPushButton*>().isEmpty());
}

} // namespace headgate::ui
