// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/field_reader.h"

namespace headgate::shape {

using data::JsonNode;

FieldReader::FieldReader(const JsonNode& json, std::string place, Issues& issues)
    : m_place(std::move(place)), m_issues(issues)
{
    if (json.is_object())
        m_object = &json;
    else
        m_issues.push_back({Severity::Error,
                            "shape.field.type",
                            m_place,
                            Text::tr("An object is expected here, not %1.").arg(shown(json)),
                            {}});
}

std::string FieldReader::placeOf(std::string_view field) const
{
    return m_place + '/' + std::string(field);
}

void FieldReader::report(std::string_view field, std::string code, QString message, QString remedy)
{
    m_issues.push_back(
        {Severity::Error, std::move(code), placeOf(field), std::move(message), std::move(remedy)});
}

bool FieldReader::has(std::string_view field) const
{
    return m_object && m_object->contains(field);
}

const JsonNode* FieldReader::take(std::string_view field)
{
    m_taken.emplace(field);
    if (!has(field))
        return nullptr;
    return &*m_object->find(field);
}

const JsonNode* FieldReader::require(std::string_view field)
{
    const JsonNode* json = take(field);
    if (!json && m_object)
        report(field, "shape.field.missing",
               Text::tr("The field “%1” is missing.").arg(toQString(field)));
    return json;
}

const JsonNode* FieldReader::takeArray(std::string_view field)
{
    const JsonNode* json = take(field);
    if (!json || json->is_array())
        return json;
    report(field, "shape.field.type",
           Text::tr("An array is expected here, not %1.").arg(shown(*json)));
    return nullptr;
}

void FieldReader::text(std::string_view field, std::string& into)
{
    const JsonNode* json = take(field);
    if (!json)
        return;
    if (json->is_string())
        into = json->get<std::string>();
    else
        report(field, "shape.field.type",
               Text::tr("A text is expected here, not %1.").arg(shown(*json)));
}

void FieldReader::requireText(std::string_view field, std::string& into)
{
    if (require(field))
        text(field, into);
}

void FieldReader::flag(std::string_view field, bool& into)
{
    const JsonNode* json = take(field);
    if (!json)
        return;
    if (json->is_boolean())
        into = json->get<bool>();
    else
        report(field, "shape.field.type",
               Text::tr("true or false is expected here, not %1.").arg(shown(*json)));
}

void FieldReader::texts(std::string_view field, std::vector<std::string>& into)
{
    const JsonNode* json = takeArray(field);
    if (!json)
        return;
    for (const JsonNode& item : *json) {
        if (item.is_string())
            into.push_back(item.get<std::string>());
        else
            report(field, "shape.field.type",
                   Text::tr("Only texts are expected in this array, not %1.").arg(shown(item)));
    }
}

void FieldReader::scalar(std::string_view field, std::optional<JsonNode>& into)
{
    const JsonNode* json = take(field);
    if (!json)
        return;
    if (json->is_structured())
        report(field, "shape.field.type",
               Text::tr("A single value is expected here, not %1.").arg(shown(*json)));
    else
        into = *json;
}

std::optional<std::uint64_t> FieldReader::count(std::string_view field)
{
    const JsonNode* json = take(field);
    if (!json)
        return std::nullopt;
    if (json->is_number_unsigned() || (json->is_number_integer() && json->get<std::int64_t>() >= 0))
        return json->get<std::uint64_t>();
    report(field, "shape.field.type",
           Text::tr("A whole number from 0 on is expected here, not %1.").arg(shown(*json)));
    return std::nullopt;
}

JsonNode FieldReader::rest() const
{
    JsonNode left;
    if (m_object)
        for (const auto& [key, value] : m_object->items())
            if (!m_taken.contains(key))
                left[key] = value;
    return left;
}

QString FieldReader::shown(const JsonNode& json)
{
    if (json.is_object())
        return Text::tr("an object");
    if (json.is_array())
        return Text::tr("an array");
    constexpr qsizetype longest = 40;
    const QString text = toQString(json.dump(-1, ' ', false, JsonNode::error_handler_t::replace));
    return text.size() <= longest ? text : text.left(longest) + QStringLiteral("…");
}

} // namespace headgate::shape
