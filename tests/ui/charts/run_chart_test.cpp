// SPDX-License-Identifier: GPL-3.0-or-later
#include "charts/run_chart.h"

#include "theme/tokens.h"

#include <QAbstractScrollArea>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

RunBar bar(const char* run, std::uint64_t successful, std::uint64_t rejected)
{
    RunBar made;
    made.run = run;
    made.label = QString::fromLatin1(run);
    made.counts[RunBar::Successful] = successful;
    made.counts[RunBar::Rejected] = rejected;
    return made;
}

class RunChartTest : public testing::Test
{
protected:
    RunChartTest()
    {
        m_chart.setPalette(paletteOf(lightTokens()));
        m_chart.resize(400, 200);
        m_chart.setBars({bar("first", 10, 0), bar("second", 6, 4), bar("third", 0, 0)});
        m_chart.show();
        QObject::connect(&m_chart, &RunChart::runChosen, &m_chart,
                         [this](const std::string& run) { m_chosen.push_back(run); });
    }

    /// Whether the bar is painted in the colour anywhere.
    [[nodiscard]] bool shows(std::size_t number, const QColor& color)
    {
        const QImage picture = m_chart.grab().toImage();
        const QRect rect = m_chart.barRect(number);
        for (int y = rect.top(); y < rect.bottom(); ++y)
            if (picture.pixelColor(rect.center().x(), y) == color)
                return true;
        return false;
    }

    RunChart m_chart;
    std::vector<std::string> m_chosen;
};

} // namespace

TEST_F(RunChartTest, aClickOnABarChoosesItsRun)
{
    QWidget* const viewport = m_chart.findChild<QAbstractScrollArea*>()->viewport();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_chart));
    for (const std::size_t number : {1U, 0U, 2U}) {
        const QRect rect = m_chart.barRect(number);
        ASSERT_GT(rect.width(), 20);
        EXPECT_LT(rect.width(), 60) << "three bars do not fill the chart";
        QTest::mouseClick(viewport, Qt::LeftButton, {}, viewport->mapFrom(&m_chart, rect.center()));
    }
    EXPECT_EQ(m_chosen, (std::vector<std::string>{"second", "first", "third"}));
}

TEST_F(RunChartTest, theKeysDoTheSame)
{
    QTest::keyClick(&m_chart, Qt::Key_Left);
    QTest::keyClick(&m_chart, Qt::Key_Left);
    QTest::keyClick(&m_chart, Qt::Key_Home);
    QTest::keyClick(&m_chart, Qt::Key_Left);
    QTest::keyClick(&m_chart, Qt::Key_Right);
    QTest::keyClick(&m_chart, Qt::Key_End);
    QTest::keyClick(&m_chart, Qt::Key_Right);
    EXPECT_EQ(m_chosen, (std::vector<std::string>{"third", "second", "first", "first", "second",
                                                  "third", "third"}));
}

TEST_F(RunChartTest, itSaysInWordsWhatItShows)
{
    m_chart.setCurrent("second");
    EXPECT_TRUE(m_chart.accessibleDescription().endsWith(
        QStringLiteral("Chosen: second: 6 successful, 4 rejected")))
        << m_chart.accessibleDescription().toStdString();
    m_chart.setCurrent("third");
    EXPECT_TRUE(m_chart.accessibleDescription().endsWith(QStringLiteral("third: nothing to send")));
    for (int part = 0; part < RunBar::PartCount; ++part)
        EXPECT_FALSE(runPartText(static_cast<RunBar::Part>(part)).isEmpty());
}

TEST_F(RunChartTest, itsColoursFollowThePalette)
{
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&m_chart));
    const auto red = [](const Tokens& tokens) { return tokens.tone(Tone::Error).icon; };
    EXPECT_TRUE(shows(1, red(lightTokens())));
    EXPECT_FALSE(shows(0, red(lightTokens())));
    m_chart.setPalette(paletteOf(darkTokens()));
    EXPECT_TRUE(shows(1, red(darkTokens())));
    EXPECT_FALSE(shows(1, red(lightTokens())));
}

TEST_F(RunChartTest, theNewestStayWhereThereAreTooMany)
{
    std::vector<RunBar> many;
    for (int i = 0; i < 50; ++i)
        many.push_back(bar(std::to_string(i).c_str(), 1, 0));
    m_chart.setBars(many);
    ASSERT_EQ(m_chart.bars().size(), RunChart::mostBars);
    EXPECT_EQ(m_chart.bars().back().run, "49");
    m_chart.setBars({});
    QTest::keyClick(&m_chart, Qt::Key_Left);
    EXPECT_TRUE(m_chosen.empty());
}

} // namespace headgate::ui
