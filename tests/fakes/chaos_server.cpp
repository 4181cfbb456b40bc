// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/chaos_server.h"

#include "http/http.h"

#include <QByteArray>
#include <array>

namespace headgate::fakes {

namespace {

std::uint32_t crc32Of(std::string_view bytes)
{
    std::uint32_t crc = 0xFFFFFFFF;
    for (const char c : bytes) {
        crc ^= static_cast<unsigned char>(c);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0);
    }
    return ~crc;
}

void appendLittleEndian(std::string& out, std::uint32_t value)
{
    for (int shift = 0; shift < 32; shift += 8)
        out += static_cast<char>(value >> shift & 0xFF);
}

} // namespace

std::string SeenRequest::path() const
{
    const std::size_t begin = head.find(' ') + 1;
    const std::size_t end = head.find(' ', begin);
    return begin == 0 || end == std::string::npos ? std::string() : head.substr(begin, end - begin);
}

std::string SeenRequest::header(std::string_view name) const
{
    std::size_t line = head.find("\r\n");
    while (line != std::string::npos) {
        const std::size_t next = head.find("\r\n", line + 2);
        const std::string_view text(head.data() + line + 2, std::min(next, head.size()) - line - 2);
        const std::size_t colon = text.find(':');
        if (colon != std::string_view::npos && http::sameHeaderName(text.substr(0, colon), name)) {
            const std::size_t value = text.find_first_not_of(' ', colon + 1);
            return std::string(text.substr(std::min(value, text.size())));
        }
        line = next == std::string::npos || next + 2 >= head.size() ? std::string::npos : next;
    }
    return {};
}

std::string httpAnswer(int status, std::string_view body, std::string_view extraHeaders)
{
    std::string answer = "HTTP/1.1 " + std::to_string(status) + " Status\r\n";
    answer += extraHeaders;
    answer += "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
    answer += body;
    return answer;
}

std::string gzipped(std::string_view bytes)
{
    constexpr int lengthPrefix = 4;
    constexpr int zlibHeader = 2;
    constexpr int zlibTrailer = 4;
    const QByteArray zlib = qCompress(reinterpret_cast<const uchar*>(bytes.data()),
                                      static_cast<qsizetype>(bytes.size()));
    constexpr std::array<char, 10> header = {'\x1f', '\x8b', 8, 0, 0, 0, 0, 0, 0, '\x03'};
    std::string out(header.data(), header.size());
    out.append(zlib.constData() + lengthPrefix + zlibHeader,
               static_cast<std::size_t>(zlib.size() - lengthPrefix - zlibHeader - zlibTrailer));
    appendLittleEndian(out, crc32Of(bytes));
    appendLittleEndian(out, static_cast<std::uint32_t>(bytes.size()));
    return out;
}

} // namespace headgate::fakes
