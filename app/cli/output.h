// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/result.h"
#include "cli/command_line.h"
#include "data/json.h"

#include <QString>

namespace headgate::cli {

enum class Tone
{
    Good,
    Bad,
    Doubtful,
    Faint
};

/// Where a command's words go. Results go to standard output, everything else to standard error.
/// With --output json standard output holds exactly one document and nothing else.
class Output
{
public:
    explicit Output(const GlobalOptions& globals);

    [[nodiscard]] bool isJson() const { return m_json; }
    /// Columns for tables on standard output; 0 where it is no terminal: cut nothing.
    [[nodiscard]] int width() const { return m_width; }
    /// Whether a changing line may be drawn on standard error.
    [[nodiscard]] bool showsProgress() const { return m_progress; }
    [[nodiscard]] QString toned(const QString& text, Tone tone) const;

    /// A result for people; nothing in JSON mode. The caller ends lines.
    void print(const QString& text);
    /// The result for programs; nothing in text mode. `name` is that of its schema.
    void document(const char* name, const data::JsonNode& members);
    /// Bytes as they are, in both modes.
    void bytes(std::string_view bytes);
    /// What was printed so far is seen now, also by a program behind a pipe.
    void flush();
    /// A line to standard error, unless --quiet.
    void note(const QString& line);
    void warn(const QString& line);
    /// The sentence to standard error; in JSON mode the document "error" as well.
    void error(const Error& error, int exitCode);
    /// The sentence alone: the document that tells of it is the caller's.
    void problem(const Error& error);
    /// Error: State "console.output" if anything could not be written to standard output.
    [[nodiscard]] Result<void> finish();

private:
    void write(std::string_view bytes);

    bool m_json;
    bool m_quiet;
    bool m_color;
    bool m_progress;
    bool m_failed = false;
    int m_width;
};

/// The members of an error in every document that holds one.
[[nodiscard]] data::JsonNode errorMembers(const Error& error);

} // namespace headgate::cli
