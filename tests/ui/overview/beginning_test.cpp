// SPDX-License-Identifier: GPL-3.0-or-later
#include "overview/beginning.h"

#include "ui/named_widget.h"
#include "widgets/card.h"

#include <QLabel>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

class BeginningTest : public testing::Test
{
protected:
    BeginningTest()
    {
        m_beginning.resize(1000, 500);
        m_beginning.show();
        QObject::connect(&m_beginning, &Beginning::newWanted, &m_beginning,
                         [this](PageKind kind) { m_new.push_back(kind); });
        QObject::connect(&m_beginning, &Beginning::pageWanted, &m_beginning,
                         [this](const PageId& id) { m_pages.push_back(id.toText()); });
    }

    [[nodiscard]] Card* card(const char* title)
    {
        return visibleNamed<Card>(m_beginning, QLatin1String(title));
    }

    Beginning m_beginning;
    std::vector<PageKind> m_new;
    QStringList m_pages;
};

} // namespace

TEST_F(BeginningTest, eachStepMakesWhatIsMissing)
{
    for (const char* title : {"1  Connect a warehouse", "2  Choose the rows", "3  Connect a tool",
                              "4  Shape and send"}) {
        ASSERT_NE(card(title), nullptr) << title;
        QTest::mouseClick(card(title), Qt::LeftButton);
    }
    EXPECT_EQ(m_new, (std::vector{PageKind::Source, PageKind::Model, PageKind::Destination,
                                  PageKind::Sync}));
    EXPECT_TRUE(m_pages.isEmpty());
}

TEST_F(BeginningTest, aStepThatWasDoneShowsWhatItMadeAndLeadsThere)
{
    project::Project project;
    project.sources.emplace_back();
    project.sources.back().slug = "shop";
    project.sources.back().name = "The shop";
    m_beginning.setProject(project);
    Card* const done = card("1  Connect a warehouse");
    ASSERT_NE(done, nullptr);
    EXPECT_EQ(done->accessibleDescription(), QStringLiteral("The shop is there. Go on with it."));
    done->setFocus();
    QTest::keyClick(done, Qt::Key_Return);
    EXPECT_EQ(m_pages, QStringList{QStringLiteral("source/shop")});
    EXPECT_TRUE(m_new.empty());
}

} // namespace headgate::ui
