// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/random.h"

#include <array>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <thread>
#include <vector>

using namespace headgate;

TEST(SystemRandom, noWordComesTwiceOnAnyThread)
{
    constexpr std::size_t words = 5000;
    SystemRandom random;
    std::array<std::vector<std::uint64_t>, 3> drawn;
    std::vector<std::thread> threads;
    for (std::vector<std::uint64_t>& mine : drawn)
        threads.emplace_back([&] {
            SystemRandom own;
            for (std::size_t i = 0; i < words; ++i)
                mine.push_back(i % 2 == 0 ? random.next() : own.next());
        });
    for (std::thread& thread : threads)
        thread.join();
    std::set<std::uint64_t> all;
    std::array<std::size_t, 64> ones{};
    for (const std::vector<std::uint64_t>& mine : drawn)
        for (const std::uint64_t word : mine) {
            EXPECT_TRUE(all.insert(word).second) << word;
            for (std::size_t bit = 0; bit < ones.size(); ++bit)
                ones[bit] += word >> bit & 1U;
        }
    // A bit that is not drawn is always the same; 15 standard deviations from one half.
    for (const std::size_t count : ones)
        EXPECT_NEAR(static_cast<double>(count), 1.5 * words, 0.06 * 3 * words);
}

TEST(SystemRandom, makesUuidsOfVersionFour)
{
    SystemRandom random;
    const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    std::set<std::string> all;
    for (int i = 0; i < 500; ++i) {
        const std::string uuid = makeUuid(random);
        EXPECT_TRUE(std::regex_match(uuid, form)) << uuid;
        EXPECT_TRUE(all.insert(uuid).second) << uuid;
    }
}
