// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/log.h"

#include "base/clock.h"
#include "base/redaction.h"

#include <atomic>
#include <cstdio>

namespace headgate {

namespace {

std::atomic<LogLevel> threshold = LogLevel::Warning;

const char* name(LogLevel level)
{
    switch (level) {
    case LogLevel::Debug:
        return "debug";
    case LogLevel::Info:
        return "info";
    case LogLevel::Warning:
        return "warning";
    case LogLevel::Error:
        return "error";
    }
    return "error";
}

} // namespace

void setLogLevel(LogLevel level)
{
    threshold = level;
}

void log(LogLevel level, std::string_view area, std::string_view message)
{
    if (level < threshold.load())
        return;
    std::string line = toIso(SystemClock().now()) + ' ' + name(level) + ' ' + std::string(area) +
                       ": " + std::string(message);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            c = ' ';
    line = Redaction::redact(std::move(line)) + '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
}

} // namespace headgate
