// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/object_reader.h"

#include "connector/raw_json.h"

#include <algorithm>
#include <tuple>

namespace headgate::connector {

namespace {

std::pair<std::size_t, std::size_t> lineAndColumn(std::string_view text, std::size_t offset)
{
    const std::string_view before = text.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t lineStart = before.rfind('\n');
    return {static_cast<std::size_t>(lines) + 1,
            lineStart == std::string_view::npos ? offset + 1 : offset - lineStart};
}

/// Where the pointer's value stands, or its nearest ancestor for a member that is missing.
std::size_t nearestOffset(std::string_view text, std::string pointer)
{
    while (true) {
        if (const auto offset = rawOffset(text, pointer))
            return *offset;
        if (pointer.empty())
            return 0;
        pointer.erase(pointer.rfind('/'));
    }
}

} // namespace

void SpecProblems::add(std::string code, std::string pointer, QString message, QString remedy)
{
    m_issues.push_back({Severity::Error, std::move(code), std::move(pointer), std::move(message),
                        std::move(remedy)});
}

Issues SpecProblems::located(std::string_view text, const std::string& file) const
{
    std::vector<std::pair<std::size_t, Issue>> placed;
    for (const Issue& issue : m_issues)
        placed.emplace_back(nearestOffset(text, issue.place), issue);
    std::stable_sort(placed.begin(), placed.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    Issues issues;
    for (auto& [offset, issue] : placed) {
        const auto [line, column] = lineAndColumn(text, offset);
        issue.place = file + ':' + std::to_string(line) + ':' + std::to_string(column) + ' ' +
                      (issue.place.empty() ? "/" : issue.place);
        issues.push_back(std::move(issue));
    }
    return issues;
}

ObjectReader::ObjectReader(const data::JsonNode& node, std::string pointer, SpecProblems& problems)
    : m_node(node), m_pointer(std::move(pointer)), m_problems(problems), m_known({"note"})
{
    if (!m_node.is_object())
        wrongType(m_pointer, Text::tr("an object"));
}

ObjectReader::~ObjectReader()
{
    if (!m_node.is_object())
        return;
    for (const auto& [key, value] : m_node.items()) {
        if (m_known.count(key) == 0)
            m_problems.add("connector.spec.key", pointerTo(key),
                           Text::tr("The key '%1' is not known here.").arg(toQString(key)),
                           Text::tr("Check its spelling or remove it."));
    }
}

const data::JsonNode* ObjectReader::find(std::string_view key)
{
    m_known.emplace(key);
    if (!m_node.is_object())
        return nullptr;
    const auto found = m_node.find(key);
    return found == m_node.end() ? nullptr : &*found;
}

std::vector<std::string> ObjectReader::keys() const
{
    std::vector<std::string> all;
    if (m_node.is_object())
        for (const auto& [key, value] : m_node.items())
            all.push_back(key);
    return all;
}

std::string ObjectReader::pointerTo(std::string_view key) const
{
    return m_pointer + '/' + escaped(key);
}

std::string ObjectReader::escaped(std::string_view token)
{
    std::string out;
    for (const char c : token) {
        if (c == '~' || c == '/')
            out += c == '~' ? "~0" : "~1";
        else
            out += c;
    }
    return out;
}

void ObjectReader::problem(std::string_view key, std::string code, QString message, QString remedy)
{
    m_problems.add(std::move(code), key.empty() ? m_pointer : pointerTo(key), std::move(message),
                   std::move(remedy));
}

void ObjectReader::wrongType(const std::string& at, const QString& wanted)
{
    m_problems.add("connector.spec.type", at, Text::tr("Expected %1 here.").arg(wanted));
}

void ObjectReader::unknownWord(const std::string& at, const std::string& found,
                               const std::vector<std::string_view>& known)
{
    QStringList words;
    for (const std::string_view word : known)
        words << toQString(word);
    m_problems.add("connector.spec.word", at,
                   Text::tr("'%1' is not one of the words allowed here.").arg(toQString(found)),
                   Text::tr("Use one of: %1.").arg(words.join(QStringLiteral(", "))));
}

const data::JsonNode* ObjectReader::typed(std::string_view key, Need need,
                                          bool (data::JsonNode::*is)() const noexcept,
                                          const QString& wanted)
{
    const data::JsonNode* node = find(key);
    if (!node) {
        if (need == Need::Required && m_node.is_object())
            m_problems.add("connector.spec.missing", pointerTo(key),
                           Text::tr("The key '%1' is missing.").arg(toQString(key)));
        return nullptr;
    }
    if (!(node->*is)()) {
        wrongType(pointerTo(key), wanted);
        return nullptr;
    }
    return node;
}

const data::JsonNode* ObjectReader::array(std::string_view key)
{
    return typed(key, Need::Optional, &data::JsonNode::is_array, Text::tr("a list"));
}

const data::JsonNode* ObjectReader::map(std::string_view key)
{
    return typed(key, Need::Optional, &data::JsonNode::is_object, Text::tr("an object"));
}

std::string ObjectReader::text(std::string_view key, Need need)
{
    const data::JsonNode* node = typed(key, need, &data::JsonNode::is_string, Text::tr("a text"));
    if (!node)
        return {};
    std::string found = node->get<std::string>();
    if (found.empty() && need == Need::Required)
        problem(key, "connector.spec.missing",
                Text::tr("The key '%1' must not be empty.").arg(toQString(key)));
    return found;
}

QString ObjectReader::label(std::string_view key, Need need)
{
    return toQString(text(key, need));
}

bool ObjectReader::flag(std::string_view key, bool initial)
{
    const data::JsonNode* node =
        typed(key, Need::Optional, &data::JsonNode::is_boolean, Text::tr("true or false"));
    return node ? node->get<bool>() : initial;
}

std::uint64_t ObjectReader::whole(std::string_view key, std::uint64_t initial, std::uint64_t least,
                                  std::uint64_t most)
{
    const data::JsonNode* node =
        typed(key, Need::Optional, &data::JsonNode::is_number_unsigned, Text::tr("a whole number"));
    if (!node)
        return initial;
    const auto found = node->get<std::uint64_t>();
    if (found >= least && found <= most)
        return found;
    problem(key, "connector.spec.range",
            Text::tr("The number must be between %1 and %2.")
                .arg(qulonglong(least))
                .arg(qulonglong(most)));
    return initial;
}

double ObjectReader::number(std::string_view key, double initial)
{
    const data::JsonNode* node =
        typed(key, Need::Optional, &data::JsonNode::is_number, Text::tr("a number"));
    const double found = node ? node->get<double>() : initial;
    if (found >= 0 && found <= 1e9)
        return found;
    problem(key, "connector.spec.range", Text::tr("The number must not be negative."));
    return initial;
}

bool ObjectReader::checkPointer(const std::string& text, const std::string& at)
{
    if (isJsonPointer(text))
        return true;
    m_problems.add("connector.spec.pointer", at,
                   Text::tr("'%1' is not a JSON Pointer.").arg(toQString(text)),
                   Text::tr("Write it as /name/0/name; empty means the whole text."));
    return false;
}

std::string ObjectReader::pointer(std::string_view key, Need need)
{
    const data::JsonNode* node = typed(key, need, &data::JsonNode::is_string, Text::tr("a text"));
    std::string found = node ? node->get<std::string>() : std::string();
    return checkPointer(found, pointerTo(key)) ? found : std::string();
}

std::vector<std::string> ObjectReader::pointers(std::string_view key)
{
    std::vector<std::string> found = texts(key);
    for (std::size_t i = 0; i < found.size(); ++i)
        if (!checkPointer(found[i], pointerTo(key) + '/' + std::to_string(i)))
            found[i].clear();
    return found;
}

SlotText ObjectReader::slotTextAt(const std::string& found, const std::string& at)
{
    if (auto parsed = parseSlotText(found))
        return std::move(*parsed);
    m_problems.add("connector.spec.slot", at,
                   Text::tr("'%1' holds a brace that is no slot.").arg(toQString(found)),
                   Text::tr("Slots are {account.KEY}, {option.KEY}, {object}, {operation}, "
                            "{matchField}, {match}, {previousMatch}, {key}, {idempotencyKey}, "
                            "{trace}, {found}, {receipt}, each with :md5, :sha256 or :lower at its "
                            "end if wanted; write {{ for a brace."));
    return {};
}

SlotText ObjectReader::slotText(std::string_view key, Need need)
{
    return slotTextAt(text(key, need), pointerTo(key));
}

std::vector<std::string> ObjectReader::texts(std::string_view key)
{
    std::vector<std::string> all;
    const data::JsonNode* node = array(key);
    for (std::size_t i = 0; node && i < node->size(); ++i) {
        if ((*node)[i].is_string())
            all.push_back((*node)[i].get<std::string>());
        else
            wrongType(pointerTo(key) + '/' + std::to_string(i), Text::tr("a text"));
    }
    return all;
}

std::vector<int> ObjectReader::statuses(std::string_view key)
{
    std::vector<int> all;
    const data::JsonNode* node = array(key);
    for (std::size_t i = 0; node && i < node->size(); ++i) {
        const data::JsonNode& item = (*node)[i];
        const bool inRange = item.is_number_unsigned() && item.get<std::uint64_t>() >= 200 &&
                             item.get<std::uint64_t>() <= 599;
        if (inRange)
            all.push_back(item.get<int>());
        else
            wrongType(pointerTo(key) + '/' + std::to_string(i),
                      Text::tr("an HTTP status from 200 to 599"));
    }
    return all;
}

std::vector<NamedSlotText> ObjectReader::namedSlotTexts(std::string_view key)
{
    std::vector<NamedSlotText> all;
    members(key, [&](const std::string& name, const std::string& value, const std::string& at) {
        all.push_back({name, slotTextAt(value, at)});
    });
    return all;
}

bool isJsonPointer(std::string_view text)
{
    if (!text.empty() && text.front() != '/')
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1')))
            return false;
    return true;
}

} // namespace headgate::connector
