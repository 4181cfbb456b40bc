// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/settled_tags.h"

#include "base/text.h"
#include "plan/settled_tags_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>
#include <string>

using namespace headgate;
using plan::SettledTags;
using plan::SettledTagsFile;
using Kind = SettledTags::Kind;

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
    for (const auto& [key, record] : known)
        tags.add(record.settled ? Kind::Settled : Kind::Other, key, record.fingerprint,
                 hashOf("match"));
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
    tags.fetch(hashOf("key"));
    EXPECT_FALSE(tags.take(hashOf("key"), hashOf("payload"), hashOf("match")));
    EXPECT_FALSE(tags.isTaken(0));
}

TEST(SettledTags, theFirstAndTheLastKeyThereCanBeHaveTheirPlaces)
{
    Hash128 last;
    last.bytes.fill(0xFF);
    for (const std::uint64_t expected : {0, 2, 1000, 1'000'000}) {
        SettledTags tags(expected);
        tags.add(Kind::Settled, Hash128(), hashOf("a"), hashOf("match"));
        tags.add(Kind::Settled, last, hashOf("b"), hashOf("match"));
        tags.fetch(Hash128());
        tags.fetch(last);
        EXPECT_EQ(tags.taken(), 0u);
        EXPECT_TRUE(tags.take(Hash128(), hashOf("a"), hashOf("match"))) << expected;
        EXPECT_TRUE(tags.take(last, hashOf("b"), hashOf("match"))) << expected;
    }
}

TEST(SettledTags, tookAllWhenNothingIsLeftToDecide)
{
    const Hash128 keys[] = {Hash128::fromBytes("a"), Hash128::fromBytes("b"),
                            Hash128::fromBytes("c")};
    const auto tagsWith = [&](Kind second, std::uint64_t most = SettledTags::mostTags) {
        SettledTags tags(3, most);
        tags.add(Kind::Settled, keys[0], hashOf("payload"), hashOf("match"));
        tags.add(second, keys[1], hashOf("payload"), hashOf("match"));
        tags.add(Kind::Settled, keys[2], hashOf("payload"), hashOf("match"));
        return tags;
    };
    const auto take = [&](SettledTags& tags, std::size_t key) {
        return tags.take(keys[key], hashOf("payload"), hashOf("match"));
    };
    SettledTags tags = tagsWith(Kind::Gone);
    EXPECT_TRUE(take(tags, 0));
    EXPECT_FALSE(tags.tookAll());
    EXPECT_TRUE(take(tags, 2));
    EXPECT_TRUE(tags.tookAll());
    EXPECT_TRUE(take(tags, 2));
    EXPECT_FALSE(tags.tookAll()) << "two rows of one key";
    for (SettledTags unsure : {tagsWith(Kind::Other), tagsWith(Kind::Gone, 2)}) {
        EXPECT_TRUE(take(unsure, 0));
        static_cast<void>(take(unsure, 2));
        EXPECT_FALSE(unsure.tookAll());
    }
}

/// What a run over unchanged records needs grows by this alone.
TEST(SettledTags, aKnownRecordTakesLittleMoreThanNineBytes)
{
    for (const std::uint64_t known : {4'000, 100'000, 131'071, 131'072, 1'000'000}) {
        for (const std::uint64_t most : {known, known / 3}) {
            SettledTags tags(known, most);
            for (std::uint64_t i = 0; i < known; ++i) {
                Hash128 key;
                const std::uint64_t place = ~std::uint64_t(0) / known * i;
                for (std::size_t byte = 0; byte < 8; ++byte)
                    key.bytes[byte] = static_cast<std::uint8_t>(place >> (56 - 8 * byte));
                tags.add(Kind::Settled, key, {}, {});
            }
            EXPECT_EQ(tags.tags().size(), most);
            EXPECT_LE(tags.memory(), most * 92 / 10 + 64) << known;
        }
    }
}

TEST(SettledTags, aFileGivesThemBackOrNothing)
{
    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("settled-1.tags")).toStdString();
    const SettledTagsFile file(path);
    const plan::RecordsVersion version{500, 17};
    EXPECT_FALSE(file.read(version));

    KnownByKey known;
    for (int i = 0; i < 500; ++i)
        known[hashOf(std::to_string(i))] = {hashOf("payload"), i % 7 != 0};
    for (int times = 0; times < 2; ++times)
        ASSERT_TRUE(file.write(version, tagsOf(known)));
    EXPECT_FALSE(file.read({500, 18}));
    EXPECT_FALSE(file.read({501, 17}));
    auto read = file.read(version);
    ASSERT_TRUE(read);
    SettledTags written = tagsOf(known);
    for (const auto& [key, record] : known)
        EXPECT_EQ(read->take(key, record.fingerprint, hashOf("match")),
                  written.take(key, record.fingerprint, hashOf("match")));
    EXPECT_EQ(read->taken(), written.taken());
    EXPECT_EQ(read->tookAll(), written.tookAll());

    QFile bytes(toQString(path));
    ASSERT_TRUE(bytes.open(QIODevice::ReadOnly));
    const QByteArray whole = bytes.readAll();
    bytes.close();
    const auto readAs = [&](const QByteArray& damaged) {
        EXPECT_TRUE(bytes.open(QIODevice::WriteOnly | QIODevice::Truncate));
        EXPECT_EQ(bytes.write(damaged), damaged.size());
        bytes.close();
        return file.read(version).has_value();
    };
    EXPECT_TRUE(readAs(whole));
    for (qsizetype at = 0; at < whole.size(); at += at < 100 ? 1 : 97) {
        QByteArray damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        EXPECT_FALSE(readAs(damaged)) << at;
        EXPECT_FALSE(readAs(whole.left(at))) << at;
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
