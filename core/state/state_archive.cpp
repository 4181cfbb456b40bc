// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/state_archive.h"

#include "base/text.h"
#include "state/archive_file.h"
#include "state/identity_table.h"
#include "state/record_table.h"

#include <algorithm>
#include <array>
#include <map>

namespace headgate::state {

namespace {

constexpr const char* archiveFormat = "headgate-state";
constexpr int archiveVersion = 2;
constexpr std::size_t spoolPiece = 256 << 10;
/// Parents before children.
constexpr std::array archivedTables = {"states",     "record_blocks", "outstanding_records",
                                       "plans",      "batches",       "runs",
                                       "run_counts", "bodies",        "history"};

bool isPlanFileName(const std::string& plan)
{
    return !plan.empty() && plan.size() <= 64 && std::all_of(plan.begin(), plan.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
    });
}

data::JsonNode archivedCell(const Statement& row, int column)
{
    if (row.isNull(column))
        return nullptr;
    if (row.isInteger(column))
        return row.integer(column);
    return row.isBlob(column) ? archivedBytes(row.bytes(column)) : archivedText(row.bytes(column));
}

std::vector<std::string> columnsOf(Database& database, const std::string& table)
{
    const Statement rows = database.prepare("SELECT * FROM " + table);
    std::vector<std::string> columns;
    columns.reserve(static_cast<std::size_t>(rows.columnCount()));
    for (int column = 0; column < rows.columnCount(); ++column)
        columns.push_back(rows.columnName(column));
    return columns;
}

Result<void> writeTable(Database& database, ArchiveWriter& out, const std::string& table)
{
    HEADGATE_TRY(out.write({{"table", table}, {"columns", columnsOf(database, table)}}));
    Statement rows = database.prepare("SELECT * FROM " + table);
    while (true) {
        const auto more = rows.step();
        if (!more)
            return Failure(more.error());
        if (!*more)
            return {};
        data::JsonNode cells = data::JsonNode::array();
        for (int column = 0; column < rows.columnCount(); ++column)
            cells.push_back(archivedCell(rows, column));
        data::JsonNode line;
        line["r"] = std::move(cells);
        HEADGATE_TRY(out.write(line));
    }
}

Result<void> writeSpool(ArchiveWriter& out, const PlanRow& plan)
{
    auto spool = PrivateFile::openForReading(plan.spoolPath);
    if (!spool)
        return propagate(std::move(spool));
    std::string piece;
    for (std::uint64_t offset = 0;; offset += piece.size()) {
        HEADGATE_TRY(spool->readAt(offset, spoolPiece, piece));
        if (piece.empty())
            return {};
        HEADGATE_TRY(out.write({{"spool", plan.id}, {"bytes", archivedBytes(piece)}}));
    }
}

/// Fills tables and spools line by line.
class ArchiveImport
{
public:
    ArchiveImport(Database& database, std::string directory, ArchiveReader& in)
        : m_database(database), m_directory(std::move(directory)), m_in(in)
    {}

    Result<void> run();
    Result<void> removeFiles();

private:
    Result<void> readHeader();
    Result<void> beginTable(const data::JsonNode& line);
    Result<void> readRow(const data::JsonNode& cells);
    Result<void> readPiece(const data::JsonNode& line);
    Result<void> finish();
    Result<void> requireTallies();

    Database& m_database;
    std::string m_directory;
    ArchiveReader& m_in;
    std::optional<Statement> m_insert;
    std::size_t m_columns = 0;
    std::map<std::string, PrivateFile> m_spools; ///< by plan
};

Result<void> ArchiveImport::run()
{
    HEADGATE_TRY(readHeader());
    while (true) {
        const auto line = m_in.next();
        if (!line)
            return Failure(line.error());
        if (!*line)
            return finish();
        if ((*line)->contains("table"))
            HEADGATE_TRY(beginTable(**line));
        else if ((*line)->contains("spool"))
            HEADGATE_TRY(readPiece(**line));
        else if ((*line)->contains("r") && m_insert)
            HEADGATE_TRY(readRow((**line)["r"]));
        else
            return m_in.wrongFormat(Text::tr("the line is unknown"));
    }
}

Result<void> ArchiveImport::readHeader()
{
    const auto header = m_in.next();
    if (!header)
        return Failure(header.error());
    if (!*header || (*header)->value("format", "") != archiveFormat)
        return m_in.wrongFormat(Text::tr("this is no exported state"));
    if ((*header)->value("version", 0) != archiveVersion)
        return m_in.wrongFormat(Text::tr("another version of Headgate wrote it"));
    const auto key = bytesFromArchive((*header)->value("hashKey", data::JsonNode()));
    if (!key || key->size() != HashKey().size())
        return m_in.wrongFormat(Text::tr("the hash key is missing"));
    return m_database.prepare("REPLACE INTO meta(name, value) VALUES('hash_key', ?)")
        .bind(Blob{*key})
        .run();
}

Result<void> ArchiveImport::beginTable(const data::JsonNode& line)
{
    const std::string table = line["table"].is_string() ? line["table"].get<std::string>() : "";
    if (std::find(archivedTables.begin(), archivedTables.end(), table) == archivedTables.end())
        return m_in.wrongFormat(Text::tr("table '%1' is unknown").arg(toQString(table)));
    const std::vector<std::string> columns = columnsOf(m_database, table);
    if (line.value("columns", data::JsonNode()) != data::JsonNode(columns))
        return m_in.wrongFormat(
            Text::tr(
                "table '%1' has other columns; use the version of Headgate that wrote the file")
                .arg(toQString(table)));
    m_columns = columns.size();
    std::string sql = "INSERT INTO " + table + " VALUES(?";
    for (std::size_t i = 1; i < m_columns; ++i)
        sql += ",?";
    m_insert.emplace(m_database.prepare(sql + ")"));
    return {};
}

Result<void> ArchiveImport::readRow(const data::JsonNode& cells)
{
    if (!cells.is_array() || cells.size() != m_columns)
        return m_in.wrongFormat(Text::tr("the row has another number of columns"));
    std::vector<std::string> decoded(m_columns);
    m_insert->reset();
    for (std::size_t i = 0; i < m_columns; ++i) {
        const int index = static_cast<int>(i) + 1;
        if (cells[i].is_null()) {
            m_insert->bindAt(index, nullptr);
        } else if (cells[i].is_number_integer()) {
            m_insert->bindAt(index, cells[i].get<std::int64_t>());
        } else if (auto text = textFromArchive(cells[i])) {
            decoded[i] = std::move(*text);
            m_insert->bindAt(index, decoded[i]);
        } else if (auto bytes = bytesFromArchive(cells[i])) {
            decoded[i] = std::move(*bytes);
            m_insert->bindAt(index, Blob{decoded[i]});
        } else {
            return m_in.wrongFormat(Text::tr("column %1 holds no value").arg(i + 1));
        }
    }
    return m_insert->run();
}

Result<void> ArchiveImport::readPiece(const data::JsonNode& line)
{
    const std::string plan = line["spool"].is_string() ? line["spool"].get<std::string>() : "";
    const auto bytes = bytesFromArchive(line.value("bytes", data::JsonNode()));
    if (!isPlanFileName(plan) || !bytes)
        return m_in.wrongFormat(Text::tr("the piece of a spool is not readable"));
    auto found = m_spools.find(plan);
    if (found == m_spools.end()) {
        const std::string name = plan + ".spool";
        auto file = PrivateFile::create(m_directory + '/' + name);
        if (!file)
            return propagate(std::move(file));
        found = m_spools.emplace(plan, std::move(*file)).first;
        HEADGATE_TRY(
            m_database.prepare("UPDATE plans SET spool = ? WHERE id = ?").bind(name, plan).run());
    }
    return found->second.write(*bytes);
}

Result<void> ArchiveImport::finish()
{
    for (auto& [plan, file] : m_spools) {
        HEADGATE_TRY(file.sync());
        HEADGATE_TRY(file.close());
    }
    return requireTallies();
}

Result<void> ArchiveImport::requireTallies()
{
    IdentityTable identities(m_database);
    HEADGATE_TRY(identities.storeCount());
    const auto states = identities.all();
    if (!states)
        return Failure(states.error());
    RecordTable records(m_database);
    for (const StateInfo& state : *states) {
        const auto stored = records.tally(state.id);
        if (!stored)
            return Failure(stored.error());
        const auto counted = records.recount(state.id);
        if (!counted)
            return Failure(counted.error());
        if (*stored != *counted)
            return m_in.wrongFormat(Text::tr("records of a state are missing"));
    }
    return {};
}

Result<void> ArchiveImport::removeFiles()
{
    for (const auto& [plan, file] : m_spools)
        HEADGATE_TRY(removeFile(file.path()));
    return {};
}

} // namespace

Result<void> StateArchive::write(const std::string& file)
{
    auto out = ArchiveWriter::create(file);
    if (!out)
        return propagate(std::move(out));
    const auto hashKey = m_database.prepare("SELECT value FROM meta WHERE name = 'hash_key'")
                             .first([](const Statement& row) { return row.text(0); });
    if (!hashKey)
        return Failure(hashKey.error());
    HEADGATE_TRY(out->write({{"format", archiveFormat},
                             {"version", archiveVersion},
                             {"hashKey", archivedBytes(hashKey->value_or(std::string()))}}));
    for (const char* table : archivedTables)
        HEADGATE_TRY(writeTable(m_database, *out, table));
    const auto plans = m_plans.unfinished();
    if (!plans)
        return Failure(plans.error());
    for (const PlanRow& plan : *plans)
        if (plan.status != PlanState::Building && !plan.spoolPath.empty())
            HEADGATE_TRY(writeSpool(*out, plan));
    return out->finish();
}

Result<void> StateArchive::read(const std::string& file)
{
    const auto states = m_database.number("SELECT (SELECT count(*) FROM states) + "
                                          "(SELECT count(*) FROM runs)");
    if (!states)
        return Failure(states.error());
    if (*states != 0)
        return fail(ErrorKind::State, "state.import.not_empty",
                    Text::tr("%1 already holds the state of a sync. Import into an empty folder, "
                             "or set this one aside first.")
                        .arg(toQString(m_directory)));
    auto in = ArchiveReader::open(file);
    if (!in)
        return propagate(std::move(in));
    ArchiveImport import(m_database, m_directory, *in);
    auto done = import.run();
    if (!done)
        HEADGATE_TRY(import.removeFiles());
    return done;
}

} // namespace headgate::state
