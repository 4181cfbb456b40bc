// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/request_check.h"

#include <gtest/gtest.h>

using namespace headgate::http;

namespace {

bool mayBeSent(const std::string& url)
{
    Request request;
    request.url = url;
    return checkRequest(request).has_value();
}

} // namespace

TEST(Url, isTakenApart)
{
    struct Row
    {
        const char* text;
        const char* scheme;
        const char* host;
        int port;
        const char* path;
        const char* whole;
    };
    const Row rows[] = {
        {"https://api.example.com/v1?x=1#y", "https", "api.example.com", 443, "/v1",
         "https://api.example.com/v1?x=1"},
        {"HTTPS://API.Example.COM", "https", "api.example.com", 443, "/",
         "https://API.Example.COM/"},
        {"http://[::1]:8080/a%2Fb", "http", "[::1]", 8080, "/a%2Fb", "http://[::1]:8080/a%2Fb"},
        {"http://2130706433/", "http", "127.0.0.1", 80, "/", "http://127.0.0.1/"},
        {"http://0x7f.1:81/", "http", "127.0.0.1", 81, "/", "http://127.0.0.1:81/"},
        {"https://h/?redirect=/../x", "https", "h", 443, "/", "https://h/?redirect=/../x"},
    };
    for (const Row& row : rows) {
        const auto url = parseUrl(row.text);
        ASSERT_TRUE(url) << row.text;
        EXPECT_EQ(url->scheme, row.scheme);
        EXPECT_EQ(url->host, row.host);
        EXPECT_EQ(url->port, row.port);
        EXPECT_EQ(url->path, row.path);
        EXPECT_EQ(url->whole, row.whole);
    }
}

TEST(Url, isRefused)
{
    for (const std::string text : {"",
                                   "/path",
                                   "example.com",
                                   "example.com:443/x",
                                   "ftp://example.com/",
                                   "https://",
                                   "https:///x",
                                   "https://u@example.com/",
                                   "https://u:p@example.com/",
                                   "https://h/a b",
                                   "https://h/\xC3\xA4",
                                   "https://h/a\tb",
                                   "https://h\\@evil/",
                                   "https://h/a\\b",
                                   "https://h:0/",
                                   "https://h:99999/",
                                   "https://h:x/",
                                   "https://h/..",
                                   "https://h/../",
                                   "https://h/a/../b",
                                   "https://h/a/./b",
                                   "https://h/.",
                                   "https://h/%2e%2E/b",
                                   "https://h/.%2e",
                                   "https://h/%2e",
                                   "https://h/a/..?x",
                                   "https://h/a/..#x",
                                   "https://[::1/"})
        EXPECT_FALSE(parseUrl(text)) << text;
    EXPECT_FALSE(parseUrl(std::string("https://h/a\0b", 13)));
}

TEST(Url, dotsInNamesAreNoDotSegments)
{
    for (const std::string text :
         {"https://h/...", "https://h/a..b/.well-known/x.", "https://h/..a", "https://h/%2ea"})
        EXPECT_TRUE(parseUrl(text)) << text;
}

TEST(Url, onlyThisMachineIsLoopback)
{
    for (const std::string text : {"http://localhost/", "http://LOCALHOST:1/", "http://127.0.0.1/",
                                   "http://127.255.255.254/", "http://[::1]/", "http://127.1/"}) {
        EXPECT_TRUE(mayBeSent(text)) << text;
        EXPECT_TRUE(parseUrl(text)->isLoopback()) << text;
    }
    for (const std::string text :
         {"http://example.com/", "http://127.0.0.1.example.com/", "http://localhost.example.com/",
          "http://10.0.0.1/", "http://0.0.0.0/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/",
          "http://128.0.0.1/", "http://localhost./"}) {
        EXPECT_FALSE(mayBeSent(text)) << text;
        const auto url = parseUrl(text);
        EXPECT_FALSE(url && url->isLoopback()) << text;
    }
    EXPECT_TRUE(mayBeSent("https://example.com/"));
}

TEST(Url, percentEncodingLeavesNothingThatMeansAnything)
{
    EXPECT_EQ(percentEncoded("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(percentEncoded("a/b?c#d&e=f+g h%\"\\"), "a%2Fb%3Fc%23d%26e%3Df%2Bg%20h%25%22%5C");
    EXPECT_EQ(percentEncoded("\xC3\xA4\r\n"), "%C3%A4%0D%0A");
    EXPECT_EQ(percentEncoded(std::string(1, '\0')), "%00");
}

TEST(CheckRequest, namesTheDefectAndNoValue)
{
    struct Row
    {
        const char* method;
        Header header;
        bool good;
    };
    const Row rows[] = {
        {"GET", {"X-A", "any \t text \xE2\x82\xAC"}, true},
        {"M-SEARCH", {"X-A", ""}, true},
        {"", {"X-A", "1"}, false},
        {"GET ", {"X-A", "1"}, false},
        {"CONNECT", {"X-A", "1"}, false},
        {"TRACE", {"X-A", "1"}, false},
        {"GET", {"", "1"}, false},
        {"GET", {"X A", "1"}, false},
        {"GET", {"X-A:", "1"}, false},
        {"GET", {"X-\xC3\xA4", "1"}, false},
        {"GET", {"X-A", "hunter2\r\n"}, false},
        {"GET", {"X-A", "hunter2\n"}, false},
        {"GET", {"X-A", "hunter2\x7f"}, false},
        {"GET", {"X-A", "hunter2\x1b[2J"}, false},
        {"GET", {"Host", "hunter2"}, false},
        {"GET", {"content-length", "hunter2"}, false},
        {"GET", {"Transfer-Encoding", "hunter2"}, false},
        {"GET", {"Expect", "hunter2"}, false},
        {"GET", {"connection", "hunter2"}, false},
        {"GET", {"Proxy-Authorization", "hunter2"}, false},
    };
    for (const Row& row : rows) {
        Request request;
        request.method = row.method;
        request.url = "https://example.com/";
        request.headers = {row.header};
        const auto url = checkRequest(request);
        EXPECT_EQ(url.has_value(), row.good) << row.method << row.header.name;
        if (!url) {
            EXPECT_NE(url.error(), "");
            EXPECT_EQ(url.error().find("hunter2"), std::string::npos);
        }
    }
}
