// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/spec_names.h"

namespace headgate::connector {

std::span<const EnumName<Implementation>> enumNames(Implementation)
{
    static constexpr EnumName<Implementation> names[] = {
        {"declarative", Implementation::Declarative}, {"files", Implementation::Files},
        {"postgresql", Implementation::Postgres},     {"mysql", Implementation::MySql},
        {"sqlite", Implementation::Sqlite},
    };
    return names;
}

std::span<const EnumName<FieldKind>> enumNames(FieldKind)
{
    static constexpr EnumName<FieldKind> names[] = {
        {"text", FieldKind::Text},       {"url", FieldKind::Url},
        {"number", FieldKind::Number},   {"boolean", FieldKind::Boolean},
        {"choice", FieldKind::Choice},   {"headers", FieldKind::Headers},
        {"pointer", FieldKind::Pointer}, {"path", FieldKind::Path},
    };
    return names;
}

std::span<const EnumName<AuthKind>> enumNames(AuthKind)
{
    static constexpr EnumName<AuthKind> names[] = {
        {"header", AuthKind::Header},
        {"query", AuthKind::Query},
        {"bearer", AuthKind::Bearer},
        {"basic", AuthKind::Basic},
        {"standardWebhooks", AuthKind::StandardWebhooks},
        {"oauth2", AuthKind::OAuth2},
    };
    return names;
}

std::span<const EnumName<OAuth2Grant>> enumNames(OAuth2Grant)
{
    static constexpr EnumName<OAuth2Grant> names[] = {
        {"refreshToken", OAuth2Grant::RefreshToken},
        {"clientCredentials", OAuth2Grant::ClientCredentials},
    };
    return names;
}

std::span<const EnumName<ListLayout>> enumNames(ListLayout)
{
    static constexpr EnumName<ListLayout> names[] = {
        {"items", ListLayout::Items},
        {"map", ListLayout::Map},
    };
    return names;
}

std::span<const EnumName<Operation>> enumNames(Operation)
{
    static constexpr EnumName<Operation> names[] = {
        {"upsert", Operation::Upsert},   {"update", Operation::Update},
        {"insert", Operation::Insert},   {"append", Operation::Append},
        {"replace", Operation::Replace}, {"delete", Operation::Delete},
        {"archive", Operation::Archive}, {"clear", Operation::Clear},
        {"rename", Operation::Rename},
    };
    return names;
}

std::span<const EnumName<ValueForm>> enumNames(ValueForm)
{
    static constexpr EnumName<ValueForm> names[] = {
        {"auto", ValueForm::Auto}, {"string", ValueForm::String}, {"number", ValueForm::Number},
        {"list", ValueForm::List}, {"json", ValueForm::Json},
    };
    return names;
}

std::span<const EnumName<BodyKind>> enumNames(BodyKind)
{
    static constexpr EnumName<BodyKind> names[] = {
        {"none", BodyKind::None},     {"json", BodyKind::Json}, {"form", BodyKind::Form},
        {"ndjson", BodyKind::Ndjson}, {"csv", BodyKind::Csv},
    };
    return names;
}

std::span<const EnumName<Normalisation>> enumNames(Normalisation)
{
    static constexpr EnumName<Normalisation> names[] = {
        {"trim", Normalisation::Trim},           {"removeSpaces", Normalisation::RemoveSpaces},
        {"lowercase", Normalisation::Lowercase}, {"uppercase", Normalisation::Uppercase},
        {"digits", Normalisation::Digits},
    };
    return names;
}

std::span<const EnumName<NullForm>> enumNames(NullForm)
{
    static constexpr EnumName<NullForm> names[] = {
        {"keep", NullForm::Keep},
        {"omit", NullForm::Omit},
        {"emptyString", NullForm::EmptyString},
    };
    return names;
}

std::span<const EnumName<ListForm>> enumNames(ListForm)
{
    static constexpr EnumName<ListForm> names[] = {
        {"keep", ListForm::Keep},
        {"joined", ListForm::Joined},
        {"jsonText", ListForm::JsonText},
    };
    return names;
}

std::span<const EnumName<Meaning>> enumNames(Meaning)
{
    static constexpr EnumName<Meaning> names[] = {
        {"accepted", Meaning::Accepted},
        {"rejected", Meaning::Rejected},
        {"exists", Meaning::Exists},
        {"absent", Meaning::Absent},
        {"retry", Meaning::Retry},
        {"rateLimited", Meaning::RateLimited},
        {"unauthorised", Meaning::Unauthorised},
        {"fatal", Meaning::Fatal},
        {"ambiguous", Meaning::Ambiguous},
    };
    return names;
}

std::span<const EnumName<Matching>> enumNames(Matching)
{
    static constexpr EnumName<Matching> names[] = {
        {"index", Matching::Index},
        {"indexInNamedArray", Matching::IndexInNamedArray},
        {"fieldToIndexes", Matching::FieldToIndexes},
        {"traceId", Matching::TraceId},
        {"echoedKey", Matching::EchoedKey},
        {"jobErrors", Matching::JobErrors},
        {"csvKey", Matching::CsvKey},
        {"countsOnly", Matching::CountsOnly},
        {"wholeBatch", Matching::WholeBatch},
        {"none", Matching::None},
    };
    return names;
}

std::span<const EnumName<RetryForm>> enumNames(RetryForm)
{
    static constexpr EnumName<RetryForm> names[] = {
        {"seconds", RetryForm::Seconds},
        {"milliseconds", RetryForm::Milliseconds},
        {"epochSeconds", RetryForm::EpochSeconds},
        {"isoTime", RetryForm::IsoTime},
    };
    return names;
}

} // namespace headgate::connector
