// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/odbc_driver.h"

#include "base/text.h"
#include "warehouse/source_error.h"

#include <algorithm>
#include <array>
#include <set>

namespace headgate::warehouse {

namespace {

constexpr SQLSMALLINT longestEntry = 4096;

std::string lowered(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
}

/// "Driver=file\0Setup=file\0\0"
std::string driverFileOf(const std::u16string& attributes, SQLSMALLINT length)
{
    const std::string text =
        toUtf8(attributes.data(),
               std::min<std::size_t>(static_cast<std::size_t>(length), attributes.size()));
    for (std::size_t at = 0; at < text.size();) {
        const std::string entry = text.substr(at, text.find('\0', at) - at);
        if (lowered(entry.substr(0, 7)) == "driver=")
            return entry.substr(7);
        at += entry.size() + 1;
    }
    return {};
}

template <typename List>
std::map<std::string, std::string> odbcEntries(SQLHENV environment, const List& list,
                                               bool attributes)
{
    std::map<std::string, std::string> entries;
    std::u16string name(longestEntry, u'\0');
    std::u16string more(longestEntry, u'\0');
    SQLSMALLINT nameLength = 0;
    SQLSMALLINT moreLength = 0;
    for (SQLUSMALLINT direction = SQL_FETCH_FIRST;
         SQL_SUCCEEDED(list(environment, direction, odbcText(name), longestEntry, &nameLength,
                            odbcText(more), longestEntry, &moreLength));
         direction = SQL_FETCH_NEXT)
        entries.emplace(toUtf8(name.data(), static_cast<std::size_t>(nameLength)),
                        attributes ? driverFileOf(more, moreLength)
                                   : toUtf8(more.data(), static_cast<std::size_t>(moreLength)));
    return entries;
}

const std::pair<const std::string, std::string>*
findEntry(const std::map<std::string, std::string>& entries, const std::string& name)
{
    const auto at = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
        return lowered(entry.first) == lowered(name);
    });
    return at == entries.end() ? nullptr : &*at;
}

const OdbcProfile* profileOf(const WarehouseSpec& spec, const std::string& file)
{
    const std::size_t slash = file.find_last_of("/\\");
    const std::string base = lowered(slash == std::string::npos ? file : file.substr(slash + 1));
    for (const OdbcProfile& profile : spec.profiles)
        if (!profile.driverFile.empty() && base.find(profile.driverFile) != std::string::npos)
            return &profile;
    return nullptr;
}

Failure noDriver(const ConnectRequest& request, const std::string& wanted,
                 const OdbcInventory& inventory)
{
    std::string installed;
    for (const auto& [name, file] : inventory.drivers)
        installed += (installed.empty() ? "" : ", ") + name;
    QString said = wanted.empty() ? Text::tr("none of this system's drivers (%1) is one for it")
                                  : Text::tr("the system's list (%1) has no '%2'");
    said = said.arg(installed.empty() ? Text::tr("empty") : toQString(installed));
    if (!wanted.empty())
        said = said.arg(toQString(wanted));
    Failure failure =
        connectFailure(ConnectFault::Driver, {{}, said.toStdString()}, request.form.where());
    if (!request.spec.driverHelp.empty())
        failure.value().message += QLatin1Char(' ') + toQString(request.spec.driverHelp);
    if (!request.spec.driverUrl.empty())
        failure.value().message += QLatin1Char(' ') + toQString(request.spec.driverUrl);
    return failure;
}

/// Fills {field} in; empty where a field is, or where one of {!field} is not.
class OdbcFiller
{
public:
    OdbcFiller(const ConnectRequest& request, const OdbcChoice& choice)
        : m_request(request), m_choice(choice)
    {}

    std::optional<std::string> fill(const std::string& pattern) const
    {
        std::string filled;
        std::size_t at = 0;
        for (std::size_t open = pattern.find('{'); open != std::string::npos;
             open = pattern.find('{', at)) {
            const std::size_t close = pattern.find('}', open);
            std::string id = pattern.substr(open + 1, close - open - 1);
            const bool wantsEmpty = id.starts_with('!');
            if (wantsEmpty)
                id.erase(0, 1);
            std::string value = field(id);
            if (value.empty() != wantsEmpty)
                return std::nullopt;
            filled += pattern.substr(at, open - at);
            const bool quoted = open > 0 && pattern[open - 1] == '\'';
            for (const char c : value) {
                if (quoted && (c == '\'' || c == '\\'))
                    filled += '\\';
                filled += c;
            }
            at = close + 1;
        }
        return filled + pattern.substr(at);
    }

private:
    std::string field(const std::string& id) const
    {
        const SourceForm& form = m_request.form;
        if (id == "driver")
            return m_choice.driver;
        if (id == "host")
            return m_request.endpoint.address;
        if (id == "port")
            return m_request.endpoint.port == 0 ? "" : std::to_string(m_request.endpoint.port);
        if (id == "tlsCa" && form.tls() == TlsMode::Verify && form.value(id).empty())
            return systemCertificates();
        const WarehouseField* known = m_request.spec.field(id);
        switch (known ? known->kind : WarehouseFieldKind::Text) {
        case WarehouseFieldKind::Secret:
            return form.secret(id);
        case WarehouseFieldKind::File:
            return form.path(id);
        case WarehouseFieldKind::Flag:
            return form.value(id) == "true" ? "yes" : "no";
        case WarehouseFieldKind::Text:
        case WarehouseFieldKind::Port:
        case WarehouseFieldKind::Choice:
            return form.value(id);
        }
        return form.value(id);
    }

    const ConnectRequest& m_request;
    const OdbcChoice& m_choice;
};

OdbcPairs pairsOf(const ConnectRequest& request, const OdbcProfile* profile)
{
    OdbcPairs pairs = request.spec.odbc.connection;
    const auto add = [&](const OdbcPairs& more) {
        pairs.insert(pairs.end(), more.begin(), more.end());
    };
    if (!profile)
        return pairs;
    add(profile->connection);
    switch (request.form.tls()) {
    case TlsMode::Optional:
        break;
    case TlsMode::Off:
        add(profile->tlsDisable);
        break;
    case TlsMode::Encrypt:
        add(profile->tlsRequire);
        break;
    case TlsMode::Verify:
        add(profile->tlsVerify);
        break;
    }
    return pairs;
}

Failure badExtra(const std::string& key, const QString& why)
{
    return fail(ErrorKind::Config, "source.options.invalid",
                Text::tr("The connection's further settings hold '%1', which %2. Remove it.")
                    .arg(toQString(key), why));
}

/// KEY=VALUE;KEY={VAL;UE}
Result<OdbcPairs> readExtra(const std::string& text)
{
    OdbcPairs pairs;
    for (std::size_t at = text.find_first_not_of("; "); at != std::string::npos;
         at = text.find_first_not_of("; ", at)) {
        const std::size_t equals = text.find('=', at);
        if (equals == std::string::npos || text.find(';', at) < equals)
            return badExtra(text.substr(at, text.find(';', at) - at),
                            Text::tr("is no KEY=VALUE pair"));
        std::string key = text.substr(at, equals - at);
        key.erase(key.find_last_not_of(' ') + 1);
        std::string value;
        at = equals + 1;
        if (at < text.size() && text[at] == '{') {
            for (++at; at < text.size() && (text[at] != '}' || text.substr(at, 2) == "}}"); ++at) {
                if (text[at] == '}')
                    ++at;
                value += text[at];
            }
            if (at >= text.size())
                return badExtra(key, Text::tr("has no closing brace"));
            ++at;
        } else {
            const std::size_t end = std::min(text.find(';', at), text.size());
            value = text.substr(at, end - at);
            at = end;
        }
        pairs.emplace_back(std::move(key), std::move(value));
    }
    return pairs;
}

} // namespace

OdbcInventory odbcInventory(SQLHENV environment)
{
    return {odbcEntries(environment, SQLDriversW, true),
            odbcEntries(environment, SQLDataSourcesW, false)};
}

Result<OdbcChoice> chooseOdbcDriver(const ConnectRequest& request, const OdbcInventory& inventory)
{
    const std::string dsn = request.form.value("dsn");
    std::string wanted = request.form.value("driver");
    OdbcChoice choice;
    if (!dsn.empty()) {
        const auto* source = findEntry(inventory.sources, dsn);
        if (!source)
            return connectFailure(
                ConnectFault::Driver,
                {{},
                 Text::tr("the system has no data source '%1'").arg(toQString(dsn)).toStdString()},
                request.form.where());
        const auto* driver = findEntry(inventory.drivers, source->second);
        choice.file = driver ? driver->second : source->second;
        choice.profile = profileOf(request.spec, choice.file);
        return choice;
    }
    const std::pair<const std::string, std::string>* found = nullptr;
    if (!wanted.empty())
        found = findEntry(inventory.drivers, wanted);
    else
        for (const std::string& name : request.spec.odbc.drivers)
            if (!found)
                found = findEntry(inventory.drivers, name);
    if (wanted.empty() && request.spec.odbc.drivers.empty())
        return fail(ErrorKind::Config, "source.options.missing",
                    Text::tr("The connection to %1 needs a data source or a driver. Fill one in.")
                        .arg(request.form.where()));
    if (!found)
        return noDriver(request, wanted, inventory);
    choice.driver = found->first;
    choice.file = found->second;
    choice.profile = profileOf(request.spec, choice.file);
    return choice;
}

std::string odbcValue(const std::string& value)
{
    // Some drivers decode %XX and + in values that stand without braces.
    const bool plain = std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               c == '.' || c == '-' || c == '_' || c == '/' || c == ':';
    });
    if (plain)
        return value;
    std::string braced = "{";
    for (const char c : value) {
        braced += c;
        if (c == '}')
            braced += c;
    }
    return braced + '}';
}

Result<std::string> odbcConnectionString(const ConnectRequest& request, const OdbcChoice& choice)
{
    static const std::set<std::string> neverExtra = {
        "driver",       "dsn",       "filedsn",        "savefile", "uid",
        "user",         "pwd",       "password",       "token",    "priv_key_file_pwd",
        "plugin_dir",   "plugindir", "translationdll", "loadext",  "initstmt",
        "connsettings", "a6",
    };
    const OdbcFiller filler(request, choice);
    std::set<std::string> keys;
    std::string text;
    const auto add = [&](const std::string& key, const std::string& value) {
        text += (text.empty() ? "" : ";") + key + '=' + odbcValue(value);
    };
    for (const auto& [key, pattern] : pairsOf(request, choice.profile)) {
        const auto value = filler.fill(pattern);
        if (value && keys.insert(lowered(key)).second)
            add(key, *value);
    }
    auto extra = readExtra(request.form.value("extra"));
    if (!extra)
        return propagate(std::move(extra));
    for (const auto& [key, value] : *extra) {
        if (neverExtra.contains(lowered(key)))
            return badExtra(key, Text::tr("has a field of its own, would load a library, run a "
                                          "statement or hold a secret"));
        if (!keys.insert(lowered(key)).second)
            return badExtra(key, Text::tr("Headgate sets itself"));
        add(key, value);
    }
    return text;
}

void adoptOdbcProfile(WarehouseSpec& spec, const OdbcProfile& profile)
{
    spec.syntax = profile.syntax;
    spec.quotes = profile.quotes;
    spec.readOnly.enforced = profile.readOnlyEnforced;
    spec.session = profile.session;
    spec.pinsEachQuery = profile.pinsEachQuery;
    spec.snapshot = {profile.snapshotBegin, profile.snapshotEnd, true, {}};
    std::map<std::string, data::ValueKind> types = profile.types;
    types.merge(spec.types);
    spec.types = std::move(types);
    spec.caveats.insert(spec.caveats.end(), profile.caveats.begin(), profile.caveats.end());
}

} // namespace headgate::warehouse
