// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/manifest_finder.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::service {

namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ManifestFinderTest : public testing::Test
{
protected:
    void put(const QString& path, const QByteArray& text, int secondsAgo = 0)
    {
        const QString file = m_home.filePath(path);
        ASSERT_TRUE(QDir().mkpath(QFileInfo(file).path()));
        QFile out(file);
        ASSERT_TRUE(out.open(QIODevice::ReadWrite));
        ASSERT_EQ(out.write(text), text.size());
        ASSERT_TRUE(out.flush());
        ASSERT_TRUE(out.setFileTime(QDateTime::currentDateTime().addSecs(-secondsAgo),
                                    QFileDevice::FileModificationTime));
    }
    /// Relative to the home, with the project's name.
    [[nodiscard]] std::vector<std::string> found(const QString& folder)
    {
        std::vector<std::string> all;
        const QDir home(m_home.path());
        for (const FoundManifest& each :
             findManifests(m_home.filePath(folder).toStdString(), [this](const std::string& name) {
                 return name == "DBT_TARGET_PATH" ? m_targetPath : std::nullopt;
             }))
            all.push_back(each.project + " " +
                          home.relativeFilePath(QString::fromStdString(each.file)).toStdString());
        return all;
    }

    QTemporaryDir m_home;
    std::optional<std::string> m_targetPath;
};

TEST_F(ManifestFinderTest, looksBesideEveryProjectAround)
{
    put(QStringLiteral("work/headgate/headgate.json"), "{}");
    EXPECT_THAT(found(QStringLiteral("work/headgate")), IsEmpty());
    put(QStringLiteral("work/dbt_project.yml"), "name: shop\n");
    EXPECT_THAT(found(QStringLiteral("work/headgate")), IsEmpty()) << "nothing was compiled yet";
    put(QStringLiteral("work/target/manifest.json"), "{}", 30);
    put(QStringLiteral("work/other/dbt_project.yml"), "name: 'other'\ntarget-path: out\n");
    put(QStringLiteral("work/other/out/manifest.json"), "{}", 20);
    put(QStringLiteral("work/headgate/sub/dbt/dbt_project.yml"), "{{ no yaml");
    put(QStringLiteral("work/headgate/sub/dbt/target/manifest.json"), "{}", 10);
    put(QStringLiteral("work/stray/target/manifest.json"), "{}");
    EXPECT_THAT(found(QStringLiteral("work/headgate")),
                ElementsAre(" work/headgate/sub/dbt/target/manifest.json",
                            "other work/other/out/manifest.json",
                            "shop work/target/manifest.json"));
}

TEST_F(ManifestFinderTest, followsTheEnvironmentsTargetPath)
{
    put(QStringLiteral("dbt/dbt_project.yml"), "name: shop\n");
    put(QStringLiteral("dbt/build/manifest.json"), "{}");
    m_targetPath = "build";
    EXPECT_THAT(found(QStringLiteral("dbt")), ElementsAre("shop dbt/build/manifest.json"));
}

TEST_F(ManifestFinderTest, saysWhyAFileIsNotRead)
{
    const std::string missing = m_home.filePath(QStringLiteral("no.json")).toStdString();
    const auto absent = readManifestFile(missing, {});
    ASSERT_FALSE(absent);
    EXPECT_EQ(absent.error().code, "dbt.manifest.read");
    put(QStringLiteral("cut.json"), "{\"metadata\": ");
    const auto cut =
        readManifestFile(m_home.filePath(QStringLiteral("cut.json")).toStdString(), {});
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, "dbt.manifest.syntax");
    EXPECT_TRUE(cut.error().toString().contains(QStringLiteral("cut.json")));
    put(QStringLiteral("late.json"), QByteArray(200'000, '\n') + "{\"metadata\": x}");
    const auto late =
        readManifestFile(m_home.filePath(QStringLiteral("late.json")).toStdString(), {});
    ASSERT_FALSE(late);
    ASSERT_TRUE(late.error().place);
    EXPECT_EQ(late.error().place->line, 200'001U);
    EXPECT_EQ(late.error().place->column, 15U);
}

} // namespace

} // namespace headgate::service
