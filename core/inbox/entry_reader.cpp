// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/entry_reader.h"

#include "data/json_members.h"

namespace headgate::inbox {

using connector::SlotKind;

std::string resolvedPointer(const connector::SlotText& pointer, const std::string& matchField)
{
    std::string text;
    for (const connector::Slot& slot : pointer.parts) {
        if (slot.kind != SlotKind::MatchField) {
            text += slot.text;
            continue;
        }
        for (const char c : matchField)
            text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    }
    return text;
}

EntryReader::EntryReader(const connector::EntrySpec& entry, const connector::ObjectSpec& object,
                         std::string matchField)
    : m_entry(entry)
{
    if (!matchField.empty()) {
        m_matchFields.push_back(std::move(matchField));
        return;
    }
    for (const connector::MatchField& field : object.matchFields)
        m_matchFields.push_back(field.name);
    if (m_matchFields.empty())
        m_matchFields.emplace_back();
}

ReadItem EntryReader::read(std::string_view entry) const
{
    const data::JsonObjectView view(entry);
    ReadItem item;
    item.match = find(view, SlotKind::Match, &item.matchField);
    item.previousMatch = find(view, SlotKind::PreviousMatch);
    item.trace = find(view, SlotKind::Trace);
    item.key = find(view, SlotKind::Key);
    if (!m_entry.payload)
        return item;
    item.payload = entry;
    for (const std::string& field : m_matchFields)
        if (const auto found = view.at(resolvedPointer(m_entry.payloadAt, field)))
            item.payload = *found;
    if (item.match.empty())
        item.match = memberOf(item.payload);
    return item;
}

/// The match value of a record that carries it in its payload only.
std::string EntryReader::memberOf(std::string_view payload) const
{
    if (m_matchFields == std::vector<std::string>{std::string()})
        return {};
    const data::JsonObjectView view(payload);
    for (const std::string& field : m_matchFields)
        for (const data::JsonMember& member : view.members())
            if (member.name == field && member.value != "null")
                return data::jsonText(member.value);
    return {};
}

int EntryReader::fit(std::string_view entry) const
{
    int score = 0;
    const data::JsonObjectView view(entry);
    for (const connector::EnvelopeValue& value : m_entry.values) {
        const bool optional = value.slot.kind == SlotKind::Option ||
                              value.slot.kind == SlotKind::Key ||
                              value.slot.kind == SlotKind::Found;
        std::optional<std::string_view> found;
        for (const std::string& field : m_matchFields)
            found = found ? found : view.at(resolvedPointer(value.at, field));
        if (value.constant && !(found && sameJson(*found, *value.constant)))
            return -1;
        if (!found && !value.constant && !optional)
            return -1;
        score += found ? 1 : 0;
    }
    return score;
}

bool sameJson(std::string_view text, const data::JsonNode& node)
{
    return data::JsonNode::parse(text.begin(), text.end(), nullptr, false) == node;
}

std::string EntryReader::find(const data::JsonObjectView& entry, SlotKind kind,
                              std::string* matchField) const
{
    for (const connector::EnvelopeValue& value : m_entry.values) {
        if (value.constant || value.slot.kind != kind)
            continue;
        for (const std::string& field : m_matchFields) {
            const auto found = entry.at(resolvedPointer(value.at, field));
            if (!found || *found == "null")
                continue;
            if (matchField)
                *matchField = field;
            return data::jsonText(*found);
        }
    }
    return {};
}

} // namespace headgate::inbox
