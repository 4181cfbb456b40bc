// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/value.h"

#include <QString>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace headgate::shape {

/// Why a record is Invalid. A record with one invalid row or value is Invalid as a whole.
struct RecordProblem
{
    std::string code;      ///< "record.key.null", "record.row.duplicate", "value.nan", ...
    QString message;       ///< names model, row and column or node path
    std::string node;      ///< path in the shape, or empty
    std::string column;    ///< or empty
    std::uint64_t row = 0; ///< 1-based in reading order, 0: none in particular
};

/// Short hash of one leaf's JSON, so that a plan can say what changed (semantics 6).
struct LeafHash
{
    std::uint32_t node; ///< index in Shape::leafPaths()
    std::uint32_t hash;
};

/// The rows of one record key, shaped.
struct ShapedRecord
{
    std::string key;     ///< canonical bytes, see data::canonicalKey; empty if the key is invalid
    std::string keyText; ///< as people type it
    data::Value match;   ///< before the connector's normalisation
    std::string payload; ///< UTF-8 JSON; empty if invalid or filtered
    std::vector<LeafHash> leaves;
    data::Value eventTime; ///< newest over the rows walked; Null if the model names none
    data::Value cursor;    ///< newest cursor text over its rows; Null without a cursor
    std::string rows;      ///< source rows as a JSON array, for the history; empty if not asked for
    std::uint64_t rowCount = 0;
    bool filtered = false;               ///< left out by the sync's filter, by choice
    std::vector<RecordProblem> problems; ///< not empty: Invalid

    /// As new, with its memory.
    void clear();
};

enum class RecordStep
{
    More, ///< may have appended records; call again
    Done  ///< all rows of all models were read to their confirmed end
};

/// Told of each valid record as soon as it is shaped, before what only a sent record needs is made:
/// its leaves and rows.
class RecordSieve
{
public:
    virtual ~RecordSieve() = default;
    /// The record of this key comes next: what will be asked about it may be fetched meanwhile.
    virtual void expect(std::string_view key) { (void)key; }
    /// True: nothing has to be done about the record, and the stream drops it.
    [[nodiscard]] virtual bool takes(const ShapedRecord& record) = 0;
};

/// Whether the record is valid and a sieve, if there is one, takes it.
[[nodiscard]] bool isTaken(RecordSieve* sieve, const ShapedRecord& record);

/// Records of one read, each key at most once where rows had to be grouped; where every row is a
/// record, repeated keys are passed on and found by the plan. Belongs to one thread.
class RecordStream
{
public:
    virtual ~RecordStream() = default;
    /// Appends at most a block's worth of records. An error ends the stream: what came so far is
    /// not a complete read.
    [[nodiscard]] virtual Result<RecordStep> read(std::vector<ShapedRecord>& into) = 0;
    [[nodiscard]] virtual std::uint64_t rowsRead() const = 0;
    /// At most once, before the first read(). Asked on whatever thread shapes, for as long as the
    /// stream is there; null: every record is handed out.
    virtual void setSieve(std::shared_ptr<RecordSieve> sieve) = 0;
    /// Records of this stream that nobody needs any more: their memory may serve the next ones.
    virtual void recycle(std::vector<ShapedRecord>&& used) { used.clear(); }
};

} // namespace headgate::shape
