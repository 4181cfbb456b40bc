// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/payload_encoder.h"

#include "connector/raw_json.h"
#include "data/json_text.h"

namespace headgate::connector {

namespace {

std::string joinedList(std::string_view list, std::string_view separator)
{
    std::string joined;
    RawWalk walk(list);
    RawMember item;
    for (bool first = true; walk.next(item); first = false) {
        if (!first)
            joined += separator;
        joined += plainText(item.value);
    }
    return joined;
}

/// False: the member is left out.
bool appendEncodedValue(std::string& out, std::string_view value, const PayloadEncoding& encoding)
{
    switch (rawKind(value)) {
    case 'n':
        if (encoding.nulls == NullForm::Omit)
            return false;
        out += encoding.nulls == NullForm::EmptyString ? std::string_view("\"\"") : value;
        return true;
    case '"':
        out += value;
        return true;
    case 't':
    case 'f':
        if (encoding.boolsAsText)
            data::appendJsonString(out, value);
        else
            out += value;
        return true;
    case '{':
        if (encoding.objectsAsText)
            data::appendJsonString(out, value);
        else
            out += value;
        return true;
    case '[':
        if (encoding.lists == ListForm::Joined)
            data::appendJsonString(out, joinedList(value, encoding.separator));
        else if (encoding.lists == ListForm::JsonText)
            data::appendJsonString(out, value);
        else
            out += value;
        return true;
    default:
        if (encoding.numbersAsText)
            data::appendJsonString(out, value);
        else
            out += value;
        return true;
    }
}

} // namespace

void appendEncodedMembers(std::string& out, std::string_view payload,
                          const PayloadEncoding& encoding)
{
    RawWalk walk(payload);
    RawMember member;
    bool first = true;
    while (walk.next(member)) {
        const std::size_t before = out.size();
        if (!first)
            out += ',';
        out += member.name;
        out += ':';
        if (appendEncodedValue(out, member.value, encoding))
            first = false;
        else
            out.resize(before);
    }
}

std::string plainText(std::string_view value)
{
    if (rawKind(value) == 'n')
        return {};
    if (auto text = rawString(value))
        return std::move(*text);
    return std::string(value);
}

} // namespace headgate::connector
