// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/inbox_answer.h"

#include <charconv>

namespace headgate::fakes {

namespace {

inbox::HttpRequest wireRequest(const http::Request& request)
{
    inbox::HttpRequest wire;
    wire.method = request.method;
    const std::size_t host = request.url.find("://") + 3;
    const std::size_t path = request.url.find('/', host);
    wire.target = path == std::string::npos ? "/" : request.url.substr(path);
    wire.headers.push_back({"Host", "127.0.0.1"});
    for (const http::Header& header : request.headers)
        wire.headers.push_back({header.name, header.value});
    if (request.body)
        wire.body = *request.body;
    return wire;
}

http::Answer parsedAnswer(const std::string& bytes)
{
    http::Answer answer;
    const std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string::npos)
        return answer;
    answer.body = bytes.substr(end + 4);
    std::size_t length = 0;
    for (std::size_t at = bytes.find("\r\n"); at < end;) {
        const std::size_t next = bytes.find("\r\n", at + 2);
        const std::string line = bytes.substr(at + 2, next - at - 2);
        const std::size_t colon = line.find(": ");
        answer.headers.push_back({line.substr(0, colon), line.substr(colon + 2)});
        if (answer.headers.back().name == "Content-Length")
            std::from_chars(line.data() + colon + 2, line.data() + line.size(), length);
        at = next;
    }
    std::from_chars(bytes.data() + 9, bytes.data() + 12, answer.status);
    if (answer.body.size() == length)
        answer.transport = http::Transport::Complete;
    return answer;
}

} // namespace

http::Answer inboxAnswer(inbox::Inbox& inbox, const http::Request& request)
{
    const inbox::Reply reply = inbox.handle(wireRequest(request));
    http::Answer answer = parsedAnswer(reply.bytes);
    if (answer.transport != http::Transport::Complete)
        answer.transport = http::Transport::Broken;
    answer.bytesTaken = request.body ? request.body->size() : 0;
    const std::size_t pauses = reply.piece > 0 ? reply.bytes.size() / reply.piece : 0;
    answer.duration = reply.delay + reply.pause * static_cast<std::int64_t>(pauses);
    return answer;
}

} // namespace headgate::fakes
