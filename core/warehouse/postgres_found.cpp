// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/postgres_found.h"

#include "base/text.h"
#include "warehouse/ini_text.h"

#include <algorithm>
#include <array>

namespace headgate::warehouse {

namespace {

constexpr const char* postgresPort = "5432";

std::string fieldOf(const FoundConnection& connection, const char* field, const char* otherwise)
{
    const auto found = connection.fields.find(field);
    return found == connection.fields.end() ? otherwise : found->second;
}

/// One part of a line of the password file, and what follows it.
std::string takePart(std::string_view& line)
{
    std::string part;
    std::size_t at = 0;
    for (; at < line.size() && line[at] != ':'; ++at) {
        if (line[at] == '\\' && at + 1 < line.size())
            ++at;
        part += line[at];
    }
    line.remove_prefix(std::min(at + 1, line.size()));
    return part;
}

/// What libpq reads of a service and our form has no place for.
constexpr std::array<std::string_view, 6> serviceKeysLost{
    "sslcert", "sslkey", "passfile", "target_session_attrs", "krbsrvname", "channel_binding"};

FoundConnection serviceOf(const IniSection& section, const std::string& file)
{
    FoundConnection found;
    found.place = FoundIn::PostgresServices;
    found.file = file;
    found.name = section.name;
    found.warehouse = "postgresql";
    takeHost(found,
             section.value("host").empty() ? section.value("hostaddr") : section.value("host"));
    if (found.fields.count("host") == 0)
        found.notes.push_back(Text::tr("The service names no host; localhost is used."));
    constexpr std::array<std::pair<const char*, const char*>, 5> same{{{"port", "port"},
                                                                       {"dbname", "database"},
                                                                       {"user", "user"},
                                                                       {"sslrootcert", "tlsCa"},
                                                                       {"options", "options"}}};
    for (const auto& [theirs, ours] : same)
        if (!section.value(theirs).empty())
            found.fields[ours] = std::string(section.value(theirs));
    takeSslMode(found, section.value("sslmode"));
    if (!section.value("password").empty())
        found.secrets.emplace("password", secrets::Secret(std::string(section.value("password"))));
    for (const std::string_view key : serviceKeysLost)
        if (!section.value(key).empty())
            found.notes.push_back(Text::tr("'%1' was not carried over: Headgate's form has no "
                                           "place for it.")
                                      .arg(toQString(key)));
    return found;
}

} // namespace

bool PasswordEntry::fits(const FoundConnection& connection) const
{
    const auto same = [](const std::string& mine, const std::string& theirs) {
        return mine == "*" || mine == theirs;
    };
    return same(host, fieldOf(connection, "host", "localhost")) &&
           same(port, fieldOf(connection, "port", postgresPort)) &&
           same(database, fieldOf(connection, "database", "")) &&
           same(user, fieldOf(connection, "user", ""));
}

std::vector<PasswordEntry> readPasswordFile(std::string_view bytes)
{
    std::vector<PasswordEntry> entries;
    while (!bytes.empty() && entries.size() < mostFound) {
        const std::size_t end = bytes.find('\n');
        std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.empty() || line.front() == '#')
            continue;
        PasswordEntry entry;
        for (std::string* part : {&entry.host, &entry.port, &entry.database, &entry.user})
            *part = takePart(line);
        if (!line.empty())
            entries.push_back(std::move(entry));
    }
    return entries;
}

std::vector<FoundConnection> connectionsOf(const std::vector<PasswordEntry>& passwords,
                                           const std::string& file)
{
    std::vector<FoundConnection> all;
    for (const PasswordEntry& entry : passwords) {
        if (entry.host.empty() || entry.host == "*" || entry.user.empty() || entry.user == "*")
            continue;
        FoundConnection found;
        found.place = FoundIn::PostgresPasswords;
        found.file = file;
        found.name = entry.user + '@' + entry.host;
        found.warehouse = "postgresql";
        found.driverHasPassword = true;
        found.fields["host"] = entry.host;
        found.fields["user"] = entry.user;
        if (entry.port != "*" && !entry.port.empty())
            found.fields["port"] = entry.port;
        if (entry.database == "*" || entry.database.empty()) {
            found.notes.push_back(Text::tr("The password is for every database: name one."));
        } else {
            found.fields["database"] = entry.database;
            found.name += '/' + entry.database;
        }
        all.push_back(std::move(found));
    }
    return all;
}

std::vector<FoundConnection> readServiceFile(std::string_view bytes, const std::string& file,
                                             const std::vector<PasswordEntry>& passwords)
{
    std::vector<FoundConnection> all;
    for (const IniSection& section : readIni(bytes)) {
        if (section.name.empty() || all.size() == mostFound)
            continue;
        FoundConnection found = serviceOf(section, file);
        found.driverHasPassword =
            found.secrets.empty() &&
            std::any_of(passwords.begin(), passwords.end(),
                        [&](const PasswordEntry& entry) { return entry.fits(found); });
        all.push_back(std::move(found));
    }
    return all;
}

} // namespace headgate::warehouse
