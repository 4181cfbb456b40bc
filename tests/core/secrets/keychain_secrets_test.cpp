// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychain_secrets.h"

#include "base/redaction.h"
#include "fakes/fake_keychain.h"
#include "fakes/print_to.h"

#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace headgate::secrets {

namespace {

const SecretRef apiKeyRef{SecretPlace::Keychain, "account/api_key"};

class KeychainSecretsTest : public testing::Test
{
protected:
    /// As the next process would.
    KeychainSecrets open()
    {
        return {std::make_unique<fakes::FakeKeychain>(m_keychain), indexFile()};
    }
    [[nodiscard]] std::string indexFile() const
    {
        return m_temporary.path().toStdString() + "/config/keychain-names";
    }
    [[nodiscard]] int calls(const std::string& beginning) const
    {
        int count = 0;
        for (const std::string& call : m_keychain.calls)
            count += call.starts_with(beginning) ? 1 : 0;
        return count;
    }

    QTemporaryDir m_temporary;
    fakes::FakeKeychain::Contents m_keychain;
};

std::string longSecret(std::size_t size, char first = 'A')
{
    std::string value;
    while (value.size() < size)
        value += static_cast<char>(first + static_cast<char>(value.size() % 26));
    return value;
}

TEST_F(KeychainSecretsTest, KeepsAndForgets)
{
    EXPECT_EQ(open().read(apiKeyRef).error().code, "secret.missing");
    ASSERT_TRUE(open().write(apiKeyRef, Secret("pässword 😀")));
    EXPECT_EQ(m_keychain.entries,
              (std::map<std::string, std::string>{{apiKeyRef.name, "pässword 😀"}}));
    EXPECT_EQ(open().read(apiKeyRef)->reveal(), "pässword 😀");
    EXPECT_EQ(open().list(), std::vector{apiKeyRef});
    ASSERT_TRUE(open().remove(apiKeyRef));
    ASSERT_TRUE(open().remove(apiKeyRef));
    EXPECT_TRUE(m_keychain.entries.empty());
    EXPECT_TRUE(open().list()->empty());
}

TEST_F(KeychainSecretsTest, WhatIsReadIsHiddenFromThenOn)
{
    m_keychain.entries[apiKeyRef.name] = "stored-by-another-program";
    EXPECT_EQ(open().read(apiKeyRef)->reveal(), "stored-by-another-program");
    EXPECT_EQ(Redaction::redact(std::string("x stored-by-another-program")), "x •••");
}

class SecretLengthTest : public KeychainSecretsTest, public testing::WithParamInterface<std::size_t>
{};

TEST_P(SecretLengthTest, NoEntryIsLongerThanWindowsTakes)
{
    const std::string value = longSecret(GetParam());
    ASSERT_TRUE(open().write(apiKeyRef, Secret(value)));
    for (const auto& [name, entry] : m_keychain.entries)
        EXPECT_LE(QString::fromStdString(entry).size() * 2, 2560) << name;
    EXPECT_EQ(open().read(apiKeyRef)->reveal(), value);
    ASSERT_TRUE(open().remove(apiKeyRef));
    EXPECT_TRUE(m_keychain.entries.empty());
}

INSTANTIATE_TEST_SUITE_P(Lengths, SecretLengthTest,
                         testing::Values(1, 999, 1000, 1001, 2000, 2001, 5000, 65536));

TEST_F(KeychainSecretsTest, CharactersAreNotCutApart)
{
    std::string value = "x";
    while (value.size() < 5000)
        value += "😀";
    ASSERT_TRUE(open().write(apiKeyRef, Secret(value)));
    for (const auto& [name, entry] : m_keychain.entries)
        EXPECT_EQ(QString::fromStdString(entry).toStdString(), entry) << name;
    EXPECT_EQ(open().read(apiKeyRef)->reveal(), value);
}

TEST_F(KeychainSecretsTest, ReplacingALongSecretLeavesNoParts)
{
    ASSERT_TRUE(open().write(apiKeyRef, Secret(longSecret(3000))));
    ASSERT_TRUE(open().write(apiKeyRef, Secret(longSecret(2500, 'a'))));
    EXPECT_EQ(m_keychain.entries.size(), 4U);
    EXPECT_EQ(open().read(apiKeyRef)->reveal(), longSecret(2500, 'a'));
    ASSERT_TRUE(open().write(apiKeyRef, Secret(longSecret(2500, 'a'))));
    EXPECT_EQ(open().read(apiKeyRef)->reveal(), longSecret(2500, 'a'));
    ASSERT_TRUE(open().write(apiKeyRef, Secret("short")));
    EXPECT_EQ(m_keychain.entries.size(), 1U);
}

TEST_F(KeychainSecretsTest, ASecretThatLooksLikeAListOfPartsIsOnlyASecret)
{
    const std::string value = "headgate-parts:1:" + std::string(64, '0');
    ASSERT_TRUE(open().write(apiKeyRef, Secret(value)));
    EXPECT_EQ(open().read(apiKeyRef)->reveal(), value);
}

TEST_F(KeychainSecretsTest, AnInterruptedWriteLeavesTheOldSecret)
{
    ASSERT_TRUE(open().write(apiKeyRef, Secret(longSecret(3000))));
    int writes = 0;
    m_keychain.fault = [&](const std::string& call) {
        return call.starts_with("write account") && ++writes > 2 ? KeychainStatus::Unavailable
                                                                 : KeychainStatus::Done;
    };
    EXPECT_EQ(open().write(apiKeyRef, Secret(longSecret(3000, 'a'))).error().code,
              "secret.unavailable");
    m_keychain.fault = {};
    EXPECT_EQ(open().read(apiKeyRef)->reveal(), longSecret(3000));
}

TEST_F(KeychainSecretsTest, AMissingOrForeignPartIsSaid)
{
    ASSERT_TRUE(open().write(apiKeyRef, Secret(longSecret(3000))));
    const auto whole = m_keychain.entries;
    for (const auto& [name, entry] : whole) {
        if (name == apiKeyRef.name)
            continue;
        m_keychain.entries = whole;
        m_keychain.entries.erase(name);
        EXPECT_EQ(open().read(apiKeyRef).error().code, "secret.missing") << name;
        m_keychain.entries[name] = "something else";
        EXPECT_EQ(open().read(apiKeyRef).error().code, "secret.missing") << name;
    }
}

struct FaultCase
{
    KeychainStatus status;
    const char* code;
};

class KeychainFaultTest : public KeychainSecretsTest, public testing::WithParamInterface<FaultCase>
{};

TEST_P(KeychainFaultTest, NothingIsOverwrittenAndNothingIsLost)
{
    m_keychain.entries[apiKeyRef.name] = "the old one";
    m_keychain.fault = [](const std::string& call) {
        return call.starts_with("read account") ? GetParam().status : KeychainStatus::Done;
    };
    const auto read = open().read(apiKeyRef);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::Credential);
    EXPECT_EQ(read.error().code, GetParam().code);
    EXPECT_EQ(open().write(apiKeyRef, Secret("a new one")).error().code, GetParam().code);
    EXPECT_EQ(open().remove(apiKeyRef).error().code, GetParam().code);
    EXPECT_EQ(m_keychain.entries.at(apiKeyRef.name), "the old one");
    EXPECT_EQ(calls("write account"), 0);
    EXPECT_EQ(calls("remove account"), 0);
}

TEST_P(KeychainFaultTest, AFailedWriteIsSaid)
{
    m_keychain.fault = [](const std::string& call) {
        return call.starts_with("write account") ? GetParam().status : KeychainStatus::Done;
    };
    EXPECT_EQ(open().write(apiKeyRef, Secret("a new one")).error().code, GetParam().code);
    EXPECT_TRUE(m_keychain.entries.empty());
}

TEST_P(KeychainFaultTest, NotFoundWithoutAWorkingKeychainIsNotBelieved)
{
    m_keychain.fault = [](const std::string& call) {
        return call.starts_with("write headgate canary") ? GetParam().status : KeychainStatus::Done;
    };
    EXPECT_EQ(open().read(apiKeyRef).error().code, GetParam().code);
    EXPECT_EQ(open().probe().error().code, GetParam().code);
    EXPECT_EQ(open().write(apiKeyRef, Secret("value")).error().code, GetParam().code);
    EXPECT_EQ(calls("write account"), 0);
}

INSTANTIATE_TEST_SUITE_P(Statuses, KeychainFaultTest,
                         testing::Values(FaultCase{KeychainStatus::Denied, "secret.locked"},
                                         FaultCase{KeychainStatus::TimedOut, "secret.locked"},
                                         FaultCase{KeychainStatus::Unavailable,
                                                   "secret.unavailable"}));

TEST_F(KeychainSecretsTest, AKeychainThatForgetsIsNotUsed)
{
    m_keychain.fault = [](const std::string& call) {
        return call.starts_with("read headgate canary") ? KeychainStatus::NotFound
                                                        : KeychainStatus::Done;
    };
    EXPECT_EQ(open().write(apiKeyRef, Secret("value")).error().code, "secret.unavailable");
    EXPECT_EQ(calls("write account"), 0);
}

TEST_F(KeychainSecretsTest, TheCanaryIsRemovedAndSentOnce)
{
    KeychainSecrets secrets = open();
    ASSERT_TRUE(secrets.probe());
    EXPECT_TRUE(m_keychain.entries.empty());
    EXPECT_FALSE(secrets.read(apiKeyRef));
    EXPECT_FALSE(secrets.read(apiKeyRef));
    EXPECT_EQ(calls("write headgate canary"), 1);
}

TEST_F(KeychainSecretsTest, OnlyTextsAreKept)
{
    for (const std::string& value : {std::string(), std::string("a\0b", 3), std::string("\xFF"),
                                     std::string(KeychainSecrets::longestSecret + 1, 'x')}) {
        const auto written = open().write(apiKeyRef, Secret(value));
        ASSERT_FALSE(written);
        EXPECT_EQ(written.error().code, "secret.value");
    }
    EXPECT_TRUE(m_keychain.calls.empty());
}

TEST_F(KeychainSecretsTest, OtherPlacesAreADefect)
{
    const SecretRef other{SecretPlace::Environment, "PATH"};
    EXPECT_EQ(open().read(other).error().code, "secret.place");
    EXPECT_EQ(open().write(other, Secret("value")).error().code, "secret.place");
    EXPECT_EQ(open().remove(other).error().code, "secret.place");
}

TEST_F(KeychainSecretsTest, TheIndexHoldsNamesOnlyAndIsPrivate)
{
    ASSERT_TRUE(open().write({SecretPlace::Keychain, "b"}, Secret("value-of-b")));
    ASSERT_TRUE(open().write({SecretPlace::Keychain, "a"}, Secret("value-of-a")));
    ASSERT_TRUE(open().write({SecretPlace::Keychain, "a"}, Secret("another-value")));
    QFile index(QString::fromStdString(indexFile()));
    ASSERT_TRUE(index.open(QIODevice::ReadOnly));
    EXPECT_EQ(index.readAll(), "a\nb\n");
    EXPECT_EQ(index.permissions() &
                  (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
              QFile::Permissions());
}

TEST_F(KeychainSecretsTest, AnIndexThatCannotBeWrittenStopsBeforeTheKeychain)
{
    QFile file(m_temporary.path() + QStringLiteral("/config"));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly)); // a file where a folder has to be
    const auto written = open().write(apiKeyRef, Secret("value"));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "secret.index");
    EXPECT_TRUE(m_keychain.entries.empty());
}

} // namespace

} // namespace headgate::secrets
