// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/trace.h"

#include "base/hash.h"

#include <cstring>
#include <iostream>

namespace headgate::simulation {

void Trace::add(const std::string& event)
{
    const auto elapsed = m_clock.steady() - m_start;
    m_lines.push_back(std::to_string(elapsed.count()) + " ms  " + event);
    if (m_shown)
        std::cout << m_lines.back() << std::endl;
    const Hash128 hash = fastHash(m_lines.back(), m_hash);
    std::memcpy(&m_hash, hash.bytes.data(), sizeof m_hash);
}

void Trace::violation(const std::string& promise, const std::string& what)
{
    m_violations.push_back(promise + ": " + what);
    add("BROKEN " + m_violations.back());
}

} // namespace headgate::simulation
