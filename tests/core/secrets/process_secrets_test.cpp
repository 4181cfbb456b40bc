// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/process_secrets.h"

#include "base/redaction.h"
#include "fakes/fake_secrets.h"
#include "fakes/print_to.h"
#include "secrets/user_secrets.h"

#include <QtGlobal>
#include <gtest/gtest.h>

namespace headgate::secrets {

namespace {

const SecretRef environmentRef{SecretPlace::Environment, "HEADGATE_TEST_SECRET"};
const SecretRef sessionRef{SecretPlace::Session, "account/password"};
const SecretRef keychainRef{SecretPlace::Keychain, "account/password"};

class ProcessSecretsTest : public testing::Test
{
protected:
    ~ProcessSecretsTest() override { qunsetenv(environmentRef.name.c_str()); }
    ProcessSecrets m_secrets;
};

TEST_F(ProcessSecretsTest, TheEnvironmentIsReadAndHidden)
{
    qputenv(environmentRef.name.c_str(), "from-the-environment");
    const auto secret = m_secrets.read(environmentRef);
    ASSERT_TRUE(secret);
    EXPECT_EQ(secret->reveal(), "from-the-environment");
    EXPECT_EQ(Redaction::redact(std::string("[from-the-environment]")), "[•••]");
}

TEST_F(ProcessSecretsTest, AnUnsetOrEmptyVariableIsMissing)
{
    for (const bool empty : {false, true}) {
        if (empty)
            qputenv(environmentRef.name.c_str(), "");
        const auto secret = m_secrets.read(environmentRef);
        ASSERT_FALSE(secret);
        EXPECT_EQ(secret.error().kind, ErrorKind::Credential);
        EXPECT_EQ(secret.error().code, "secret.missing");
        EXPECT_TRUE(secret.error().message.contains(QStringLiteral("HEADGATE_TEST_SECRET")));
    }
}

TEST_F(ProcessSecretsTest, TheEnvironmentIsNotWritten)
{
    const auto written = m_secrets.write(environmentRef, Secret("value"));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().kind, ErrorKind::Usage);
    EXPECT_FALSE(qEnvironmentVariableIsSet(environmentRef.name.c_str()));
}

TEST_F(ProcessSecretsTest, ASessionKeepsUntilItEnds)
{
    EXPECT_EQ(m_secrets.read(sessionRef).error().code, "secret.missing");
    ASSERT_TRUE(m_secrets.write(sessionRef, Secret("of this session")));
    EXPECT_EQ(m_secrets.read(sessionRef)->reveal(), "of this session");
    EXPECT_EQ(Redaction::redact(std::string("of this session")), "•••");
    EXPECT_EQ(m_secrets.list(), std::vector{sessionRef});
    ProcessSecrets other;
    EXPECT_FALSE(other.read(sessionRef));
    ASSERT_TRUE(m_secrets.remove(sessionRef));
    ASSERT_TRUE(m_secrets.remove(sessionRef));
    EXPECT_FALSE(m_secrets.read(sessionRef));
}

TEST_F(ProcessSecretsTest, TheKeychainIsNotReplacedByAnything)
{
    EXPECT_EQ(m_secrets.read(keychainRef).error().code, "secret.unavailable");
    EXPECT_EQ(m_secrets.write(keychainRef, Secret("value")).error().code, "secret.unavailable");
    EXPECT_EQ(m_secrets.remove(keychainRef).error().code, "secret.unavailable");
    EXPECT_TRUE(m_secrets.list()->empty());
}

TEST(UserSecrets, GoesToTheStoreOfThePlace)
{
    auto owned = std::make_unique<fakes::FakeSecrets>();
    fakes::FakeSecrets& keychain = *owned;
    UserSecrets secrets(std::move(owned));
    ASSERT_TRUE(secrets.write(keychainRef, Secret("in the keychain")));
    ASSERT_TRUE(secrets.write(sessionRef, Secret("in the session")));
    EXPECT_EQ(keychain.values.size(), 1U);
    EXPECT_EQ(secrets.read(keychainRef)->reveal(), "in the keychain");
    EXPECT_EQ(secrets.read(sessionRef)->reveal(), "in the session");
    EXPECT_EQ(secrets.list(), (std::vector{keychainRef, sessionRef}));
    ASSERT_TRUE(secrets.remove(keychainRef));
    EXPECT_FALSE(secrets.read(keychainRef));
    keychain.failure = Error{ErrorKind::Credential, "secret.locked", {}, {}, {}, {}};
    EXPECT_EQ(secrets.list().error().code, "secret.locked");
    EXPECT_EQ(secrets.read(sessionRef)->reveal(), "in the session");
}

} // namespace

} // namespace headgate::secrets
