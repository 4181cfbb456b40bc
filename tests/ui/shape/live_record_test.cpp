// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/live_record.h"
#include "ui/shape/shape_sample.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

LiveRecord liveOf(std::size_t record)
{
    auto shaper = service::SampleShaper::create(viewsSample(), viewsSync(), viewsModel());
    EXPECT_TRUE(shaper);
    LiveRecord live;
    live.record = record;
    live.shaped = (*shaper)->shape(record);
    live.nodes = nodeValues(live.shaped.provenance);
    return live;
}

shape::NodeId idOf(const std::string& path)
{
    for (const auto& [id, each] : viewsSync().shape->paths())
        if (each == path)
            return id;
    return 0;
}

TEST(LiveRecord, tellsWhatANodeCameTo)
{
    const LiveRecord live = liveOf(0);
    EXPECT_EQ(live.shaped.payload, "{\"firstName\":\"Zo\u00EB\",\"viewed\":[{\"name\":\"Chair\","
                                   "\"price\":49.00},{\"name\":\"Table\",\"price\":120.00}]}");
    const auto* name = live.find(idOf("/firstName"));
    ASSERT_NE(name, nullptr);
    EXPECT_EQ(live.textOf(*name), "\"Zo\u00EB\"");
    const auto* list = live.find(idOf("/viewed"));
    ASSERT_NE(list, nullptr);
    EXPECT_EQ(list->values, 1U);
    EXPECT_EQ(list->elements, 2U);
    EXPECT_EQ(list->dropped, 1U);
    const auto* product = live.find(idOf("/viewed/*/name"));
    ASSERT_NE(product, nullptr);
    EXPECT_EQ(product->values, 2U);
    EXPECT_EQ(live.textOf(*product), "\"Chair\"");
}

TEST(LiveRecord, findsTheInnermostValueAtAByte)
{
    const LiveRecord live = liveOf(0);
    const auto* table = live.at(live.shaped.payload.find("Table"));
    ASSERT_NE(table, nullptr);
    EXPECT_EQ(table->node, idOf("/viewed/*/name"));
    ASSERT_TRUE(table->origin);
    EXPECT_EQ(table->origin->row, 4U);
    EXPECT_EQ(live.at(live.shaped.payload.size()), nullptr);
}

} // namespace

} // namespace headgate::ui
