// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination_factory.h"
#include "connector/sql_session.h"
#include "fakes/fake_clock.h"

#include <QTemporaryDir>
#include <functional>
#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace headgate::compliance {

/// What stands at a destination, seen by other means than its connector: the record's id and its
/// members as JSON texts.
using Contents = std::map<std::string, std::vector<std::string>>;

/// A payload that the place refuses.
struct BadRecord
{
    std::string payload;
    std::string code; ///< of its outcome; empty: the server's own
};

/// Somewhere for a coded destination to write to: records of {"id","name","amount"}, matched on id
/// where the destination matches at all.
class CodedPlace
{
public:
    virtual ~CodedPlace() = default;

    [[nodiscard]] virtual connector::DestinationConfig config() const = 0;
    /// Of the same kind, with nothing behind it.
    [[nodiscard]] virtual connector::DestinationConfig brokenConfig() const = 0;
    [[nodiscard]] virtual std::string object() const = 0;
    [[nodiscard]] virtual std::string matchField() const = 0;
    [[nodiscard]] virtual BadRecord badRecord(const std::string& id) const = 0;
    [[nodiscard]] virtual Contents contents() = 0;
    /// All names of files or tables, to see whether anything was left behind.
    [[nodiscard]] virtual std::vector<std::string> everything() = 0;
    /// Takes the folder or the table away.
    virtual void take() = 0;
};

struct NamedPlace
{
    std::string name;
    std::string connector;
    std::function<std::unique_ptr<CodedPlace>()> make;
};

/// Those of this program: with or without servers.
[[nodiscard]] std::vector<NamedPlace> codedPlaces();

class FilesPlace final : public CodedPlace
{
public:
    explicit FilesPlace(std::string format) : m_format(std::move(format)) {}

    [[nodiscard]] connector::DestinationConfig config() const override;
    [[nodiscard]] connector::DestinationConfig brokenConfig() const override;
    [[nodiscard]] std::string object() const override { return "people"; }
    [[nodiscard]] std::string matchField() const override { return {}; }
    [[nodiscard]] BadRecord badRecord(const std::string& id) const override;
    [[nodiscard]] Contents contents() override;
    [[nodiscard]] std::vector<std::string> everything() override;
    void take() override;

private:
    std::string m_format;
    QTemporaryDir m_folder;
};

class TablePlace final : public CodedPlace
{
public:
    /// Creates the table "people".
    TablePlace(connector::SqlAccount account, std::unique_ptr<connector::SqlSession> side);

    [[nodiscard]] connector::DestinationConfig config() const override;
    [[nodiscard]] connector::DestinationConfig brokenConfig() const override;
    [[nodiscard]] std::string object() const override;
    [[nodiscard]] std::string matchField() const override { return "id"; }
    [[nodiscard]] BadRecord badRecord(const std::string& id) const override;
    [[nodiscard]] Contents contents() override;
    [[nodiscard]] std::vector<std::string> everything() override;
    void take() override;

private:
    connector::SqlDone run(const std::string& sql);

    connector::SqlAccount m_account;
    std::unique_ptr<connector::SqlSession> m_side;
};

/// One operation that the connector of a place has.
struct CodedCase
{
    NamedPlace place;
    connector::Operation operation = connector::Operation::Upsert;
};

void PrintTo(const CodedCase& value, std::ostream* out);

} // namespace headgate::compliance
