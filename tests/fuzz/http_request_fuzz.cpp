// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/hold.h"
#include "inbox/request_parser.h"
#include "inbox/target.h"

#include <cstdint>

using namespace headgate;
using inbox::RequestParser;

namespace {

constexpr inbox::ParserLimits limits{256, 2048, 20, 4096};

/// Everything that a parser makes of the bytes, told in words.
std::string reading(std::string_view bytes, std::size_t piece)
{
    RequestParser parser(limits);
    std::string told;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
        parser.feed(bytes.substr(at, piece));
        for (auto step = parser.step(); step != RequestParser::Step::NeedMore;
             step = parser.step()) {
            if (step == RequestParser::Step::Refused)
                return told + "refused " + std::to_string(parser.status());
            if (step == RequestParser::Step::ExpectsContinue)
                continue;
            const inbox::HttpRequest request = parser.take();
            fuzz::hold(!request.method.empty() && !request.target.empty(),
                       "a request has a method and a target");
            fuzz::hold(request.headers.size() <= limits.headerCount &&
                           request.body.size() <= limits.bodyBytes,
                       "a request is within the limits");
            const inbox::Target target = inbox::parseTarget(request.target);
            told += request.method + ' ' + target.path + '\n';
            for (const inbox::HttpHeader& header : request.headers) {
                fuzz::hold(header.value.find_first_of(std::string_view("\r\n\0", 3)) ==
                               std::string::npos,
                           "a header is one line");
                told += header.name + ':' + header.value + '\n';
            }
            told += request.body + (request.keepAlive ? "\n+" : "\n-");
        }
    }
    return told + (parser.idle() ? "idle" : "waiting");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const std::string whole = reading(text, text.size() + 1);
    fuzz::hold(reading(text, 1) == whole, "the pieces in which bytes come change nothing");
    fuzz::hold(reading(text, 7) == whole, "the pieces in which bytes come change nothing");
    return 0;
}
