// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_mime.h"

#include <QMimeData>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

TEST(ShapeMime, columnsComeBack)
{
    const std::vector<shape::ColumnRef> columns = {{"", "Gr\u00F6\u00DFe"}, {"lines", "price"}};
    const auto mime = mimeOf(columns);
    EXPECT_EQ(columnsOf(*mime), columns);
    EXPECT_FALSE(nodeOf(*mime));
}

TEST(ShapeMime, aNodeComesBack)
{
    const auto mime = mimeOfNode(17);
    EXPECT_EQ(nodeOf(*mime), shape::NodeId(17));
    EXPECT_TRUE(columnsOf(*mime).empty());
}

TEST(ShapeMime, aKindComesBack)
{
    const auto mime = mimeOfKind(shape::NodeKind::Text);
    EXPECT_EQ(kindOf(*mime), shape::NodeKind::Text);
    EXPECT_FALSE(nodeOf(*mime));
    EXPECT_FALSE(kindOf(*mimeOfNode(2)));
}

TEST(ShapeMime, whatAnotherProgramDragsIsNotOurs)
{
    QMimeData foreign;
    foreign.setData(columnsMimeType(), QByteArray(40, '\x7f'));
    foreign.setData(nodeMimeType(), QByteArray(12, '\x01'));
    foreign.setText(QStringLiteral("text"));
    EXPECT_TRUE(columnsOf(foreign).empty());
    foreign.setData(kindMimeType(), QByteArray(12, '\x01'));
    EXPECT_FALSE(nodeOf(foreign));
    EXPECT_FALSE(kindOf(foreign));
    EXPECT_TRUE(columnsOf(QMimeData()).empty());
}

} // namespace

} // namespace headgate::ui
