// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/shown_request.h"

#include "base/redaction.h"
#include "data/json_text.h"

#include <algorithm>

namespace headgate::http {

namespace {

std::string_view shownUrlOf(const Request& request)
{
    return request.shownUrl.empty() ? request.url : request.shownUrl;
}

std::string_view shownValueOf(const Header& header)
{
    return header.secret ? secretMask : std::string_view(header.value);
}

std::string shellQuoted(std::string_view text)
{
    std::string quoted = "'";
    for (const char c : text) {
        if (c == '\'')
            quoted += "'\\''";
        else
            quoted += c;
    }
    return quoted + '\'';
}

bool isPlainText(std::string_view bytes)
{
    return bytes.find('\0') == std::string_view::npos &&
           data::findInvalidUtf8(bytes) == std::string_view::npos;
}

std::string curlBodyOption(const Request& request)
{
    if (request.secretBody)
        return "--data-raw " + shellQuoted(secretMask);
    if (!isPlainText(*request.body))
        return "--data-binary @body.bin";
    return "--data-raw " + shellQuoted(*request.body);
}

bool hasContentType(const Request& request)
{
    return std::any_of(request.headers.begin(), request.headers.end(), [](const Header& header) {
        return sameHeaderName(header.name, "Content-Type");
    });
}

} // namespace

std::string masked(const Request& request)
{
    std::string text = request.method + ' ' + std::string(shownUrlOf(request)) + '\n';
    for (const Header& header : request.headers) {
        text += header.name + ": ";
        text += shownValueOf(header);
        text += '\n';
    }
    if (request.body) {
        text += '\n';
        text += request.secretBody ? secretMask : std::string_view(*request.body);
    }
    return Redaction::redact(std::move(text));
}

std::string masked(const Answer& answer)
{
    std::string text = "HTTP " + std::to_string(answer.status) + '\n';
    for (const Header& header : answer.headers) {
        const bool secret = header.secret || sameHeaderName(header.name, "Set-Cookie");
        text += header.name + ": ";
        text += secret ? secretMask : std::string_view(header.value);
        text += '\n';
    }
    return Redaction::redact(text + '\n' + answer.body);
}

std::string asCurlCommand(const Request& request)
{
    constexpr std::string_view next = " \\\n  ";
    std::string command = "curl --globoff --request " + shellQuoted(request.method);
    command += next;
    command += shellQuoted(shownUrlOf(request));
    for (const Header& header : request.headers) {
        const bool empty = header.value.empty() && !header.secret;
        command += next;
        command += "--header ";
        command +=
            shellQuoted(header.name + (empty ? ";" : ": ") + std::string(shownValueOf(header)));
    }
    if (request.body) {
        if (!hasContentType(request)) {
            command += next;
            command += "--header 'Content-Type:'";
        }
        command += next;
        command += curlBodyOption(request);
    }
    return Redaction::redact(std::move(command));
}

} // namespace headgate::http
