// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/http_client.h"
#include "http/url.h"

#include <array>
#include <curl/curl.h>
#include <optional>
#include <string>

namespace headgate::http {

/// One exchange on one easy handle; both are used again for later exchanges. Knows libcurl's
/// options, callbacks and error codes; the multi handle is HttpClient's.
class CurlTransfer
{
public:
    /// `options` outlives the transfer.
    explicit CurlTransfer(const HttpOptions& options);
    ~CurlTransfer();
    CurlTransfer(const CurlTransfer&) = delete;
    CurlTransfer& operator=(const CurlTransfer&) = delete;

    /// False: libcurl refused an option; see failure().
    [[nodiscard]] bool isUsable() const { return m_setup == CURLE_OK; }
    [[nodiscard]] std::string failure() const { return curl_easy_strerror(m_setup); }
    [[nodiscard]] CURL* handle() const { return m_easy; }
    [[nodiscard]] std::uint64_t id() const { return m_answer.id; }

    /// `caBundle` is null or outlives the exchange. Afterwards the handle may be added.
    void begin(std::uint64_t id, Request request, Url url, const std::string* caBundle,
               SteadyTime now);
    /// After a whole answer: goes on to a redirect's target if the policy allows it. True: add the
    /// handle again.
    [[nodiscard]] bool followRedirect(CURLcode code, SteadyTime now);
    [[nodiscard]] bool isTooSlow(SteadyTime now);

    [[nodiscard]] Answer finish(CURLcode code, SteadyTime now);
    [[nodiscard]] Answer finishTooSlow(SteadyTime now);
    [[nodiscard]] Answer abandon(SteadyTime now);
    [[nodiscard]] Answer fail(const char* words, SteadyTime now);

    std::size_t place = 0; ///< in the client's list of exchanges in flight

private:
    template <typename T>
    void set(CURLoption option, T value);
    void setConstantOptions();
    void setUrl();
    void setMethod();
    void setHeaders();
    void resetProgress(SteadyTime now);
    void clear();
    [[nodiscard]] std::size_t bodySize() const;
    /// A small body goes out together with the request line: one packet, and none of it is asked
    /// for by onBodyWanted().
    [[nodiscard]] bool leavesAtOnce() const;
    [[nodiscard]] std::uint64_t taken() const;
    [[nodiscard]] Transport transportOf(CURLcode code) const;
    [[nodiscard]] std::string detailOf(CURLcode code, Transport transport) const;
    [[nodiscard]] bool isEndMarked() const;
    [[nodiscard]] Answer handOut(Transport transport, std::string detail, SteadyTime now);
    void readHeaderLine(std::string_view line);
    void beginAnswer(std::string_view statusLine);

    static std::size_t onBodyWanted(char* into, std::size_t size, std::size_t count, void* self);
    static std::size_t onHeader(char* line, std::size_t size, std::size_t count, void* self);
    static std::size_t onAnswerBytes(char* bytes, std::size_t size, std::size_t count, void* self);
    static int onRequestBegins(void* self, char*, char*, int, int);

    const HttpOptions& m_options;
    CURL* m_easy = nullptr;
    CURLU* m_parsedUrl = nullptr;
    std::string m_parsedText; ///< what m_parsedUrl was made of
    std::string m_userAgentLine;
    curl_slist* m_headerList = nullptr;
    CURLcode m_setup = CURLE_OK;
    std::array<char, CURL_ERROR_SIZE> m_errorText{};

    Request m_request;
    Url m_url;
    Answer m_answer;
    SteadyTime m_started;
    std::size_t m_bodyTaken = 0;
    int m_requestsBegun = 0;
    int m_hops = 0;
    bool m_headersWhole = false;
    bool m_overLimit = false;
    std::size_t m_headerBytes = 0;
    std::uint64_t m_received = 0;
    SteadyTime m_speedFrom;
    std::uint64_t m_speedBytes = 0;
};

} // namespace headgate::http
