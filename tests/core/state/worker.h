// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <string>
#include <vector>

namespace headgate::state {

/// A running test_state_worker; killed when it goes.
class Worker
{
public:
    explicit Worker(const std::vector<std::string>& arguments);
    ~Worker();

    /// The next line that it says; empty at its end.
    [[nodiscard]] std::string line();
    /// Lets it go on.
    void proceed();
    /// As kill -9 does.
    void kill();
    /// Waits for its end.
    [[nodiscard]] int exitCode();

private:
    QProcess m_process;
};

} // namespace headgate::state
