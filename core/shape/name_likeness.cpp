// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/name_likeness.h"

#include "shape/unicode_text.h"

#include <algorithm>

namespace headgate::shape {

namespace {

bool isSmallLetter(char c)
{
    return c >= 'a' && c <= 'z';
}

bool isCapital(char c)
{
    return c >= 'A' && c <= 'Z';
}

bool isNumeral(char c)
{
    return c >= '0' && c <= '9';
}

/// Of ASCII; other bytes are letters.
bool isWordByte(char c)
{
    return isSmallLetter(c) || isCapital(c) || isNumeral(c) || static_cast<unsigned char>(c) >= 128;
}

/// Between "d" and "V" of "recentlyViewed", "L" and "P" of "URLPath", letters and numerals.
bool isBorder(std::string_view name, std::size_t i)
{
    const char before = name[i - 1];
    const char here = name[i];
    if (isNumeral(before) != isNumeral(here))
        return true;
    if (isSmallLetter(before) && isCapital(here))
        return true;
    return isCapital(before) && isCapital(here) && i + 1 < name.size() &&
           isSmallLetter(name[i + 1]);
}

bool endsWith(std::string_view text, std::string_view end)
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string singular(std::string word)
{
    if (word.size() > 4 && endsWith(word, "ies"))
        return word.replace(word.size() - 3, 3, "y");
    if (word.size() > 3 && endsWith(word, "s") && !endsWith(word, "ss") && !endsWith(word, "us"))
        word.pop_back();
    return word;
}

/// The share of letter pairs that two texts have in common.
double pairLikeness(const std::string& a, const std::string& b)
{
    if (a.size() < 2 || b.size() < 2)
        return a == b ? 1 : 0;
    std::vector<std::string> left;
    for (std::size_t i = 0; i + 1 < b.size(); ++i)
        left.push_back(b.substr(i, 2));
    std::size_t common = 0;
    for (std::size_t i = 0; i + 1 < a.size(); ++i) {
        const auto found = std::find(left.begin(), left.end(), a.substr(i, 2));
        if (found == left.end())
            continue;
        left.erase(found);
        ++common;
    }
    return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size() - 2);
}

std::string joined(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words)
        all += word;
    return all;
}

} // namespace

std::vector<std::string> wordsOf(std::string_view name)
{
    constexpr std::size_t longestName = 100;
    name = name.substr(0, longestName);
    std::vector<std::string> words;
    std::string word;
    const auto close = [&] {
        if (word.empty())
            return;
        std::string lower;
        appendLower(lower, word);
        words.push_back(singular(std::move(lower)));
        word.clear();
    };
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (!isWordByte(name[i])) {
            close();
            continue;
        }
        if (!word.empty() && isBorder(name, i))
            close();
        word += name[i];
    }
    close();
    return words;
}

double nameLikeness(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    if (a.empty() || b.empty())
        return 0;
    const std::string whole = joined(a);
    const std::string other = joined(b);
    if (whole == other)
        return 1;
    std::vector<std::string> left = b;
    std::size_t common = 0;
    for (const std::string& word : a) {
        const auto found = std::find(left.begin(), left.end(), word);
        if (found == left.end())
            continue;
        left.erase(found);
        ++common;
    }
    constexpr double otherOrder = 0.95;
    const double words =
        otherOrder * 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
    constexpr double lettersOnly = 0.8;
    return std::max(words, lettersOnly * pairLikeness(whole, other));
}

} // namespace headgate::shape
