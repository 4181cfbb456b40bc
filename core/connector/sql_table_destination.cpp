// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/sql_table_destination.h"

#include "base/redaction.h"
#include "base/text.h"
#include "connector/immediate.h"
#include "connector/spec_capabilities.h"
#include "connector/sql_batch_writer.h"

#include <charconv>

namespace headgate::connector {

namespace {

Failure sqlFailure(const SqlError& error)
{
    const QString words = toQString(error.message);
    switch (error.fault) {
    case SqlFault::Denied:
        return fail(
            ErrorKind::Credential, "sql.denied",
            Text::tr("The database does not accept the user name or the password: %1").arg(words));
    case SqlFault::Lost:
        return fail(ErrorKind::Destination, "sql.connection",
                    Text::tr("The database cannot be reached: %1").arg(words));
    case SqlFault::Passing:
        return fail(ErrorKind::Destination, "sql.busy",
                    Text::tr("The database cannot do this now: %1").arg(words));
    case SqlFault::Data:
    case SqlFault::Conflict:
    case SqlFault::Setup:
        break;
    }
    return fail(ErrorKind::Destination, "sql.refused",
                Text::tr("The database refuses: %1").arg(words));
}

const char* fieldType(SqlColumnKind kind)
{
    switch (kind) {
    case SqlColumnKind::Text:
    case SqlColumnKind::Bytes:
        return "string";
    case SqlColumnKind::Integer:
        return "integer";
    case SqlColumnKind::Decimal:
        return "number";
    case SqlColumnKind::Boolean:
        return "boolean";
    case SqlColumnKind::Date:
        return "date";
    case SqlColumnKind::DateTime:
        return "datetime";
    case SqlColumnKind::List:
        return "list";
    case SqlColumnKind::Json:
    case SqlColumnKind::Other:
        return "any";
    }
    return "any";
}

/// Without a key of its own, one upsert could change many rows, or none could be made. Append only
/// fills the column, if there is one to fill.
std::optional<SqlError> matchProblem(const SqlTable& table, const DeliveryBatch& batch)
{
    const bool appends = batch.operation == Operation::Append;
    const bool exists = table.find(batch.matchField) != nullptr;
    if (appends ? exists || batch.matchField.empty() : table.isUnique(batch.matchField))
        return std::nullopt;
    const QString message =
        exists ? Text::tr("The column '%1' is no unique key of the table %2. Add a unique index or "
                          "match on another column.")
               : Text::tr("The table %2 has no column '%1' to match on.");
    return SqlError{
        SqlFault::Setup, "sql.match",
        message.arg(toQString(batch.matchField), toQString(batch.object)).toStdString()};
}

SqlAccount sqlAccountOf(const AccountValues& account, const DestinationConfig& config)
{
    SqlAccount sql;
    const std::string_view port = account.text("port");
    std::from_chars(port.data(), port.data() + port.size(), sql.port);
    sql.host = std::string(account.text("host"));
    sql.database = std::string(account.text("database"));
    sql.user = std::string(account.text("user"));
    sql.password = std::string(account.text("password"));
    sql.caFile = config.caFile;
    return sql;
}

} // namespace

SqlTableDestination::SqlTableDestination(SharedSpec spec, AccountValues account,
                                         SqlAccount sqlAccount, Opener opener)
    : m_spec(std::move(spec)), m_account(std::move(account)), m_sqlAccount(std::move(sqlAccount)),
      m_opener(std::move(opener))
{}

Result<std::unique_ptr<Destination>>
SqlTableDestination::open(SharedSpec spec, const DestinationConfig& config, Opener opener)
{
    for (const auto& [key, secret] : config.secrets)
        Redaction::registerSecret(secret.reveal());
    auto account = AccountValues::open(*spec, config);
    if (!account)
        return propagate(std::move(account));
    SqlAccount sql = sqlAccountOf(*account, config);
    return std::unique_ptr<Destination>(new SqlTableDestination(
        std::move(spec), std::move(*account), std::move(sql), std::move(opener)));
}

std::string SqlTableDestination::accountIdentity() const
{
    std::string identity = m_spec->id;
    for (const FormField& field : m_spec->account)
        if (field.identity && !field.secret)
            identity += ';' + field.key + '=' + std::string(m_account.text(field.key));
    return identity;
}

SqlResult<SqlSession*> SqlTableDestination::session()
{
    if (m_session && m_session->isOpen())
        return m_session.get();
    m_tables.clear();
    m_session.reset();
    auto opened = m_opener(m_sqlAccount);
    if (!opened)
        return tl::unexpected(opened.error());
    m_session = std::move(*opened);
    return m_session.get();
}

SqlResult<const SqlTable*> SqlTableDestination::table(const std::string& object)
{
    const auto open = session();
    if (!open)
        return tl::unexpected(open.error());
    const auto known = m_tables.find(object);
    if (known != m_tables.end())
        return &known->second;
    auto table = (*open)->table(object);
    if (!table)
        return tl::unexpected(table.error());
    return &m_tables.insert_or_assign(object, std::move(*table)).first->second;
}

std::unique_ptr<Inquiry<AccountCheck>> SqlTableDestination::check()
{
    return std::make_unique<ImmediateInquiry<AccountCheck>>([this] { return tryAccount(); });
}

Result<AccountCheck> SqlTableDestination::tryAccount()
{
    const auto open = session();
    const auto tables = open ? (*open)->tables() : tl::unexpected(open.error());
    if (!tables)
        return sqlFailure(tables.error());
    return AccountCheck{{},
                        Text::tr("Connected to %1; tables that can be written to: %2.")
                            .arg(toQString((*open)->server()))
                            .arg(qulonglong(tables->size()))};
}

std::unique_ptr<Inquiry<std::vector<ObjectInfo>>> SqlTableDestination::objects()
{
    return std::make_unique<ImmediateInquiry<std::vector<ObjectInfo>>>(
        [this] { return listTables(); });
}

Result<std::vector<ObjectInfo>> SqlTableDestination::listTables()
{
    const auto open = session();
    const auto tables = open ? (*open)->tables() : tl::unexpected(open.error());
    if (!tables)
        return sqlFailure(tables.error());
    std::vector<ObjectInfo> objects;
    for (const std::string& id : *tables)
        objects.push_back({id, toQString(id), {}});
    return objects;
}

std::unique_ptr<Inquiry<std::vector<FieldInfo>>>
SqlTableDestination::fields(const std::string& object)
{
    return std::make_unique<ImmediateInquiry<std::vector<FieldInfo>>>(
        [this, object] { return listColumns(object); });
}

Result<std::vector<FieldInfo>> SqlTableDestination::listColumns(const std::string& object)
{
    m_tables.erase(object);
    const auto found = table(object);
    if (!found)
        return sqlFailure(found.error());
    std::vector<FieldInfo> fields;
    for (const SqlColumn& column : (*found)->columns) {
        FieldInfo field;
        field.name = column.name;
        field.type = fieldType(column.kind);
        field.required = !column.nullable && !column.hasDefault && column.writable;
        field.writable = column.writable;
        field.matchable = column.writable && (*found)->isUnique(column.name);
        field.label = toQString(column.name + " (" + column.type + ')');
        fields.push_back(std::move(field));
    }
    return fields;
}

Result<Capabilities> SqlTableDestination::capabilities(const std::string& object) const
{
    return capabilitiesOf(*m_spec, object, m_account);
}

std::string SqlTableDestination::normalisedMatch(const std::string&, const std::string&,
                                                 data::ValueView match) const
{
    return std::string(match.text);
}

std::size_t SqlTableDestination::encodedSize(const DeliveryBatch&,
                                             const OutgoingRecord& record) const
{
    return record.payload.size() + record.match.text.size();
}

std::size_t SqlTableDestination::envelopeSize(const DeliveryBatch&) const
{
    return 0;
}

std::unique_ptr<Exchange>
SqlTableDestination::beginRun(const std::string&, const std::string& object, Operation operation)
{
    return std::make_unique<ImmediateExchange>([this, object, operation] {
        if (auto unfit = unfitOperation(*m_spec, object, operation))
            return std::move(*unfit);
        m_tables.erase(object);
        const auto found = table(object);
        return found ? nothingToDo() : notApplied(found.error());
    });
}

std::unique_ptr<Exchange> SqlTableDestination::submit(const DeliveryBatch& batch)
{
    return std::make_unique<ImmediateExchange>([this, &batch] { return write(batch); });
}

std::unique_ptr<Exchange> SqlTableDestination::settle(const std::string&,
                                                      const DeliveryBatch& batch)
{
    return submit(batch);
}

std::unique_ptr<Exchange> SqlTableDestination::commitRun(const std::string&)
{
    return std::make_unique<ImmediateExchange>([] { return nothingToDo(); });
}

std::unique_ptr<Inquiry<CredentialRenewal>> SqlTableDestination::renewCredential()
{
    return std::make_unique<ImmediateInquiry<CredentialRenewal>>(
        [] { return CredentialRenewal(); });
}

BatchResult SqlTableDestination::write(const DeliveryBatch& batch)
{
    if (batch.records.empty())
        return nothingToDo();
    if (auto unfit = unfitBatch(*m_spec, m_account, batch))
        return std::move(*unfit);
    const auto found = table(batch.object);
    if (!found)
        return notApplied(found.error());
    if (const auto problem = matchProblem(**found, batch))
        return notApplied(*problem);
    SqlBatchWriter writer(*m_session, **found, batch);
    BatchResult result = writer.write();
    if (writer.sessionIsSpent()) {
        m_session.reset();
        m_tables.clear();
    }
    return result;
}

} // namespace headgate::connector
