// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/request_parser.h"

#include <gtest/gtest.h>
#include <random>

using namespace headgate::inbox;
using Step = RequestParser::Step;

namespace {

const std::string chunkedRequest =
    "PUT /a?b=c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
    "\r\n3\r\nabc\r\nA;ext=1\r\n0123456789\r\n0\r\nT: 1\r\n\r\n";

Step parse(std::string_view bytes, RequestParser& parser)
{
    parser.feed(bytes);
    return parser.step();
}

int refusedStatus(std::string_view bytes, ParserLimits limits = {})
{
    RequestParser parser(limits);
    return parse(bytes, parser) == Step::Refused ? parser.status() : 0;
}

std::string withHeader(std::string_view line)
{
    return "POST / HTTP/1.1\r\nHost: x\r\n" + std::string(line) + "\r\n\r\n";
}

} // namespace

TEST(RequestParser, readsLengthAndChunks)
{
    RequestParser parser;
    ASSERT_EQ(parse("POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nX-A:  b c \t\r\n\r\nbody",
                    parser),
              Step::Complete);
    HttpRequest request = parser.take();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.target, "/p");
    EXPECT_EQ(request.header("x-a"), "b c");
    EXPECT_EQ(request.body, "body");
    EXPECT_TRUE(request.keepAlive);
    EXPECT_TRUE(parser.idle());

    ASSERT_EQ(parse(chunkedRequest, parser), Step::Complete);
    request = parser.take();
    EXPECT_EQ(request.target, "/a?b=c");
    EXPECT_EQ(request.body, "abc0123456789");
}

TEST(RequestParser, everySplitGivesTheSameRequest)
{
    for (std::size_t cut = 0; cut <= chunkedRequest.size(); ++cut) {
        RequestParser parser;
        const Step first = parse(std::string_view(chunkedRequest).substr(0, cut), parser);
        EXPECT_EQ(first, cut == chunkedRequest.size() ? Step::Complete : Step::NeedMore) << cut;
        ASSERT_EQ(parse(std::string_view(chunkedRequest).substr(cut), parser), Step::Complete);
        EXPECT_EQ(parser.take().body, "abc0123456789");
    }
}

TEST(RequestParser, pipelinedRequestsComeOneByOne)
{
    RequestParser parser;
    const std::string one = "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n";
    const std::string two = "\r\nGET /2 HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n";
    ASSERT_EQ(parse(one + two, parser), Step::Complete);
    EXPECT_EQ(parser.take().target, "/1");
    EXPECT_FALSE(parser.idle());
    ASSERT_EQ(parser.step(), Step::Complete);
    const HttpRequest last = parser.take();
    EXPECT_EQ(last.target, "/2");
    EXPECT_FALSE(last.keepAlive);
}

TEST(RequestParser, asksForTheBodyOnce)
{
    RequestParser parser;
    ASSERT_EQ(parse(withHeader("Content-Length: 2\r\nExpect: 100-Continue"), parser),
              Step::ExpectsContinue);
    ASSERT_EQ(parser.step(), Step::NeedMore);
    ASSERT_EQ(parse("ok", parser), Step::Complete);
    EXPECT_EQ(refusedStatus(withHeader("Expect: miracles")), 417);
}

TEST(RequestParser, oldVersionClosesUnlessAskedNotTo)
{
    RequestParser parser;
    ASSERT_EQ(parse("GET / HTTP/1.0\r\n\r\n", parser), Step::Complete);
    EXPECT_FALSE(parser.take().keepAlive);
    ASSERT_EQ(parse("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", parser), Step::Complete);
    EXPECT_TRUE(parser.take().keepAlive);
}

TEST(RequestParser, refuses)
{
    struct Case
    {
        const char* what;
        std::string bytes;
        int status;
    };
    const ParserLimits small{64, 128, 3, 10};
    const Case cases[] = {
        {"bare LF", "GET / HTTP/1.1\nHost: x\n\n", 400},
        {"LF in a header", "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", 400},
        {"CR in a value", "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", 400},
        {"two empty lines first", "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"no target", "GET HTTP/1.1\r\n", 400},
        {"space in the target", "GET /a b HTTP/1.1\r\n", 400},
        {"absolute target", "GET http://x/ HTTP/1.1\r\n", 400},
        {"byte above ASCII in the target", "GET /\xC3\xA9 HTTP/1.1\r\n", 400},
        {"method with a colon", "G:T / HTTP/1.1\r\n", 400},
        {"no version", "GET / FTP/1.1\r\n", 400},
        {"HTTP/2", "GET / HTTP/2.0\r\n", 505},
        {"no host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two hosts", withHeader("Host: y"), 400},
        {"space before the colon", withHeader("A : b"), 400},
        {"folded header", withHeader("A: b\r\n c"), 400},
        {"no colon", withHeader("A"), 400},
        {"no name", withHeader(": b"), 400},
        {"NUL in a value", withHeader(std::string("A: b\0c", 6)), 400},
        {"length twice", withHeader("Content-Length: 1\r\nContent-Length: 1"), 400},
        {"length and chunks", withHeader("Content-Length: 1\r\nTransfer-Encoding: chunked"), 400},
        {"negative length", withHeader("Content-Length: -1"), 400},
        {"signed length", withHeader("Content-Length: +1"), 400},
        {"list of lengths", withHeader("Content-Length: 1, 1"), 400},
        {"empty length", withHeader("Content-Length:"), 400},
        {"huge length", withHeader("Content-Length: 99999999999999999999999"), 413},
        {"over the limit", withHeader("Content-Length: 11"), 413},
        {"gzip", withHeader("Transfer-Encoding: gzip, chunked"), 501},
        {"chunk size", withHeader("Transfer-Encoding: chunked") + "x\r\n", 400},
        {"empty chunk size", withHeader("Transfer-Encoding: chunked") + "\r\n", 400},
        {"signed chunk size", withHeader("Transfer-Encoding: chunked") + "-1\r\n", 400},
        {"hex prefix", withHeader("Transfer-Encoding: chunked") + "0x1\r\n", 400},
        {"huge chunk", withHeader("Transfer-Encoding: chunked") + "FFFFFFFFFFFFFFFF\r\n", 413},
        {"chunks over the limit",
         withHeader("Transfer-Encoding: chunked") + "8\r\n12345678\r\n8\r\n", 413},
        {"chunk without end", withHeader("Transfer-Encoding: chunked") + "1\r\nab\r\n", 400},
        {"long request line", "GET /" + std::string(100, 'a'), 414},
        {"long header", withHeader("A: " + std::string(100, 'a')), 431},
        {"many headers", withHeader("A: 1\r\nB: 1\r\nC: 1\r\nD: 1"), 431},
        {"long trailer",
         withHeader("Transfer-Encoding: chunked") + "0\r\nA: " + std::string(58, 'a') +
             "\r\nB: " + std::string(58, 'a') + "\r\n",
         431},
        {"old version with chunks", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
    };
    for (const Case& c : cases)
        EXPECT_EQ(refusedStatus(c.bytes, small), c.status) << c.what;
}

TEST(RequestParser, aRefusalIsFinal)
{
    RequestParser parser;
    ASSERT_EQ(parse("BAD\r\n", parser), Step::Refused);
    EXPECT_EQ(parse("GET / HTTP/1.1\r\nHost: x\r\n\r\n", parser), Step::Refused);
}

/// Whatever comes, in whatever pieces: every step ends, nothing is read twice, and what is complete
/// is one of the requests that the bytes hold.
TEST(RequestParser, randomBytesEndInARefusalOrARequest)
{
    std::string alphabet = "\r\n :;,0123456789abcdefGETPOST/HTTP1.1HostChunkedLength\xFF\t";
    alphabet += '\0';
    std::mt19937_64 random(20'261'122);
    const auto pick = [&](std::size_t below) { return random() % below; };
    std::size_t complete = 0;
    std::size_t refused = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = chunkedRequest;
        for (std::size_t change = pick(6); change > 0; --change)
            bytes[pick(bytes.size())] = alphabet[pick(alphabet.size())];
        bytes.resize(pick(8) == 0 ? pick(bytes.size()) : bytes.size());
        RequestParser parser({200, 400, 5, 40});
        std::size_t at = 0;
        Step step = Step::NeedMore;
        while (step == Step::NeedMore && at < bytes.size()) {
            const std::size_t size = std::min(1 + pick(20), bytes.size() - at);
            step = parse(std::string_view(bytes).substr(at, size), parser);
            at += size;
        }
        complete += step == Step::Complete ? 1 : 0;
        refused += step == Step::Refused ? 1 : 0;
        if (step == Step::Complete) {
            EXPECT_LE(parser.take().body.size(), 40U);
        }
    }
    EXPECT_GT(complete, 1000U);
    EXPECT_GT(refused, 1000U);
}
