// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/http_client.h"

#include "base/log.h"
#include "base/text.h"
#include "http/ca_bundle.h"
#include "http/curl_transfer.h"
#include "http/request_check.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <utility>

namespace headgate::http {

namespace {

constexpr long idleConnections = 64;
constexpr Milliseconds longestPoll = std::chrono::seconds(1);
constexpr Milliseconds longestWaitCall = std::chrono::hours(24);

CURLcode curlReady()
{
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    return ready;
}

struct CurlMultiCloser
{
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

} // namespace

class HttpClient::Engine
{
public:
    Engine(HttpOptions options, CURLM* multi) : m_options(std::move(options)), m_multi(multi) {}
    ~Engine();

    void start(std::uint64_t id, Request request);
    std::vector<Answer> wait(Milliseconds atMost);
    void abandonAll();
    void wake();
    [[nodiscard]] std::size_t inFlight() const { return m_active.size() + m_ready.size(); }

private:
    using TransferPtr = std::unique_ptr<CurlTransfer>;

    void refuse(std::uint64_t id, Transport transport, std::string detail);
    [[nodiscard]] tl::expected<Url, std::string> check(const Request& request);
    [[nodiscard]] TransferPtr idleTransfer();
    [[nodiscard]] Result<const std::string*> bundleFor(const std::string& caFile);
    void add(std::uint64_t id, TransferPtr transfer);
    [[nodiscard]] TransferPtr take(CurlTransfer& transfer);
    void collect();
    void endSlowOnes();
    void endAll(const std::function<Answer(CurlTransfer&)>& end);
    /// False: libcurl gave up, and so does every exchange.
    bool checked(CURLMcode code);
    [[nodiscard]] int pollTime(SteadyTime until) const;

    SystemClock m_clock;
    HttpOptions m_options;
    std::unique_ptr<CURLM, CurlMultiCloser> m_multi;
    std::vector<TransferPtr> m_active;
    std::vector<TransferPtr> m_idle;
    std::vector<Answer> m_ready;
    std::map<std::string, std::string> m_bundles;
    std::string m_lastUrlText;
    std::optional<Url> m_lastUrl;
    std::atomic<bool> m_woken = false;
};

HttpClient::Engine::~Engine()
{
    for (const TransferPtr& transfer : m_active)
        curl_multi_remove_handle(m_multi.get(), transfer->handle());
}

void HttpClient::Engine::refuse(std::uint64_t id, Transport transport, std::string detail)
{
    Answer answer;
    answer.id = id;
    answer.transport = transport;
    answer.detail = std::move(detail);
    m_ready.push_back(std::move(answer));
}

HttpClient::Engine::TransferPtr HttpClient::Engine::idleTransfer()
{
    if (m_idle.empty())
        return std::make_unique<CurlTransfer>(m_options);
    TransferPtr transfer = std::move(m_idle.back());
    m_idle.pop_back();
    return transfer;
}

Result<const std::string*> HttpClient::Engine::bundleFor(const std::string& caFile)
{
    if (caFile.empty())
        return nullptr;
    auto known = m_bundles.find(caFile);
    if (known == m_bundles.end()) {
        auto bundle = caBundleWith(caFile);
        if (!bundle)
            return propagate(std::move(bundle));
        known = m_bundles.emplace(caFile, *std::move(bundle)).first;
    }
    return &known->second;
}

void HttpClient::Engine::add(std::uint64_t id, TransferPtr transfer)
{
    if (!transfer->isUsable())
        return refuse(id, Transport::NotSent, "libcurl: " + transfer->failure());
    const CURLMcode code = curl_multi_add_handle(m_multi.get(), transfer->handle());
    if (code != CURLM_OK)
        return refuse(id, Transport::NotSent, std::string("libcurl: ") + curl_multi_strerror(code));
    transfer->place = m_active.size();
    m_active.push_back(std::move(transfer));
}

HttpClient::Engine::TransferPtr HttpClient::Engine::take(CurlTransfer& transfer)
{
    curl_multi_remove_handle(m_multi.get(), transfer.handle());
    const std::size_t place = transfer.place;
    TransferPtr taken = std::move(m_active[place]);
    if (place + 1 != m_active.size()) {
        m_active[place] = std::move(m_active.back());
        m_active[place]->place = place;
    }
    m_active.pop_back();
    return taken;
}

/// Most requests of a run go to one address; taking it apart costs more than all other checks.
tl::expected<Url, std::string> HttpClient::Engine::check(const Request& request)
{
    if (m_lastUrl && request.url == m_lastUrlText) {
        if (std::string defect = requestDefect(request, *m_lastUrl); !defect.empty())
            return tl::unexpected<std::string>(std::move(defect));
        return *m_lastUrl;
    }
    auto url = checkRequest(request);
    if (url) {
        m_lastUrlText = request.url;
        m_lastUrl = *url;
    }
    return url;
}

void HttpClient::Engine::start(std::uint64_t id, Request request)
{
    auto url = check(request);
    if (!url)
        return refuse(id, Transport::BadRequest, std::move(url).error());
    const auto bundle = bundleFor(request.caFile.empty() ? m_options.caFile : request.caFile);
    if (!bundle)
        return refuse(id, Transport::BadRequest, bundle.error().toString().toStdString());
    TransferPtr transfer = idleTransfer();
    if (transfer->isUsable())
        transfer->begin(id, std::move(request), *std::move(url), *bundle, m_clock.steady());
    add(id, std::move(transfer));
}

void HttpClient::Engine::collect()
{
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(m_multi.get(), &left)) {
        if (message->msg != CURLMSG_DONE)
            continue;
        const CURLcode code = message->data.result;
        char* owner = nullptr;
        if (curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &owner) != CURLE_OK)
            continue;
        TransferPtr transfer = take(*reinterpret_cast<CurlTransfer*>(owner));
        const SteadyTime now = m_clock.steady();
        const std::uint64_t id = transfer->id();
        if (transfer->followRedirect(code, now)) {
            add(id, std::move(transfer));
            continue;
        }
        m_ready.push_back(transfer->finish(code, now));
        m_idle.push_back(std::move(transfer));
    }
}

void HttpClient::Engine::endSlowOnes()
{
    const SteadyTime now = m_clock.steady();
    for (std::size_t i = 0; i < m_active.size();) {
        if (!m_active[i]->isTooSlow(now)) {
            ++i;
            continue;
        }
        TransferPtr transfer = take(*m_active[i]);
        m_ready.push_back(transfer->finishTooSlow(now));
        m_idle.push_back(std::move(transfer));
    }
}

void HttpClient::Engine::endAll(const std::function<Answer(CurlTransfer&)>& end)
{
    while (!m_active.empty()) {
        TransferPtr transfer = take(*m_active.back());
        m_ready.push_back(end(*transfer));
        m_idle.push_back(std::move(transfer));
    }
}

bool HttpClient::Engine::checked(CURLMcode code)
{
    if (code == CURLM_OK)
        return true;
    const SteadyTime now = m_clock.steady();
    endAll([&](CurlTransfer& transfer) { return transfer.fail(curl_multi_strerror(code), now); });
    return false;
}

int HttpClient::Engine::pollTime(SteadyTime until) const
{
    const Milliseconds watch = std::min(longestPoll, m_options.lowestSpeedTime / 4);
    const Milliseconds left = until - m_clock.steady();
    const Milliseconds most = m_active.empty() ? left : std::min(left, watch);
    return static_cast<int>(
        std::clamp<std::int64_t>(most.count(), 0, std::numeric_limits<int>::max()));
}

std::vector<Answer> HttpClient::Engine::wait(Milliseconds atMost)
{
    const SteadyTime until = m_clock.steady() + std::min<Milliseconds>(atMost, longestWaitCall);
    while (true) {
        int running = 0;
        if (checked(curl_multi_perform(m_multi.get(), &running)))
            collect();
        endSlowOnes();
        if (!m_ready.empty() || m_woken.exchange(false) || m_clock.steady() >= until)
            return std::exchange(m_ready, {});
        (void)checked(curl_multi_poll(m_multi.get(), nullptr, 0, pollTime(until), nullptr));
    }
}

void HttpClient::Engine::abandonAll()
{
    collect();
    const SteadyTime now = m_clock.steady();
    endAll([&](CurlTransfer& transfer) { return transfer.abandon(now); });
}

void HttpClient::Engine::wake()
{
    m_woken = true;
    if (curl_multi_wakeup(m_multi.get()) != CURLM_OK)
        log(LogLevel::Warning, "http", "a waiting thread could not be woken; it wakes by itself");
}

HttpClient::HttpClient(std::unique_ptr<Engine> engine) : m_engine(std::move(engine)) {}

HttpClient::~HttpClient() = default;

Result<std::unique_ptr<HttpClient>> HttpClient::create(HttpOptions options)
{
    const auto failed = [](const char* words) {
        return fail(ErrorKind::Internal, "http.library",
                    Text::tr("The HTTP library could not be started. Free some memory and try "
                             "again."),
                    QString::fromUtf8(words));
    };
    if (const CURLcode ready = curlReady(); ready != CURLE_OK)
        return failed(curl_easy_strerror(ready));
    CURLM* const multi = curl_multi_init();
    if (multi == nullptr)
        return failed("curl_multi_init");
    auto engine = std::make_unique<Engine>(std::move(options), multi);
    if (const CURLMcode code = curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, idleConnections);
        code != CURLM_OK)
        return failed(curl_multi_strerror(code));
    return std::unique_ptr<HttpClient>(new HttpClient(std::move(engine)));
}

void HttpClient::start(std::uint64_t id, Request request)
{
    m_engine->start(id, std::move(request));
}

std::vector<Answer> HttpClient::wait(Milliseconds atMost)
{
    return m_engine->wait(atMost);
}

std::size_t HttpClient::inFlight() const
{
    return m_engine->inFlight();
}

void HttpClient::abandonAll()
{
    m_engine->abandonAll();
}

void HttpClient::wake()
{
    m_engine->wake();
}

} // namespace headgate::http
