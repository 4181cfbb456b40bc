// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/spec_checks.h"

#include "base/id.h"
#include "connector/object_reader.h"

#include <algorithm>
#include <array>
#include <set>

namespace headgate::connector {

namespace {

constexpr std::array<std::string_view, 9> ourFieldTypes = {
    "string", "number", "integer", "boolean", "date", "datetime", "object", "list", "any"};

bool isFieldType(std::string_view type)
{
    return std::find(ourFieldTypes.begin(), ourFieldTypes.end(), type) != ourFieldTypes.end();
}

bool isFormKey(std::string_view key)
{
    const auto slot = parseSlot("account." + std::string(key));
    return slot && slot->filter == SlotFilter::None && key.find(':') == std::string_view::npos;
}

class SpecChecker
{
public:
    SpecChecker(const ConnectorSpec& spec, SpecProblems& problems)
        : m_spec(spec), m_problems(problems)
    {}

    void run()
    {
        if (!m_spec.id.empty() && !isSlug(m_spec.id))
            add("/id", Text::tr("An id has small letters, digits, - and _ only, at most 64."));
        form(m_spec.account, "/account");
        for (std::size_t i = 0; i < m_spec.auth.size(); ++i)
            auth(m_spec.auth[i], "/auth/" + std::to_string(i));
        headers();
        if (!m_spec.rate.perSecondField.empty())
            needField(m_spec.rate.perSecondField, FieldKind::Number, "/rate/perSecondField");
        if (m_spec.implementation != Implementation::Declarative) {
            codedObject();
            return;
        }
        baseUrl();
        if (m_spec.check)
            checkRequest(m_spec, m_spec.check->request, {}, "/check/request", m_problems);
        retryAfter();
        objects();
    }

private:
    void add(const std::string& at, const QString& message)
    {
        m_problems.add("connector.spec.rule", at, message);
    }

    void form(const std::vector<FormField>& fields, const std::string& at)
    {
        std::set<std::string> keys;
        for (std::size_t i = 0; i < fields.size(); ++i) {
            const FormField& field = fields[i];
            const std::string place = at + '/' + std::to_string(i);
            if (!isFormKey(field.key))
                add(place + "/key", Text::tr("A key has letters, digits and _ only."));
            if (!keys.insert(field.key).second)
                add(place + "/key",
                    Text::tr("The key '%1' stands twice.").arg(toQString(field.key)));
            if ((field.kind == FieldKind::Choice) == field.choices.empty())
                add(place, Text::tr("\"choices\" belong to fields of kind choice, and to each."));
            if (field.secret && field.identity)
                add(place + "/identity", Text::tr("A secret is never part of the identity."));
            if (field.secret && !field.initial.empty())
                add(place + "/default", Text::tr("A secret has no default."));
            if (field.kind == FieldKind::Choice && !field.initial.empty() &&
                !hasChoice(field, field.initial))
                add(place + "/default", Text::tr("The default is not one of the choices."));
        }
    }

    static bool hasChoice(const FormField& field, const std::string& value)
    {
        return std::any_of(field.choices.begin(), field.choices.end(),
                           [&](const Choice& choice) { return choice.value == value; });
    }

    const FormField* needField(const std::string& key, FieldKind kind, const std::string& at)
    {
        const FormField* field = m_spec.findField(key);
        if (!field || field->kind != kind)
            add(at, Text::tr("The account form has no field '%1' of kind %2.")
                        .arg(toQString(key), toQString(nameOf(kind))));
        return field;
    }

    void needSecret(const std::string& key, const std::string& at)
    {
        const FormField* field = m_spec.findField(key);
        if (!field || !field->secret)
            add(at, Text::tr("The account form has no secret field '%1'.").arg(toQString(key)));
    }

    void auth(const AuthSpec& auth, const std::string& at)
    {
        if (auth.kind != AuthKind::OAuth2 || !auth.secret.empty())
            needSecret(auth.secret, at + "/secret");
        const bool named = auth.kind == AuthKind::Header || auth.kind == AuthKind::Query;
        if (named == auth.name.empty())
            add(at + "/name",
                Text::tr("\"name\" belongs to the types header and query, and to each."));
        if (auth.kind == AuthKind::OAuth2) {
            if (auth.tokenUrl.empty())
                add(at + "/tokenUrl", Text::tr("The type oauth2 needs a token URL."));
            if (!m_spec.findField(auth.clientId))
                add(at + "/clientId",
                    Text::tr("The type oauth2 needs the field of its client id."));
            if (auth.grant == OAuth2Grant::RefreshToken)
                needSecret(auth.refreshToken, at + "/refreshToken");
        }
        checkSlots(m_spec, auth.user, {}, at + "/user", m_problems);
        checkSlots(m_spec, auth.tokenUrl, {}, at + "/tokenUrl", m_problems);
    }

    void headers()
    {
        for (const NamedSlotText& header : m_spec.headers)
            checkSlots(m_spec, header.value, {}, "/headers/" + ObjectReader::escaped(header.name),
                       m_problems);
        for (std::size_t i = 0; i < m_spec.headerFields.size(); ++i)
            needField(m_spec.headerFields[i], FieldKind::Headers,
                      "/headerFields/" + std::to_string(i));
    }

    void baseUrl()
    {
        const BaseUrl& base = m_spec.baseUrl;
        if (base.url.empty())
            add("/baseUrl", Text::tr("A declarative connector needs \"baseUrl\"."));
        checkSlots(m_spec, base.url, {}, "/baseUrl/url", m_problems);
        if (base.regionField.empty()) {
            if (!base.regions.empty())
                add("/baseUrl/regions", Text::tr("Regions need \"regionField\"."));
            return;
        }
        const FormField* field =
            needField(base.regionField, FieldKind::Choice, "/baseUrl/regionField");
        for (const Region& region : base.regions) {
            const std::string at = "/baseUrl/regions/" + ObjectReader::escaped(region.value);
            if (field && !hasChoice(*field, region.value))
                add(at, Text::tr("The region is not one of the field's choices."));
            checkSlots(m_spec, region.url, {}, at, m_problems);
        }
    }

    void retryAfter()
    {
        const auto& forms = m_spec.answers.retryAfter;
        for (std::size_t i = 0; i < forms.size(); ++i) {
            const std::string at = "/answers/retryAfter/" + std::to_string(i);
            if (forms[i].header.has_value() != forms[i].at.empty())
                add(at, Text::tr("A pause stands either in a header or at a pointer."));
        }
    }

    void codedObject()
    {
        if (m_spec.objects.size() != 1 || m_spec.objects.front().operations.empty())
            add("/objects", Text::tr("A coded connector has one object, which stands for all that "
                                     "it finds and says its operations."));
        else
            form(m_spec.objects.front().options, "/objects/0/options");
    }

    void objects()
    {
        if (m_spec.objects.empty())
            add("/objects", Text::tr("A declarative connector needs objects."));
        std::set<std::string> ids;
        std::size_t discovered = 0;
        for (std::size_t i = 0; i < m_spec.objects.size(); ++i) {
            const ObjectSpec& object = m_spec.objects[i];
            const std::string at = "/objects/" + std::to_string(i);
            if (!ids.insert(object.id).second)
                add(at + "/id",
                    Text::tr("The object '%1' stands twice.").arg(toQString(object.id)));
            discovered += object.discovered ? 1 : 0;
            if (object.discovered && discovered == 2)
                add(at + "/discovered", Text::tr("Only one entry may stand for what is found."));
            this->object(object, at);
        }
    }

    void object(const ObjectSpec& object, const std::string& at)
    {
        if (object.setIfEmpty)
            add(at + "/setIfEmpty", Text::tr("Only tables can fill what is empty: no request of a "
                                             "declarative connector says so."));
        form(object.options, at + "/options");
        if (object.discovered)
            discovery(*object.discovered, nullptr, at + "/discovered");
        if (object.fieldDiscovery)
            discovery(*object.fieldDiscovery, &object, at + "/fieldDiscovery");
        for (std::size_t i = 0; i < object.fields.size(); ++i)
            if (!isFieldType(object.fields[i].type))
                add(at + "/fields/" + std::to_string(i) + "/type",
                    Text::tr("The type is not one that Headgate knows."));
        if (object.operations.empty())
            add(at + "/operations", Text::tr("The object has no operation."));
        for (std::size_t i = 0; i < object.operations.size(); ++i) {
            const OperationSpec& operation = object.operations[i];
            const std::string place = at + "/operations/" + std::to_string(i);
            checkOperation(m_spec, object, operation, place, m_problems);
            for (std::size_t j = 0; j < i; ++j)
                if (overlap(object.operations[j], operation))
                    add(place, Text::tr("The operation stands twice for one match field."));
        }
    }

    static bool overlap(const OperationSpec& a, const OperationSpec& b)
    {
        if (a.operation != b.operation)
            return false;
        if (a.matchOn.empty() || b.matchOn.empty())
            return true;
        return std::find_first_of(a.matchOn.begin(), a.matchOn.end(), b.matchOn.begin(),
                                  b.matchOn.end()) != a.matchOn.end();
    }

    void discovery(const DiscoverySpec& found, const ObjectSpec* object, const std::string& at)
    {
        checkRequest(m_spec, found.request, {object, false, false, false, false}, at + "/request",
                     m_problems);
        if (found.layout == ListLayout::Items && found.id.empty())
            add(at + "/id", Text::tr("Items need the pointer to their id."));
        for (const TypeName& type : found.types)
            if (!isFieldType(type.ours))
                add(at + "/types/" + ObjectReader::escaped(type.theirs),
                    Text::tr("The type is not one that Headgate knows."));
    }

    const ConnectorSpec& m_spec;
    SpecProblems& m_problems;
};

} // namespace

void checkSpec(const ConnectorSpec& spec, SpecProblems& problems)
{
    SpecChecker(spec, problems).run();
}

} // namespace headgate::connector
