// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/durable_file.h"
#include "data/json.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::connector {

struct RunFilePaths
{
    std::string data;    ///< written to
    std::string target;  ///< data is renamed to it at the end; the same: it is not
    std::string journal; ///< beside data
};

/// What became of bytes that were to be appended.
enum class Appended
{
    Durably,
    NotAtAll, ///< what was written of them has been cut off again
    Unknown   ///< cutting them off failed too
};

struct AppendResult
{
    Appended state = Appended::Durably;
    std::optional<Error> error; ///< unless Durably
};

/// The file of one run and the journal by which an interrupted run goes on. The journal names, for
/// every batch that the disk has, its idempotency key and where it ends; a batch counts from then
/// on, and a batch that comes again under a known key is not written again. Opening cuts off
/// whatever an interruption left behind the last such place.
///
/// journal:  {"headgate":"run file","version":1,"run":"...","data":"FILE NAME"}
///           {"key":"...","end":120,"note":"..."}     one line a batch
///           {"committed":true}
///
/// The journal is locked while this lives: another process gets "file.busy".
class RunFile
{
public:
    /// Errors: as DurableFile; also Destination "file.damaged" where the data is shorter than its
    /// journal says, and "file.foreign" where data is there without a journal.
    [[nodiscard]] static Result<std::unique_ptr<RunFile>> open(RunFilePaths paths,
                                                               const std::string& run);

    /// Ends what nobody will go on with: data that stands in its place keeps its counted batches,
    /// other data goes, and so does the journal. Errors: as open().
    [[nodiscard]] static Result<void> abandon(const std::string& journal);

    [[nodiscard]] bool knows(const std::string& key) const { return m_keys.count(key) > 0; }
    [[nodiscard]] bool isCommitted() const { return m_committed; }
    [[nodiscard]] std::uint64_t size() const { return m_end; }
    /// What append() was given with the first batch that had a note.
    [[nodiscard]] const std::string& note() const { return m_note; }

    /// `key` is not known and the run is not committed.
    [[nodiscard]] AppendResult append(std::string_view bytes, const std::string& key,
                                      const std::string& note);
    /// Puts the file in its place; one that stands there already and got no bytes goes, with its
    /// journal. Again after a crash: no harm.
    [[nodiscard]] Result<void> commit();

private:
    explicit RunFile(RunFilePaths paths) : m_paths(std::move(paths)) {}

    [[nodiscard]] Result<void> openJournal();
    [[nodiscard]] Result<void> start(const std::string& run);
    [[nodiscard]] Result<void> recover(const std::string& journal);
    [[nodiscard]] bool readLine(const std::string& line);
    [[nodiscard]] bool readHeader(const data::JsonNode& node);
    [[nodiscard]] Result<void> openData(bool existed);
    [[nodiscard]] Result<void> writeBatch(std::string_view bytes, const std::string& line);
    [[nodiscard]] Result<void> rollBack();
    [[nodiscard]] Result<void> leaveNothing();

    RunFilePaths m_paths;
    std::unique_ptr<DurableFile> m_journal;
    std::unique_ptr<DurableFile> m_data;
    std::uint64_t m_journalEnd = 0;
    std::uint64_t m_end = 0;
    std::set<std::string> m_keys;
    std::string m_run;
    std::string m_note;
    bool m_committed = false;
    bool m_dirty = false; ///< something may stand behind m_end or m_journalEnd
};

} // namespace headgate::connector
