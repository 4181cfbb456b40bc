// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/sql_source.h"

#include "base/text.h"
#include "warehouse/source_error.h"

#include <algorithm>
#include <optional>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

constexpr Milliseconds tunnelPatience{1000};

/// Ends once and for all: what follows an end or an error is the same end or error.
class TrackedStream final : public data::RowStream
{
public:
    using Explain = std::function<Error(Error)>;

    TrackedStream(std::unique_ptr<data::RowStream> inner, std::shared_ptr<bool> open,
                  Explain explain)
        : m_inner(std::move(inner)), m_schema(m_inner->schema()), m_open(std::move(open)),
          m_explain(std::move(explain))
    {
        *m_open = true;
    }
    ~TrackedStream() override { close(); }
    TrackedStream(const TrackedStream&) = delete;
    TrackedStream& operator=(const TrackedStream&) = delete;

    const data::Schema& schema() const override { return m_schema; }

    Result<data::ReadStep> read(data::RowBlock& block) override
    {
        if (!m_inner) {
            block.reset(m_schema.columns.size());
            if (m_error)
                return Failure(*m_error);
            return data::ReadStep::Done;
        }
        auto step = m_inner->read(block);
        if (!step) {
            block.reset(m_schema.columns.size());
            m_error = m_explain(std::move(step).error());
            close();
            return Failure(*m_error);
        }
        if (*step == data::ReadStep::Done)
            close();
        return step;
    }

private:
    void close()
    {
        if (m_inner)
            *m_open = false;
        m_inner.reset();
    }

    std::unique_ptr<data::RowStream> m_inner;
    data::Schema m_schema;
    std::shared_ptr<bool> m_open;
    Explain m_explain;
    std::optional<Error> m_error;
};

std::string filledIn(std::string sql, std::chrono::seconds timeout)
{
    const auto replace = [&](std::string_view name, const std::string& value) {
        for (std::size_t at = sql.find(name); at != std::string::npos; at = sql.find(name))
            sql.replace(at, name.size(), value);
    };
    replace("{statementTimeoutMs}", std::to_string(Milliseconds(timeout).count()));
    replace("{statementTimeoutSeconds}", std::to_string(timeout.count()));
    return sql;
}

QString joinedWords(const std::vector<std::string>& words)
{
    QStringList upper;
    for (const std::string& word : words)
        upper << toQString(word).toUpper();
    return upper.join(QStringLiteral(", "));
}

bool contains(const std::vector<std::string>& words, const std::string& word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

} // namespace

SqlSource::SqlSource(SourceForm form, WarehouseSpec spec, std::unique_ptr<SshTunnel> tunnel,
                     std::unique_ptr<Connection> connection)
    : m_form(std::move(form)), m_spec(std::move(spec)), m_tunnel(std::move(tunnel)),
      m_connection(std::move(connection))
{}

Result<void> SqlSource::pinSession()
{
    for (const SessionStatement& statement : m_spec.session)
        HEADGATE_TRY(pin(statement));
    return {};
}

Result<void> SqlSource::pinAgain()
{
    if (!m_spec.pinsEachQuery)
        return {};
    for (const SessionStatement& statement : m_spec.session) {
        if (!statement.required)
            continue;
        auto pinned = m_connection->execute(
            filledIn(statement.alternatives.front(), m_form.statementTimeout()));
        if (!pinned)
            return Failure(explained(std::move(pinned).error()));
    }
    return {};
}

Result<void> SqlSource::pin(const SessionStatement& statement)
{
    Result<void> done;
    for (const std::string& sql : statement.alternatives) {
        done = m_connection->execute(filledIn(sql, m_form.statementTimeout()));
        if (done || done.error().kind == ErrorKind::Cancelled)
            return done;
    }
    if (!statement.required && done.error().code != "source.connection.lost")
        return {};
    Error error = explained(std::move(done).error());
    return connectFailure(
        ConnectFault::Session,
        {{}, (error.detail.isEmpty() ? error.message : error.detail).toStdString()},
        m_form.where());
}

Result<SourceReport> SqlSource::test()
{
    auto rows = browse("SELECT 1", {});
    if (!rows)
        return propagate(std::move(rows));
    SourceReport report;
    report.server = m_connection->server();
    report.readOnly = m_connection->enforcesReadOnly();
    report.streams = m_connection->streams();
    report.caveats = caveats();
    return report;
}

std::vector<QString> SqlSource::caveats() const
{
    std::vector<QString> caveats;
    for (const std::string& caveat : m_spec.caveats)
        caveats.push_back(toQString(caveat));
    if (!m_connection->streams())
        caveats.push_back(Text::tr("This driver buffers whole results by itself: it holds all rows "
                                   "in memory before Headgate reads the first one."));
    if (!m_spec.field("tls") || isLoopback(m_form.host()) || m_form.isTunnelled())
        return caveats;
    switch (m_form.tls()) {
    case TlsMode::Optional:
    case TlsMode::Off:
        caveats.push_back(Text::tr("The connection is not encrypted: whoever is in between can "
                                   "read password and data."));
        break;
    case TlsMode::Encrypt:
        caveats.push_back(Text::tr("The connection is encrypted, but nobody checks with whom: set "
                                   "encryption to verified."));
        break;
    case TlsMode::Verify:
        break;
    }
    return caveats;
}

Result<std::vector<SchemaInfo>> SqlSource::schemas()
{
    auto rows = browse(m_spec.schemasSql, {});
    if (m_spec.schemasSql.empty())
        if (const auto catalog = m_connection->catalog())
            rows = catalog->schemas();
    if (!rows)
        return propagate(std::move(rows));
    std::vector<SchemaInfo> schemas;
    for (std::vector<std::string>& row : *rows)
        schemas.push_back({std::move(row.at(0))});
    return schemas;
}

Result<std::vector<TableInfo>> SqlSource::tables(const std::string& schema)
{
    auto rows = browse(m_spec.tablesSql, {{"schema", schema}});
    if (m_spec.tablesSql.empty())
        if (const auto catalog = m_connection->catalog())
            rows = catalog->tables(schema);
    if (!rows)
        return propagate(std::move(rows));
    std::vector<TableInfo> tables;
    for (std::vector<std::string>& row : *rows)
        tables.push_back(
            {schema, std::move(row.at(0)), std::move(row.at(1)), std::move(row.at(2))});
    return tables;
}

Result<data::Schema> SqlSource::columns(const TableInfo& table)
{
    const std::string name =
        (table.schema.empty() ? "" : quoted(table.schema) + '.') + quoted(table.name);
    auto stream = query("SELECT * FROM " + name + " WHERE 1 = 0", {}, 0);
    if (!stream)
        return propagate(std::move(stream));
    data::Schema schema = (*stream)->schema();
    data::RowBlock block;
    if (auto end = (*stream)->read(block); !end)
        return propagate(std::move(end));
    stream->reset();
    auto rows = browse(m_spec.columnsSql, {{"schema", table.schema}, {"table", table.name}});
    if (m_spec.columnsSql.empty())
        if (const auto catalog = m_connection->catalog())
            rows = catalog->columns(table);
    if (!rows)
        return propagate(std::move(rows));
    for (const std::vector<std::string>& row : *rows)
        for (data::Column& column : schema.columns)
            if (column.name == row.at(0)) {
                column.nativeType = row.at(1);
                column.comment = row.at(2);
            }
    return schema;
}

Result<std::vector<std::string>> SqlSource::primaryKey(const TableInfo& table)
{
    auto rows = browse(m_spec.keySql, {{"schema", table.schema}, {"table", table.name}});
    if (m_spec.columnsSql.empty())
        if (const auto catalog = m_connection->catalog())
            rows = catalog->primaryKey(table);
    if (!rows)
        return propagate(std::move(rows));
    std::vector<std::string> key;
    for (std::vector<std::string>& row : *rows)
        key.push_back(std::move(row.at(0)));
    return key;
}

Result<Catalog::Rows> SqlSource::browse(const std::string& sql, const Texts& parameters)
{
    if (sql.empty())
        return Catalog::Rows{};
    std::map<std::string, Value> values;
    for (const auto& [name, text] : parameters)
        values.emplace(name, Value(ValueKind::Text, text));
    auto stream = query(sql, values, 0);
    if (!stream)
        return propagate(std::move(stream));
    Catalog::Rows rows;
    data::RowBlock block;
    for (;;) {
        auto step = (*stream)->read(block);
        if (!step)
            return propagate(std::move(step));
        for (std::size_t i = 0; i < block.rowCount(); ++i) {
            std::vector<std::string> row;
            for (std::size_t k = 0; k < block.columnCount(); ++k)
                row.emplace_back(block.at(i, k).text);
            rows.push_back(std::move(row));
        }
        if (*step == data::ReadStep::Done)
            return rows;
    }
}

Result<void> SqlSource::checkNoStream() const
{
    if (*m_streamOpen)
        return fail(ErrorKind::Internal, "source.stream.open",
                    Text::tr("Another query of this connection is still being read."));
    return {};
}

Result<void> SqlSource::beginSnapshot()
{
    HEADGATE_TRY(checkNoStream());
    if (m_inSnapshot)
        return fail(ErrorKind::Internal, "source.snapshot.open",
                    Text::tr("A snapshot is already open on this connection."));
    HEADGATE_TRY(pinAgain());
    auto begun = m_connection->beginSnapshot();
    if (!begun)
        return Failure(explained(std::move(begun).error()));
    m_inSnapshot = true;
    return {};
}

Result<void> SqlSource::endSnapshot()
{
    HEADGATE_TRY(checkNoStream());
    if (!m_inSnapshot)
        return {};
    m_inSnapshot = false;
    auto ended = m_connection->endSnapshot();
    if (!ended)
        return Failure(explained(std::move(ended).error()));
    return {};
}

Result<void> SqlSource::checkIsQuery(const SqlText& sql) const
{
    const ReadOnlyRules& rules = m_spec.readOnly;
    const std::string first = sql.words.empty() ? std::string() : sql.words.front();
    if (!contains(rules.firstWords, first))
        return fail(ErrorKind::Config, "source.statement.noquery",
                    Text::tr("The SQL does not begin like a query. Headgate only reads: begin with "
                             "one of %1.")
                        .arg(joinedWords(rules.firstWords)));
    for (const std::string& word : sql.words)
        if (contains(rules.refusedWords, word))
            return fail(ErrorKind::Config, "source.statement.writes",
                        Text::tr("The SQL holds the word %1, which could write. Headgate only "
                                 "reads: remove it, or quote it if it is a name.")
                            .arg(toQString(word).toUpper()));
    return {};
}

Result<std::unique_ptr<data::RowStream>>
SqlSource::query(const std::string& sql, const std::map<std::string, data::Value>& parameters,
                 std::uint64_t rowLimit)
{
    HEADGATE_TRY(checkNoStream());
    auto scanned = scanSql(sql, m_spec.syntax);
    if (!scanned)
        return propagate(std::move(scanned));
    HEADGATE_TRY(checkIsQuery(*scanned));
    for (const SqlText::Parameter& parameter : scanned->parameters) {
        const auto at = parameters.find(parameter.name);
        if (at == parameters.end() || at->second.kind == ValueKind::Invalid)
            return fail(ErrorKind::Config, "source.parameter.missing",
                        Text::tr("The SQL uses the parameter :%1, which has no value. Define it, "
                                 "or quote the text if it is none.")
                            .arg(toQString(parameter.name)));
    }
    // In a snapshot its own transaction counts, which can no more be made writable.
    if (!m_inSnapshot)
        HEADGATE_TRY(pinAgain());
    auto stream = m_connection->stream(*scanned, parameters, rowLimit);
    if (!stream)
        return Failure(explained(std::move(stream).error()));
    return std::make_unique<TrackedStream>(std::move(*stream), m_streamOpen, [this](Error error) {
        return explained(std::move(error));
    });
}

Error SqlSource::explained(Error error) const
{
    if (!m_tunnel || error.kind != ErrorKind::Source)
        return error;
    const bool lost = error.code == "source.connection.lost";
    auto alive = m_tunnel->check(lost ? tunnelPatience : Milliseconds{});
    return alive ? std::move(error) : std::move(alive).error();
}

std::string SqlSource::quoted(const std::string& identifier) const
{
    return m_spec.quoted(identifier);
}

void SqlSource::cancel()
{
    m_connection->cancel();
}

} // namespace headgate::warehouse
