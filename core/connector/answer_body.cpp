// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/answer_body.h"

#include "base/redaction.h"
#include "data/json_text.h"

#include <algorithm>
#include <charconv>

namespace headgate::connector {

namespace {

std::string unescapedToken(std::string_view raw)
{
    std::string token;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        const bool escaped = raw[i] == '~' && i + 1 < raw.size();
        token += escaped ? (raw[i + 1] == '1' ? '/' : '~') : raw[i];
        i += escaped ? 1 : 0;
    }
    return token;
}

} // namespace

std::optional<std::uint64_t> wholeNumber(std::string_view text)
{
    std::uint64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (text.empty() || error != std::errc() || stop != end)
        return std::nullopt;
    return number;
}

const data::JsonNode* nodeAt(const data::JsonNode& node, std::string_view pointer)
{
    const data::JsonNode* at = &node;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const std::string_view raw = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(raw.size());
        if (at->is_array()) {
            const auto index = wholeNumber(raw);
            if (!index || *index >= at->size())
                return nullptr;
            at = &(*at)[*index];
            continue;
        }
        const auto found = at->is_object() ? at->find(unescapedToken(raw)) : at->end();
        if (!at->is_object() || found == at->end())
            return nullptr;
        at = &*found;
    }
    return at;
}

std::string nodeText(const data::JsonNode& node)
{
    if (node.is_string())
        return node.get<std::string>();
    if (node.is_number() || node.is_boolean())
        return node.dump();
    return {};
}

std::string textAt(const data::JsonNode& node, std::string_view pointer)
{
    const data::JsonNode* found = pointer.empty() ? nullptr : nodeAt(node, pointer);
    return found ? nodeText(*found) : std::string();
}

std::vector<std::string> nodeTexts(const data::JsonNode& node)
{
    std::vector<std::string> texts;
    if (!node.is_array()) {
        texts.push_back(nodeText(node));
        return texts;
    }
    for (const data::JsonNode& item : node)
        texts.push_back(nodeText(item));
    return texts;
}

std::optional<std::uint64_t> nodeCount(const data::JsonNode* node)
{
    return node ? wholeNumber(nodeText(*node)) : std::nullopt;
}

bool isMet(const Condition& condition, const data::JsonNode& body)
{
    const data::JsonNode* node = nodeAt(body, condition.at);
    if (!node)
        return false;
    return condition.in.empty() ||
           std::find(condition.in.begin(), condition.in.end(), *node) != condition.in.end();
}

std::string foreignText(std::string_view said)
{
    const std::string redacted = Redaction::redact(std::string(said));
    std::string_view text = redacted;
    constexpr std::size_t longest = 500;
    std::string shown;
    std::size_t characters = 0;
    while (!text.empty() && characters < longest) {
        const std::size_t bad = data::findInvalidUtf8(text.substr(0, 4));
        const auto first = static_cast<unsigned char>(text.front());
        std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (bad == 0 && data::findInvalidUtf8(text.substr(0, length)) == 0) {
            shown += "\xEF\xBF\xBD";
            length = 1;
        } else if (first < 0x20 || first == 0x7f) {
            shown += ' ';
        } else {
            shown += text.substr(0, length);
        }
        text.remove_prefix(std::min(length, text.size()));
        ++characters;
    }
    if (!text.empty())
        shown += "\xE2\x80\xA6";
    return shown;
}

} // namespace headgate::connector
