// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "data/value.h"
#include "http/http.h"
#include "http/rate_ledger.h"
#include "secrets/secret.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headgate::connector {

/// What a request asks the destination to do with its records.
enum class Operation
{
    Upsert,
    Update,
    Insert,
    Append,
    Replace,
    Delete,
    Archive,
    Clear,
    Rename
};

[[nodiscard]] const char* name(Operation operation);
[[nodiscard]] std::optional<Operation> operationFromName(std::string_view name);

/// One record of a batch. Views are valid while the batch is.
struct OutgoingRecord
{
    std::string_view key;          ///< key text; empty where state keeps only its hash
    data::ValueView match;         ///< normalised match value
    data::ValueView previousMatch; ///< for Rename
    std::string_view payload;      ///< JSON object; empty for Delete
    /// The object's options that all records of a request must share (rule 15): a JSON object of
    /// option key to scalar, compact, keys in the spec's order; empty: none.
    std::string_view requestValues;
};

/// A frozen batch: the same records under the same key, whenever it is sent.
struct DeliveryBatch
{
    Operation operation = Operation::Upsert;
    std::string object;                ///< id of the object in the spec
    std::string matchField;            ///< field of the destination that the match value goes to
    std::vector<std::string> fillOnly; ///< members of the payload for fields that are empty so far
    std::string idempotencyKey;        ///< UUID
    std::uint64_t number = 0;
    std::string requestValues; ///< what every record's requestValues holds
    std::vector<OutgoingRecord> records;
};

enum class Fate
{
    Accepted,    ///< a complete, understood answer says so for this record
    Unconfirmed, ///< the connector cannot say it per record; the request was accepted
    Rejected,    ///< definitely refused
    Exists,      ///< Insert of one that is there: skipped, settled
    Absent,      ///< Update of one that is not there: skipped, tried again
    Retry,       ///< definitely not applied, for a passing reason
    InDoubt      ///< the answer does not say
};

struct RecordOutcome
{
    Fate fate = Fate::InDoubt;
    std::string code;    ///< the destination's own error code where it has one
    std::string message; ///< the destination's own words; foreign text: show as plain text
    std::vector<std::string> warnings; ///< e.g. fields that the destination dropped
};

/// What one exchange meant for its batch.
enum class Verdict
{
    PerRecord,    ///< outcomes holds one per record, in order
    Refused,      ///< the whole batch, surely not applied
    RateLimited,  ///< surely not applied; wait for retryAfter
    Transient,    ///< surely not applied; try again later
    Ambiguous,    ///< may have been applied
    Unauthorised, ///< credentials refused; surely not applied
    Fatal,        ///< this destination cannot work now (TLS, redirect, endpoint gone)
    Receipt       ///< taken for later: settle(receipt) tells
};

struct BatchResult
{
    Verdict verdict = Verdict::Ambiguous;
    std::vector<RecordOutcome> outcomes; ///< for PerRecord
    bool splittable = false; ///< Refused: refusal is atomic and the status is 400, 413 or 422
    bool tooLarge = false;   ///< Refused with 413
    std::optional<Milliseconds> retryAfter;
    std::string receipt;
    std::string code;    ///< of the refusal or failure, e.g. "http.503"
    std::string message; ///< for people; the destination's words where it gave any
    int status = 0;
};

/// What an exchange wants next.
struct ExchangeStep
{
    std::optional<http::Request> request; ///< send this and call next() with its answer
    std::optional<BatchResult> result;    ///< the exchange is over
};

/// One batch on its way: usually one request and its answer; search-then-write takes two; coded
/// destinations without HTTP answer at once, blocking for a bounded time. The driver owns retries,
/// limits and time; an exchange is used once and thrown away.
class Exchange
{
public:
    virtual ~Exchange() = default;
    /// `answer` is null on the first call.
    [[nodiscard]] virtual ExchangeStep next(const http::Answer* answer) = 0;
};

/// How much one request of an operation may carry.
struct BatchLimits
{
    std::uint32_t records = 1;
    std::size_t bytes = 1 << 20;       ///< of the request's body
    std::size_t recordBytes = 1 << 20; ///< of one payload; over it the record is Invalid

    bool operator==(const BatchLimits&) const = default;
};

/// What an object can do; asked before a plan is made.
struct Capabilities
{
    std::vector<Operation> operations;
    std::vector<Operation> repeatable; ///< sending the same bytes twice does no harm
    bool perRecordResults = true;      ///< false: some operation yields Unconfirmed
    bool setIfEmpty = false;           ///< fills fields that are empty and leaves others (fillOnly)
    /// Of the operation with the largest batches; limitsOf() is exact.
    std::uint32_t batchRecords = 1;
    std::size_t batchBytes = 1 << 20;
    std::size_t recordBytes = 1 << 20;
    std::map<Operation, BatchLimits> limits; ///< of each operation that differs from the above
    http::RateLimits rate;

    [[nodiscard]] bool can(Operation operation) const;
    [[nodiscard]] bool mayRepeat(Operation operation) const;
    [[nodiscard]] BatchLimits limitsOf(Operation operation) const;
};

struct ObjectInfo
{
    std::string id;
    QString label;
    std::vector<std::string> matchFields; ///< what records can be matched on
};

struct FieldInfo
{
    std::string name;
    std::string type; ///< string, number, integer, boolean, date, datetime, object, list, any
    bool required = false;
    bool writable = true;
    bool matchable = false; ///< records can be matched on it
    QString label;
};

/// What the check learnt.
struct AccountCheck
{
    std::string account; ///< the vendor's account id; empty where the check answers none
    QString summary;     ///< for people: "Connected as ..."
};

/// What renewing a credential came to. Rotated secrets (account field key and new value) replace
/// the stored ones: the old ones may have died with the renewal.
struct CredentialRenewal
{
    bool renewed = false; ///< false: there is nothing to renew; the credential stays refused
    std::vector<std::pair<std::string, secrets::Secret>> rotated;
};

/// Answers of exchanges that are no deliveries (check, objects, fields, renewal), driven by the
/// caller's Http until done.
template <typename T>
class Inquiry
{
public:
    struct Step
    {
        std::optional<http::Request> request;
        std::optional<Result<T>> result;
    };
    virtual ~Inquiry() = default;
    [[nodiscard]] virtual Step next(const http::Answer* answer) = 0;
};

/// A destination account, opened with resolved secrets. The written contract is in
/// core/connector/CONTRACT.md; one compliance suite runs it on every spec and coded destination.
/// Belongs to one thread and outlives its exchanges and inquiries.
class Destination
{
public:
    virtual ~Destination() = default;

    /// Connector id and, until a check answered an account id, the non-secret account fields;
    /// never the credential (semantics 4).
    [[nodiscard]] virtual std::string accountIdentity() const = 0;

    [[nodiscard]] virtual std::unique_ptr<Inquiry<AccountCheck>> check() = 0;
    [[nodiscard]] virtual std::unique_ptr<Inquiry<std::vector<ObjectInfo>>> objects() = 0;
    [[nodiscard]] virtual std::unique_ptr<Inquiry<std::vector<FieldInfo>>>
    fields(const std::string& object) = 0;

    [[nodiscard]] virtual Result<Capabilities> capabilities(const std::string& object) const = 0;
    /// The form in which the destination compares match values (case-folded e-mail, ...).
    [[nodiscard]] virtual std::string normalisedMatch(const std::string& object,
                                                      const std::string& matchField,
                                                      data::ValueView match) const = 0;
    /// A body of one or more records has exactly envelopeSize + the sum of encodedSize bytes.
    [[nodiscard]] virtual std::size_t encodedSize(const DeliveryBatch& batchWithoutRecords,
                                                  const OutgoingRecord& record) const = 0;
    [[nodiscard]] virtual std::size_t
    envelopeSize(const DeliveryBatch& batchWithoutRecords) const = 0;

    /// Before the first and after the last batch of a run. `runId` is stable over resumes.
    [[nodiscard]] virtual std::unique_ptr<Exchange>
    beginRun(const std::string& runId, const std::string& object, Operation operation) = 0;
    [[nodiscard]] virtual std::unique_ptr<Exchange> submit(const DeliveryBatch& batch) = 0;
    [[nodiscard]] virtual std::unique_ptr<Exchange> settle(const std::string& receipt,
                                                           const DeliveryBatch& batch) = 0;
    [[nodiscard]] virtual std::unique_ptr<Exchange> commitRun(const std::string& runId) = 0;

    /// After an Unauthorised verdict, once. Error: Credential.
    [[nodiscard]] virtual std::unique_ptr<Inquiry<CredentialRenewal>> renewCredential() = 0;
};

} // namespace headgate::connector
