// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace headgate {

/// What to do next, not where it happened. exitCode() gives the command line's answer to each.
enum class ErrorKind
{
    Usage,       ///< wrong call or argument; nothing was attempted (2)
    Config,      ///< a definition is wrong: open it at the place named (2)
    Source,      ///< the warehouse failed or refused (3)
    Destination, ///< the destination failed as a whole (4)
    Credential,  ///< a secret could not be had (5)
    Locked,      ///< another run holds the lease (6)
    Gate,        ///< a gate stopped the run (7)
    State,       ///< local state, spool or disk (8)
    Cancelled,   ///< the user asked for it; not a failure (130)
    Internal     ///< a defect of ours (70)
};

/// In a text that a person wrote: counted from 1, columns in code points.
struct TextPlace
{
    std::size_t line = 1;
    std::size_t column = 1; ///< 0 where only the line is known

    bool operator==(const TextPlace&) const = default;
};

/// An error is a value. It is added to on the way up and shown once, at the top.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    /// Stable and greppable, e.g. "source.connect.refused"; part of the JSON output's contract.
    std::string code;
    /// A sentence for the user: what, where, why, what to do. Translated. Never holds a secret.
    QString message;
    /// For the log: the library's or server's own words, redacted.
    QString detail;
    /// From the outside in: "sync 'recently viewed'", "batch 12".
    std::vector<QString> context;
    /// When trying again makes sense, counted from the moment the error was made.
    std::optional<std::chrono::milliseconds> retryAfter;
    /// In the text that was asked about, as it was given.
    std::optional<TextPlace> place{};

    [[nodiscard]] Error within(QString where) const;
    /// context and message as one line.
    [[nodiscard]] QString toString() const;

    bool operator==(const Error&) const = default;
};

[[nodiscard]] int exitCode(ErrorKind kind);
[[nodiscard]] const char* name(ErrorKind kind);

} // namespace headgate
