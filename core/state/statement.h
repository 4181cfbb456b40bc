// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/hash.h"
#include "base/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace headgate::state {

/// Bytes that are bound as BLOB; a bare string_view is bound as TEXT.
struct Blob
{
    std::string_view bytes;
};

/// A prepared statement. A failed prepare or bind is kept and returned by the next step(), so that
/// calls can be chained and none can be forgotten: every way to run it returns a Result.
/// Views that were bound must live until the run is over; views of columns until the next step.
class Statement
{
public:
    Statement(sqlite3* connection, const std::string& file, std::string_view sql);

    /// Binds the parameters from the first on. An optional without value, a Hash128 of zeros and
    /// nullptr become NULL; a string never does.
    template <typename... Parameters>
    Statement& bind(const Parameters&... parameters)
    {
        reset();
        int index = 0;
        (bindAt(++index, parameters), ...);
        return *this;
    }
    /// One parameter, counted from 1, of a statement that was reset.
    template <typename Value>
    void bindAt(int index, const Value& value)
    {
        if constexpr (std::is_same_v<Value, std::nullptr_t>)
            bindNull(index);
        else if constexpr (std::is_same_v<Value, Blob>)
            bindBlob(index, value.bytes);
        else if constexpr (std::is_same_v<Value, Hash128>)
            value == Hash128() ? bindNull(index) : bindBlob(index, value.view());
        else if constexpr (std::is_same_v<Value, WallTime>)
            bindInteger(index, value.time_since_epoch().count());
        else if constexpr (std::is_integral_v<Value> || std::is_enum_v<Value>)
            bindInteger(index, static_cast<std::int64_t>(value));
        else if constexpr (std::is_convertible_v<Value, std::string_view>)
            bindText(index, value);
        else if (value.has_value())
            bindAt(index, *value);
        else
            bindNull(index);
    }

    /// True if there is a row. At the end, and after an error, the statement is reset.
    [[nodiscard]] Result<bool> step();
    /// For statements without rows.
    [[nodiscard]] Result<void> run();
    /// All rows, as `read(*this)` makes them.
    template <typename Read>
    [[nodiscard]] auto all(Read read) -> Result<std::vector<std::decay_t<decltype(read(*this))>>>;
    /// The first row, if there is one.
    template <typename Read>
    [[nodiscard]] auto first(Read read)
        -> Result<std::optional<std::decay_t<decltype(read(*this))>>>;

    void reset();
    /// As reset(), of a statement whose rows were not all read: only now is it committed, where no
    /// transaction is open.
    [[nodiscard]] Result<void> end();

    [[nodiscard]] int columnCount() const;
    [[nodiscard]] std::string columnName(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] bool isBlob(int column) const;
    [[nodiscard]] bool isInteger(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string_view bytes(int column) const;
    [[nodiscard]] std::string text(int column) const { return std::string(bytes(column)); }
    [[nodiscard]] Hash128 hash(int column) const;
    [[nodiscard]] WallTime time(int column) const;
    [[nodiscard]] std::optional<WallTime> optionalTime(int column) const;

private:
    struct Finalizer
    {
        void operator()(sqlite3_stmt* statement) const;
    };

    void bindInteger(int index, std::int64_t value);
    void bindNull(int index);
    void bindText(int index, std::string_view text);
    void bindBlob(int index, std::string_view bytes);
    void keep(int resultCode);

    sqlite3* m_connection = nullptr;
    std::string m_file;
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    std::optional<Error> m_error;
};

template <typename Read>
auto Statement::all(Read read) -> Result<std::vector<std::decay_t<decltype(read(*this))>>>
{
    std::vector<std::decay_t<decltype(read(*this))>> rows;
    while (true) {
        const auto more = step();
        if (!more)
            return Failure(more.error());
        if (!*more)
            return rows;
        rows.push_back(read(*this));
    }
}

template <typename Read>
auto Statement::first(Read read) -> Result<std::optional<std::decay_t<decltype(read(*this))>>>
{
    const auto more = step();
    if (!more)
        return Failure(more.error());
    std::optional<std::decay_t<decltype(read(*this))>> row;
    if (*more) {
        row = read(*this);
        HEADGATE_TRY(end());
    }
    return row;
}

} // namespace headgate::state
