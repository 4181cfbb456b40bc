// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"
#include "base/text.h"
#include "connector/spec_names.h"
#include "data/json.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::connector {

/// Findings of reading one file; places are JSON pointers until located() adds lines.
class SpecProblems
{
public:
    void add(std::string code, std::string pointer, QString message, QString remedy = {});
    [[nodiscard]] bool empty() const { return m_issues.empty(); }
    /// In the order of the file, each as "FILE:LINE:COLUMN POINTER".
    [[nodiscard]] Issues located(std::string_view text, const std::string& file) const;

private:
    Issues m_issues;
};

/// Reads one object of a spec. What is missing, of a wrong type or unknown becomes a problem and
/// reading goes on with the default, so that one pass finds every mistake. Unknown keys are
/// reported by the destructor; "note" is allowed everywhere.
class ObjectReader
{
public:
    ObjectReader(const data::JsonNode& node, std::string pointer, SpecProblems& problems);
    ~ObjectReader();
    ObjectReader(const ObjectReader&) = delete;
    ObjectReader& operator=(const ObjectReader&) = delete;

    enum class Need
    {
        Optional,
        Required
    };

    /// Null if absent; the key counts as known from then on.
    [[nodiscard]] const data::JsonNode* find(std::string_view key);
    void skip(std::string_view key) { m_known.emplace(key); }
    [[nodiscard]] bool has(std::string_view key) { return find(key) != nullptr; }
    [[nodiscard]] std::vector<std::string> keys() const;
    [[nodiscard]] std::string pointerTo(std::string_view key) const;
    void problem(std::string_view key, std::string code, QString message, QString remedy = {});

    [[nodiscard]] std::string text(std::string_view key, Need need = Need::Optional);
    [[nodiscard]] QString label(std::string_view key, Need need = Need::Optional);
    [[nodiscard]] bool flag(std::string_view key, bool initial);
    [[nodiscard]] std::uint64_t whole(std::string_view key, std::uint64_t initial,
                                      std::uint64_t least, std::uint64_t most);
    [[nodiscard]] double number(std::string_view key, double initial);
    [[nodiscard]] std::string pointer(std::string_view key, Need need = Need::Optional);
    [[nodiscard]] std::vector<std::string> pointers(std::string_view key);
    [[nodiscard]] SlotText slotText(std::string_view key, Need need = Need::Optional);
    [[nodiscard]] std::vector<std::string> texts(std::string_view key);
    [[nodiscard]] std::vector<int> statuses(std::string_view key);
    [[nodiscard]] std::vector<NamedSlotText> namedSlotTexts(std::string_view key);

    template <typename E>
    [[nodiscard]] E word(std::string_view key, E initial, Need need = Need::Optional)
    {
        const std::string found = text(key, need);
        if (found.empty())
            return initial;
        return wordAt<E>(found, pointerTo(key), initial);
    }

    template <typename E>
    [[nodiscard]] std::vector<E> words(std::string_view key)
    {
        std::vector<E> all;
        const std::vector<std::string> found = texts(key);
        for (std::size_t i = 0; i < found.size(); ++i)
            all.push_back(wordAt<E>(found[i], pointerTo(key) + '/' + std::to_string(i), E{}));
        return all;
    }

    /// Calls read(ObjectReader&) for the object at the key, if there is one.
    template <typename Read>
    bool object(std::string_view key, Read read)
    {
        const data::JsonNode* node = find(key);
        if (!node)
            return false;
        ObjectReader reader(*node, pointerTo(key), m_problems);
        read(reader);
        return true;
    }

    /// Calls read(ObjectReader&) for each object of the array at the key.
    template <typename Read>
    void each(std::string_view key, Read read)
    {
        const data::JsonNode* node = array(key);
        for (std::size_t i = 0; node && i < node->size(); ++i) {
            ObjectReader reader((*node)[i], pointerTo(key) + '/' + std::to_string(i), m_problems);
            read(reader);
        }
    }

    /// Calls read(name, text, pointer) for each member, all texts, of the object at the key.
    template <typename Read>
    void members(std::string_view key, Read read)
    {
        const data::JsonNode* node = map(key);
        if (!node)
            return;
        for (const auto& [name, value] : node->items()) {
            const std::string at = pointerTo(key) + '/' + escaped(name);
            if (value.is_string())
                read(name, value.template get_ref<const std::string&>(), at);
            else
                wrongType(at, Text::tr("a text"));
        }
    }

    template <typename E>
    [[nodiscard]] E wordAt(const std::string& found, const std::string& at, E initial)
    {
        if (const auto value = fromName<E>(found))
            return *value;
        std::vector<std::string_view> known;
        for (const EnumName<E>& entry : enumNames(E{}))
            known.push_back(entry.name);
        unknownWord(at, found, known);
        return initial;
    }

    [[nodiscard]] SlotText slotTextAt(const std::string& found, const std::string& at);
    [[nodiscard]] static std::string escaped(std::string_view token);

private:
    [[nodiscard]] const data::JsonNode* array(std::string_view key);
    [[nodiscard]] const data::JsonNode* map(std::string_view key);
    [[nodiscard]] const data::JsonNode* typed(std::string_view key, Need need,
                                              bool (data::JsonNode::*is)() const noexcept,
                                              const QString& wanted);
    void wrongType(const std::string& at, const QString& wanted);
    void unknownWord(const std::string& at, const std::string& found,
                     const std::vector<std::string_view>& known);
    [[nodiscard]] bool checkPointer(const std::string& text, const std::string& at);

    const data::JsonNode& m_node;
    std::string m_pointer;
    SpecProblems& m_problems;
    std::set<std::string, std::less<>> m_known;
};

/// RFC 6901.
[[nodiscard]] bool isJsonPointer(std::string_view text);

} // namespace headgate::connector
