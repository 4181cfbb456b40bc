// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychain_secrets.h"
#include "secrets/os_keychain.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::secrets {

namespace {

/// On a machine without a session bus, as servers and containers are.
class NoKeychainTest : public testing::Test
{
protected:
    NoKeychainTest()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus");
        qunsetenv("DISPLAY");
    }
    QTemporaryDir m_temporary;
};

TEST_F(NoKeychainTest, IsSaidAndNothingIsWrittenAnywhere)
{
    KeychainSecrets secrets(
        std::make_unique<OsKeychain>("headgate-test-without", Milliseconds(20'000)),
        m_temporary.path().toStdString() + "/names");
    const SecretRef ref{SecretPlace::Keychain, "account/api_key"};
    EXPECT_EQ(secrets.probe().error().code, "secret.unavailable");
    EXPECT_EQ(secrets.read(ref).error().code, "secret.unavailable");
    EXPECT_EQ(secrets.write(ref, Secret("canary-of-the-test")).error().code, "secret.unavailable");
    EXPECT_TRUE(QDir(m_temporary.path()).isEmpty());
}

} // namespace

} // namespace headgate::secrets
