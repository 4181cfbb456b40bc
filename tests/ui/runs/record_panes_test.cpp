// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/record_panes.h"

#include "widgets/elided_label.h"

#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

service::RecordTrace traceWith(const char* outcome)
{
    service::RecordTrace trace;
    trace.row.outcome = outcome;
    return trace;
}

} // namespace

TEST(RecordPanes, WhatTheySayGivesWayToTheirWidth)
{
    RecordPanes panes;
    panes.resize(panes.minimumSizeHint());
    panes.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&panes));
    const QSize empty = panes.minimumSizeHint();
    panes.setTrace(traceWith("successful"));
    EXPECT_EQ(panes.minimumSizeHint(), empty);
    int elided = 0;
    for (const ElidedLabel* note : panes.findChildren<ElidedLabel*>())
        if (note->text() == QStringLiteral("not kept of records that were accepted"))
            elided += note->isElided();
    EXPECT_EQ(elided, 2);
}

} // namespace headgate::ui
