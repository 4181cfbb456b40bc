// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/account_values.h"

#include "base/text.h"
#include "connector/header_lines.h"
#include "connector/object_reader.h"
#include "data/json_text.h"
#include "http/request_check.h"

#include <algorithm>

namespace headgate::connector {

namespace {

QString headersMistake(std::string_view text)
{
    const auto headers = parseHeaderLines(text);
    if (!headers)
        return Text::tr("Each line has the form Name: value.");
    for (const http::Header& header : *headers)
        if (http::isTransportHeader(header.name))
            return Text::tr("Headgate writes the header %1 itself: leave its line out.")
                .arg(toQString(header.name));
    return {};
}

bool isAbsoluteUrl(std::string_view text)
{
    for (const std::string_view scheme : {"https://", "http://"}) {
        const bool fits = text.substr(0, scheme.size()) == scheme && text.size() > scheme.size();
        if (fits && std::none_of(text.begin(), text.end(), [](char c) {
                return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
            }))
            return true;
    }
    return false;
}

/// Empty: the value fits.
QString formMistake(const FormField& field, const std::string& text)
{
    switch (field.kind) {
    case FieldKind::Text:
    case FieldKind::Path:
        return data::findInvalidUtf8(text) == std::string_view::npos
                   ? QString()
                   : Text::tr("The value is not valid UTF-8.");
    case FieldKind::Url:
        return isAbsoluteUrl(text) ? QString()
                                   : Text::tr("An address that begins with https:// is expected.");
    case FieldKind::Number:
        return data::isJsonNumber(text) ? QString() : Text::tr("A number is expected.");
    case FieldKind::Boolean:
        return text == "true" || text == "false" ? QString()
                                                 : Text::tr("true or false is expected.");
    case FieldKind::Choice:
        return std::any_of(field.choices.begin(), field.choices.end(),
                           [&](const Choice& choice) { return choice.value == text; })
                   ? QString()
                   : Text::tr("The value is not one of the choices.");
    case FieldKind::Headers:
        return headersMistake(text);
    case FieldKind::Pointer:
        return isJsonPointer(text) ? QString()
                                   : Text::tr("A JSON Pointer such as /a/b is expected.");
    }
    return {};
}

void addMistake(Issues& issues, const char* code, const FormField& field, const QString& what)
{
    issues.push_back(
        {Severity::Error, code, '/' + field.key, Text::tr("%1: %2").arg(field.label, what), {}});
}

void checkForm(const std::vector<FormField>& form, const std::map<std::string, std::string>& values,
               Issues& issues)
{
    for (const FormField& field : form) {
        const auto found = values.find(field.key);
        const bool given = found != values.end() && !found->second.empty();
        if (field.secret)
            continue;
        if (!given && field.required && field.initial.empty())
            addMistake(issues, "connector.account.missing", field, Text::tr("A value is missing."));
        const QString mistake = given ? formMistake(field, found->second) : QString();
        if (!mistake.isEmpty())
            addMistake(issues, "connector.account.value", field, mistake);
    }
    for (const auto& [key, value] : values) {
        const auto field = std::find_if(form.begin(), form.end(),
                                        [&key = key](const FormField& f) { return f.key == key; });
        if (field == form.end())
            issues.push_back({Severity::Error, "connector.account.unknown", '/' + key,
                              Text::tr("The connector has no field '%1'.").arg(toQString(key)),
                              Text::tr("Check its spelling or remove it.")});
        else if (field->secret)
            addMistake(issues, "connector.account.plain_secret", *field,
                       Text::tr("A secret is given in clear. Refer to it instead."));
    }
}

} // namespace

Issues checkAccountFields(const ConnectorSpec& spec,
                          const std::map<std::string, std::string>& fields,
                          const std::set<std::string>& secretKeys)
{
    Issues issues;
    checkForm(spec.account, fields, issues);
    for (const FormField& field : spec.account)
        if (field.secret && field.required && secretKeys.count(field.key) == 0)
            addMistake(issues, "connector.secret.missing", field,
                       Text::tr("The credential is missing. Store it or name where it is."));
    for (const std::string& key : secretKeys) {
        const FormField* field = spec.findField(key);
        if (!field || !field->secret)
            issues.push_back({Severity::Error, "connector.account.unknown", '/' + key,
                              Text::tr("The connector has no secret '%1'.").arg(toQString(key)),
                              Text::tr("Check its spelling or remove it.")});
    }
    return issues;
}

Issues checkOptions(const ObjectSpec& object, const std::map<std::string, std::string>& options)
{
    Issues issues;
    checkForm(object.options, options, issues);
    return issues;
}

data::Value formValue(const FormField& field, std::string text)
{
    switch (field.kind) {
    case FieldKind::Number:
        return {data::ValueKind::Decimal, std::move(text)};
    case FieldKind::Boolean:
        return {data::ValueKind::Bool, std::move(text)};
    case FieldKind::Text:
    case FieldKind::Url:
    case FieldKind::Choice:
    case FieldKind::Headers:
    case FieldKind::Pointer:
    case FieldKind::Path:
        return {data::ValueKind::Text, std::move(text)};
    }
    return {};
}

std::string requestValuesOf(const ObjectSpec& object,
                            const std::map<std::string, std::string>& options)
{
    std::string json;
    for (const FormField& option : object.options) {
        const auto found = options.find(option.key);
        const std::string& text =
            found != options.end() && !found->second.empty() ? found->second : option.initial;
        if (text.empty())
            continue;
        json += json.empty() ? '{' : ',';
        data::appendJsonString(json, option.key);
        json += ':';
        data::appendJsonValue(json, formValue(option, text).view());
    }
    return json.empty() ? json : json + '}';
}

Result<AccountValues> AccountValues::open(const ConnectorSpec& spec,
                                          const DestinationConfig& config)
{
    std::set<std::string> secretKeys;
    for (const auto& [key, secret] : config.secrets)
        if (!secret.empty())
            secretKeys.insert(key);
    const Issues issues = checkAccountFields(spec, config.fields, secretKeys);
    if (!issues.empty()) {
        const bool credential = issues.front().code == "connector.secret.missing";
        return fail(credential ? ErrorKind::Credential : ErrorKind::Config, issues.front().code,
                    issues.front().message + QLatin1Char(' ') + issues.front().remedy);
    }
    AccountValues values;
    for (const FormField& field : spec.account) {
        const auto secret = config.secrets.find(field.key);
        const auto plain = config.fields.find(field.key);
        std::string text = field.initial;
        if (field.secret && secret != config.secrets.end())
            text = secret->second.reveal();
        else if (plain != config.fields.end() && !plain->second.empty())
            text = plain->second;
        const QString mistake = text.empty() ? QString() : formMistake(field, text);
        if (!mistake.isEmpty())
            return fail(ErrorKind::Credential, "connector.secret.value",
                        Text::tr("%1: %2").arg(field.label, mistake));
        if (!text.empty() || field.kind == FieldKind::Pointer)
            values.m_entries[field.key] = {formValue(field, std::move(text)), field.secret};
    }
    return values;
}

const AccountValues::Entry* AccountValues::find(std::string_view key) const
{
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? nullptr : &found->second;
}

std::string_view AccountValues::text(std::string_view key) const
{
    const Entry* entry = find(key);
    return entry ? std::string_view(entry->value.text) : std::string_view();
}

void AccountValues::replace(const std::string& key, const secrets::Secret& secret)
{
    m_entries[key] = {{data::ValueKind::Text, secret.reveal()}, true};
}

} // namespace headgate::connector
