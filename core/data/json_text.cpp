// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json_text.h"

#include <cstdint>
#include <cstring>
#if defined(__SSE2__) || defined(_M_X64)
#define HEADGATE_SIXTEEN_AT_ONCE
#include <emmintrin.h>
#endif

namespace headgate::data {

namespace {

bool needsEscape(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

/// Of eight bytes: whether any needs an escape. A borrow marks a byte too many only above one that
/// is marked by right.
bool anyNeedsEscape(std::uint64_t word)
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    const auto below = [](std::uint64_t bytes, std::uint64_t limit) {
        return (bytes - ones * limit) & ~bytes;
    };
    const std::uint64_t marks =
        below(word, 0x20) | below(word ^ (ones * '"'), 1) | below(word ^ (ones * '\\'), 1);
    return (marks & (ones * 0x80)) != 0;
}

void appendEscape(std::string& out, char c)
{
    constexpr std::string_view digits = "0123456789abcdef";
    switch (c) {
    case '"':
        out += "\\\"";
        return;
    case '\\':
        out += "\\\\";
        return;
    case '\b':
        out += "\\b";
        return;
    case '\f':
        out += "\\f";
        return;
    case '\n':
        out += "\\n";
        return;
    case '\r':
        out += "\\r";
        return;
    case '\t':
        out += "\\t";
        return;
    default:
        out += "\\u00";
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
}

/// Length of the well-formed sequence at the front, or 0. Table 3-7 of the Unicode standard.
std::size_t sequenceLength(std::string_view s)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const auto continues = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
        return i < s.size() && byte(i) >= low && byte(i) <= high;
    };
    const unsigned first = byte(0);
    if (first < 0x80)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        return continues(1) ? 2 : 0;
    if (first >= 0xE0 && first <= 0xEF) {
        const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
        const unsigned high = first == 0xED ? 0x9F : 0xBF;
        return continues(1, low, high) && continues(2) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        const unsigned low = first == 0xF0 ? 0x90 : 0x80;
        const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
        return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
    }
    return 0;
}

template <typename Word>
Word wordAt(std::string_view text, std::size_t at)
{
    Word word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    return word;
}

#ifdef HEADGATE_SIXTEEN_AT_ONCE
/// False, and nothing is copied, if any of the sixteen bytes needs an escape.
bool copySixteen(char* to, const char* from)
{
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
    const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    const __m128i quote = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'));
    const __m128i backslash = _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'));
    if (_mm_movemask_epi8(_mm_or_si128(control, _mm_or_si128(quote, backslash))) != 0)
        return false;
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), bytes);
    return true;
}

/// As copyPlain(), of a text of at least sixteen bytes.
std::size_t copyPlainLong(char* to, std::string_view from)
{
    constexpr std::size_t block = 16;
    const std::size_t last = from.size() - block;
    for (std::size_t i = 0; i < last; i += block)
        if (!copySixteen(to + i, from.data() + i))
            return i;
    if (copySixteen(to + last, from.data() + last))
        return from.size();
    return last / block * block;
}
#endif

/// Copies up to the first byte that needs an escape, or some bytes less; how many it copied. The
/// last word of a text may overlap the one before.
std::size_t copyPlain(char* to, std::string_view from)
{
#ifdef HEADGATE_SIXTEEN_AT_ONCE
    if (from.size() >= 16)
        return copyPlainLong(to, from);
#endif
    using Half = std::uint32_t;
    using Whole = std::uint64_t;
    const std::size_t size = from.size();
    std::size_t i = 0;
    for (; size - i >= sizeof(Whole); i += sizeof(Whole)) {
        const auto word = wordAt<Whole>(from, i);
        if (anyNeedsEscape(word))
            return i;
        std::memcpy(to + i, &word, sizeof word);
    }
    if (i == size)
        return i;
    if (i > 0) {
        const auto last = wordAt<Whole>(from, size - sizeof(Whole));
        if (anyNeedsEscape(last))
            return i;
        std::memcpy(to + size - sizeof last, &last, sizeof last);
        return size;
    }
    if (size >= sizeof(Half)) {
        const auto first = wordAt<Half>(from, 0);
        const auto last = wordAt<Half>(from, size - sizeof(Half));
        if (anyNeedsEscape(Whole(first) << 32 | last))
            return 0;
        std::memcpy(to, &first, sizeof first);
        std::memcpy(to + size - sizeof last, &last, sizeof last);
        return size;
    }
    for (; i < size && !needsEscape(from[i]); ++i)
        to[i] = from[i];
    return i;
}

template <typename Out>
void appendValueTo(Out& out, ValueView value)
{
    switch (value.kind) {
    case ValueKind::Null:
    case ValueKind::Invalid:
        out.append(std::string_view("null"));
        return;
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
    case ValueKind::Json:
        out.append(value.text);
        return;
    case ValueKind::Text:
    case ValueKind::Bytes:
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz:
    case ValueKind::Uuid:
        appendJsonString(out, value.text);
        return;
    }
}

} // namespace

void appendJsonString(std::string& out, std::string_view utf8)
{
    out += '"';
    std::size_t begin = 0;
    for (std::size_t i = 0; i < utf8.size();) {
        if (std::uint64_t word = 0; utf8.size() - i >= sizeof word) {
            std::memcpy(&word, utf8.data() + i, sizeof word);
            if (!anyNeedsEscape(word)) {
                i += sizeof word;
                continue;
            }
        }
        if (!needsEscape(utf8[i])) {
            ++i;
            continue;
        }
        out.append(utf8.substr(begin, i - begin));
        appendEscape(out, utf8[i]);
        begin = ++i;
    }
    out.append(utf8.substr(begin));
    out += '"';
}

void appendJsonString(ByteBuffer& out, std::string_view utf8)
{
    char* const to = out.room(utf8.size() + 2);
    *to = '"';
    const std::size_t copied = copyPlain(to + 1, utf8);
    if (copied == utf8.size()) {
        to[copied + 1] = '"';
        out.commit(copied + 2);
        return;
    }
    out.commit(copied + 1);
    std::string rest;
    appendJsonString(rest, utf8.substr(copied));
    out.append(std::string_view(rest).substr(1));
}

void appendJsonValue(std::string& out, ValueView value)
{
    appendValueTo(out, value);
}

void appendJsonValue(ByteBuffer& out, ValueView value)
{
    appendValueTo(out, value);
}

std::size_t findInvalidUtf8(std::string_view bytes)
{
    std::size_t i = 0;
    while (i < bytes.size()) {
        if (static_cast<unsigned char>(bytes[i]) < 0x80) {
            ++i;
            continue;
        }
        const std::size_t length = sequenceLength(bytes.substr(i));
        if (length == 0)
            return i;
        i += length;
    }
    return std::string_view::npos;
}

bool isJsonNumber(std::string_view text)
{
    std::size_t i = 0;
    const auto digits = [&] {
        const std::size_t begin = i;
        while (i < text.size() && text[i] >= '0' && text[i] <= '9')
            ++i;
        return i - begin;
    };
    if (i < text.size() && text[i] == '-')
        ++i;
    const std::size_t integerBegin = i;
    const std::size_t integerDigits = digits();
    if (integerDigits == 0 || (integerDigits > 1 && text[integerBegin] == '0'))
        return false;
    if (i < text.size() && text[i] == '.') {
        ++i;
        if (digits() == 0)
            return false;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        ++i;
        if (i < text.size() && (text[i] == '+' || text[i] == '-'))
            ++i;
        if (digits() == 0)
            return false;
    }
    return i == text.size();
}

} // namespace headgate::data
