// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_worker.h"
#include "ui/shape/shape_sample.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

constexpr int longestAnswer = 30'000;

ShapeQuestion questionOf(std::size_t record, bool survey)
{
    ShapeQuestion question;
    question.sample = viewsSample();
    question.sync = viewsSync();
    question.model = viewsModel();
    question.record = record;
    question.survey = survey;
    return question;
}

class ShapeWorkerTest : public testing::Test
{
protected:
    ShapeWorkerTest()
    {
        QObject::connect(&m_worker, &ShapeWorker::shaped, &m_worker,
                         [this](const SharedLiveRecord& live) { m_came.push_back(live); });
        QObject::connect(&m_worker, &ShapeWorker::surveyed, &m_worker,
                         [this] { m_came.push_back(nullptr); });
    }
    [[nodiscard]] bool came(std::size_t answers)
    {
        return QTest::qWaitFor([&] { return m_came.size() >= answers; }, longestAnswer);
    }

    ShapeWorker m_worker;
    std::vector<SharedLiveRecord> m_came; ///< null: a survey
};

TEST_F(ShapeWorkerTest, theRecordAtHandComesBeforeTheOthersAreLookedAt)
{
    m_worker.ask(questionOf(1, true));
    ASSERT_TRUE(came(2));
    ASSERT_NE(m_came[0], nullptr);
    EXPECT_EQ(m_came[0]->record, 1U);
    EXPECT_EQ(m_came[1], nullptr);
}

TEST_F(ShapeWorkerTest, ofManyEditsOnlyTheLastIsAnswered)
{
    for (int edit = 0; edit < 50; ++edit)
        m_worker.ask(questionOf(0, true));
    m_worker.ask(questionOf(1, false));
    ASSERT_TRUE(came(1));
    EXPECT_EQ(m_came[0]->record, 1U);
    EXPECT_FALSE(m_worker.isBusy());
    EXPECT_EQ(m_came.size(), 1U);
}

TEST_F(ShapeWorkerTest, aChainIsTracedOnlyWhereItIsAskedFor)
{
    ShapeQuestion question = questionOf(0, false);
    m_worker.ask(question);
    ASSERT_TRUE(came(1));
    EXPECT_TRUE(m_came[0]->trace.empty());
    question.trace = question.sync.shape->root.children.front().id;
    m_worker.ask(question);
    ASSERT_TRUE(came(2));
    EXPECT_EQ(m_came[1]->traced, question.trace);
    EXPECT_FALSE(m_came[1]->trace.empty());
}

} // namespace

} // namespace headgate::ui
