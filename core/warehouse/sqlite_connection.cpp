// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/sqlite_connection.h"

#include "base/text.h"

#include <QFileInfo>
#include <QLocale>
#include <QUrl>
#include <charconv>
#include <limits>

namespace headgate::warehouse {

namespace {

using data::Value;
using data::ValueKind;

constexpr int busyMs = 10'000;
constexpr int progressSteps = 20'000;

StatementFault sqliteFault(int code, const char* text)
{
    const std::string_view words = text ? text : "";
    switch (code & 0xFF) {
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return StatementFault::ReadOnly;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return StatementFault::Busy;
    case SQLITE_INTERRUPT:
        return StatementFault::Timeout;
    case SQLITE_NOMEM:
    case SQLITE_FULL:
    case SQLITE_TOOBIG:
        return StatementFault::Resources;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_CANTOPEN:
        return StatementFault::Lost;
    case SQLITE_MISMATCH:
        return StatementFault::Value;
    case SQLITE_ERROR:
        if (words.starts_with("no such"))
            return StatementFault::UnknownName;
        if (words.starts_with("not authorized"))
            return StatementFault::ReadOnly;
        if (words.find("syntax error") != std::string_view::npos || words == "incomplete input")
            return StatementFault::Syntax;
        return StatementFault::Other;
    default:
        return StatementFault::Other;
    }
}

/// SQLite compares dates as text: the separator that its own functions write sorts first, so that
/// an inclusive lower bound leaves no row out whichever way the file writes them.
std::string sqliteDateText(const std::string& canonical)
{
    std::string text = canonical.substr(0, canonical.find('+'));
    if (text.size() > 10)
        text[10] = ' ';
    return text;
}

int bindSqliteNumber(sqlite3_stmt* statement, int index, const std::string& text)
{
    sqlite3_int64 whole = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (read.ec == std::errc() && read.ptr == text.data() + text.size())
        return sqlite3_bind_int64(statement, index, whole);
    return sqlite3_bind_double(statement, index, QLocale::c().toDouble(toQString(text)));
}

int bindSqliteValue(sqlite3_stmt* statement, int index, const Value& value)
{
    switch (value.kind) {
    case ValueKind::Null:
    case ValueKind::Invalid:
        return sqlite3_bind_null(statement, index);
    case ValueKind::Bool:
        return sqlite3_bind_int(statement, index, value.text == "true" ? 1 : 0);
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
        return bindSqliteNumber(statement, index, value.text);
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz: {
        const std::string text = sqliteDateText(value.text);
        return sqlite3_bind_text(statement, index, text.data(), static_cast<int>(text.size()),
                                 SQLITE_TRANSIENT);
    }
    case ValueKind::Text:
    case ValueKind::Bytes:
    case ValueKind::Date:
    case ValueKind::Time:
    case ValueKind::Uuid:
    case ValueKind::Json:
        return sqlite3_bind_text(statement, index, value.text.data(),
                                 static_cast<int>(value.text.size()), SQLITE_TRANSIENT);
    }
    return SQLITE_MISUSE;
}

class SqliteStream final : public data::RowStream
{
public:
    SqliteStream(SqliteConnection& connection, SqliteStatement statement, std::uint64_t rowLimit)
        : m_connection(connection), m_statement(std::move(statement)),
          m_left(rowLimit == 0 ? std::numeric_limits<std::uint64_t>::max() : rowLimit)
    {
        const int count = sqlite3_column_count(m_statement.get());
        for (int i = 0; i < count; ++i) {
            const char* name = sqlite3_column_name(m_statement.get(), i);
            const char* declared = sqlite3_column_decltype(m_statement.get(), i);
            const std::string type = declared ? declared : "";
            m_schema.columns.push_back({name ? name : "", sqliteKind(type), type, {}});
            m_hints.push_back(sqliteHint(type));
        }
    }
    ~SqliteStream() override
    {
        if (!m_ended)
            end();
    }
    SqliteStream(const SqliteStream&) = delete;
    SqliteStream& operator=(const SqliteStream&) = delete;

    const data::Schema& schema() const override { return m_schema; }

    Result<data::ReadStep> read(data::RowBlock& block) override
    {
        block.reset(m_hints.size());
        while (!block.isFull()) {
            const int state = m_left == 0 ? SQLITE_DONE : sqlite3_step(m_statement.get());
            if (state == SQLITE_ROW) {
                append(block);
                --m_left;
                continue;
            }
            if (state == SQLITE_DONE) {
                end();
                return data::ReadStep::Done;
            }
            Failure failure = m_connection.failure();
            end();
            return failure;
        }
        return data::ReadStep::More;
    }

private:
    void append(data::RowBlock& block) const
    {
        for (std::size_t i = 0; i < m_hints.size(); ++i) {
            const std::size_t begin = block.bytes().size();
            const ValueKind kind = appendSqliteValue(block.bytes(), m_statement.get(),
                                                     static_cast<int>(i), m_hints[i]);
            block.closeCell(kind, begin);
        }
    }
    void end()
    {
        m_ended = true;
        m_statement.reset();
        m_connection.finishQuery();
    }

    SqliteConnection& m_connection;
    SqliteStatement m_statement;
    data::Schema m_schema;
    std::vector<SqliteHint> m_hints;
    std::uint64_t m_left;
    bool m_ended = false;
};

} // namespace

SqliteConnection::SqliteConnection(SqliteHandle handle, const ConnectRequest& request)
    : m_handle(std::move(handle)), m_where(request.form.where()), m_snapshot(request.spec.snapshot),
      m_statementTimeout(request.form.statementTimeout())
{
    StatementCancel::Actions actions;
    actions.ask = [database = m_handle.get()] { sqlite3_interrupt(database); };
    actions.askUsesConnection = true;
    m_cancel = StatementCancel(std::move(actions));
    sqlite3_busy_timeout(m_handle.get(), busyMs);
    sqlite3_progress_handler(m_handle.get(), progressSteps, onProgress, this);
}

SqliteConnection::~SqliteConnection() = default;

int SqliteConnection::onProgress(void* self)
{
    auto* connection = static_cast<SqliteConnection*>(self);
    connection->m_ranOut = std::chrono::steady_clock::now() >= connection->m_deadline;
    return connection->m_ranOut || connection->m_cancel.requested() ? 1 : 0;
}

std::string SqliteConnection::server() const
{
    return std::string("SQLite ") + sqlite3_libversion();
}

Failure SqliteConnection::failure() const
{
    if (m_cancel.requested())
        return cancelledFailure(m_where);
    const int code = sqlite3_extended_errcode(m_handle.get());
    const char* text = sqlite3_errmsg(m_handle.get());
    return statementFailure(sqliteFault(code, text), {std::to_string(code), text}, m_where);
}

Failure SqliteConnection::statementProblem(const BoundSql& sql, std::string_view typed) const
{
    const int code = sqlite3_extended_errcode(m_handle.get());
    const char* text = sqlite3_errmsg(m_handle.get());
    std::optional<TextPlace> place;
    if (const int offset = sqlite3_error_offset(m_handle.get()); offset >= 0)
        place = placeOf(typed, sql.typedOffset(static_cast<std::size_t>(offset)));
    return statementFailure(sqliteFault(code, text), {std::to_string(code), text}, m_where, place);
}

Result<SqliteStatement> SqliteConnection::prepare(const std::string& sql)
{
    sqlite3_stmt* statement = nullptr;
    const int state = sqlite3_prepare_v2(m_handle.get(), sql.data(), static_cast<int>(sql.size()),
                                         &statement, nullptr);
    SqliteStatement owned(statement);
    if (state != SQLITE_OK)
        return failure();
    return owned;
}

Result<void> SqliteConnection::execute(const std::string& sql)
{
    m_cancel.begin();
    m_deadline = std::chrono::steady_clock::now() + m_statementTimeout;
    auto statement = prepare(sql);
    Result<void> done;
    if (!statement) {
        done = propagate(std::move(statement));
    } else {
        int state = SQLITE_ROW;
        while (state == SQLITE_ROW)
            state = sqlite3_step(statement->get());
        if (state != SQLITE_DONE)
            done = failure();
    }
    finishQuery();
    return done;
}

Result<void> SqliteConnection::beginSnapshot()
{
    for (const std::string& sql : m_snapshot.begin)
        HEADGATE_TRY(execute(sql));
    return {};
}

Result<void> SqliteConnection::endSnapshot()
{
    for (const std::string& sql : m_snapshot.end)
        HEADGATE_TRY(execute(sql));
    return {};
}

Result<std::unique_ptr<data::RowStream>>
SqliteConnection::stream(const SqlText& sql, const std::map<std::string, Value>& parameters,
                         std::uint64_t rowLimit)
{
    const BoundSql bound = bindMarkers(sql, MarkerStyle::Question);
    m_cancel.begin();
    m_deadline = std::chrono::steady_clock::now() + m_statementTimeout;
    auto statement = prepare(bound.text);
    if (!statement) {
        Failure failed =
            m_cancel.requested() ? cancelledFailure(m_where) : statementProblem(bound, sql.text);
        finishQuery();
        return failed;
    }
    if (sqlite3_bind_parameter_count(statement->get()) != static_cast<int>(bound.names.size())) {
        finishQuery();
        return fail(ErrorKind::Config, "source.statement.marker",
                    Text::tr("The SQL holds a parameter that is not written as :name."));
    }
    int index = 0;
    for (const std::string& name : bound.names)
        if (bindSqliteValue(statement->get(), ++index, parameters.at(name)) != SQLITE_OK) {
            Failure failed = failure();
            finishQuery();
            return failed;
        }
    return std::make_unique<SqliteStream>(*this, *std::move(statement), rowLimit);
}

OpenedConnection connectSqlite(const ConnectRequest& request, const StopToken& stop)
{
    const QString where = request.form.where();
    if (stop.stopRequested())
        return cancelledFailure(where);
    const QString path = toQString(request.form.path("file"));
    if (!QFileInfo::exists(path))
        return connectFailure(ConnectFault::Database, {{}, "there is no such file"}, where);
    QUrl url = QUrl::fromLocalFile(path);
    url.setQuery(QStringLiteral("mode=ro"));
    sqlite3* database = nullptr;
    const int state =
        sqlite3_open_v2(url.toString(QUrl::FullyEncoded).toUtf8().constData(), &database,
                        SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX, nullptr);
    SqliteHandle handle(database);
    const auto problem = [&] {
        const int code = database ? sqlite3_extended_errcode(database) : state;
        return connectFailure(
            (code & 0xFF) == SQLITE_BUSY ? ConnectFault::Busy : ConnectFault::Database,
            {std::to_string(code), database ? sqlite3_errmsg(database) : sqlite3_errstr(state)},
            where);
    };
    if (state != SQLITE_OK)
        return problem();
    sqlite3_busy_timeout(database, busyMs);
    if (sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr) != SQLITE_OK ||
        sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr) != SQLITE_OK ||
        sqlite3_exec(database, "PRAGMA query_only = 1; SELECT count(*) FROM sqlite_schema", nullptr,
                     nullptr, nullptr) != SQLITE_OK)
        return problem();
    return std::make_unique<SqliteConnection>(std::move(handle), request);
}

} // namespace headgate::warehouse
