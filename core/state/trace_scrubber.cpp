// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/trace_scrubber.h"

#include "base/encoded_forms.h"

#include <algorithm>

namespace headgate::state {

namespace {

constexpr std::string_view purgedMark = "[purged]";
constexpr std::size_t shortestTrace = 4;
constexpr std::size_t unmistakable = 8;

bool continuesWord(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte == '_';
}

} // namespace

void TraceScrubber::add(std::string_view text)
{
    if (text.size() < shortestTrace)
        return;
    for (std::string& form : encodedForms(text))
        if (std::find(m_needles.begin(), m_needles.end(), form) == m_needles.end())
            m_needles.push_back(std::move(form));
    std::sort(m_needles.begin(), m_needles.end(), [](const auto& a, const auto& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
}

std::size_t TraceScrubber::find(std::string_view text, std::string_view needle, std::size_t from)
{
    for (std::size_t at = text.find(needle, from); at != std::string_view::npos;
         at = text.find(needle, at + 1)) {
        const std::size_t end = at + needle.size();
        if (needle.size() >= unmistakable)
            return at;
        const bool joinedBefore =
            at > 0 && continuesWord(text[at - 1]) && continuesWord(needle.front());
        const bool joinedAfter =
            end < text.size() && continuesWord(text[end]) && continuesWord(needle.back());
        if (!joinedBefore && !joinedAfter)
            return at;
    }
    return std::string_view::npos;
}

bool TraceScrubber::finds(std::string_view text) const
{
    return std::any_of(m_needles.begin(), m_needles.end(), [&](const std::string& needle) {
        return find(text, needle, 0) != std::string_view::npos;
    });
}

std::string TraceScrubber::scrubbed(std::string text) const
{
    for (const std::string& needle : m_needles)
        for (std::size_t at = find(text, needle, 0); at != std::string::npos;
             at = find(text, needle, at + purgedMark.size()))
            text.replace(at, needle.size(), purgedMark);
    return text;
}

} // namespace headgate::state
