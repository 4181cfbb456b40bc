// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/page.h"

#include <gtest/gtest.h>

namespace headgate::ui {

TEST(PageId, survivesItsText)
{
    for (const PageKind kind :
         {PageKind::Overview, PageKind::Source, PageKind::Model, PageKind::Destination,
          PageKind::Sync, PageKind::Runs, PageKind::Inbox}) {
        for (const char* slug : {"", "orders", "a-b_c"}) {
            const PageId id{kind, slug};
            const auto read = PageId::fromText(id.toText());
            ASSERT_TRUE(read) << id.toText().toStdString();
            EXPECT_EQ(*read, id);
        }
    }
}

TEST(PageId, whatIsNotKnownIsNone)
{
    EXPECT_FALSE(PageId::fromText(QStringLiteral("nothing/x")));
    EXPECT_FALSE(PageId::fromText({}));
}

} // namespace headgate::ui
