// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/byte_buffer.h"

#include <gtest/gtest.h>

using namespace headgate::data;

TEST(ByteBuffer, holdsWhatWasAppended)
{
    ByteBuffer buffer;
    std::string expected;
    for (int i = 0; i < 1000; ++i) {
        const std::string piece(static_cast<std::size_t>(i % 7), static_cast<char>('a' + i % 26));
        buffer.append(piece);
        buffer.append('|');
        expected += piece + '|';
    }
    EXPECT_EQ(buffer.view(), expected);
    buffer.cutTo(10);
    buffer.append(std::string_view());
    buffer.append('!');
    EXPECT_EQ(buffer.view(), expected.substr(0, 10) + '!');
    buffer.clear();
    EXPECT_EQ(buffer.view(), "");
}

TEST(ByteBuffer, takesLittleAndMuchAlike)
{
    ByteBuffer buffer;
    std::string taken = "of before";
    for (const std::size_t size : {std::size_t(0), std::size_t(5), std::size_t(1) << 20}) {
        const std::string text(size, 'x');
        buffer.append('<');
        buffer.append(text);
        buffer.takeInto(taken);
        EXPECT_EQ(taken, '<' + text);
        EXPECT_EQ(buffer.size(), 0u);
    }
}
