// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/record_blocks.h"

#include <algorithm>

namespace headgate::state {

namespace {

/// What fits one page of the table beside number, state and first key hash.
constexpr std::size_t blockBytes = 4000;

Hash128 keyHashAt(std::string_view rows)
{
    return Hash128::fromBytes(rows.substr(0, sizeof(Hash128::bytes)));
}

} // namespace

void RecordRows::clear()
{
    bytes.clear();
    begins.clear();
}

void RecordRows::add(const RecordRow& row)
{
    begins.push_back(bytes.size());
    bytes.append(row.bytes);
}

RecordRow RecordRows::add(const KnownRecord& record)
{
    begins.push_back(bytes.size());
    return appendRow(bytes, record);
}

Result<void> RecordBlocks::seek(StateId id, const Hash128& keyHash, Block& into)
{
    into.number = 0;
    into.first = {};
    into.bound.reset();
    into.body.clear();
    into.isBegun = false;
    const Blob key{keyHash.view()};
    Statement& found =
        m_database
            .cached("SELECT number, first, body, (SELECT first FROM record_blocks n WHERE "
                    "n.state = b.state AND n.first > b.first ORDER BY n.first LIMIT 1) "
                    "FROM record_blocks b WHERE state = ? AND first <= ? "
                    "ORDER BY first DESC LIMIT 1")
            .bind(id, key);
    const auto isThere = found.step();
    if (!isThere)
        return Failure(isThere.error());
    if (*isThere) {
        into.number = found.integer(0);
        into.first = found.hash(1);
        into.body.assign(found.bytes(2));
        if (!found.isNull(3))
            into.bound = found.hash(3);
        return found.end();
    }
    auto next = m_database
                    .cached("SELECT first FROM record_blocks WHERE state = ? AND first > ? "
                            "ORDER BY first LIMIT 1")
                    .bind(id, key)
                    .first([](const Statement& row) { return row.hash(0); });
    if (!next)
        return propagate(std::move(next));
    into.bound = *next;
    return {};
}

/// Evenly filled, so that there is room where records come between others.
Result<void> RecordBlocks::write(StateId id, Block& block, RecordRows& rows, bool isLast)
{
    const std::size_t total = rows.bytes.size();
    const std::size_t count = (total + blockBytes - 1) / blockBytes;
    std::size_t begin = 0;
    std::size_t written = 0;
    for (std::size_t i = 1; i <= rows.begins.size() && total > 0; ++i) {
        const std::size_t end = i < rows.begins.size() ? rows.begins[i] : total;
        const std::size_t next = i + 1 < rows.begins.size() ? rows.begins[i + 1] : total;
        const bool isFull = next - begin > blockBytes || end * count >= (written + 1) * total;
        if (!isFull && end < total)
            continue;
        HEADGATE_TRY(writeOne(id, block, std::string_view(rows.bytes).substr(begin, end - begin)));
        begin = end;
        ++written;
    }
    rows.clear();
    if (!isLast || block.isBegun || block.number == 0)
        return {};
    return m_database.cached("DELETE FROM record_blocks WHERE number = ?").bind(block.number).run();
}

Result<void> RecordBlocks::writeOne(StateId id, Block& block, std::string_view body)
{
    const bool replaces = block.number != 0 && !block.isBegun;
    const Hash128 first = block.isBegun ? keyHashAt(body) : block.first;
    block.isBegun = true;
    if (!replaces)
        return m_database.cached("INSERT INTO record_blocks(state, first, body) VALUES(?, ?, ?)")
            .bind(id, Blob{first.view()}, Blob{body})
            .run();
    if (body == block.body)
        return {};
    return m_database.cached("UPDATE record_blocks SET body = ? WHERE number = ?")
        .bind(Blob{body}, block.number)
        .run();
}

} // namespace headgate::state
