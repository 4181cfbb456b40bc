// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace headgate::http_tests {

struct NamedAddress
{
    std::string address; ///< numeric
    std::uint16_t port;  ///< in place of the one that is asked for
};

/// From now on what getaddrinfo() answers in this program for `name`, which ends in ".test"; none:
/// there is no such name. All other names are looked up by the system.
void nameHost(const std::string& name, std::vector<NamedAddress> addresses);

/// An address of this machine, of IPv6 where there is that, at which a connection is never made and
/// never refused: whoever tries hears nothing.
class SilentAddress
{
public:
    SilentAddress();
    ~SilentAddress();
    SilentAddress(const SilentAddress&) = delete;
    SilentAddress& operator=(const SilentAddress&) = delete;

    [[nodiscard]] NamedAddress address() const { return m_address; }

private:
    NamedAddress m_address{};
    std::vector<int> m_sockets;
};

} // namespace headgate::http_tests
