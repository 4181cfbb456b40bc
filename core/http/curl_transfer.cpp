// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/curl_transfer.h"

#include "base/redaction.h"
#include "http/curl_errors.h"

#include <algorithm>

namespace headgate::http {

namespace {

constexpr int mostRedirects = 5;
constexpr std::size_t smallBody = 16 << 10;
constexpr std::size_t largeBody = 64 << 10;
constexpr long largeUploadBuffer = 512 << 10;

bool isRedirect(int status)
{
    switch (status) {
    case 301:
    case 302:
    case 303:
    case 307:
    case 308:
        return true;
    default:
        return false;
    }
}

bool isRead(const std::string& method)
{
    return method == "GET" || method == "HEAD";
}

/// These promise a body by themselves: without one they still say Content-Length: 0.
bool alwaysHasBody(const std::string& method)
{
    return method == "POST" || method == "PUT" || method == "PATCH";
}

} // namespace

CurlTransfer::CurlTransfer(const HttpOptions& options)
    : m_options(options), m_easy(curl_easy_init()), m_parsedUrl(curl_url()),
      m_userAgentLine("User-Agent: " + options.userAgent)
{
    if (m_easy == nullptr || m_parsedUrl == nullptr)
        m_setup = CURLE_FAILED_INIT;
    else
        setConstantOptions();
}

CurlTransfer::~CurlTransfer()
{
    curl_easy_cleanup(m_easy);
    curl_slist_free_all(m_headerList);
    curl_url_cleanup(m_parsedUrl);
}

template <typename T>
void CurlTransfer::set(CURLoption option, T value)
{
    if (m_setup == CURLE_OK)
        m_setup = curl_easy_setopt(m_easy, option, value);
}

void CurlTransfer::setConstantOptions()
{
    set(CURLOPT_PRIVATE, this);
    set(CURLOPT_ERRORBUFFER, m_errorText.data());
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_PATH_AS_IS, 1L);
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_HTTP_VERSION,
        static_cast<long>(m_options.http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_ACCEPT_ENCODING, "gzip");
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    // Connections are kept; whoever makes a new one asks where the name is now.
    set(CURLOPT_DNS_CACHE_TIMEOUT, 0L);
    set(CURLOPT_MAXAGE_CONN,
        static_cast<long>(std::max<std::int64_t>(m_options.idleLimit.count() / 1000, 1)));
    set(CURLOPT_READFUNCTION, &CurlTransfer::onBodyWanted);
    set(CURLOPT_READDATA, this);
    set(CURLOPT_WRITEFUNCTION, &CurlTransfer::onAnswerBytes);
    set(CURLOPT_WRITEDATA, this);
    set(CURLOPT_HEADERFUNCTION, &CurlTransfer::onHeader);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_PREREQFUNCTION, &CurlTransfer::onRequestBegins);
    set(CURLOPT_PREREQDATA, this);
}

void CurlTransfer::begin(std::uint64_t id, Request request, Url url, const std::string* caBundle,
                         SteadyTime now)
{
    clear();
    m_request = std::move(request);
    m_url = std::move(url);
    m_answer.id = id;
    m_started = now;
    resetProgress(now);

    setUrl();
    const std::string& proxy = m_options.proxy;
    set(CURLOPT_PROXY, m_url.isLoopback() ? "" : proxy.empty() ? nullptr : proxy.c_str());
    set(CURLOPT_CONNECTTIMEOUT_MS,
        static_cast<long>(std::max<std::int64_t>(m_request.connectTimeout.count(), 1)));
    set(CURLOPT_TIMEOUT_MS,
        static_cast<long>(std::max<std::int64_t>(m_request.totalTimeout.count(), 1)));
    if (caBundle != nullptr) {
        curl_blob blob{const_cast<char*>(caBundle->data()), caBundle->size(), CURL_BLOB_NOCOPY};
        set(CURLOPT_CAINFO_BLOB, &blob);
    } else {
        set(CURLOPT_CAINFO_BLOB, static_cast<curl_blob*>(nullptr));
    }
    setMethod();
    setHeaders();
}

/// Most requests of a handle go to one address: it is taken apart once. libcurl keeps the text of
/// the one before until it is told that there is none.
void CurlTransfer::setUrl()
{
    if (m_url.whole == m_parsedText)
        return;
    const bool isParsed = curl_url_set(m_parsedUrl, CURLUPART_URL, m_url.whole.c_str(),
                                       CURLU_PATH_AS_IS | CURLU_DISALLOW_USER) == CURLUE_OK;
    set(CURLOPT_CURLU, isParsed ? m_parsedUrl : nullptr);
    set(CURLOPT_URL, isParsed ? nullptr : m_url.whole.c_str());
    m_parsedText = isParsed ? m_url.whole : std::string();
}

void CurlTransfer::setMethod()
{
    const std::string& method = m_request.method;
    set(CURLOPT_POSTFIELDS, static_cast<char*>(nullptr)); // makes it a POST: the next lines do not
    set(CURLOPT_NOBODY, 0L);
    set(CURLOPT_HTTPGET, 1L);
    const char* custom = nullptr;
    if (leavesAtOnce()) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(bodySize()));
        set(CURLOPT_POSTFIELDS, m_request.body->data());
        custom = method.c_str();
    } else if (m_request.body || alwaysHasBody(method)) {
        set(CURLOPT_UPLOAD, 1L);
        set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(bodySize()));
        set(CURLOPT_UPLOAD_BUFFERSIZE,
            bodySize() > largeBody ? largeUploadBuffer : static_cast<long>(largeBody));
        custom = method.c_str();
    } else if (method == "HEAD") {
        set(CURLOPT_NOBODY, 1L);
    } else if (method != "GET") {
        custom = method.c_str();
    }
    set(CURLOPT_CUSTOMREQUEST, custom);
}

void CurlTransfer::setHeaders()
{
    curl_slist_free_all(m_headerList);
    m_headerList = nullptr;
    const auto append = [&](const char* line) {
        curl_slist* const longer = curl_slist_append(m_headerList, line);
        if (longer == nullptr)
            m_setup = CURLE_OUT_OF_MEMORY;
        else
            m_headerList = longer;
    };
    const auto appendUnlessGiven = [&](std::string_view name, const char* line) {
        if (std::none_of(m_request.headers.begin(), m_request.headers.end(),
                         [&](const Header& header) { return sameHeaderName(header.name, name); }))
            append(line);
    };
    // libcurl formats what it is given as an option twice, byte by byte.
    appendUnlessGiven("User-Agent", m_userAgentLine.c_str());
    appendUnlessGiven("Accept-Encoding", "Accept-Encoding: gzip");
    if (leavesAtOnce())
        appendUnlessGiven("Content-Type", "Content-Type:");
    else
        append("Expect:");
    std::string line;
    for (const Header& header : m_request.headers) {
        line = header.name;
        line += header.value.empty() ? ";" : ": ";
        line += header.value;
        append(line.c_str());
    }
    set(CURLOPT_HTTPHEADER, m_headerList);
}

void CurlTransfer::resetProgress(SteadyTime now)
{
    m_errorText.front() = '\0';
    m_bodyTaken = 0;
    m_requestsBegun = 0;
    m_headersWhole = false;
    m_overLimit = false;
    m_headerBytes = 0;
    m_received = 0;
    m_speedFrom = now;
    m_speedBytes = 0;
}

void CurlTransfer::clear()
{
    m_request = Request();
    m_answer = Answer();
    m_hops = 0;
}

std::size_t CurlTransfer::bodySize() const
{
    return m_request.body ? m_request.body->size() : 0;
}

bool CurlTransfer::leavesAtOnce() const
{
    return bodySize() > 0 && bodySize() <= smallBody;
}

std::uint64_t CurlTransfer::taken() const
{
    if (bodySize() > 0 && !leavesAtOnce())
        return m_bodyTaken;
    return m_requestsBegun > 0 ? std::max<std::uint64_t>(bodySize(), 1) : 0;
}

bool CurlTransfer::followRedirect(CURLcode code, SteadyTime now)
{
    const Milliseconds left = m_request.totalTimeout - (now - m_started);
    if (transportOf(code) != Transport::Redirected || code != CURLE_OK ||
        !isRead(m_request.method) || m_request.body || m_hops == mostRedirects || left.count() <= 0)
        return false;
    auto target = resolveUrl(m_url, m_answer.header("Location"));
    if (!target || !target->hasOriginOf(m_url))
        return false;
    ++m_hops;
    m_url = *std::move(target);
    const std::uint64_t id = m_answer.id;
    m_answer = Answer();
    m_answer.id = id;
    resetProgress(now);
    setUrl();
    set(CURLOPT_TIMEOUT_MS, static_cast<long>(left.count()));
    return isUsable();
}

bool CurlTransfer::isTooSlow(SteadyTime now)
{
    const bool sending = m_requestsBegun > 0 && m_bodyTaken < bodySize() && !leavesAtOnce();
    const std::uint64_t moved = m_bodyTaken + m_received;
    if (!sending && m_received == 0) {
        m_speedFrom = now;
        m_speedBytes = moved;
        return false;
    }
    const Milliseconds window = now - m_speedFrom;
    if (window < m_options.lowestSpeedTime)
        return false;
    const auto wanted = static_cast<std::uint64_t>(window.count()) * m_options.lowestSpeed / 1000;
    if (moved - m_speedBytes < wanted)
        return true;
    m_speedFrom = now;
    m_speedBytes = moved;
    return false;
}

Transport CurlTransfer::transportOf(CURLcode code) const
{
    if (m_headersWhole && isRedirect(m_answer.status))
        return Transport::Redirected;
    if (code == CURLE_OK && m_headersWhole)
        return Transport::Complete;
    if (m_overLimit)
        return Transport::TooLarge;
    if (taken() > 0)
        return Transport::Broken;
    return isTlsRefusal(code, m_errorText.data()) ? Transport::TlsRefused : Transport::NotSent;
}

bool CurlTransfer::isEndMarked() const
{
    long version = 0;
    const int status = m_answer.status;
    return m_request.method == "HEAD" || status == 204 || status == 304 ||
           !m_answer.header("Content-Length").empty() ||
           !m_answer.header("Transfer-Encoding").empty() ||
           (curl_easy_getinfo(m_easy, CURLINFO_HTTP_VERSION, &version) == CURLE_OK &&
            version >= CURL_HTTP_VERSION_2_0);
}

std::string CurlTransfer::detailOf(CURLcode code, Transport transport) const
{
    if (transport == Transport::Complete)
        return isEndMarked() ? std::string() : "only the closed connection ends this answer";
    if (transport == Transport::TooLarge)
        return m_headersWhole ? "the answer is larger than allowed"
                              : "the headers of the answer are larger than allowed";
    if (transport == Transport::Redirected)
        return m_hops == mostRedirects ? "too many redirects" : "a redirect that is not followed";
    if (m_requestsBegun > 1)
        return "the connection was lost before an answer began";
    if (code == CURLE_OK)
        return "the connection was closed within the headers of the answer";
    const std::string words =
        m_errorText.front() != '\0' ? m_errorText.data() : curl_easy_strerror(code);
    return Redaction::redact(words);
}

Answer CurlTransfer::handOut(Transport transport, std::string detail, SteadyTime now)
{
    m_answer.transport = transport;
    m_answer.bytesTaken = taken();
    m_answer.detail = std::move(detail);
    m_answer.duration = now - m_started;
    if (transport == Transport::Redirected)
        m_answer.location = m_answer.header("Location");
    Answer answer = std::move(m_answer);
    clear();
    return answer;
}

Answer CurlTransfer::finish(CURLcode code, SteadyTime now)
{
    const Transport transport = transportOf(code);
    m_answer.timedOut = code == CURLE_OPERATION_TIMEDOUT;
    if (transport == Transport::NotSent) {
        long proxyStatus = 0;
        const bool known =
            curl_easy_getinfo(m_easy, CURLINFO_HTTP_CONNECTCODE, &proxyStatus) == CURLE_OK;
        m_answer.status = known && proxyStatus == 407 ? 407 : 0;
    }
    return handOut(transport, detailOf(code, transport), now);
}

Answer CurlTransfer::finishTooSlow(SteadyTime now)
{
    m_answer.timedOut = true;
    return fail("slower than the lowest speed allowed", now);
}

Answer CurlTransfer::abandon(SteadyTime now)
{
    return handOut(Transport::Abandoned, "given up by us", now);
}

Answer CurlTransfer::fail(const char* words, SteadyTime now)
{
    return handOut(taken() > 0 ? Transport::Broken : Transport::NotSent, words, now);
}

} // namespace headgate::http
