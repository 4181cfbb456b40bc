// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/profiles.h"

#include "base/text.h"
#include "dbt/yaml_reader.h"
#include "secrets/secret_ref.h"

#include <algorithm>
#include <array>
#include <span>

namespace headgate::dbt {

namespace {

using data::JsonNode;
using warehouse::FoundConnection;

enum class Carry
{
    Plain,
    Secret,
    SslMode,
    Host,
    SnowflakeAccount, ///< with hyphens, as in the account's address
    Ignored           ///< not about where and as whom to connect
};

struct ProfileKey
{
    std::string_view theirs;
    const char* ours;
    Carry carry = Carry::Plain;
};

struct Adapter
{
    std::string_view type;
    const char* warehouse;
    std::span<const ProfileKey> keys;
};

constexpr std::array<ProfileKey, 9> everyAdapter{{{"type", "", Carry::Ignored},
                                                  {"threads", "", Carry::Ignored},
                                                  {"schema", "", Carry::Ignored},
                                                  {"connect_timeout", "", Carry::Ignored},
                                                  {"connect_retries", "", Carry::Ignored},
                                                  {"retries", "", Carry::Ignored},
                                                  {"retry_all", "", Carry::Ignored},
                                                  {"application_name", "", Carry::Ignored},
                                                  {"keepalives_idle", "", Carry::Ignored}}};

constexpr std::array<ProfileKey, 10> postgresKeys{{{"host", "host", Carry::Host},
                                                   {"port", "port"},
                                                   {"dbname", "database"},
                                                   {"database", "database"},
                                                   {"user", "user"},
                                                   {"pass", "password", Carry::Secret},
                                                   {"password", "password", Carry::Secret},
                                                   {"sslmode", "tls", Carry::SslMode},
                                                   {"sslrootcert", "tlsCa"},
                                                   {"autocommit", "", Carry::Ignored}}};

constexpr std::array<ProfileKey, 12> snowflakeKeys{
    {{"account", "account", Carry::SnowflakeAccount},
     {"user", "user"},
     {"password", "password", Carry::Secret},
     {"token", "token", Carry::Secret},
     {"private_key_path", "privateKey"},
     {"private_key_passphrase", "privateKeyPassphrase", Carry::Secret},
     {"database", "database"},
     {"schema", "schema"},
     {"warehouse", "warehouse"},
     {"role", "role"},
     {"query_tag", "", Carry::Ignored},
     {"client_session_keep_alive", "", Carry::Ignored}}};

constexpr std::array<ProfileKey, 9> bigqueryKeys{{{"project", "project"},
                                                  {"database", "project"},
                                                  {"dataset", "dataset"},
                                                  {"schema", "dataset"},
                                                  {"keyfile", "keyFile"},
                                                  {"priority", "", Carry::Ignored},
                                                  {"job_retries", "", Carry::Ignored},
                                                  {"timeout_seconds", "", Carry::Ignored},
                                                  {"maximum_bytes_billed", "", Carry::Ignored}}};

constexpr std::array<ProfileKey, 6> databricksKeys{{{"host", "host"},
                                                    {"http_path", "httpPath"},
                                                    {"token", "token", Carry::Secret},
                                                    {"catalog", "catalog"},
                                                    {"database", "catalog"},
                                                    {"schema", "schema"}}};

constexpr std::array<ProfileKey, 9> sqlserverKeys{{{"server", "host"},
                                                   {"host", "host"},
                                                   {"port", "port"},
                                                   {"database", "database"},
                                                   {"user", "user"},
                                                   {"username", "user"},
                                                   {"password", "password", Carry::Secret},
                                                   {"driver", "driver"},
                                                   {"encrypt", "", Carry::Ignored}}};

constexpr std::array<ProfileKey, 8> mysqlKeys{{{"server", "host"},
                                               {"host", "host"},
                                               {"port", "port"},
                                               {"database", "database"},
                                               {"schema", "database"},
                                               {"username", "user"},
                                               {"user", "user"},
                                               {"password", "password", Carry::Secret}}};

constexpr std::array<Adapter, 9> adapters{{{"postgres", "postgresql", postgresKeys},
                                           {"alloydb", "postgresql", postgresKeys},
                                           {"redshift", "redshift", postgresKeys},
                                           {"snowflake", "snowflake", snowflakeKeys},
                                           {"bigquery", "bigquery", bigqueryKeys},
                                           {"databricks", "databricks", databricksKeys},
                                           {"sqlserver", "sqlserver", sqlserverKeys},
                                           {"mysql", "mysql", mysqlKeys},
                                           {"mariadb", "mariadb", mysqlKeys}}};

const Adapter* adapterOf(std::string_view type)
{
    const auto found = std::find_if(adapters.begin(), adapters.end(),
                                    [&](const Adapter& adapter) { return adapter.type == type; });
    return found == adapters.end() ? nullptr : &*found;
}

const ProfileKey* keyOf(const Adapter& adapter, std::string_view key)
{
    for (const std::span<const ProfileKey> keys :
         {adapter.keys, std::span<const ProfileKey>(everyAdapter)})
        for (const ProfileKey& each : keys)
            if (each.theirs == key)
                return &each;
    return nullptr;
}

QString listed(const std::vector<std::string>& names)
{
    QStringList list;
    for (const std::string& name : names)
        list.append(toQString(name));
    return list.join(QStringLiteral(", "));
}

/// One output of a profile on its way to a connection.
class ProfileOutput
{
public:
    ProfileOutput(FoundConnection& found, const Environment& environment)
        : m_found(found), m_environment(environment)
    {}

    void take(const Adapter& adapter, const JsonNode& output);

private:
    void takeKey(const Adapter& adapter, const std::string& key, const JsonNode& value);
    void takeSecret(const ProfileKey& key, const EnvTemplate& value, const std::string& written);
    void takeRendered(const ProfileKey& key, const std::string& text);
    void takeSignIn(const std::string& authenticator);
    void note(const QString& sentence) { m_found.notes.push_back(sentence); }

    FoundConnection& m_found;
    const Environment& m_environment;
    std::vector<std::string> m_left;
};

void ProfileOutput::take(const Adapter& adapter, const JsonNode& output)
{
    m_found.warehouse = adapter.warehouse;
    for (const auto& [key, value] : output.items())
        takeKey(adapter, key, value);
    if (m_found.warehouse == "snowflake" && m_found.fields.count("privateKey") != 0)
        m_found.fields["authenticator"] = "SNOWFLAKE_JWT";
    if (!m_left.empty())
        note(Text::tr("Not carried over: %1.").arg(listed(m_left)));
}

void ProfileOutput::takeKey(const Adapter& adapter, const std::string& key, const JsonNode& value)
{
    const ProfileKey* known = keyOf(adapter, key);
    if (value.is_null() || (known && known->carry == Carry::Ignored && *known->ours == '\0'))
        return;
    const std::string written = value.is_string() ? value.get<std::string>() : std::string();
    const EnvTemplate rendered = renderEnv(written, m_environment);
    if (key == "authenticator" && adapter.type == "snowflake" && rendered.understood)
        return takeSignIn(rendered.text);
    if (key == "method") {
        const bool fits = rendered.text == "service-account" || rendered.text == "database";
        if (!fits)
            note(Text::tr("The sign-in method '%1' is not one of Headgate's.")
                     .arg(toQString(rendered.text)));
        return;
    }
    if (!known || !value.is_string()) {
        m_left.push_back(key);
        return;
    }
    if (known->carry == Carry::Secret)
        return takeSecret(*known, rendered, written);
    if (!rendered.understood)
        return note(
            Text::tr("'%1' is %2, of which Headgate understands env_var() only: fill it in.")
                .arg(toQString(key), toQString(written)));
    if (!rendered.missing.empty())
        return note(Text::tr("'%1' needs the environment variable %2, which is not set here: fill "
                             "it in.")
                        .arg(toQString(key), listed(rendered.missing)));
    takeRendered(*known, rendered.text);
}

void ProfileOutput::takeSecret(const ProfileKey& key, const EnvTemplate& value,
                               const std::string& written)
{
    const auto reference = secrets::SecretRef::parse("env:" + value.only);
    if (!value.only.empty() && reference) {
        m_found.secretRefs[key.ours] = reference->text();
        if (!value.missing.empty())
            note(Text::tr("The environment variable %1 is not set here.")
                     .arg(listed(value.missing)));
        return;
    }
    if (!value.missing.empty())
        return note(Text::tr("The password needs the environment variable %1, which is not set "
                             "here: fill it in.")
                        .arg(listed(value.missing)));
    // dbt, too, takes a password literally that it cannot render.
    const std::string& secret = value.understood ? value.text : written;
    if (!secret.empty())
        m_found.secrets.insert_or_assign(key.ours, secrets::Secret(secret));
}

void ProfileOutput::takeRendered(const ProfileKey& key, const std::string& text)
{
    if (text.empty())
        return;
    switch (key.carry) {
    case Carry::SslMode:
        return warehouse::takeSslMode(m_found, text);
    case Carry::Host:
        return warehouse::takeHost(m_found, text);
    case Carry::SnowflakeAccount: {
        std::string account = text;
        std::replace(account.begin(), account.end(), '_', '-');
        m_found.fields[key.ours] = account;
        return;
    }
    case Carry::Plain:
    case Carry::Secret:
    case Carry::Ignored:
        break;
    }
    m_found.fields[key.ours] = text;
}

void ProfileOutput::takeSignIn(const std::string& authenticator)
{
    if (authenticator == "externalbrowser" || authenticator == "oauth")
        m_found.fields["authenticator"] = authenticator;
    else if (authenticator == "jwt")
        m_found.fields["authenticator"] = "SNOWFLAKE_JWT";
    else if (authenticator != "snowflake" && authenticator != "programmatic_access_token")
        note(Text::tr("The sign-in '%1' is not one of Headgate's.").arg(toQString(authenticator)));
}

std::string textMember(const JsonNode& node, const char* key)
{
    const auto at = node.find(key);
    return at != node.end() && at->is_string() ? at->get<std::string>() : std::string();
}

FoundConnection readOutput(const std::string& name, const JsonNode& output, const std::string& file,
                           const Environment& environment)
{
    FoundConnection found;
    found.place = warehouse::FoundIn::DbtProfiles;
    found.file = file;
    found.name = name;
    const std::string type = renderEnv(textMember(output, "type"), environment).text;
    if (const Adapter* adapter = adapterOf(type))
        ProfileOutput(found, environment).take(*adapter, output);
    else if (type.empty())
        found.notes.push_back(Text::tr("The output names no type."));
    else
        found.notes.push_back(Text::tr("Headgate has no form of its own for dbt's adapter '%1'. It "
                                       "may work over ODBC.")
                                  .arg(toQString(type)));
    return found;
}

} // namespace

Result<std::vector<FoundConnection>> readProfiles(std::string_view bytes, const std::string& file,
                                                  const Environment& environment)
{
    const auto root = readYaml(bytes);
    if (!root)
        return Failure(root.error());
    std::vector<FoundConnection> all;
    if (!root->is_object())
        return all;
    for (const auto& [profile, body] : root->items()) {
        const auto outputs = body.is_object() ? body.find("outputs") : body.end();
        if (profile == "config" || !body.is_object() || outputs == body.end() ||
            !outputs->is_object())
            continue;
        std::string target = renderEnv(textMember(body, "target"), environment).text;
        if (target.empty())
            target = "default";
        const auto first = all.size();
        for (const auto& [name, output] : outputs->items()) {
            if (!output.is_object() || all.size() == warehouse::mostFound)
                continue;
            all.push_back(readOutput(profile + " / " + name, output, file, environment));
            if (name == target)
                std::rotate(all.begin() + static_cast<std::ptrdiff_t>(first), all.end() - 1,
                            all.end());
        }
    }
    return all;
}

std::string warehouseOfAdapter(std::string_view type)
{
    const Adapter* const adapter = adapterOf(type);
    return adapter == nullptr ? std::string() : adapter->warehouse;
}

} // namespace headgate::dbt
