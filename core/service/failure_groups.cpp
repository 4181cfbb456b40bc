// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/failure_groups.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace headgate::service {

namespace {

constexpr std::string_view someValue = "…";
constexpr std::size_t longestPattern = 300;
/// Names of fields that messages use as words, too.
constexpr std::array commonWords{"code", "data", "date", "field", "item", "key",   "list",  "name",
                                 "text", "time", "type", "url",   "user", "value", "values"};

bool isLetterOfWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isQuote(char c)
{
    return c == '"' || c == '\'' || c == '`';
}

/// A word of a message and what stands around it.
struct MessageWord
{
    std::string_view text;
    char before = ' ';
    char after = ' ';

    [[nodiscard]] bool isMarked() const
    {
        constexpr std::string_view marks = "\"'`/[].<>";
        const bool sentenceEnd = after == '.' && !isQuote(before);
        return marks.find(before) != std::string_view::npos ||
               (!sentenceEnd && marks.find(after) != std::string_view::npos);
    }
};

std::vector<MessageWord> wordsOf(std::string_view message)
{
    std::vector<MessageWord> words;
    for (std::size_t i = 0; i < message.size();) {
        if (!isLetterOfWord(message[i])) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (end < message.size() && isLetterOfWord(message[end]))
            ++end;
        MessageWord word{message.substr(i, end - i)};
        word.before = i > 0 ? message[i - 1] : ' ';
        const bool pathGoesOn = end + 1 < message.size() && isLetterOfWord(message[end + 1]);
        word.after =
            end < message.size() && (message[end] != '.' || pathGoesOn) ? message[end] : ' ';
        words.push_back(word);
        i = end;
    }
    return words;
}

std::set<std::string, std::less<>> namesOf(const shape::Node& node)
{
    std::set<std::string, std::less<>> names;
    if (!node.name.empty())
        names.insert(node.name);
    for (const shape::Node& child : node.children)
        names.merge(namesOf(child));
    return names;
}

/// "/recently_viewed/*/price": recently_viewed, price.
std::vector<std::string> partsOf(const std::string& path)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 1; begin < path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        std::string part = path.substr(begin, end - begin);
        if (part != "*")
            parts.push_back(std::move(part));
        begin = end + 1;
    }
    return parts;
}

bool isNumber(std::string_view word)
{
    return std::all_of(word.begin(), word.end(), isDigit);
}

/// Whether the parts follow each other from this word on, numbers between them aside.
bool isPathAt(const std::vector<MessageWord>& words, std::size_t at,
              const std::vector<std::string>& parts)
{
    for (const std::string& part : parts) {
        while (at < words.size() && isNumber(words[at].text))
            ++at;
        if (at == words.size() || words[at].text != part)
            return false;
        ++at;
    }
    return !parts.empty();
}

/// Whether a single word is meant as the name of a field.
bool isMeant(const std::vector<MessageWord>& words, std::size_t at)
{
    const MessageWord& word = words[at];
    const auto saysField = [](std::string_view text) {
        return text == "field" || text == "Field" || text == "property" || text == "attribute" ||
               text == "parameter";
    };
    if (word.isMarked() || (at > 0 && saysField(words[at - 1].text)))
        return true;
    return std::find(commonWords.begin(), commonWords.end(), word.text) == commonWords.end() &&
           word.text.size() > 3;
}

/// What stands between two quotes of a kind at `at`; empty optional: there is no second one.
std::optional<std::string_view> quotedAt(std::string_view message, std::size_t at)
{
    const bool inWord = at > 0 && isLetterOfWord(message[at - 1]);
    const std::size_t end = message.find(message[at], at + 1);
    if (inWord || end == std::string_view::npos)
        return std::nullopt;
    return message.substr(at + 1, end - at - 1);
}

std::size_t endOfToken(std::string_view message, std::size_t at)
{
    constexpr std::string_view joins = "@.-+:";
    std::size_t end = at;
    while (end < message.size() && (isLetterOfWord(message[end]) ||
                                    (joins.find(message[end]) != std::string_view::npos &&
                                     end + 1 < message.size() && isLetterOfWord(message[end + 1]))))
        ++end;
    return end;
}

bool isValue(std::string_view token)
{
    return token.find('@') != std::string_view::npos ||
           std::any_of(token.begin(), token.end(), isDigit);
}

} // namespace

std::string messagePattern(std::string_view message, const shape::Shape& shape)
{
    const auto names = namesOf(shape.root);
    std::string pattern;
    for (std::size_t i = 0; i < message.size() && pattern.size() < longestPattern;) {
        if (isQuote(message[i])) {
            if (const auto quoted = quotedAt(message, i); quoted && !names.contains(*quoted)) {
                pattern += someValue;
                i += quoted->size() + 2;
                continue;
            }
        }
        if (!isLetterOfWord(message[i])) {
            pattern += message[i++];
            continue;
        }
        const std::size_t end = endOfToken(message, i);
        const std::string_view token = message.substr(i, end - i);
        pattern += names.contains(token) || !isValue(token) ? token : someValue;
        i = end;
    }
    return pattern;
}

shape::NodeId nodeNamedIn(std::string_view message, const shape::Shape& shape)
{
    const std::vector<MessageWord> words = wordsOf(message);
    shape::NodeId best = 0;
    std::size_t bestParts = 0;
    for (const auto& [id, path] : shape.paths()) {
        const std::vector<std::string> parts = partsOf(path);
        for (std::size_t at = 0; at < words.size() && parts.size() > bestParts; ++at)
            if (isPathAt(words, at, parts) && (parts.size() > 1 || isMeant(words, at))) {
                best = id;
                bestParts = parts.size();
            }
    }
    if (best != 0)
        return best;
    for (const auto& [id, path] : shape.paths()) {
        const std::vector<std::string> parts = partsOf(path);
        for (std::size_t at = 0; at < words.size() && parts.size() > 1; ++at)
            if (words[at].text == parts.back() && isMeant(words, at))
                return id;
    }
    return 0;
}

std::vector<FailureGroup> groupFailures(std::span<const FailedRecord> failures,
                                        const shape::Shape& shape)
{
    std::map<std::tuple<bool, std::string, std::string>, FailureGroup> groups;
    for (const FailedRecord& failure : failures) {
        FailureGroup& group = groups[std::tuple(failure.invalid, failure.code,
                                                messagePattern(failure.message, shape))];
        if (group.count++ == 0) {
            group.code = failure.code;
            group.message = failure.message;
            group.invalid = failure.invalid;
            group.node = nodeNamedIn(failure.message, shape);
            group.field = group.node != 0 ? shape.pathOf(group.node) : std::string();
        }
        if (group.examples.size() < FailureGroup::mostExamples)
            group.examples.push_back(failure);
        if (failure.keyHash != Hash128())
            group.records.push_back(failure.keyHash);
        if (!failure.keyText.empty())
            group.keys.push_back(failure.keyText);
    }
    std::vector<FailureGroup> sorted;
    for (auto& entry : groups)
        sorted.push_back(std::move(entry.second));
    std::stable_sort(
        sorted.begin(), sorted.end(),
        [](const FailureGroup& a, const FailureGroup& b) { return a.count > b.count; });
    return sorted;
}

} // namespace headgate::service
