// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/warehouse_spec.h"

#include "base/text.h"
#include "data/json.h"

#include <QFile>
#include <algorithm>
#include <array>
#include <set>

namespace headgate::warehouse {

namespace {

using data::JsonNode;

constexpr const char* resourceFolder = ":/headgate/warehouses/";

/// One JSON object: every key is asked for once, what nobody asked for is unknown.
class SpecObject
{
public:
    SpecObject(const JsonNode& json, std::string path, const std::string& file, Issues& issues)
        : m_json(json), m_path(std::move(path)), m_file(file), m_issues(issues)
    {
        if (!json.is_object())
            report({}, Text::tr("An object is expected."));
    }

    void report(const std::string& key, const QString& message)
    {
        const std::string place = m_file + ':' + m_path + (key.empty() ? "" : '/' + key);
        m_issues.push_back({Severity::Error, "warehouse.spec", place, message, {}});
    }

    const JsonNode* find(const std::string& key)
    {
        m_known.insert(key);
        if (!m_json.is_object())
            return nullptr;
        const auto at = m_json.find(key);
        return at == m_json.end() ? nullptr : &*at;
    }

    std::string text(const std::string& key, bool required = false)
    {
        const JsonNode* node = find(key);
        if (node && node->is_string() && !(required && node->get_ref<const std::string&>().empty()))
            return node->get<std::string>();
        if (node || required)
            report(key, Text::tr("A text is expected."));
        return {};
    }

    bool flag(const std::string& key, bool otherwise = false)
    {
        const JsonNode* node = find(key);
        if (!node)
            return otherwise;
        if (!node->is_boolean())
            report(key, Text::tr("true or false is expected."));
        return node->is_boolean() ? node->get<bool>() : otherwise;
    }

    const JsonNode::array_t& list(const std::string& key)
    {
        static const JsonNode::array_t none;
        const JsonNode* node = find(key);
        if (node && !node->is_array())
            report(key, Text::tr("A list is expected."));
        return node && node->is_array() ? node->get_ref<const JsonNode::array_t&>() : none;
    }

    std::vector<std::string> texts(const std::string& key)
    {
        std::vector<std::string> found;
        for (const JsonNode& node : list(key)) {
            if (node.is_string())
                found.push_back(node.get<std::string>());
            else
                report(key, Text::tr("A list of texts is expected."));
        }
        return found;
    }

    std::vector<std::pair<std::string, std::string>> pairs(const std::string& key)
    {
        std::vector<std::pair<std::string, std::string>> found;
        for (const JsonNode& node : list(key)) {
            if (node.is_array() && node.size() == 2 && node[0].is_string() && node[1].is_string())
                found.emplace_back(node[0].get<std::string>(), node[1].get<std::string>());
            else
                report(key, Text::tr("A list of pairs of texts is expected."));
        }
        return found;
    }

    /// Runs `read` on the object under `key`, if there is one.
    template <typename Read>
    void object(const std::string& key, const Read& read)
    {
        if (const JsonNode* node = find(key))
            nested(*node, key, read);
    }

    template <typename Read>
    void objects(const std::string& key, const Read& read)
    {
        std::size_t index = 0;
        for (const JsonNode& node : list(key))
            nested(node, key + '/' + std::to_string(index++), read);
    }

    void reportUnknown()
    {
        if (!m_json.is_object())
            return;
        for (const auto& [key, value] : m_json.items())
            if (!m_known.contains(key))
                report(key, Text::tr("There is no such setting."));
    }

private:
    template <typename Read>
    void nested(const JsonNode& node, const std::string& key, const Read& read)
    {
        SpecObject inner(node, m_path + '/' + key, m_file, m_issues);
        read(inner);
        inner.reportUnknown();
    }

    const JsonNode& m_json;
    std::string m_path;
    const std::string& m_file;
    Issues& m_issues;
    std::set<std::string> m_known;
};

template <typename Enum, std::size_t size>
Enum specWord(SpecObject& object, const std::string& key,
              const std::array<std::pair<const char*, Enum>, size>& words)
{
    const std::string text = object.text(key, true);
    std::string known;
    for (const auto& [word, value] : words) {
        if (text == word)
            return value;
        known += (known.empty() ? "" : ", ") + std::string(word);
    }
    object.report(key, Text::tr("One of %1 is expected.").arg(toQString(known)));
    return words.front().second;
}

constexpr std::array<std::pair<const char*, DriverKind>, 4> driverWords = {{
    {"libpq", DriverKind::Libpq},
    {"libmariadb", DriverKind::Libmariadb},
    {"sqlite", DriverKind::Sqlite},
    {"odbc", DriverKind::Odbc},
}};

constexpr std::array<std::pair<const char*, OdbcFamily>, 3> familyWords = {{
    {"other", OdbcFamily::Other},
    {"postgresql", OdbcFamily::Postgres},
    {"mysql", OdbcFamily::Mysql},
}};

constexpr std::array<std::pair<const char*, WarehouseFieldKind>, 6> fieldWords = {{
    {"text", WarehouseFieldKind::Text},
    {"secret", WarehouseFieldKind::Secret},
    {"port", WarehouseFieldKind::Port},
    {"file", WarehouseFieldKind::File},
    {"choice", WarehouseFieldKind::Choice},
    {"flag", WarehouseFieldKind::Flag},
}};

WarehouseField readField(SpecObject& object)
{
    WarehouseField field;
    field.id = object.text("id", true);
    field.label = object.text("label", true);
    field.help = object.text("help");
    field.kind = specWord(object, "kind", fieldWords);
    field.required = object.flag("required");
    field.advanced = object.flag("advanced");
    field.defaultValue = object.text("default");
    bool defaultIsChoice = false;
    object.objects("choices", [&](SpecObject& choice) {
        field.choices.push_back({choice.text("value", true), choice.text("label", true)});
        defaultIsChoice = defaultIsChoice || field.choices.back().value == field.defaultValue;
    });
    if (field.kind == WarehouseFieldKind::Choice && !defaultIsChoice)
        object.report("default", Text::tr("The default is none of the choices."));
    if (field.kind == WarehouseFieldKind::Secret && !field.defaultValue.empty())
        object.report("default", Text::tr("A secret has no default."));
    return field;
}

void readSyntax(SpecObject& sql, SqlSyntax& syntax, std::string& quotes)
{
    quotes = sql.text("quotes", true);
    if (quotes.size() != 2)
        sql.report("quotes", Text::tr("Two characters are expected: opening and closing mark."));
    syntax.backslashEscapes = sql.flag("backslashEscapes");
    syntax.escapeStrings = sql.flag("escapeStrings");
    syntax.dollarQuotes = sql.flag("dollarQuotes");
    syntax.tripleQuotes = sql.flag("tripleQuotes");
    syntax.rawStrings = sql.flag("rawStrings");
    syntax.backticks = sql.flag("backticks");
    syntax.brackets = sql.flag("brackets");
    syntax.nestedComments = sql.flag("nestedComments");
    syntax.hashComments = sql.flag("hashComments");
    syntax.dashNeedsSpace = sql.flag("dashNeedsSpace");
    syntax.executableComments = sql.flag("executableComments");
}

std::vector<SessionStatement> readSession(SpecObject& object)
{
    std::vector<SessionStatement> session;
    object.objects("session", [&](SpecObject& entry) {
        SessionStatement statement{entry.texts("sql"), entry.flag("required", true)};
        if (statement.alternatives.empty())
            entry.report("sql", Text::tr("At least one statement is expected."));
        session.push_back(std::move(statement));
    });
    return session;
}

std::optional<data::ValueKind> kindNamed(const std::string& word)
{
    using data::ValueKind;
    for (const ValueKind kind :
         {ValueKind::Bool, ValueKind::Integer, ValueKind::Decimal, ValueKind::Float,
          ValueKind::Text, ValueKind::Bytes, ValueKind::Date, ValueKind::Time, ValueKind::Timestamp,
          ValueKind::TimestampTz, ValueKind::Uuid, ValueKind::Json})
        if (word == data::name(kind))
            return kind;
    return std::nullopt;
}

void readTypes(SpecObject& object, std::map<std::string, data::ValueKind>& types)
{
    const JsonNode* node = object.find("types");
    if (!node)
        return;
    if (!node->is_object()) {
        object.report("types", Text::tr("An object is expected."));
        return;
    }
    for (const auto& [name, word] : node->items()) {
        const auto kind = word.is_string() ? kindNamed(word.get<std::string>())
                                           : std::optional<data::ValueKind>();
        if (kind)
            types.emplace(name, *kind);
        else
            object.report("types/" + name, Text::tr("The name of a kind of value is expected."));
    }
}

OdbcProfile readProfile(SpecObject& object)
{
    OdbcProfile profile;
    profile.server = object.text("server", true);
    profile.driverFile = object.text("driverFile");
    profile.family = specWord(object, "family", familyWords);
    profile.connection = object.pairs("connection");
    object.object("tls", [&](SpecObject& tls) {
        profile.tlsVerify = tls.pairs("verify");
        profile.tlsRequire = tls.pairs("require");
        profile.tlsDisable = tls.pairs("disable");
    });
    profile.session = readSession(object);
    profile.readOnlyEnforced = object.flag("readOnlyEnforced");
    profile.streams = object.flag("streams", true);
    profile.driverTransactions = object.flag("driverTransactions");
    profile.pinsEachQuery = object.flag("pinsEachQuery");
    profile.snapshotBegin = object.texts("snapshotBegin");
    profile.snapshotEnd = object.texts("snapshotEnd");
    object.object("cancel", [&](SpecObject& cancel) {
        profile.cancelId = cancel.text("session", true);
        profile.cancelSql = cancel.text("sql", true);
    });
    readTypes(object, profile.types);
    profile.caveats = object.texts("caveats");
    object.object("sql", [&](SpecObject& sql) { readSyntax(sql, profile.syntax, profile.quotes); });
    if (profile.quotes.empty())
        object.report("sql", Text::tr("The dialect of this server is expected."));
    return profile;
}

void checkPairs(SpecObject& object, const WarehouseSpec& spec, const OdbcPairs& pairs,
                const std::string& place)
{
    for (const auto& [key, value] : pairs)
        for (std::size_t at = value.find('{'); at != std::string::npos;
             at = value.find('{', at + 1)) {
            const std::size_t begin = at + (value.substr(at, 2) == "{!" ? 2 : 1);
            const std::string id = value.substr(begin, value.find('}', at) - begin);
            if (id != "driver" && !spec.field(id))
                object.report(place + '/' + key,
                              Text::tr("There is no field '%1'.").arg(toQString(id)));
        }
}

void checkConnection(SpecObject& object, const WarehouseSpec& spec)
{
    checkPairs(object, spec, spec.odbc.connection, "odbc/connection");
    for (const OdbcProfile& profile : spec.profiles)
        for (const OdbcPairs* pairs :
             {&profile.connection, &profile.tlsVerify, &profile.tlsRequire, &profile.tlsDisable})
            checkPairs(object, spec, *pairs, "profiles/" + profile.server);
}

void checkFields(SpecObject& object, const WarehouseSpec& spec)
{
    std::set<std::string> ids;
    for (const WarehouseField& field : spec.fields)
        if (!ids.insert(field.id).second)
            object.report("fields",
                          Text::tr("The field '%1' is there twice.").arg(toQString(field.id)));
    if (spec.fields.empty())
        object.report("fields", Text::tr("At least one field is expected."));
}

WarehouseSpec readSpec(SpecObject& object)
{
    WarehouseSpec spec;
    const JsonNode* format = object.find("format");
    if (!format || *format != 1)
        object.report("format", Text::tr("Format 1 is expected."));
    spec.id = object.text("id", true);
    spec.name = object.text("name", true);
    spec.driver = specWord(object, "driver", driverWords);
    object.objects("fields", [&](SpecObject& field) { spec.fields.push_back(readField(field)); });
    object.object("sql", [&](SpecObject& sql) { readSyntax(sql, spec.syntax, spec.quotes); });
    object.object("readOnly", [&](SpecObject& rules) {
        spec.readOnly = {rules.flag("enforced"), rules.texts("firstWords"),
                         rules.texts("refusedWords")};
    });
    if (spec.readOnly.firstWords.empty())
        object.report("readOnly/firstWords", Text::tr("At least one word is expected."));
    object.object("snapshot", [&](SpecObject& rules) {
        spec.snapshot = {rules.texts("begin"), rules.texts("end"), rules.flag("savepoints"),
                         rules.text("changed")};
    });
    spec.copiesOut = object.flag("copiesOut");
    spec.session = readSession(object);
    object.object("browse", [&](SpecObject& browse) {
        spec.schemasSql = browse.text("schemas", true);
        spec.tablesSql = browse.text("tables", true);
        spec.columnsSql = browse.text("columns", true);
        spec.keySql = browse.text("key");
    });
    readTypes(object, spec.types);
    object.object("odbc", [&](SpecObject& odbc) {
        spec.odbc = {odbc.texts("drivers"), odbc.pairs("connection")};
    });
    object.objects("profiles",
                   [&](SpecObject& profile) { spec.profiles.push_back(readProfile(profile)); });
    object.object("driverHelp", [&](SpecObject& help) {
        spec.driverHelp = help.text("text", true);
        spec.driverUrl = help.text("url");
    });
    spec.caveats = object.texts("caveats");
    if (spec.driver == DriverKind::Odbc && spec.odbc.connection.empty())
        object.report("odbc/connection", Text::tr("An ODBC warehouse needs a connection string."));
    checkFields(object, spec);
    checkConnection(object, spec);
    return spec;
}

} // namespace

const WarehouseField* WarehouseSpec::field(std::string_view fieldId) const
{
    const auto at = std::find_if(fields.begin(), fields.end(),
                                 [&](const WarehouseField& field) { return field.id == fieldId; });
    return at == fields.end() ? nullptr : &*at;
}

std::string WarehouseSpec::quoted(std::string_view identifier) const
{
    std::string text(1, quotes.front());
    for (const char c : identifier) {
        text += c;
        if (c == quotes.back())
            text += c;
    }
    return text + quotes.back();
}

std::optional<WarehouseSpec> parseWarehouseSpec(std::string_view json, const std::string& file,
                                                Issues& issues)
{
    const std::size_t before = issues.size();
    const auto parsed = data::parseJson(json);
    if (!parsed) {
        issues.push_back({Severity::Error, parsed.error().code, file, parsed.error().message, {}});
        return std::nullopt;
    }
    SpecObject object(*parsed, {}, file, issues);
    WarehouseSpec spec = readSpec(object);
    object.reportUnknown();
    if (issues.size() != before)
        return std::nullopt;
    return spec;
}

std::vector<std::string> warehouseIds()
{
    return {"postgresql", "redshift", "mysql",      "mariadb",   "sqlite",
            "snowflake",  "bigquery", "databricks", "sqlserver", "odbc"};
}

Result<WarehouseSpec> loadWarehouseSpec(const std::string& id)
{
    const std::vector<std::string> known = warehouseIds();
    if (std::find(known.begin(), known.end(), id) == known.end())
        return fail(ErrorKind::Config, "source.options.warehouse",
                    Text::tr("There is no warehouse '%1'. Known are: %2.").arg(toQString(id), [&] {
                        QStringList names;
                        for (const std::string& name : known)
                            names << toQString(name);
                        return names.join(QStringLiteral(", "));
                    }()));
    QFile file(QString::fromLatin1(resourceFolder) + toQString(id) + QStringLiteral(".json"));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Internal, "source.options.warehouse",
                    Text::tr("The description of the warehouse '%1' is missing from this program. "
                             "Install it again.")
                        .arg(toQString(id)),
                    file.errorString());
    const QByteArray bytes = file.readAll();
    Issues issues;
    auto spec = parseWarehouseSpec({bytes.constData(), static_cast<std::size_t>(bytes.size())},
                                   id + ".json", issues);
    if (!spec)
        return fail(ErrorKind::Internal, "source.options.warehouse",
                    Text::tr("The description of the warehouse '%1' is damaged. Install the "
                             "program again.")
                        .arg(toQString(id)),
                    toString(issues));
    return *std::move(spec);
}

} // namespace headgate::warehouse
