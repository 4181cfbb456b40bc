// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <string>
#include <vector>

namespace headgate::ui {

/// A statement that was run in a model's editor.
struct QueryRun
{
    std::int64_t at = 0; ///< seconds since 1970, UTC
    std::string model;   ///< slug
    std::string sql;
    std::uint64_t rows = 0;
    bool failed = false;

    bool operator==(const QueryRun&) const = default;
};

/// The statements run of one project: a file of the user, never of the project,
/// a line each. Its calls block.
class QueryHistory
{
public:
    static constexpr std::size_t most = 500;
    static constexpr std::size_t longest = 256 << 10; ///< bytes of SQL that are kept of one

    /// `file` need not exist; its folder is made.
    explicit QueryHistory(std::string file) : m_file(std::move(file)) {}
    /// In the user's data folder.
    [[nodiscard]] static QueryHistory ofProject(const std::string& projectId);

    /// Latest first, a text once. What cannot be understood is left out.
    [[nodiscard]] std::vector<QueryRun> runs() const;
    /// Error: State "history.write".
    [[nodiscard]] Result<void> add(const QueryRun& run) const;

private:
    std::string m_file;
};

} // namespace headgate::ui
