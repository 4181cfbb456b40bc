// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/folder_register.h"

#include <QDateTime>
#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using headgate::service::FolderRegister;

TEST(FolderRegister, aLockWhoseMakerDiedBeforeItWroteItIsNoLock)
{
    const QTemporaryDir root;
    const QTemporaryDir project;
    QFile lock(root.filePath(QStringLiteral("folders.json.lock")));
    ASSERT_TRUE(lock.open(QIODevice::WriteOnly));
    ASSERT_TRUE(lock.setFileTime(QDateTime::currentDateTime().addSecs(-2),
                                 QFileDevice::FileModificationTime));
    lock.close();

    FolderRegister folders(root.path().toStdString());
    const auto trusted = folders.trust(project.path().toStdString(), "project");
    EXPECT_TRUE(trusted) << trusted.error().message.toStdString();
    EXPECT_EQ(folders.isTrusted(project.path().toStdString(), "project"), true);
}
