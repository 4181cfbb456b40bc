// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/changed_rows.h"

#include "state/record_row.h"

#include <new>
#include <sqlite3.h>

namespace headgate::state {

namespace {

enum RowsColumn
{
    columnKeyHash,
    columnFlags,
    columnStatus,
    columnDigest,
    columnBody,
    columnPointer
};

struct RowsCursor
{
    sqlite3_vtab_cursor base;
    const ChangedRows* rows = nullptr;
    std::size_t at = 0;
};

RowsCursor& rowsCursor(sqlite3_vtab_cursor* cursor)
{
    return *reinterpret_cast<RowsCursor*>(cursor);
}

int connectRows(sqlite3* connection, void*, int, const char* const*, sqlite3_vtab** table, char**)
{
    const int code = sqlite3_declare_vtab(
        connection, "CREATE TABLE rows(key_hash, flags, status, digest, body, pointer HIDDEN)");
    if (code != SQLITE_OK)
        return code;
    *table = new (std::nothrow) sqlite3_vtab{};
    return *table != nullptr ? sqlite3_vtab_config(connection, SQLITE_VTAB_DIRECTONLY)
                             : SQLITE_NOMEM;
}

int disconnectRows(sqlite3_vtab* table)
{
    delete table;
    return SQLITE_OK;
}

/// Always read from the first to the last, and never without the pointer.
int planRows(sqlite3_vtab*, sqlite3_index_info* plan)
{
    for (int i = 0; i < plan->nConstraint; ++i) {
        const auto& constraint = plan->aConstraint[i];
        if (constraint.iColumn != columnPointer || constraint.usable == 0 ||
            constraint.op != SQLITE_INDEX_CONSTRAINT_EQ)
            continue;
        plan->aConstraintUsage[i].argvIndex = 1;
        plan->aConstraintUsage[i].omit = 1;
        plan->estimatedCost = 1;
        return SQLITE_OK;
    }
    return SQLITE_CONSTRAINT;
}

int openRows(sqlite3_vtab*, sqlite3_vtab_cursor** cursor)
{
    auto* opened = new (std::nothrow) RowsCursor{};
    if (opened == nullptr)
        return SQLITE_NOMEM;
    *cursor = &opened->base;
    return SQLITE_OK;
}

int closeRows(sqlite3_vtab_cursor* cursor)
{
    delete &rowsCursor(cursor);
    return SQLITE_OK;
}

int beginRows(sqlite3_vtab_cursor* cursor, int, const char*, int count, sqlite3_value** arguments)
{
    if (count != 1)
        return SQLITE_MISUSE;
    RowsCursor& begun = rowsCursor(cursor);
    begun.rows = static_cast<const ChangedRows*>(
        sqlite3_value_pointer(arguments[0], ChangedRows::pointerType));
    if (begun.rows == nullptr)
        return SQLITE_MISUSE;
    begun.at = begun.rows->first();
    return SQLITE_OK;
}

int nextRow(sqlite3_vtab_cursor* cursor)
{
    ++rowsCursor(cursor).at;
    return SQLITE_OK;
}

int isBehindRows(sqlite3_vtab_cursor* cursor)
{
    const RowsCursor& at = rowsCursor(cursor);
    return at.at >= at.rows->rows().size() ? 1 : 0;
}

int rowColumn(sqlite3_vtab_cursor* cursor, sqlite3_context* result, int column)
{
    const RowsCursor& at = rowsCursor(cursor);
    const ChangedRows::Row& row = at.rows->rows()[at.at];
    switch (column) {
    case columnKeyHash:
        sqlite3_result_blob(result, row.keyHash.bytes.data(),
                            static_cast<int>(row.keyHash.bytes.size()), SQLITE_STATIC);
        break;
    case columnFlags:
        sqlite3_result_int(result, row.flags);
        break;
    case columnStatus:
        sqlite3_result_int(result, row.status);
        break;
    case columnDigest:
        sqlite3_result_int64(result, static_cast<sqlite3_int64>(row.digest));
        break;
    case columnBody:
        sqlite3_result_blob64(result, at.rows->body(row).data(), row.size, SQLITE_STATIC);
        break;
    default:
        sqlite3_result_null(result);
        break;
    }
    return SQLITE_OK;
}

int rowNumber(sqlite3_vtab_cursor* cursor, sqlite3_int64* number)
{
    *number = static_cast<sqlite3_int64>(rowsCursor(cursor).at);
    return SQLITE_OK;
}

sqlite3_module rowsModule()
{
    sqlite3_module module{};
    module.xConnect = connectRows; // without xCreate it is there by its name alone
    module.xBestIndex = planRows;
    module.xDisconnect = disconnectRows;
    module.xOpen = openRows;
    module.xClose = closeRows;
    module.xFilter = beginRows;
    module.xNext = nextRow;
    module.xEof = isBehindRows;
    module.xColumn = rowColumn;
    module.xRowid = rowNumber;
    return module;
}

} // namespace

int ChangedRows::registerOn(sqlite3* connection)
{
    static const sqlite3_module module = rowsModule();
    return sqlite3_create_module_v2(connection, "changed_rows", &module, nullptr, nullptr);
}

void ChangedRows::clear()
{
    m_rows.clear();
    m_bodies.clear();
    m_first = 0;
}

void ChangedRows::add(const KnownRecord& record)
{
    Row row;
    row.keyHash = record.keyHash;
    row.flags = recordFlags(record);
    row.status = static_cast<std::uint8_t>(record.status);
    row.begin = m_bodies.size();
    appendBody(m_bodies, record);
    row.size = m_bodies.size() - row.begin;
    row.digest = recordDigest(row.keyHash, row.flags, row.status, body(row));
    m_rows.push_back(row);
}

} // namespace headgate::state
