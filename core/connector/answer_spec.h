// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/request_spec.h"
#include "data/json.h"
#include "http/retry_after.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace headgate::connector {

/// The part of a spec that says what answers mean.

/// What a status or a destination's own code means, for a whole request or for one record.
enum class Meaning
{
    Accepted,
    Rejected,     ///< a request: Refused
    Exists,       ///< one record only
    Absent,       ///< one record only
    Retry,        ///< not applied, for a passing reason
    RateLimited,  ///< a record: Retry
    Unauthorised, ///< a record: Retry
    Fatal,        ///< a record: Rejected
    Ambiguous     ///< a record: InDoubt
};

/// True where the node at the pointer is one of the values or, without values, is there.
struct Condition
{
    std::string at;
    std::vector<data::JsonNode> in;

    bool operator==(const Condition&) const = default;
};

enum class Matching
{
    Index,             ///< one item per record, in order; or errors that name an index
    IndexInNamedArray, ///< errors that name an array and an index in it
    FieldToIndexes,    ///< field name to list of indexes
    TraceId,           ///< errors that name the trace we sent
    EchoedKey,         ///< errors that name the match value
    JobErrors,         ///< errors whose source pointer holds an index
    CsvKey,            ///< a CSV table whose rows name the match value
    CountsOnly,        ///< how many, not which
    WholeBatch,        ///< all or nothing
    None               ///< accepted for later, never confirmed
};

/// A list of errors or results in the answer. Pointers are relative to an item.
struct ErrorList
{
    std::string at;
    std::string code;    ///< constant code of everything in this list; empty: read from the item
    std::string field;   ///< constant field name
    std::string message; ///< constant words, where the destination gives none
    bool required = false;

    bool operator==(const ErrorList&) const = default;
};

struct CodeMeaning
{
    std::string code;
    Meaning means = Meaning::Rejected;

    bool operator==(const CodeMeaning&) const = default;
};

struct WarningSpec
{
    std::string at; ///< an array of texts, or one text
    std::string code;

    bool operator==(const WarningSpec&) const = default;
};

/// What answers of some statuses mean. Whatever it does not explain is in doubt, never accepted.
struct AnswerSpec
{
    std::vector<int> statuses;    ///< empty: 200 to 299
    std::optional<Meaning> means; ///< the status alone decides; the rest is not read
    std::optional<Condition>
        success; ///< of the body; not met: the request failed as errorCode says
    Matching matching = Matching::WholeBatch;
    std::vector<ErrorList> lists;
    Meaning unnamed = Meaning::Accepted; ///< what befell the records that no list names

    // Pointers within an item; empty: not there.
    std::optional<Condition> itemAccepted; ///< Index, one item per record
    std::string itemIndex;
    std::string itemIndexPrefix; ///< JobErrors: the pointer's text up to the index
    std::string itemArray;       ///< IndexInNamedArray
    std::string array;           ///< IndexInNamedArray: the name of ours
    std::string itemKey;         ///< trace, match value or CSV column; EchoedKey: empty: the item
    std::string itemCode;
    std::string itemMessage;
    std::string itemField;

    // Checked against what the lists say; a difference puts the unnamed records in doubt.
    std::string acceptedCount;
    std::string rejectedCount;

    std::vector<WarningSpec> warnings;
    std::vector<CodeMeaning> codes; ///< before those of the connector
    std::string receipt;            ///< pointer; the job settles the batch

    bool operator==(const AnswerSpec&) const = default;
};

enum class RetryForm
{
    Seconds,
    Milliseconds,
    EpochSeconds,
    IsoTime
};

/// One place where the destination says how long to wait; the longest holds.
struct RetryAfterSpec
{
    std::optional<http::WaitHeader> header; ///< its form is known; or
    std::string at;                         ///< pointer into the body, with
    RetryForm form = RetryForm::Seconds;

    bool operator==(const RetryAfterSpec&) const = default;
};

struct StatusMeaning
{
    std::vector<int> statuses;
    Meaning means = Meaning::Rejected;

    bool operator==(const StatusMeaning&) const = default;
};

/// What holds for every answer of the connector.
struct AnswerDefaults
{
    std::vector<std::string> errorCode;    ///< pointers; the first that is there
    std::vector<std::string> errorMessage; ///< pointers; the first that is there
    std::vector<CodeMeaning> codes;
    std::vector<StatusMeaning> statuses; ///< before the common table of http/retry_policy.h
    std::vector<RetryAfterSpec> retryAfter;

    bool operator==(const AnswerDefaults&) const = default;
};

/// Search before writing, one record a request.
struct LookupSpec
{
    RequestSpec request;
    std::string items; ///< pointer to the array of what was found
    std::string id;    ///< pointer within an item

    bool operator==(const LookupSpec&) const = default;
};

/// An answer that only takes the batch is settled by asking again.
struct JobSpec
{
    RequestSpec poll;
    Condition done;
    std::optional<Condition> failed; ///< the job as a whole; nothing of it was applied
    std::uint32_t pauseSeconds = 5;
    std::optional<RequestSpec> errors; ///< asked once done; without it the poll's answer is read
    AnswerSpec answer;

    bool operator==(const JobSpec&) const = default;
};

} // namespace headgate::connector
