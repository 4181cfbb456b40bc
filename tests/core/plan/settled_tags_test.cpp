// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/settled_tags.h"

#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <string>

using namespace headgate;
using plan::SettledTags;

namespace {

Hash128 hashOf(const std::string& text)
{
    return fastHash(text);
}

struct Known
{
    Hash128 fingerprint;
    bool settled = true;
};

using KnownByKey = std::map<Hash128, Known>;

SettledTags tagsOf(const KnownByKey& known, std::uint64_t most = SettledTags::mostTags)
{
    SettledTags tags(known.size(), most);
    for (const auto& [key, record] : known) {
        if (record.settled)
            tags.addSettled(key, record.fingerprint, hashOf("match"));
        else
            tags.addOther(key);
    }
    return tags;
}

} // namespace

TEST(SettledTags, takesOnlyWhatIsSettledAsItIs)
{
    const Hash128 key = hashOf("key");
    SettledTags tags = tagsOf({{key, {hashOf("payload"), true}}});
    EXPECT_FALSE(tags.take(key, hashOf("other payload"), hashOf("match")));
    EXPECT_FALSE(tags.take(key, hashOf("payload"), hashOf("other match")));
    EXPECT_FALSE(tags.take(hashOf("other key"), hashOf("payload"), hashOf("match")));
    EXPECT_FALSE(tags.isTaken(0));
    EXPECT_TRUE(tags.take(key, hashOf("payload"), hashOf("match")));
    EXPECT_TRUE(tags.isTaken(0));
    EXPECT_FALSE(tags.isTakenTwice(0));
    EXPECT_TRUE(tags.take(key, hashOf("payload"), hashOf("match")));
    EXPECT_TRUE(tags.isTakenTwice(0));
    EXPECT_EQ(tags.taken(), 1u);
}

TEST(SettledTags, nothingIsKnownOfNothing)
{
    SettledTags tags(0);
    EXPECT_FALSE(tags.take(hashOf("key"), hashOf("payload"), hashOf("match")));
    EXPECT_FALSE(tags.isTaken(0));
}

TEST(SettledTags, theFirstAndTheLastKeyThereCanBeHaveTheirPlaces)
{
    Hash128 last;
    last.bytes.fill(0xFF);
    for (const std::uint64_t expected : {0, 2, 1000, 1'000'000}) {
        SettledTags tags(expected);
        tags.addSettled(Hash128(), hashOf("a"), hashOf("match"));
        tags.addSettled(last, hashOf("b"), hashOf("match"));
        EXPECT_TRUE(tags.take(Hash128(), hashOf("a"), hashOf("match"))) << expected;
        EXPECT_TRUE(tags.take(last, hashOf("b"), hashOf("match"))) << expected;
    }
}

/// Whatever is known, however many places there are and wherever the keys lie.
RC_GTEST_PROP(SettledTags, agreeWithAMap, (const std::vector<std::uint16_t>& keys))
{
    KnownByKey known;
    for (const std::uint16_t key : keys) {
        Hash128 hash = hashOf(std::to_string(key));
        if (key % 5 == 0) // crowded
            hash.bytes[0] = hash.bytes[1] = 7;
        known[hash] = {hashOf(std::to_string(key % 3)), key % 4 != 0};
    }
    const auto most = *rc::gen::inRange<std::uint64_t>(0, keys.size() + 2);
    SettledTags tags = tagsOf(known, most);
    std::uint64_t index = 0;
    std::uint64_t taken = 0;
    for (const auto& [key, record] : known) {
        const bool told = record.settled && index < most;
        RC_ASSERT(!tags.take(key, hashOf("changed"), hashOf("match")));
        RC_ASSERT(tags.take(key, record.fingerprint, hashOf("match")) == told);
        RC_ASSERT(tags.isTaken(index) == told);
        taken += told ? 1U : 0U;
        ++index;
    }
    RC_ASSERT(tags.taken() == taken);
}
