// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::connector {

/// Writes payloads as lines of a file.
class RowEncoder
{
public:
    virtual ~RowEncoder() = default;
    /// What stands before the first row. `first` is the first payload of the file.
    [[nodiscard]] virtual std::string header(std::string_view first) = 0;
    /// What a later run of the program needs to go on with the same file: take it over instead of
    /// asking for the header again.
    [[nodiscard]] virtual std::string note() const = 0;
    /// False: it is no note of this kind.
    [[nodiscard]] virtual bool takeOver(const std::string& note) = 0;
    /// Appends one row; or nothing, and says why the record is refused.
    [[nodiscard]] virtual std::optional<RecordOutcome> append(std::string& out,
                                                              std::string_view payload) const = 0;
};

/// One compact JSON object a line, ended by a line feed. Numbers and texts keep their bytes.
class JsonLinesEncoder final : public RowEncoder
{
public:
    [[nodiscard]] std::string header(std::string_view) override { return {}; }
    [[nodiscard]] std::string note() const override { return {}; }
    [[nodiscard]] bool takeOver(const std::string&) override { return true; }
    [[nodiscard]] std::optional<RecordOutcome> append(std::string& out,
                                                      std::string_view payload) const override;
};

struct CsvFormat
{
    char separator = ',';
    /// Written, without quotes, for null and for fields that a record does not have. A text that
    /// reads the same is quoted, so that null and "" differ for readers that care.
    std::string nullText;
    /// Puts an apostrophe before texts that begin with = + - @, tab or CR: spreadsheets would take
    /// them for formulas. Changes data, so it is off unless asked for. Numbers are left alone.
    bool formulaGuard = false;
    /// In this order; empty: the fields of the first record.
    std::vector<std::string> columns;
};

/// RFC 4180: CR LF, a header row, quotes only where needed. Texts are written bare, numbers with
/// their digits, bools as true and false, lists and objects as their JSON.
/// A record with a field that is no column is refused: "file.column.unknown".
class CsvEncoder final : public RowEncoder
{
public:
    explicit CsvEncoder(CsvFormat format) : m_format(std::move(format)) {}

    [[nodiscard]] std::string header(std::string_view first) override;
    [[nodiscard]] std::string note() const override; ///< the columns, a JSON array
    [[nodiscard]] bool takeOver(const std::string& note) override;
    [[nodiscard]] std::optional<RecordOutcome> append(std::string& out,
                                                      std::string_view payload) const override;

private:
    void appendCell(std::string& out, std::string_view value) const;

    CsvFormat m_format;
};

} // namespace headgate::connector
