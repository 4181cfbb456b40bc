// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/secret_ref.h"

#include "fakes/print_to.h"

#include <gtest/gtest.h>

namespace headgate::secrets {

namespace {

struct RefCase
{
    std::string text;
    SecretPlace place;
    std::string name;
};

class SecretRefTest : public testing::TestWithParam<RefCase>
{};

TEST_P(SecretRefTest, IsReadAndWrittenBack)
{
    const auto ref = SecretRef::parse(GetParam().text);
    ASSERT_TRUE(ref);
    EXPECT_EQ(ref->place, GetParam().place);
    EXPECT_EQ(ref->name, GetParam().name);
    EXPECT_EQ(ref->text(), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, SecretRefTest,
    testing::Values(RefCase{"keychain:abcd/api_key", SecretPlace::Keychain, "abcd/api_key"},
                    RefCase{"env:HEADGATE_SECRET_1", SecretPlace::Environment, "HEADGATE_SECRET_1"},
                    RefCase{"session:a.b-c", SecretPlace::Session, "a.b-c"},
                    RefCase{"keychain:" + std::string(200, 'x'), SecretPlace::Keychain,
                            std::string(200, 'x')}));

class NoSecretRefTest : public testing::TestWithParam<std::string>
{};

TEST_P(NoSecretRefTest, IsRefusedWithoutBeingRepeated)
{
    const auto ref = SecretRef::parse(GetParam());
    ASSERT_FALSE(ref);
    EXPECT_EQ(ref.error().kind, ErrorKind::Config);
    EXPECT_EQ(ref.error().code, "secret.reference");
    const bool isLongEnough = GetParam().size() > 12;
    EXPECT_FALSE(isLongEnough && ref.error().message.contains(QString::fromStdString(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(Texts, NoSecretRefTest,
                         testing::Values("", "keychain:", "env:", "sk-live-0123456789abcdef",
                                         "keychain:a b", "keychain:a\nb", "Keychain:a", " env:A",
                                         "env:A ", "env:\xC3\xA4", "file:/etc/passwd",
                                         "keychain:" + std::string(201, 'x'),
                                         std::string("env:A\0B", 7)));

} // namespace

} // namespace headgate::secrets
