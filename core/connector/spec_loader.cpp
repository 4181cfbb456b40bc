// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/spec_loader.h"

#include "connector/object_reader.h"
#include "connector/operation_reader.h"
#include "connector/spec_checks.h"

namespace headgate::connector {

namespace {

using Need = ObjectReader::Need;

FormField readFormField(ObjectReader& in)
{
    FormField field;
    field.key = in.text("key", Need::Required);
    field.label = in.label("label", Need::Required);
    field.help = in.label("help");
    field.kind = in.word("kind", FieldKind::Text);
    in.each("choices", [&](ObjectReader& choice) {
        field.choices.push_back(
            {choice.text("value", Need::Required), choice.label("label", Need::Required)});
    });
    field.initial = in.text("default");
    field.required = in.flag("required", false);
    field.secret = in.flag("secret", false);
    field.identity = in.flag("identity", !field.secret);
    return field;
}

BaseUrl readBaseUrl(ObjectReader& in)
{
    BaseUrl base;
    base.url = in.slotText("url", Need::Required);
    base.regionField = in.text("regionField");
    in.members("regions",
               [&](const std::string& value, const std::string& url, const std::string& at) {
                   base.regions.push_back({value, in.slotTextAt(url, at)});
               });
    return base;
}

AuthSpec readAuth(ObjectReader& in)
{
    AuthSpec auth;
    auth.kind = in.word("type", AuthKind::Bearer, Need::Required);
    auth.secret = in.text("secret");
    auth.optional = in.flag("optional", false);
    auth.name = in.text("name");
    auth.prefix = in.text("prefix");
    auth.user = in.slotText("user");
    auth.grant = in.word("grant", OAuth2Grant::RefreshToken);
    auth.tokenUrl = in.slotText("tokenUrl");
    auth.clientId = in.text("clientId");
    auth.refreshToken = in.text("refreshToken");
    auth.scope = in.text("scope");
    return auth;
}

CheckSpec readCheck(ObjectReader& in)
{
    CheckSpec check;
    in.object("request", [&](ObjectReader& request) { check.request = readRequest(request); });
    in.object("success",
              [&](ObjectReader& condition) { check.success = readCondition(condition); });
    check.account = in.pointer("account");
    check.title = in.pointer("title");
    return check;
}

RateSpec readRate(ObjectReader& in)
{
    RateSpec rate;
    constexpr std::uint64_t most = 1'000'000'000;
    rate.limits.perSecond = in.number("perSecond", 0);
    rate.limits.perMinute = static_cast<std::uint32_t>(in.whole("perMinute", 0, 0, most));
    rate.limits.perDay = static_cast<std::uint32_t>(in.whole("perDay", 0, 0, most));
    rate.limits.inFlight =
        static_cast<std::uint32_t>(in.whole("inFlight", rate.limits.inFlight, 1, 256));
    rate.perSecondField = in.text("perSecondField");
    return rate;
}

DiscoverySpec readDiscovery(ObjectReader& in)
{
    DiscoverySpec found;
    in.object("request", [&](ObjectReader& request) { found.request = readRequest(request); });
    found.items = in.pointer("items");
    found.layout = in.word("layout", ListLayout::Items);
    found.id = in.pointer("id");
    found.label = in.pointer("label");
    found.type = in.pointer("type");
    in.members("types",
               [&](const std::string& theirs, const std::string& ours, const std::string&) {
                   found.types.push_back({theirs, ours});
               });
    found.required = in.pointer("required");
    found.writable = in.pointer("writable");
    found.readOnly = in.pointer("readOnly");
    found.matchable = in.pointer("matchable");
    found.next = in.pointer("next");
    return found;
}

FieldInfo readField(ObjectReader& in)
{
    FieldInfo field;
    field.name = in.text("name", Need::Required);
    field.type = in.has("type") ? in.text("type") : "any";
    field.required = in.flag("required", false);
    field.writable = in.flag("writable", true);
    field.matchable = in.flag("matchable", false);
    field.label = in.label("label");
    return field;
}

PayloadEncoding readEncoding(ObjectReader& in)
{
    PayloadEncoding encoding;
    encoding.numbersAsText = in.flag("numbersAsText", false);
    encoding.boolsAsText = in.flag("boolsAsText", false);
    encoding.objectsAsText = in.flag("objectsAsText", false);
    encoding.nulls = in.word("nulls", NullForm::Keep);
    encoding.lists = in.word("lists", ListForm::Keep);
    if (in.has("separator"))
        encoding.separator = in.text("separator");
    return encoding;
}

ObjectSpec readObject(ObjectReader& in, const AnswerSets& sets)
{
    ObjectSpec object;
    object.id = in.text("id", Need::Required);
    object.label = in.label("label", Need::Required);
    in.object("discovered", [&](ObjectReader& found) { object.discovered = readDiscovery(found); });
    in.each("options",
            [&](ObjectReader& option) { object.options.push_back(readFormField(option)); });
    in.each("matchFields", [&](ObjectReader& field) {
        object.matchFields.push_back({field.text("name", Need::Required), field.label("label"),
                                      field.words<Normalisation>("normalise")});
    });
    object.matchAny = in.flag("matchAny", false);
    in.each("fields", [&](ObjectReader& field) { object.fields.push_back(readField(field)); });
    in.object("fieldDiscovery",
              [&](ObjectReader& found) { object.fieldDiscovery = readDiscovery(found); });
    object.freeFields = in.flag("freeFields", false);
    in.object("encoding",
              [&](ObjectReader& encoding) { object.encoding = readEncoding(encoding); });
    object.setIfEmpty = in.flag("setIfEmpty", false);
    in.each("operations", [&](ObjectReader& operation) {
        object.operations.push_back(readOperation(operation, sets));
    });
    return object;
}

/// A file of another version is not read further: its keys may mean something else.
bool isOurVersion(const data::JsonNode& json, SpecProblems& problems)
{
    const auto version = json.is_object() ? json.find("spec") : json.end();
    const bool known = json.is_object() && version != json.end() && version->is_number_unsigned();
    if (known && version->get<std::uint64_t>() == ConnectorSpec::version)
        return true;
    const bool newer = known && version->get<std::uint64_t>() > ConnectorSpec::version;
    problems.add("connector.spec.version", "/spec",
                 Text::tr("This version of Headgate reads connector specs of version %1.")
                     .arg(ConnectorSpec::version),
                 newer ? Text::tr("Update Headgate.")
                       : Text::tr("Begin the file with \"spec\": %1.").arg(ConnectorSpec::version));
    return false;
}

ConnectorSpec readSpec(ObjectReader& in)
{
    ConnectorSpec spec;
    in.skip("spec");
    in.skip("$schema");
    spec.id = in.text("id", Need::Required);
    spec.name = in.label("name", Need::Required);
    spec.summary = in.label("summary");
    spec.documentation = in.text("documentation");
    spec.implementation = in.word("implementation", Implementation::Declarative);
    spec.draft = in.flag("draft", false);
    in.each("account", [&](ObjectReader& f) { spec.account.push_back(readFormField(f)); });
    in.object("baseUrl", [&](ObjectReader& base) { spec.baseUrl = readBaseUrl(base); });
    in.each("auth", [&](ObjectReader& auth) { spec.auth.push_back(readAuth(auth)); });
    spec.headers = in.namedSlotTexts("headers");
    spec.headerFields = in.texts("headerFields");
    in.object("check", [&](ObjectReader& check) { spec.check = readCheck(check); });
    in.object("rate", [&](ObjectReader& rate) { spec.rate = readRate(rate); });
    in.object("answers", [&](ObjectReader& answers) { spec.answers = readDefaults(answers); });
    AnswerSets sets;
    in.object("answerSets", [&](ObjectReader& named) { sets = readAnswerSets(named); });
    in.each("objects", [&](ObjectReader& o) { spec.objects.push_back(readObject(o, sets)); });
    return spec;
}

} // namespace

LoadedSpec loadSpec(std::string_view bytes, const std::string& file)
{
    data::TextPlace failedAt;
    const auto json = data::parseJson(bytes, {1 << 20, 32}, failedAt);
    if (!json) {
        const std::string place =
            file + ':' + std::to_string(failedAt.line) + ':' + std::to_string(failedAt.column);
        return {nullptr,
                {{Severity::Error, json.error().code, place, json.error().message, QString()}}};
    }
    SpecProblems problems;
    if (!isOurVersion(*json, problems))
        return {nullptr, problems.located(bytes, file)};
    ConnectorSpec spec;
    {
        ObjectReader reader(*json, {}, problems);
        spec = readSpec(reader);
    }
    checkSpec(spec, problems);
    if (!problems.empty())
        return {nullptr, problems.located(bytes, file)};
    return {std::make_shared<const ConnectorSpec>(std::move(spec)), {}};
}

} // namespace headgate::connector
