// SPDX-License-Identifier: GPL-3.0-or-later
// The destination of the measurements: an HTTP server that reads every body whole, counts it and
// answers 200, after a fixed latency if asked. One thread, connections kept alive.
//   bench_sink [--port=N] [--delay-ms=N] [--marker=TEXT] [--save=FILE]
// --marker: stands once in every record; the records of a body are counted by it.
// --save: writes every body to FILE, one a line.
// Prints "port N", and at SIGTERM, or when GET /totals is asked, {"requests":..,"records":..,...}.
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <memory>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Options
{
    unsigned short port = 0;
    std::chrono::milliseconds delay{0};
    std::string marker = "\"record\":";
    std::string save;
};

struct Totals
{
    unsigned long long requests = 0;
    unsigned long long records = 0;
    unsigned long long bytes = 0; ///< of bodies
    unsigned long long cut = 0;   ///< connections lost in the middle of a request

    [[nodiscard]] std::string json() const
    {
        return "{\"requests\":" + std::to_string(requests) +
               ",\"records\":" + std::to_string(records) + ",\"bytes\":" + std::to_string(bytes) +
               ",\"cut\":" + std::to_string(cut) + "}\n";
    }
};

[[noreturn]] void giveUp(const char* what)
{
    std::perror(what);
    std::exit(1);
}

volatile std::sig_atomic_t stopped = 0;

/// What one client sent and has not been answered for.
struct Connection
{
    int socket = -1;
    std::string input;
    std::string output;
    bool waiting = false; ///< for its latency to be over
    Clock::time_point due;
};

struct RequestHead
{
    std::size_t size = 0;
    std::size_t body = 0;
    bool asksForTotals = false;
};

bool startsWithIgnoringCase(std::string_view text, std::string_view lower)
{
    return text.size() >= lower.size() && strncasecmp(text.data(), lower.data(), lower.size()) == 0;
}

/// False: not whole yet.
bool readHead(std::string_view input, RequestHead& head)
{
    const std::size_t end = input.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return false;
    head = {};
    head.size = end + 4;
    head.asksForTotals = input.substr(0, 12) == "GET /totals ";
    std::string_view lines = input.substr(0, end);
    while (!lines.empty()) {
        const std::string_view line = lines.substr(0, lines.find("\r\n"));
        lines.remove_prefix(std::min(lines.size(), line.size() + 2));
        if (!startsWithIgnoringCase(line, "content-length:"))
            continue;
        std::string_view value = line.substr(15);
        value.remove_prefix(std::min(value.size(), value.find_first_not_of(' ')));
        std::from_chars(value.data(), value.data() + value.size(), head.body);
    }
    return true;
}

class Sink
{
public:
    explicit Sink(Options options);
    void serve();
    [[nodiscard]] const Totals& totals() const { return m_totals; }
    [[nodiscard]] unsigned short port() const { return m_port; }

private:
    void accept();
    bool receive(Connection& connection);
    void take(Connection& connection);
    void count(std::string_view body);
    static bool send(Connection& connection);
    void answerDue();
    [[nodiscard]] timespec pause() const;

    Options m_options;
    int m_listener;
    unsigned short m_port = 0;
    std::vector<std::unique_ptr<Connection>> m_connections;
    std::FILE* m_saved = nullptr;
    Totals m_totals;
};

Sink::Sink(Options options)
    : m_options(std::move(options)), m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_options.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int yes = 1;
    socklen_t length = sizeof address;
    auto* const plain = reinterpret_cast<sockaddr*>(&address);
    if (m_listener < 0 ||
        ::setsockopt(m_listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0 ||
        ::bind(m_listener, plain, sizeof address) != 0 || ::listen(m_listener, 64) != 0 ||
        ::getsockname(m_listener, plain, &length) != 0 ||
        ::fcntl(m_listener, F_SETFL, O_NONBLOCK) != 0)
        giveUp("bench_sink: cannot listen");
    m_port = ntohs(address.sin_port);
    if (m_options.save.empty())
        return;
    m_saved = std::fopen(m_options.save.c_str(), "w");
    if (m_saved == nullptr)
        giveUp("bench_sink: cannot write the bodies");
}

void Sink::accept()
{
    while (true) {
        const int socket = ::accept4(m_listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (socket < 0)
            return;
        const int yes = 1;
        if (::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) != 0)
            giveUp("bench_sink: setsockopt");
        m_connections.push_back(std::make_unique<Connection>());
        m_connections.back()->socket = socket;
    }
}

/// False: the client has gone.
bool Sink::receive(Connection& connection)
{
    static std::array<char, 1 << 18> buffer;
    while (true) {
        const ssize_t got = ::recv(connection.socket, buffer.data(), buffer.size(), 0);
        if (got > 0) {
            connection.input.append(buffer.data(), static_cast<std::size_t>(got));
            if (static_cast<std::size_t>(got) == buffer.size())
                continue;
            take(connection);
            return true;
        }
        if (got < 0 && errno == EINTR)
            continue;
        return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }
}

/// One request at a time: who has one unanswered is not read on.
void Sink::take(Connection& connection)
{
    RequestHead head;
    if (connection.waiting || !readHead(connection.input, head) ||
        connection.input.size() < head.size + head.body)
        return;
    std::string body = "{}\n";
    if (head.asksForTotals)
        body = m_totals.json();
    else
        count(std::string_view(connection.input).substr(head.size, head.body));
    connection.input.erase(0, head.size + head.body);
    connection.output += "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                         std::to_string(body.size()) + "\r\n\r\n" + body;
    connection.waiting = true;
    connection.due = Clock::now();
    if (!head.asksForTotals)
        connection.due += m_options.delay;
}

void Sink::count(std::string_view body)
{
    ++m_totals.requests;
    m_totals.bytes += body.size();
    for (std::string_view left = body;;) {
        const void* const found =
            ::memmem(left.data(), left.size(), m_options.marker.data(), m_options.marker.size());
        if (found == nullptr)
            break;
        ++m_totals.records;
        left.remove_prefix(static_cast<std::size_t>(static_cast<const char*>(found) - left.data()) +
                           m_options.marker.size());
    }
    if (m_saved != nullptr && (std::fwrite(body.data(), 1, body.size(), m_saved) != body.size() ||
                               std::fputc('\n', m_saved) == EOF))
        giveUp("bench_sink: cannot write the bodies");
}

/// False: the client has gone.
bool Sink::send(Connection& connection)
{
    while (!connection.output.empty()) {
        const ssize_t sent = ::send(connection.socket, connection.output.data(),
                                    connection.output.size(), MSG_NOSIGNAL);
        if (sent < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
        connection.output.erase(0, static_cast<std::size_t>(sent));
    }
    return true;
}

void Sink::answerDue()
{
    const Clock::time_point now = Clock::now();
    for (std::unique_ptr<Connection>& connection : m_connections) {
        if (!connection->waiting || connection->due > now)
            continue;
        if (!send(*connection)) {
            ::close(connection->socket);
            connection.reset();
            continue;
        }
        connection->waiting = !connection->output.empty();
        take(*connection);
    }
    std::erase(m_connections, nullptr);
}

timespec Sink::pause() const
{
    auto left = std::chrono::nanoseconds(std::chrono::seconds(1));
    const Clock::time_point now = Clock::now();
    for (const std::unique_ptr<Connection>& connection : m_connections)
        if (connection->waiting)
            left = std::min(left, std::max(std::chrono::nanoseconds(connection->due - now),
                                           std::chrono::nanoseconds(0)));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    return {static_cast<time_t>(seconds.count()), static_cast<long>((left - seconds).count())};
}

void Sink::serve()
{
    std::vector<pollfd> watched;
    while (stopped == 0) {
        watched.assign(1, {m_listener, POLLIN, 0});
        for (const std::unique_ptr<Connection>& connection : m_connections)
            watched.push_back({connection->socket, POLLIN, 0});
        const timespec wait = pause();
        sigset_t none;
        sigemptyset(&none);
        const int ready = ::ppoll(watched.data(), watched.size(), &wait, &none);
        for (std::size_t i = 0; ready > 0 && i < m_connections.size(); ++i) {
            if (watched[i + 1].revents == 0 || receive(*m_connections[i]))
                continue;
            m_totals.cut += m_connections[i]->input.empty() ? 0U : 1U;
            ::close(m_connections[i]->socket);
            m_connections[i].reset();
        }
        std::erase(m_connections, nullptr);
        if (ready > 0 && watched.front().revents != 0)
            accept();
        answerDue();
    }
    if (m_saved != nullptr && std::fclose(m_saved) != 0)
        giveUp("bench_sink: cannot write the bodies");
}

Options optionsOf(int argc, char** argv)
{
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const std::size_t equals = std::min(word.find('='), word.size() - 1);
        const std::string value(word.substr(equals + 1));
        const std::string_view name = word.substr(0, equals);
        if (name == "--port")
            options.port = static_cast<unsigned short>(std::atoi(value.c_str()));
        else if (name == "--delay-ms")
            options.delay = std::chrono::milliseconds(std::atoi(value.c_str()));
        else if (name == "--marker")
            options.marker = value;
        else if (name == "--save")
            options.save = value;
        else {
            std::fprintf(stderr, "bench_sink: unknown option %s\n", argv[i]);
            std::exit(2);
        }
    }
    return options;
}

} // namespace

int main(int argc, char** argv)
{
    // Delivered only within ppoll, so that none is missed.
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGINT);
    sigprocmask(SIG_BLOCK, &blocked, nullptr);
    struct sigaction action
    {};
    action.sa_handler = [](int) { stopped = 1; };
    sigaction(SIGTERM, &action, nullptr);
    sigaction(SIGINT, &action, nullptr);

    Sink sink(optionsOf(argc, argv));
    std::printf("port %u\n", unsigned(sink.port()));
    std::fflush(stdout);
    sink.serve();
    std::fputs(sink.totals().json().c_str(), stdout);
    return 0;
}
