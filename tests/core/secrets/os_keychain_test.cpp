// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/os_keychain.h"

#include "secrets/keychain_secrets.h"

#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <thread>

namespace headgate::secrets {

namespace {

constexpr Milliseconds patience{20'000};

/// Against the real keychain of the session that packaging/with-keyring.sh made.
class OsKeychainTest : public testing::Test
{
protected:
    void SetUp() override
    {
        if (!qEnvironmentVariableIsSet("HEADGATE_TEST_KEYRING"))
            FAIL() << "run this through packaging/with-keyring.sh";
    }

    KeychainSecrets open()
    {
        return {std::make_unique<OsKeychain>("headgate-test", patience),
                m_temporary.path().toStdString() + "/names"};
    }

    QTemporaryDir m_temporary;
};

TEST_F(OsKeychainTest, KeepsReadsAndForgets)
{
    OsKeychain keychain("headgate-test", patience);
    EXPECT_EQ(keychain.read("absent").status, KeychainStatus::NotFound);
    ASSERT_EQ(keychain.write("name", "pässword 😀\n").status, KeychainStatus::Done);
    const KeychainReply reply = keychain.read("name");
    EXPECT_EQ(reply.status, KeychainStatus::Done);
    EXPECT_EQ(reply.value, "pässword 😀\n");
    OsKeychain other("headgate-test-other", patience);
    EXPECT_EQ(other.read("name").status, KeychainStatus::NotFound);
    EXPECT_EQ(keychain.remove("name").status, KeychainStatus::Done);
    EXPECT_EQ(keychain.read("name").status, KeychainStatus::NotFound);
}

TEST_F(OsKeychainTest, HoldsSecretsShortAndLong)
{
    const std::vector<std::string> values = {"short", std::string(2000, 'm'),
                                             std::string(20'000, 'l')};
    for (std::size_t i = 0; i < values.size(); ++i) {
        const SecretRef ref{SecretPlace::Keychain, "account/field" + std::to_string(i)};
        const auto written = open().write(ref, Secret(values[i]));
        ASSERT_TRUE(written) << written.error().detail.toStdString();
        EXPECT_EQ(open().read(ref)->reveal(), values[i]);
        ASSERT_TRUE(open().remove(ref));
        EXPECT_EQ(open().read(ref).error().code, "secret.missing");
    }
}

TEST_F(OsKeychainTest, ServesManyThreads)
{
    OsKeychain keychain("headgate-test", patience);
    std::vector<std::thread> threads;
    std::vector<std::string> answers(8);
    for (std::size_t i = 0; i < answers.size(); ++i)
        threads.emplace_back([&, i] {
            const std::string name = "thread " + std::to_string(i);
            if (keychain.write(name, name).status == KeychainStatus::Done)
                answers[i] = keychain.read(name).value;
        });
    for (std::thread& thread : threads)
        thread.join();
    for (std::size_t i = 0; i < answers.size(); ++i)
        EXPECT_EQ(answers[i], "thread " + std::to_string(i));
}

} // namespace

} // namespace headgate::secrets
