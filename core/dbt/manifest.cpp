// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/manifest.h"

#include "base/text.h"
#include "data/json.h"
#include "dbt/manifest_nodes.h"

#include <algorithm>
#include <array>
#include <istream>
#include <sstream>

namespace headgate::dbt {

namespace {

using data::JsonNode;

constexpr std::size_t deepest = 200;
constexpr std::size_t callsBetweenLooks = 4096; ///< at the stop token

/// Builds a tree of one node at a time, of the members that are wanted.
class ManifestSax final : public nlohmann::json_sax<JsonNode>
{
public:
    explicit ManifestSax(const StopToken& stop) : m_stop(stop) {}

    ManifestNodes nodes;
    bool stopped = false;
    bool tooDeep = false;
    bool isObject = false;
    std::size_t failedAt = 0;
    std::string why;

    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return open(JsonNode::value_t::object); }
    bool end_object() override { return close(); }
    bool start_array(std::size_t) override { return open(JsonNode::value_t::array); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override;
    bool parse_error(std::size_t position, const std::string&,
                     const nlohmann::detail::exception& error) override
    {
        failedAt = position;
        why = error.what();
        return false;
    }

private:
    static constexpr std::size_t memberDepth = 2; ///< "metadata": {, "nodes": {
    static constexpr std::size_t nodeDepth = 3;

    [[nodiscard]] bool isTaking() const { return !m_open.empty() && !m_passing; }
    JsonNode* place(JsonNode value);
    bool put(JsonNode value);
    bool open(JsonNode::value_t type);
    bool close();

    const StopToken& m_stop;
    std::size_t m_calls = 0;
    std::size_t m_depth = 0;
    std::string m_section; ///< the member of the whole file
    std::string m_node;
    std::string m_name;
    JsonNode m_tree;
    std::vector<JsonNode*> m_open; ///< of m_tree; empty: nothing is taken
    bool m_passing = false;        ///< over a member of the node that is not wanted
};

JsonNode* ManifestSax::place(JsonNode value)
{
    JsonNode& into = *m_open.back();
    if (into.is_array()) {
        into.push_back(std::move(value));
        return &into.back();
    }
    // Without looking for an equal name, which would take ever longer; of equal ones the first
    // counts.
    auto& members = into.get_ref<JsonNode::object_t&>();
    members.push_back({std::move(m_name), std::move(value)});
    return &members.back().second;
}

bool ManifestSax::put(JsonNode value)
{
    if (isTaking())
        place(std::move(value));
    if (++m_calls % callsBetweenLooks == 0)
        stopped = m_stop.stopRequested();
    return !stopped;
}

bool ManifestSax::open(JsonNode::value_t type)
{
    ++m_depth;
    tooDeep = m_depth > deepest;
    if (m_depth == 1)
        isObject = type == JsonNode::value_t::object;
    const bool begins = (m_depth == memberDepth && m_section == "metadata") ||
                        (m_depth == nodeDepth && m_section == "nodes");
    if (begins && isObject) {
        m_tree = JsonNode(type);
        m_open = {&m_tree};
        m_passing = false;
    } else if (isTaking()) {
        m_open.push_back(place(JsonNode(type)));
    }
    return !tooDeep;
}

bool ManifestSax::close()
{
    const std::size_t top = m_section == "metadata" ? memberDepth : nodeDepth;
    if (!m_open.empty() && m_depth == top) {
        if (m_section == "metadata")
            nodes.takeMetadata(m_tree);
        else
            nodes.takeNode(m_node, m_tree);
        m_open.clear();
    } else if (isTaking()) {
        m_open.pop_back();
    }
    --m_depth;
    return true;
}

bool ManifestSax::key(string_t& name)
{
    if (m_depth == 1)
        m_section = name;
    else if (m_depth == memberDepth && m_section == "nodes")
        m_node = name;
    else if (m_depth == nodeDepth && m_section == "nodes")
        m_passing = !ManifestNodes::isWanted(name);
    m_name = std::move(name);
    return true;
}

TextPlace placeIn(std::istream& bytes, std::size_t offset)
{
    bytes.clear();
    bytes.seekg(0);
    TextPlace place;
    std::array<char, 65536> block{};
    while (offset > 0) {
        bytes.read(block.data(), static_cast<std::streamsize>(std::min(offset, block.size())));
        const auto count = static_cast<std::size_t>(bytes.gcount());
        if (count == 0)
            break;
        const TextPlace within = data::placeAt({block.data(), count}, count);
        place.column = within.line == 1 ? place.column + within.column - 1 : within.column;
        place.line += within.line - 1;
        offset -= count;
    }
    return place;
}

Failure syntaxFailure(const ManifestSax& sax, std::istream& bytes, std::uint64_t size)
{
    const TextPlace at = placeIn(bytes, sax.failedAt);
    const QString what =
        sax.failedAt >= size
            ? Text::tr("The manifest ends in the middle: it is cut off, or dbt is still writing "
                       "it. Run dbt compile again.")
            : Text::tr("The manifest is damaged at line %1, column %2. Run dbt compile again.")
                  .arg(at.line)
                  .arg(at.column);
    auto failure = fail(ErrorKind::Config, "dbt.manifest.syntax", what, toQString(sax.why));
    failure.value().place = at;
    return failure;
}

char closingQuote(char opening)
{
    switch (opening) {
    case '"':
    case '`':
        return opening;
    case '[':
        return ']';
    default:
        return '\0';
    }
}

} // namespace

Result<Manifest> readManifest(std::string_view bytes, const StopToken& stop)
{
    std::istringstream stream{std::string(bytes)};
    return readManifest(stream, bytes.size(), stop);
}

Result<Manifest> readManifest(std::istream& bytes, std::uint64_t size, const StopToken& stop)
{
    if (size > longestManifest)
        return fail(ErrorKind::Config, "dbt.manifest.size",
                    Text::tr("The manifest has %1 MB; up to %2 MB are read.")
                        .arg(size >> 20)
                        .arg(longestManifest >> 20));
    ManifestSax sax(stop);
    const bool whole = JsonNode::sax_parse(bytes, &sax);
    if (sax.stopped)
        return fail(ErrorKind::Cancelled, "dbt.manifest.cancelled",
                    Text::tr("Reading the manifest was cancelled."));
    if (sax.tooDeep)
        return fail(ErrorKind::Config, "dbt.manifest.depth",
                    Text::tr("The manifest is nested more than %1 levels deep: dbt does not write "
                             "such files.")
                        .arg(deepest));
    if (!whole)
        return syntaxFailure(sax, bytes, size);
    return std::move(sax.nodes).finish();
}

std::vector<std::string> quotedParts(std::string_view relation)
{
    std::vector<std::string> parts;
    while (!relation.empty()) {
        const char quote = closingQuote(relation.front());
        std::string part;
        std::size_t at = 1;
        for (; quote != '\0' && at < relation.size(); ++at) {
            if (relation[at] == quote && (at + 1 == relation.size() || relation[at + 1] != quote))
                break;
            at += relation[at] == quote ? 1 : 0;
            part += relation[at];
        }
        if (quote == '\0' || at >= relation.size() || part.empty())
            return {};
        parts.push_back(std::move(part));
        relation.remove_prefix(at + 1);
        if (relation.empty())
            return parts;
        if (relation.front() != '.' || relation.size() == 1)
            return {};
        relation.remove_prefix(1);
    }
    return parts;
}

} // namespace headgate::dbt
