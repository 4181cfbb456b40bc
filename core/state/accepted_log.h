// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/private_file.h"
#include "state/spool.h"

#include <functional>
#include <memory>

namespace headgate::state {

/// What a destination accepted in one run: one file per run, "run-NUMBER.accepted", with the frames
/// of a spool. Kept within the history budget (semantics 26) and read again when a plan or a person
/// asks what was delivered. Appending costs no transaction; what a crash cuts off is not kept.
class AcceptedLog
{
public:
    /// For a new run. A log of its number is of another time of this state, of which a backup was
    /// put back: nothing refers to it, and it goes.
    [[nodiscard]] static Result<std::unique_ptr<AcceptedLog>> create(const std::string& directory,
                                                                     std::int64_t run);

    /// Takes a record, as its frame in the spool, under this category. A reference for
    /// KnownRecord::accepted, never 0; 0 if the log has grown beyond what a reference can say.
    [[nodiscard]] Result<std::uint64_t> append(std::string_view frame, std::uint8_t category);
    /// To the operating system: a kill loses nothing then, a power failure may.
    [[nodiscard]] Result<void> flush();

private:
    AcceptedLog(PrivateFile file, std::int64_t run);

    PrivateFile m_file;
    std::string m_buffer;
    std::uint64_t m_flushed = 0;
    std::int64_t m_run;
};

/// The logs of all runs in a folder.
class AcceptedLogs
{
public:
    explicit AcceptedLogs(std::string directory) : m_directory(std::move(directory)) {}

    /// Empty if it is not kept any more.
    [[nodiscard]] Result<std::optional<SpoolRecord>> read(std::uint64_t reference) const;
    /// In order of answers, up to the end or to where a crash cut it; stops when `visit` says
    /// false. Nothing if the run has no log.
    [[nodiscard]] Result<void> scan(std::int64_t run,
                                    const std::function<bool(SpoolRecord&)>& visit) const;
    /// The same from the record of this reference on; 0: from the first.
    [[nodiscard]] Result<void>
    scanFrom(std::int64_t run, std::uint64_t from,
             const std::function<bool(std::uint64_t, SpoolRecord&)>& visit) const;
    struct File
    {
        std::int64_t run = 0;
        std::uint64_t bytes = 0;
    };
    /// Newest first.
    [[nodiscard]] std::vector<File> files() const;
    [[nodiscard]] Result<void> remove(std::int64_t run) const;
    /// Blanks the records for which `drops` says so; others keep their references. What cannot be
    /// read goes, and so do the copies of an attempt that was cut off. How many were blanked.
    [[nodiscard]] Result<std::uint64_t>
    purge(const std::function<bool(const SpoolRecord&)>& drops) const;

private:
    [[nodiscard]] Result<std::uint64_t>
    purgeFile(std::int64_t run, const std::function<bool(const SpoolRecord&)>& drops) const;

    std::string m_directory;
};

} // namespace headgate::state
