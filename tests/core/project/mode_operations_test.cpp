// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/mode_operations.h"

#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::project;
using connector::Operation;

TEST(ModeOperations, whatWritesARecord)
{
    EXPECT_EQ(writeOperation(SyncMode::Upsert), Operation::Upsert);
    EXPECT_EQ(writeOperation(SyncMode::Mirror), Operation::Upsert);
    EXPECT_EQ(writeOperation(SyncMode::Update), Operation::Update);
    EXPECT_EQ(writeOperation(SyncMode::Insert), Operation::Insert);
    EXPECT_EQ(writeOperation(SyncMode::Replace), Operation::Replace);
    EXPECT_EQ(writeOperation(SyncMode::Append), Operation::Append);
    EXPECT_EQ(writeOperation(SyncMode::Delete), Operation::Delete);
}

TEST(ModeOperations, whatRemovesARecord)
{
    EXPECT_EQ(removeOperation(DeleteBehaviour::Nothing), std::nullopt);
    EXPECT_EQ(removeOperation(DeleteBehaviour::Clear), Operation::Clear);
    EXPECT_EQ(removeOperation(DeleteBehaviour::Archive), Operation::Archive);
    EXPECT_EQ(removeOperation(DeleteBehaviour::Delete), Operation::Delete);
}
