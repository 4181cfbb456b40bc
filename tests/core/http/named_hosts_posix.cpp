// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/named_hosts_posix.h"

#include <arpa/inet.h>
#include <cerrno>
#include <dlfcn.h>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>

namespace headgate::http_tests {

namespace {

struct NamedHosts
{
    std::mutex mutex;
    std::map<std::string, std::vector<NamedAddress>, std::less<>> addresses;
};

NamedHosts& namedHosts()
{
    static NamedHosts hosts;
    return hosts;
}

using LookUp = int (*)(const char*, const char*, const addrinfo*, addrinfo**);

LookUp systemLookUp()
{
    return reinterpret_cast<LookUp>(dlsym(RTLD_NEXT, "getaddrinfo"));
}

/// Appends to what is found already: freeaddrinfo() frees each part of the list by itself.
void append(const NamedAddress& named, const addrinfo* hints, addrinfo** found)
{
    while (*found != nullptr)
        found = &(*found)->ai_next;
    addrinfo numeric = hints != nullptr ? *hints : addrinfo();
    numeric.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    if (systemLookUp()(named.address.c_str(), std::to_string(named.port).c_str(), &numeric,
                       found) != 0)
        *found = nullptr;
}

union SocketName {
    sockaddr any;
    sockaddr_in v4;
    sockaddr_in6 v6;
};

bool isConnectedSoon(int handle)
{
    pollfd wanted{handle, POLLOUT, 0};
    constexpr int patience = 300;
    return ::poll(&wanted, 1, patience) == 1;
}

} // namespace

void nameHost(const std::string& name, std::vector<NamedAddress> addresses)
{
    NamedHosts& hosts = namedHosts();
    const std::lock_guard lock(hosts.mutex);
    hosts.addresses[name] = std::move(addresses);
}

/// Linux lets a connection wait without a word while too many others wait to be accepted.
SilentAddress::SilentAddress()
{
    SocketName name{};
    name.v6.sin6_family = AF_INET6;
    name.v6.sin6_addr = in6addr_loopback;
    socklen_t size = sizeof name.v6;
    int listener = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    m_address.address = "::1";
    if (listener < 0 || ::bind(listener, &name.any, size) != 0) {
        if (listener >= 0)
            ::close(listener);
        name = {};
        name.v4.sin_family = AF_INET;
        name.v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        size = sizeof name.v4;
        listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        m_address.address = "127.0.0.1";
        if (listener < 0 || ::bind(listener, &name.any, size) != 0)
            throw std::runtime_error("no socket for a silent address");
    }
    m_sockets.push_back(listener);
    if (::listen(listener, 0) != 0 || ::getsockname(listener, &name.any, &size) != 0)
        throw std::runtime_error("cannot listen at a silent address");
    m_address.port = ntohs(name.any.sa_family == AF_INET6 ? name.v6.sin6_port : name.v4.sin_port);
    constexpr std::size_t most = 16;
    do {
        m_sockets.push_back(
            ::socket(name.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (::connect(m_sockets.back(), &name.any, size) != 0 && errno != EINPROGRESS)
            throw std::runtime_error("cannot fill a silent address");
    } while (isConnectedSoon(m_sockets.back()) && m_sockets.size() < most);
    if (m_sockets.size() == most)
        throw std::runtime_error("the address is not silent");
}

SilentAddress::~SilentAddress()
{
    for (const int handle : m_sockets)
        ::close(handle);
}

} // namespace headgate::http_tests

extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* hints,
                           addrinfo** found)
{
    using namespace headgate::http_tests;
    if (name == nullptr || !std::string_view(name).ends_with(".test"))
        return systemLookUp()(name, service, hints, found);
    NamedHosts& hosts = namedHosts();
    const std::lock_guard lock(hosts.mutex);
    *found = nullptr;
    if (const auto named = hosts.addresses.find(name); named != hosts.addresses.end())
        for (const NamedAddress& address : named->second)
            append(address, hints, found);
    return *found != nullptr ? 0 : EAI_NONAME;
}
