// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/answer_spec.h"
#include "connector/destination.h"
#include "connector/request_spec.h"

#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace headgate::connector {

/// A destination type as data: everything between a record and the bytes on the wire, and back.
/// Read by spec_loader from connectors/ID/spec.json; the vocabulary is described, key by key, in
/// resources/schema/connector.schema.json. Values of a spec are valid: nobody checks them again.

enum class Implementation
{
    Declarative, ///< this spec says it all
    Files,       ///< coded: files of CSV or JSON lines
    Postgres,    ///< coded: tables
    MySql,       ///< coded: tables, MariaDB's too
    Sqlite       ///< coded: tables
};

enum class FieldKind
{
    Text,
    Url,     ///< http or https, absolute
    Number,  ///< a JSON number
    Boolean, ///< "true" or "false"
    Choice,  ///< one of choices
    Headers, ///< header lines, "Name: value", parted by line feeds; cut at the first colon only
    Pointer, ///< JSON Pointer, may be empty
    Path     ///< of a local file or folder
};

struct Choice
{
    std::string value;
    QString label;

    bool operator==(const Choice&) const = default;
};

/// One line of the account form, or one option of an object.
struct FormField
{
    std::string key;
    QString label;
    QString help;
    FieldKind kind = FieldKind::Text;
    std::vector<Choice> choices;
    std::string initial; ///< used where the user gives none
    bool required = false;
    bool secret = false;  ///< kept in the keychain; masked wherever a request is shown
    bool identity = true; ///< another value means another account (never for secrets)

    bool operator==(const FormField&) const = default;
};

struct Region
{
    std::string value; ///< of the region field
    SlotText url;

    bool operator==(const Region&) const = default;
};

/// Where requests go. A host may hold account slots; they are refused unless they are host labels.
struct BaseUrl
{
    SlotText url;            ///< used where no region applies
    std::string regionField; ///< account field; empty: one URL for all
    std::vector<Region> regions;

    bool operator==(const BaseUrl&) const = default;
};

enum class AuthKind
{
    Header,           ///< name: prefix + secret
    Query,            ///< name=secret
    Bearer,           ///< Authorization: Bearer secret
    Basic,            ///< user from a field or a constant, secret as password
    StandardWebhooks, ///< webhook-id, webhook-timestamp, webhook-signature
    OAuth2            ///< an access token got with the refresh token or the client's credentials
};

enum class OAuth2Grant
{
    RefreshToken,
    ClientCredentials
};

/// One way in which a request proves who sends it; several may apply.
struct AuthSpec
{
    AuthKind kind = AuthKind::Bearer;
    std::string secret;    ///< account field; OAuth2: the client secret, may be empty
    bool optional = false; ///< left out where the user gave no secret
    std::string name;      ///< Header, Query
    std::string prefix;    ///< Header
    SlotText user;         ///< Basic
    OAuth2Grant grant = OAuth2Grant::RefreshToken;
    SlotText tokenUrl;        ///< absolute, or a path below the base URL
    std::string clientId;     ///< account field
    std::string refreshToken; ///< account field
    std::string scope;

    bool operator==(const AuthSpec&) const = default;
};

/// Asks whether the account works. Any understood answer but a success is an error.
struct CheckSpec
{
    RequestSpec request;
    std::optional<Condition> success;
    std::string account; ///< pointer to the vendor's account id; empty: none
    std::string title;   ///< pointer to a name for people; empty: none

    bool operator==(const CheckSpec&) const = default;
};

struct MatchField
{
    std::string name;
    QString label;
    std::vector<Normalisation> normalise; ///< in this order

    bool operator==(const MatchField&) const = default;
};

enum class ListLayout
{
    Items, ///< an array of objects; pointers are relative to each
    Map    ///< an object: the member's name is the id or name, pointers are relative to its value
};

struct TypeName
{
    std::string theirs;
    std::string ours;

    bool operator==(const TypeName&) const = default;
};

/// How objects or fields are asked for. Unmentioned pointers are empty.
struct DiscoverySpec
{
    RequestSpec request;
    std::string items;
    ListLayout layout = ListLayout::Items;
    std::string id; ///< Items: pointer to the object's id or the field's name
    std::string label;
    std::string type;
    std::vector<TypeName> types; ///< theirs to ours; an unknown type is "any"
    std::string required;
    std::string writable;
    std::string readOnly; ///< the opposite of writable, where the vendor says it that way round
    std::string matchable;
    std::string next; ///< pointer to the URL of the next page; empty: one page

    bool operator==(const DiscoverySpec&) const = default;
};

/// What an operation does with its records.
struct OperationSpec
{
    Operation operation = Operation::Upsert;
    std::vector<std::string> matchOn; ///< match fields that it works with; empty: all
    BatchSpec batch;
    bool repeatable = false;
    bool atomicRefusal = false; ///< a refused request applied nothing of it
    std::string idempotencyHeader;
    std::optional<LookupSpec> lookup;  ///< asked first; its id is the slot "found"
    std::optional<RequestSpec> create; ///< sent instead of request where the lookup found nothing
    RequestSpec request;
    std::vector<AnswerSpec> answers; ///< first whose statuses hold the answer's
    std::optional<JobSpec> job;      ///< settles what an answer took for later

    bool operator==(const OperationSpec&) const = default;
};

struct ObjectSpec
{
    std::string id;
    QString label;
    std::optional<DiscoverySpec> discovered; ///< this entry stands for all objects found by it
    std::vector<FormField> options;          ///< per sync; constants of the request's envelope
    std::vector<MatchField> matchFields;
    bool matchAny = false; ///< any field that the destination calls matchable
    std::vector<FieldInfo> fields;
    std::optional<DiscoverySpec> fieldDiscovery;
    bool freeFields = false; ///< takes fields that nobody declared
    PayloadEncoding encoding;
    bool setIfEmpty = false;
    std::vector<OperationSpec> operations; ///< one operation may stand twice, by match field

    [[nodiscard]] const OperationSpec* find(Operation operation, std::string_view matchField) const;
    [[nodiscard]] const MatchField* findMatchField(std::string_view name) const;
    bool operator==(const ObjectSpec&) const = default;
};

/// Limits of an account. A number may be left to a field of the account form.
struct RateSpec
{
    http::RateLimits limits;
    std::string perSecondField;

    bool operator==(const RateSpec&) const = default;
};

struct ConnectorSpec
{
    static constexpr int version = 1;

    std::string id;
    QString name;
    QString summary;
    std::string documentation; ///< URL of the vendor's reference
    Implementation implementation = Implementation::Declarative;
    bool draft = false; ///< not yet tried against the vendor
    std::vector<FormField> account;
    BaseUrl baseUrl;
    std::vector<AuthSpec> auth;
    std::vector<NamedSlotText> headers;    ///< of every request
    std::vector<std::string> headerFields; ///< account fields of kind Headers, added as well
    std::optional<CheckSpec> check;
    RateSpec rate;
    AnswerDefaults answers;
    std::vector<ObjectSpec> objects;

    [[nodiscard]] const FormField* findField(std::string_view key) const;
    /// The object of that id, else the entry that stands for discovered objects, else null. Coded
    /// connectors discover all their objects: their first entry stands for each.
    [[nodiscard]] const ObjectSpec* findObject(std::string_view objectId) const;
    bool operator==(const ConnectorSpec&) const = default;
};

using SharedSpec = std::shared_ptr<const ConnectorSpec>;

} // namespace headgate::connector
