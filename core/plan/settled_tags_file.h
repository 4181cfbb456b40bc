// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "plan/settled_tags.h"

#include <string>

namespace headgate::plan {

/// What a state's records are: equal only where they are the same (see state::RecordScan).
struct RecordsVersion
{
    std::uint64_t known = 0;
    std::uint64_t digest = 0;
    bool operator==(const RecordsVersion&) const = default;
};

/// The tags of a state between two runs, so that a run need not read all its records where none
/// changed. Says nothing that the records do not say: it may be deleted at any time, and one that
/// is of other records, damaged, or of another machine's byte order is as good as none.
class SettledTagsFile
{
public:
    explicit SettledTagsFile(std::string path) : m_path(std::move(path)) {}

    [[nodiscard]] std::optional<SettledTags> read(const RecordsVersion& version) const;
    /// Error: State "state.disk_full" and the like; there is no file then.
    [[nodiscard]] Result<void> write(const RecordsVersion& version, const SettledTags& tags) const;

private:
    std::string m_path;
};

} // namespace headgate::plan
