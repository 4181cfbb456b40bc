// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/dbeaver_found.h"

#include "base/text.h"
#include "data/json.h"

#include <QUrl>
#include <array>

namespace headgate::warehouse {

namespace {

using data::JsonNode;

/// A member as text; DBeaver writes ports both as numbers and as texts.
std::string memberText(const JsonNode& object, const char* key)
{
    const auto at = object.is_object() ? object.find(key) : object.end();
    if (!object.is_object() || at == object.end())
        return {};
    if (at->is_string())
        return at->get<std::string>();
    return at->is_number_integer() ? at->dump() : std::string();
}

const JsonNode& member(const JsonNode& object, const char* key)
{
    static const JsonNode none = JsonNode::object();
    const auto at = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && at != object.end() && at->is_object() ? *at : none;
}

bool isTrue(const JsonNode& object, const char* key)
{
    const auto at = object.is_object() ? object.find(key) : object.end();
    return object.is_object() && at != object.end() && at->is_boolean() && at->get<bool>();
}

struct DBeaverDriver
{
    std::string_view part; ///< of "provider/driver" in lower case
    std::string_view warehouse;
};

/// The first that fits counts.
constexpr std::array<DBeaverDriver, 9> dbeaverDrivers{{{"redshift", "redshift"},
                                                       {"postgres", "postgresql"},
                                                       {"mariadb", "mariadb"},
                                                       {"mysql", "mysql"},
                                                       {"sqlite", "sqlite"},
                                                       {"snowflake", "snowflake"},
                                                       {"bigquery", "bigquery"},
                                                       {"databricks", "databricks"},
                                                       {"sqlserver", "sqlserver"}}};

std::string warehouseOfDriver(const JsonNode& entry)
{
    const std::string driver =
        QString(toQString(memberText(entry, "provider") + '/' + memberText(entry, "driver")))
            .toLower()
            .toStdString();
    for (const DBeaverDriver& each : dbeaverDrivers)
        if (driver.find(each.part) != std::string::npos)
            return std::string(each.warehouse);
    return driver.find("mssql") != std::string::npos ? "sqlserver" : std::string();
}

/// Host, port and database of "jdbc:postgresql://host:port/database?..."
void takeJdbcUrl(FoundConnection& found, const std::string& url)
{
    if (!url.starts_with("jdbc:"))
        return;
    const QUrl parsed(toQString(std::string_view(url).substr(5)));
    const auto fill = [&](const char* field, const QString& text) {
        if (!text.isEmpty() && found.fields.count(field) == 0)
            found.fields[field] = text.toStdString();
    };
    fill("host", parsed.host());
    fill("port", parsed.port() > 0 ? QString::number(parsed.port()) : QString());
    fill("database", parsed.path().mid(1));
}

void takeTunnel(FoundConnection& found, const JsonNode& tunnel)
{
    if (!isTrue(tunnel, "enabled"))
        return;
    const JsonNode& properties = member(tunnel, "properties");
    const auto put = [&](const char* field, std::string text) {
        if (!text.empty())
            found.fields[field] = std::move(text);
    };
    put("sshHost", memberText(properties, "host"));
    put("sshPort", memberText(properties, "port"));
    put("sshUser", memberText(properties, "userName"));
    put("sshUser", memberText(properties, "user"));
    put("sshUser", memberText(tunnel, "user"));
    put("sshKey", memberText(properties, "keyPath"));
    if (memberText(properties, "authType") == "PASSWORD")
        found.notes.push_back(Text::tr("The SSH tunnel uses a password in DBeaver. Headgate uses "
                                       "this system's ssh: with its agent, or a key file."));
    if (!memberText(properties, "jumpServer0.host").empty())
        found.notes.push_back(Text::tr("The tunnel's jump hosts were not carried over: name them "
                                       "as ProxyJump in the configuration of ssh."));
}

/// Only what the form of that warehouse asks for.
void takeAddress(FoundConnection& found, const JsonNode& configuration)
{
    const auto put = [&](const char* field, const char* theirs) {
        if (std::string text = memberText(configuration, theirs); !text.empty())
            found.fields[field] = std::move(text);
    };
    if (found.warehouse == "sqlite") {
        put("file", "database");
        return;
    }
    put("host", "host");
    put("port", "port");
    put("database", "database");
    put("user", "user");
    takeJdbcUrl(found, memberText(configuration, "url"));
    if (found.warehouse == "snowflake") {
        std::string account = found.fields["host"];
        if (const std::size_t end = account.find(".snowflakecomputing.com");
            end != std::string::npos)
            account.resize(end);
        found.fields["account"] = std::move(account);
    } else if (found.warehouse == "bigquery") {
        found.fields = {{"project", found.fields["database"]}};
    } else if (found.warehouse == "databricks") {
        found.fields = {{"host", found.fields["host"]}};
    }
    if (found.warehouse == "snowflake") {
        found.fields.erase("host");
        found.fields.erase("port");
    }
}

FoundConnection connectionOf(const std::string& id, const JsonNode& entry, const std::string& file)
{
    FoundConnection found;
    found.place = FoundIn::DBeaver;
    found.file = file;
    found.name = memberText(entry, "name");
    if (found.name.empty())
        found.name = id;
    found.warehouse = warehouseOfDriver(entry);
    if (found.warehouse.empty()) {
        found.notes.push_back(Text::tr("Headgate has no form of its own for the driver '%1'. It "
                                       "may work over ODBC.")
                                  .arg(toQString(memberText(entry, "driver"))));
        return found;
    }
    const JsonNode& configuration = member(entry, "configuration");
    takeAddress(found, configuration);
    const JsonNode& handlers = member(configuration, "handlers");
    takeTunnel(found, member(handlers, "ssh_tunnel"));
    const JsonNode& ssl = member(handlers, "postgre_ssl");
    if (isTrue(ssl, "enabled"))
        takeSslMode(found, memberText(member(ssl, "properties"), "sslMode"));
    if (found.fields.count("user") == 0 && found.warehouse != "sqlite")
        found.notes.push_back(
            Text::tr("DBeaver keeps its users and passwords encrypted: they are not read."));
    return found;
}

} // namespace

Result<std::vector<FoundConnection>> readDBeaver(std::string_view bytes, const std::string& file)
{
    const auto json = data::parseJson(bytes);
    if (!json)
        return Failure(json.error());
    std::vector<FoundConnection> all;
    for (const auto& [id, entry] : member(*json, "connections").items())
        if (entry.is_object() && all.size() < mostFound)
            all.push_back(connectionOf(id, entry, file));
    return all;
}

} // namespace headgate::warehouse
