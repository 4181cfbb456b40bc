// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/batch_items.h"

namespace headgate::plan {

namespace {
constexpr std::size_t packedSize = 11;
constexpr int oldMatchRemainsFlag = 1;
constexpr int removesOldMatchFlag = 2;
constexpr int alsoUnderFlag = 4;
} // namespace

std::string packItems(const std::vector<BatchItem>& items)
{
    std::string bytes;
    bytes.reserve(items.size() * packedSize);
    for (const BatchItem& item : items) {
        for (int shift = 0; shift < 64; shift += 8)
            bytes += static_cast<char>(item.offset >> shift & 0xFF);
        bytes += static_cast<char>(item.category);
        bytes += static_cast<char>(item.attempts);
        bytes += static_cast<char>((item.oldMatchRemains ? oldMatchRemainsFlag : 0) |
                                   (item.removesOldMatch ? removesOldMatchFlag : 0) |
                                   (item.alsoUnder ? alsoUnderFlag : 0));
    }
    return bytes;
}

std::vector<BatchItem> unpackItems(std::string_view bytes)
{
    std::vector<BatchItem> items;
    if (bytes.size() % packedSize != 0)
        return items;
    items.reserve(bytes.size() / packedSize);
    for (std::size_t at = 0; at < bytes.size(); at += packedSize) {
        BatchItem item;
        for (std::size_t i = 0; i < 8; ++i)
            item.offset |= std::uint64_t(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
        const auto category = static_cast<unsigned char>(bytes[at + 8]);
        if (category > static_cast<unsigned char>(Category::Held))
            return {};
        item.category = static_cast<Category>(category);
        item.attempts = static_cast<std::uint8_t>(bytes[at + 9]);
        item.oldMatchRemains = (bytes[at + 10] & oldMatchRemainsFlag) != 0;
        item.removesOldMatch = (bytes[at + 10] & removesOldMatchFlag) != 0;
        item.alsoUnder = (bytes[at + 10] & alsoUnderFlag) != 0;
        items.push_back(item);
    }
    return items;
}

} // namespace headgate::plan
