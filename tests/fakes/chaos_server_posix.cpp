// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/chaos_server.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <set>
#include <stdexcept>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace headgate::fakes {

struct ChaosServer::State
{
    ChaosServer::Director director;
    int listener = -1;
    std::uint16_t port = 0;
    std::atomic<bool> stopping = false;
    mutable std::mutex mutex;
    std::condition_variable idle;
    std::vector<SeenRequest> seen;
    std::set<int> sockets;
    int connections = 0;
    int running = 0;
};

namespace {

constexpr int drainMilliseconds = 2'000;

int bodyLength(const SeenRequest& request)
{
    const std::string text = request.header("Content-Length");
    return text.empty() ? 0 : std::stoi(text);
}

/// One accepted connection and its thread's work.
class ChaosConnection
{
public:
    ChaosConnection(std::shared_ptr<ChaosServer::Director> director, int socket, int number,
                    std::atomic<bool>& stopping, std::function<void(const SeenRequest&)> keep)
        : m_director(std::move(director)), m_socket(socket), m_number(number), m_stopping(stopping),
          m_keep(std::move(keep))
    {}

    /// Returns when the connection is over; the socket is still open.
    void run()
    {
        for (int number = 0; !m_stopping && serve(number); ++number) {
        }
    }

private:
    bool waitReadable(int milliseconds)
    {
        pollfd entry{m_socket, POLLIN, 0};
        return ::poll(&entry, 1, milliseconds) > 0;
    }

    /// Appends what is there to the buffer; false at the end.
    bool readSome()
    {
        std::array<char, 65536> bytes;
        const ssize_t count = ::recv(m_socket, bytes.data(), bytes.size(), 0);
        if (count > 0)
            m_buffer.append(bytes.data(), static_cast<std::size_t>(count));
        return count > 0;
    }

    bool sendAll(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t count = ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    bool sendDripping(const ChaosScript& script, std::string_view bytes)
    {
        if (script.dripBytes == 0)
            return sendAll(bytes);
        while (!bytes.empty() && !m_stopping) {
            const std::string_view drop = bytes.substr(0, script.dripBytes);
            if (!sendAll(drop))
                return false;
            bytes.remove_prefix(drop.size());
            std::this_thread::sleep_for(script.dripPause);
        }
        return true;
    }

    void absorb(SeenRequest& request)
    {
        if (request.head.find("\r\n\r\n") == std::string::npos) {
            request.head += m_buffer;
            const std::size_t end = request.head.find("\r\n\r\n");
            m_buffer.clear();
            if (end == std::string::npos)
                return;
            m_buffer = request.head.substr(end + 4);
            request.head.resize(end + 4);
        }
        request.body += m_buffer;
        m_buffer.clear();
    }

    bool readHead(SeenRequest& request)
    {
        while (m_buffer.find("\r\n\r\n") == std::string::npos)
            if (!readSome())
                return false;
        const std::size_t end = m_buffer.find("\r\n\r\n") + 4;
        request.head = m_buffer.substr(0, end);
        m_buffer.erase(0, end);
        return true;
    }

    bool readBody(SeenRequest& request, std::size_t length)
    {
        while (m_buffer.size() < length)
            if (!readSome())
                return false;
        request.body = m_buffer.substr(0, length);
        m_buffer.erase(0, length);
        return true;
    }

    bool end(SeenRequest& request, bool reset)
    {
        if (reset) {
            const linger now{1, 0};
            ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        } else {
            ::shutdown(m_socket, SHUT_WR);
            while (waitReadable(drainMilliseconds) && readSome()) {
            }
        }
        absorb(request);
        if (!request.head.empty())
            m_keep(request);
        return false;
    }

    bool hold(const SeenRequest& request)
    {
        m_keep(request);
        while (!m_stopping) {
            pollfd entry{m_socket, POLLRDHUP, 0};
            if (::poll(&entry, 1, 20) > 0)
                return false;
        }
        return false;
    }

    bool answer(const ChaosScript& script, const SeenRequest& request)
    {
        std::this_thread::sleep_for(script.delay);
        const std::string bytes = script.respond ? script.respond(request) : script.answer;
        const bool cut = script.cut == ChaosScript::Cut::InAnswer;
        if (!sendDripping(script,
                          std::string_view(bytes).substr(0, cut ? script.bytes : bytes.size())))
            return false;
        while (!script.endless.empty() && !m_stopping)
            if (!sendAll(script.endless))
                return false;
        return !cut && !script.close;
    }

    bool serve(int number)
    {
        const ChaosScript script = (*m_director)(m_number, number);
        SeenRequest request;
        request.connection = m_number;
        request.number = number;
        if (!sendAll(script.greeting))
            return end(request, false);
        if (script.cut == ChaosScript::Cut::BeforeReading) {
            if (number > 0 && m_buffer.empty())
                waitReadable(-1);
            return end(request, script.reset);
        }
        if (!readHead(request))
            return end(request, false);
        if (script.deaf)
            return hold(request);
        if (script.answerEarly) {
            answer(script, request);
            return end(request, script.reset);
        }
        const auto length = static_cast<std::size_t>(bodyLength(request));
        if (script.cut == ChaosScript::Cut::InRequest) {
            readBody(request, std::min(script.bytes, length));
            return end(request, script.reset);
        }
        request.whole = readBody(request, length);
        if (!request.whole || script.cut == ChaosScript::Cut::AfterRequest)
            return end(request, script.reset);
        if (script.stall)
            return hold(request);
        m_keep(request);
        if (answer(script, request))
            return true;
        SeenRequest rest;
        rest.connection = m_number;
        rest.number = number + 1;
        return end(rest, script.reset);
    }

    std::shared_ptr<ChaosServer::Director> m_director;
    int m_socket;
    int m_number;
    std::atomic<bool>& m_stopping;
    std::function<void(const SeenRequest&)> m_keep;
    std::string m_buffer;
};

int listenOnLoopback(std::uint16_t& port)
{
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (listener < 0 || ::bind(listener, generic, length) != 0 || ::listen(listener, 512) != 0 ||
        ::getsockname(listener, generic, &length) != 0)
        throw std::runtime_error(std::string("ChaosServer cannot listen: ") + std::strerror(errno));
    port = ntohs(address.sin_port);
    return listener;
}

} // namespace

ChaosServer::ChaosServer(Director director) : m_state(std::make_shared<State>())
{
    m_state->director = std::move(director);
    m_state->listener = listenOnLoopback(m_state->port);
    m_state->running = 1;
    std::thread([state = m_state] {
        const auto shared = std::make_shared<Director>(state->director);
        const auto left = [](const std::shared_ptr<State>& server) {
            const std::lock_guard lock(server->mutex);
            --server->running;
            server->idle.notify_all();
        };
        while (!state->stopping) {
            const int socket = ::accept4(state->listener, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket < 0)
                continue;
            const int one = 1;
            ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
            const std::lock_guard lock(state->mutex);
            const int number = state->connections++;
            state->sockets.insert(socket);
            ++state->running;
            std::thread([state, shared, socket, number, left] {
                const auto keep = [&](const SeenRequest& request) {
                    const std::lock_guard inner(state->mutex);
                    state->seen.push_back(request);
                };
                ChaosConnection(shared, socket, number, state->stopping, keep).run();
                {
                    const std::lock_guard inner(state->mutex);
                    state->sockets.erase(socket);
                    ::close(socket);
                }
                left(state);
            }).detach();
        }
        left(state);
    }).detach();
}

ChaosServer::ChaosServer(ChaosScript script)
    : ChaosServer([script = std::move(script)](int, int) { return script; })
{}

ChaosServer::~ChaosServer()
{
    m_state->stopping = true;
    ::shutdown(m_state->listener, SHUT_RDWR);
    std::unique_lock lock(m_state->mutex);
    for (const int socket : m_state->sockets)
        ::shutdown(socket, SHUT_RDWR);
    m_state->idle.wait(lock, [&] { return m_state->running == 0; });
    ::close(m_state->listener);
}

std::uint16_t ChaosServer::port() const
{
    return m_state->port;
}

std::string ChaosServer::url(std::string_view path) const
{
    return "http://127.0.0.1:" + std::to_string(m_state->port) + std::string(path);
}

int ChaosServer::connections() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->connections;
}

void ChaosServer::settle()
{
    std::unique_lock lock(m_state->mutex);
    m_state->idle.wait(lock, [&] { return m_state->running == 1; });
}

std::vector<SeenRequest> ChaosServer::seen() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->seen;
}

int ChaosServer::copiesOf(std::string_view path) const
{
    const std::lock_guard lock(m_state->mutex);
    return static_cast<int>(
        std::count_if(m_state->seen.begin(), m_state->seen.end(),
                      [&](const SeenRequest& request) { return request.path() == path; }));
}

} // namespace headgate::fakes
