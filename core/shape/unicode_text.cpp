// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/unicode_text.h"

#include <QChar>
#include <QStringDecoder>
#include <algorithm>

namespace headgate::shape {

namespace {

bool isAscii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

struct CodePoint
{
    char32_t code;
    std::size_t length;
};

CodePoint codePointAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) {
        return static_cast<char32_t>(static_cast<unsigned char>(text[at + i]));
    };
    if (byte(0) < 0x80)
        return {byte(0), 1};
    if (byte(0) < 0xE0)
        return {(byte(0) & 0x1F) << 6 | (byte(1) & 0x3F), 2};
    if (byte(0) < 0xF0)
        return {(byte(0) & 0x0F) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F), 3};
    return {(byte(0) & 0x07) << 18 | (byte(1) & 0x3F) << 12 | (byte(2) & 0x3F) << 6 |
                (byte(3) & 0x3F),
            4};
}

std::size_t lastCodePoint(std::string_view text)
{
    std::size_t at = text.size() - 1;
    while ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80)
        --at;
    return at;
}

char asciiLower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

char asciiUpper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

void appendUtf8(std::string& out, const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    out.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

} // namespace

std::string_view trimmed(std::string_view text)
{
    while (!text.empty()) {
        const CodePoint first = codePointAt(text, 0);
        if (!QChar::isSpace(first.code))
            break;
        text.remove_prefix(first.length);
    }
    while (!text.empty()) {
        const std::size_t at = lastCodePoint(text);
        if (!QChar::isSpace(codePointAt(text, at).code))
            break;
        text = text.substr(0, at);
    }
    return text;
}

void appendLower(std::string& out, std::string_view text)
{
    if (isAscii(text))
        std::transform(text.begin(), text.end(), std::back_inserter(out), asciiLower);
    else
        appendUtf8(out, toUtf16(text).toLower());
}

void appendUpper(std::string& out, std::string_view text)
{
    if (isAscii(text))
        std::transform(text.begin(), text.end(), std::back_inserter(out), asciiUpper);
    else
        appendUtf8(out, toUtf16(text).toUpper());
}

void appendWithoutSpace(std::string& out, std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint point = codePointAt(text, at);
        if (!QChar::isSpace(point.code))
            out.append(text.substr(at, point.length));
        at += point.length;
    }
}

QString toUtf16(std::string_view text)
{
    QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::ConvertInitialBom);
    return decoder.decode(QByteArrayView(text.data(), static_cast<qsizetype>(text.size())));
}

} // namespace headgate::shape
