// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/network_settings.h"

#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::service {

namespace {

class NetworkSettingsTest : public testing::Test
{
protected:
    [[nodiscard]] std::string path(const char* name) const
    {
        return m_folder.filePath(QLatin1String(name)).toStdString();
    }
    void put(const char* name, const QByteArray& text) const
    {
        QFile file(m_folder.filePath(QLatin1String(name)));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(text), text.size());
    }

    QTemporaryDir m_folder;
};

struct RefusedProxy
{
    const char* name;
    const char* proxy;
};

class RefusedProxyTest : public NetworkSettingsTest,
                         public testing::WithParamInterface<RefusedProxy>
{};

} // namespace

TEST_F(NetworkSettingsTest, withoutAFileAllIsEmpty)
{
    const auto settings = loadNetworkSettings(path("none.json"));
    ASSERT_TRUE(settings);
    EXPECT_EQ(*settings, NetworkSettings());
}

TEST_F(NetworkSettingsTest, whatWasSavedIsLoaded)
{
    put("own.pem", "-----BEGIN CERTIFICATE-----\n");
    const NetworkSettings settings{"socks5h://127.0.0.1:1080", path("own.pem")};
    ASSERT_TRUE(saveNetworkSettings(settings, path("inner/network.json")));
    const auto loaded = loadNetworkSettings(path("inner/network.json"));
    ASSERT_TRUE(loaded);
    EXPECT_EQ(*loaded, settings);
}

TEST_F(NetworkSettingsTest, aDamagedFileIsNamedAndNotPassedOver)
{
    for (const char* text : {"{\"proxy\":", "[1]", "\xff\xfe"}) {
        put("network.json", text);
        const auto settings = loadNetworkSettings(path("network.json"));
        ASSERT_FALSE(settings) << text;
        EXPECT_EQ(settings.error().code, "network.file");
        EXPECT_NE(settings.error().message.toStdString().find("network.json"), std::string::npos);
    }
}

TEST_F(NetworkSettingsTest, certificatesThatAreNotThereAreRefusedBeforeAnythingIsWritten)
{
    ASSERT_TRUE(saveNetworkSettings({"http://proxy.example.com:3128", {}}, path("network.json")));
    const auto saved = saveNetworkSettings({{}, path("gone.pem")}, path("network.json"));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, "network.certificates");
    EXPECT_EQ(loadNetworkSettings(path("network.json"))->proxy, "http://proxy.example.com:3128");
}

TEST_P(RefusedProxyTest, isRefusedAndItsPasswordNotRepeated)
{
    const auto saved = saveNetworkSettings({GetParam().proxy, {}}, path("network.json"));
    ASSERT_FALSE(saved);
    EXPECT_EQ(saved.error().code, "network.proxy");
    EXPECT_EQ(saved.error().message.toStdString().find("hunter2"), std::string::npos);
    EXPECT_FALSE(QFile::exists(m_folder.filePath(QStringLiteral("network.json"))));
}

INSTANTIATE_TEST_SUITE_P(Cases, RefusedProxyTest,
                         testing::Values(RefusedProxy{"password", "http://me:hunter2@proxy:3128"},
                                         RefusedProxy{"noScheme", "proxy:3128"},
                                         RefusedProxy{"otherScheme", "ftp://proxy:3128"},
                                         RefusedProxy{"noHost", "http://"},
                                         RefusedProxy{"words", "no proxy please"}),
                         [](const auto& each) { return each.param.name; });

} // namespace headgate::service
