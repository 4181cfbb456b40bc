// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/node_reader.h"

#include "base/id.h"
#include "base/random.h"
#include "base/text.h"

namespace headgate::project {

namespace {

const data::JsonNode& emptyObject()
{
    static const data::JsonNode empty = data::JsonNode::object();
    return empty;
}

bool isFreeName(std::string_view key)
{
    return key.starts_with('$') || key.starts_with("x-");
}

} // namespace

NodeReader::NodeReader(const data::JsonNode& node, std::string pointer, FileIssues& issues)
    : m_node(&node), m_pointer(std::move(pointer)), m_issues(&issues)
{
    if (node.is_object())
        return;
    m_node = &emptyObject();
    m_issues->error("project.type", m_pointer, Text::tr("An object is expected here."),
                    Text::tr("Write { ... }."));
}

bool NodeReader::has(const char* key) const
{
    return m_node->contains(key);
}

const data::JsonNode* NodeReader::member(const char* key)
{
    m_read.insert(key);
    const auto found = m_node->find(key);
    return found == m_node->end() ? nullptr : &*found;
}

std::string NodeReader::pointerTo(std::string_view key) const
{
    return childPointer(m_pointer, key);
}

void NodeReader::error(const char* code, const char* key, const QString& message,
                       const QString& remedy)
{
    m_issues->error(code, pointerTo(key), message, remedy);
}

void NodeReader::adopt(const Issues& findings)
{
    for (const Issue& finding : findings)
        m_issues->add(finding);
}

void NodeReader::reportType(std::string_view key, const QString& expected, const QString& example)
{
    m_issues->error("project.type", pointerTo(key), Text::tr("%1 is expected here.").arg(expected),
                    Text::tr("Write it as %1.").arg(example));
}

void NodeReader::reportChoice(const char* key, const std::string& chosen, const QString& known)
{
    error("project.choice", key, Text::tr("\"%1\" is not known here.").arg(toQString(chosen)),
          Text::tr("Write one of: %1.").arg(known));
}

std::string NodeReader::textAt(const data::JsonNode& node, const std::string& pointer)
{
    if (!node.is_string()) {
        m_issues->error("project.type", pointer, Text::tr("A text is expected here."),
                        Text::tr("Put the value in double quotes."));
        return {};
    }
    const auto& text = node.get_ref<const std::string&>();
    if (text.find('\0') == std::string::npos)
        return text;
    m_issues->error("project.text", pointer, Text::tr("The text holds a NUL character."),
                    Text::tr("Remove \\u0000."));
    return {};
}

std::string NodeReader::text(const char* key)
{
    const data::JsonNode* node = member(key);
    return node ? textAt(*node, pointerTo(key)) : std::string();
}

std::string NodeReader::requiredText(const char* key)
{
    const data::JsonNode* node = member(key);
    if (!node || (node->is_string() && node->get_ref<const std::string&>().empty())) {
        error("project.missing", key, Text::tr("This is required and missing."),
              Text::tr("Add \"%1\".").arg(QString::fromUtf8(key)));
        return {};
    }
    return text(key);
}

std::string NodeReader::slug(const char* key)
{
    std::string slug = requiredText(key);
    if (slug.empty() || isSlug(slug))
        return slug;
    error("project.slug", key, Text::tr("\"%1\" cannot be a file name here.").arg(toQString(slug)),
          Text::tr("Use 1 to 64 of a-z, 0-9, _ and -."));
    return {};
}

std::string NodeReader::id(const char* key)
{
    const data::JsonNode* node = member(key);
    if (node && node->is_string() && isId(node->get_ref<const std::string&>()))
        return node->get<std::string>();
    SystemRandom random;
    error("project.id", key,
          node ? Text::tr("An id has 16 characters of a-z and 2-7.")
               : Text::tr("The stable id is missing."),
          Text::tr("Restore the one from your version control; for a new definition write "
                   "\"id\": \"%1\".")
              .arg(toQString(makeId(random))));
    return {};
}

bool NodeReader::flag(const char* key, bool absent)
{
    const data::JsonNode* node = member(key);
    if (node && node->is_boolean())
        return node->get<bool>();
    if (node)
        reportType(key, Text::tr("True or false"), QStringLiteral("true"));
    return absent;
}

double NodeReader::share(const char* key, double absent)
{
    const data::JsonNode* node = member(key);
    if (!node)
        return absent;
    if (node->is_number()) {
        const double share = node->get<double>();
        if (share >= 0 && share <= 1)
            return share;
    }
    reportType(key, Text::tr("A number from 0 to 1"), QStringLiteral("0.5"));
    return absent;
}

std::uint64_t NodeReader::count(const char* key, std::uint64_t absent, std::uint64_t maximum)
{
    const data::JsonNode* node = member(key);
    if (!node)
        return absent;
    if (node->is_number_unsigned() && node->get<std::uint64_t>() <= maximum)
        return node->get<std::uint64_t>();
    reportType(key, Text::tr("A whole number from 0 to %1").arg(qulonglong(maximum)),
               QStringLiteral("10"));
    return absent;
}

std::vector<std::string> NodeReader::texts(const char* key)
{
    const data::JsonNode* node = member(key);
    std::vector<std::string> texts;
    if (!node)
        return texts;
    if (!node->is_array()) {
        reportType(key, Text::tr("A list of texts"), QStringLiteral("[\"a\", \"b\"]"));
        return texts;
    }
    for (std::size_t i = 0; i < node->size(); ++i) {
        const std::string pointer = childPointer(pointerTo(key), std::to_string(i));
        texts.push_back(textAt((*node)[i], pointer));
        if (texts.back().empty() && (*node)[i].is_string())
            m_issues->error("project.empty", pointer, Text::tr("The text is empty."),
                            Text::tr("Write a name or remove it."));
    }
    return texts;
}

std::map<std::string, std::string> NodeReader::textMap(const char* key)
{
    const data::JsonNode* node = member(key);
    std::map<std::string, std::string> texts;
    if (!node)
        return texts;
    if (!node->is_object()) {
        reportType(key, Text::tr("An object of texts"), QStringLiteral("{\"name\": \"a\"}"));
        return texts;
    }
    for (const auto& [name, element] : node->items())
        texts[name] = textAt(element, childPointer(pointerTo(key), name));
    return texts;
}

data::JsonNode NodeReader::any(const char* key)
{
    const data::JsonNode* node = member(key);
    return node ? *node : data::JsonNode();
}

std::optional<NodeReader> NodeReader::object(const char* key)
{
    const data::JsonNode* node = member(key);
    if (!node)
        return std::nullopt;
    return NodeReader(*node, pointerTo(key), *m_issues);
}

std::vector<NodeReader> NodeReader::objects(const char* key)
{
    const data::JsonNode* node = member(key);
    std::vector<NodeReader> readers;
    if (!node)
        return readers;
    if (!node->is_array()) {
        reportType(key, Text::tr("A list of objects"), QStringLiteral("[{...}, {...}]"));
        return readers;
    }
    for (std::size_t i = 0; i < node->size(); ++i)
        readers.emplace_back((*node)[i], childPointer(pointerTo(key), std::to_string(i)),
                             *m_issues);
    return readers;
}

std::vector<std::pair<std::string, NodeReader>> NodeReader::objectMap(const char* key)
{
    const data::JsonNode* node = member(key);
    std::vector<std::pair<std::string, NodeReader>> readers;
    if (!node)
        return readers;
    if (!node->is_object()) {
        reportType(key, Text::tr("An object of objects"), QStringLiteral("{\"name\": {...}}"));
        return readers;
    }
    for (const auto& [name, element] : node->items())
        readers.emplace_back(name,
                             NodeReader(element, childPointer(pointerTo(key), name), *m_issues));
    return readers;
}

data::JsonNode NodeReader::rest()
{
    data::JsonNode rest = data::JsonNode::object();
    for (const auto& [name, element] : m_node->items()) {
        if (m_read.count(name) != 0)
            continue;
        rest[name] = element;
        if (!isFreeName(name))
            m_issues->warning("project.unknown", pointerTo(name),
                              Text::tr("This member is not known; it is kept and has no effect."),
                              Text::tr("Check its spelling, or begin it with \"x-\" if it is "
                                       "yours."));
    }
    return rest;
}

} // namespace headgate::project
