// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/settled_tags_file.h"

#include "state/private_file.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace headgate::plan {

namespace {

constexpr std::size_t pieceSize = std::size_t(1) << 20;

/// The first bytes of the file, in the machine's byte order; tags and starts follow.
struct TagsHead
{
    std::uint64_t form = 0x4847'5441'4753'0001; ///< another one in another byte order
    RecordsVersion version;
    SettledTags::Counts counts;
    std::int64_t shift = 0;
    std::uint64_t tags = 0;
    std::uint64_t starts = 0;
    std::uint64_t checksum = 0; ///< of what follows, and of the head with 0 in its place
};
static_assert(std::has_unique_object_representations_v<TagsHead>);

std::string_view bytesOfHead(const TagsHead& head)
{
    return {reinterpret_cast<const char*>(&head), sizeof head};
}

template <typename Number>
std::string_view bytesOfPart(std::span<const Number> numbers)
{
    return {reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes()};
}

std::uint64_t checksumOf(TagsHead head, std::span<const std::uint64_t> tags,
                         std::span<const std::uint32_t> starts)
{
    head.checksum = 0;
    std::uint64_t sum = 0;
    for (const std::string_view part : {bytesOfHead(head), bytesOfPart(tags), bytesOfPart(starts)})
        sum = fastHash(part, sum).prefix();
    return sum;
}

/// False if there are not so many.
template <typename Number>
bool readPart(state::PrivateFile& file, std::uint64_t offset, std::vector<Number>& into)
{
    const std::size_t size = into.size() * sizeof(Number);
    std::string piece;
    for (std::size_t done = 0; done < size; done += piece.size()) {
        const auto read = file.readAt(offset + done, std::min(pieceSize, size - done), piece);
        if (!read || piece.empty())
            return false;
        std::memcpy(reinterpret_cast<char*>(into.data()) + done, piece.data(), piece.size());
    }
    return true;
}

} // namespace

std::optional<SettledTags> SettledTagsFile::read(const RecordsVersion& version) const
{
    auto file = state::PrivateFile::openForReading(m_path);
    if (!file)
        return std::nullopt;
    TagsHead head;
    std::string bytes;
    if (!file->readAt(0, sizeof head, bytes) || bytes.size() != sizeof head)
        return std::nullopt;
    std::memcpy(&head, bytes.data(), sizeof head);
    if (head.form != TagsHead().form || head.version != version ||
        head.tags > SettledTags::mostTags || head.starts > 2 * SettledTags::mostTags)
        return std::nullopt;
    std::vector<std::uint64_t> tags(head.tags);
    std::vector<std::uint32_t> starts(head.starts);
    const std::uint64_t behindTags = sizeof head + head.tags * sizeof(std::uint64_t);
    if (!readPart(*file, sizeof head, tags) || !readPart(*file, behindTags, starts) ||
        head.checksum != checksumOf(head, tags, starts))
        return std::nullopt;
    return SettledTags::fromParts(static_cast<int>(head.shift), head.counts, std::move(tags),
                                  std::move(starts));
}

Result<void> SettledTagsFile::write(const RecordsVersion& version, const SettledTags& tags) const
{
    TagsHead head;
    head.version = version;
    head.counts = tags.counts();
    head.shift = tags.shift();
    head.tags = tags.tags().size();
    head.starts = tags.starts().size();
    head.checksum = checksumOf(head, tags.tags(), tags.starts());

    const std::string unfinished = m_path + ".new";
    HEADGATE_TRY(state::removeFile(unfinished));
    auto file = state::PrivateFile::create(unfinished);
    if (!file)
        return propagate(std::move(file));
    for (const std::string_view part :
         {bytesOfHead(head), bytesOfPart(tags.tags()), bytesOfPart(tags.starts())})
        HEADGATE_TRY(file->write(part));
    HEADGATE_TRY(file->close());
    HEADGATE_TRY(state::removeFile(m_path));
    const auto published = state::publishFile(unfinished, m_path);
    return published ? Result<void>() : Failure(published.error());
}

} // namespace headgate::plan
