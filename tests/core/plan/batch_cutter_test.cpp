// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/batch_cutter.h"

#include "fakes/fake_random.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <set>

using namespace headgate;
using plan::BatchCutter;

namespace {

struct CutCase
{
    const char* name;
    std::uint32_t batchRecords;
    std::uint64_t entries;
    std::size_t mostBatches;
    std::uint64_t mostRecords;
    std::vector<std::size_t> cuts; ///< batches of each cut, until one brings none
};

void PrintTo(const CutCase& each, std::ostream* out)
{
    *out << each.name;
}

class BatchCutterTest : public testing::TestWithParam<CutCase>
{};

} // namespace

TEST_P(BatchCutterTest, everyRecordIsInOneBatchHoweverItIsCut)
{
    const CutCase& each = GetParam();
    const QTemporaryDir folder;
    fakes::FakeRandom random(7);
    connector::Capabilities limits;
    limits.batchRecords = each.batchRecords;
    limits.batchBytes = std::size_t(1) << 30;
    BatchCutter cutter(folder.path().toStdString(), limits, 2, "plan", random);
    for (std::uint64_t i = 0; i < each.entries; ++i) {
        plan::SendEntry entry;
        entry.size = 1;
        entry.item.offset = i;
        ASSERT_TRUE(cutter.add(entry));
    }
    ASSERT_TRUE(cutter.finishAdding());

    std::vector<std::size_t> cuts;
    std::uint64_t offset = 0;
    std::uint64_t number = 0;
    std::set<std::string> keys;
    while (true) {
        const auto rows = cutter.cut(each.mostBatches, each.mostRecords);
        ASSERT_TRUE(rows);
        if (rows->empty())
            break;
        cuts.push_back(rows->size());
        for (const state::BatchRow& row : *rows) {
            EXPECT_EQ(row.number, ++number);
            EXPECT_TRUE(keys.insert(row.idempotencyKey).second);
            EXPECT_LE(row.count, each.batchRecords);
            for (const plan::BatchItem& item : plan::unpackItems(row.items))
                EXPECT_EQ(item.offset, offset++);
        }
    }
    EXPECT_EQ(offset, each.entries);
    EXPECT_EQ(cutter.batches(), number);
    EXPECT_EQ(cuts, each.cuts);
}

INSTANTIATE_TEST_SUITE_P(Cuts, BatchCutterTest,
                         testing::Values(CutCase{"nothing", 10, 0, 4, 100, {}},
                                         CutCase{"one", 10, 1, 4, 100, {1}},
                                         CutCase{"byBatches", 1, 10, 4, 100, {4, 4, 2}},
                                         CutCase{"byRecords", 10, 100, 50, 30, {2, 3, 3, 2}},
                                         CutCase{"aBatchLargerThanACut", 50, 120, 4, 10, {1, 1, 1}},
                                         CutCase{"allAtOnce", 10, 95, 50, 1000, {10}}),
                         [](const auto& cut) { return std::string(cut.param.name); });
