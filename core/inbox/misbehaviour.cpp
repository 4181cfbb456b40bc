// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/misbehaviour.h"

#include "base/text.h"
#include "data/json.h"

#include <array>
#include <utility>

namespace headgate::inbox {

namespace {

using data::JsonNode;

constexpr std::array<std::pair<Trouble, const char*>, 9> troubleNames = {
    {{Trouble::Delay, "delay"},
     {Trouble::Status, "status"},
     {Trouble::Cut, "cut"},
     {Trouble::CutAnswer, "cutAnswer"},
     {Trouble::WrongJson, "wrongJson"},
     {Trouble::Html, "html"},
     {Trouble::EmptyAnswer, "emptyAnswer"},
     {Trouble::Drip, "drip"},
     {Trouble::FailKeys, "failKeys"}}};

constexpr std::array<std::pair<RetryAfterForm, const char*>, 10> formNames = {
    {{RetryAfterForm::None, "none"},
     {RetryAfterForm::Seconds, "seconds"},
     {RetryAfterForm::HttpDate, "httpDate"},
     {RetryAfterForm::Rfc850Date, "rfc850Date"},
     {RetryAfterForm::AsctimeDate, "asctimeDate"},
     {RetryAfterForm::ResetEpoch, "resetEpoch"},
     {RetryAfterForm::ResetSeconds, "resetSeconds"},
     {RetryAfterForm::ResetMilliseconds, "resetMilliseconds"},
     {RetryAfterForm::JsonBody, "jsonBody"},
     {RetryAfterForm::Garbage, "garbage"}}};

template <typename Names, typename T>
const char* nameIn(const Names& names, T wanted)
{
    for (const auto& [value, text] : names)
        if (value == wanted)
            return text;
    return "";
}

template <typename Names, typename T>
bool readName(const Names& names, const JsonNode& node, T& into)
{
    for (const auto& [value, text] : names)
        if (node.is_string() && node == text) {
            into = value;
            return true;
        }
    return false;
}

template <typename T>
bool readCount(const JsonNode& node, T& into, std::uint64_t most)
{
    if (!node.is_number_unsigned() || node.get<std::uint64_t>() > most)
        return false;
    into = static_cast<T>(node.get<std::uint64_t>());
    return true;
}

bool readTime(const JsonNode& node, Milliseconds& into)
{
    std::uint32_t milliseconds = 0;
    if (!readCount(node, milliseconds, 86'400'000))
        return false;
    into = Milliseconds(milliseconds);
    return true;
}

bool readFlag(const JsonNode& node, bool& into)
{
    if (!node.is_boolean())
        return false;
    into = node.get<bool>();
    return true;
}

bool readKeys(const JsonNode& node, std::vector<std::string>& into)
{
    if (!node.is_array())
        return false;
    for (const JsonNode& key : node) {
        if (!key.is_string())
            return false;
        into.push_back(key.get<std::string>());
    }
    return true;
}

bool readMember(const std::string& name, const JsonNode& node, Misbehaviour& into)
{
    constexpr std::uint64_t any = 0xFFFF'FFFF;
    if (name == "trouble")
        return readName(troubleNames, node, into.trouble);
    if (name == "retryAfter")
        return readName(formNames, node, into.retryAfter);
    if (name == "skip")
        return readCount(node, into.skip, any);
    if (name == "times")
        return readCount(node, into.times, any);
    if (name == "bytes")
        return readCount(node, into.bytes, any) && into.bytes > 0;
    if (name == "status")
        return readCount(node, into.status, 599) && into.status >= 200;
    if (name == "delay")
        return readTime(node, into.delay);
    if (name == "wait")
        return readTime(node, into.wait);
    if (name == "everything")
        return readFlag(node, into.everything);
    if (name == "applied")
        return readFlag(node, into.applied);
    if (name == "keys")
        return readKeys(node, into.keys);
    if (name == "code" && node.is_string()) {
        into.code = node.get<std::string>();
        return true;
    }
    return false;
}

} // namespace

const char* name(Trouble trouble)
{
    return nameIn(troubleNames, trouble);
}

const char* name(RetryAfterForm form)
{
    return nameIn(formNames, form);
}

Result<Misbehaviour> misbehaviourFromJson(std::string_view json)
{
    auto node = data::parseJson(json);
    if (!node)
        return fail(ErrorKind::Usage, "inbox.misbehaviour", node.error().message);
    if (!node->is_object() || !node->contains("trouble"))
        return fail(ErrorKind::Usage, "inbox.misbehaviour",
                    Text::tr("A misbehaviour is a JSON object that names its \"trouble\"."));
    Misbehaviour misbehaviour;
    for (const auto& [member, value] : node->items())
        if (!readMember(member, value, misbehaviour))
            return fail(ErrorKind::Usage, "inbox.misbehaviour",
                        Text::tr("The misbehaviour's member \"%1\" is unknown or has a value that "
                                 "it cannot have.")
                            .arg(toQString(member)));
    return misbehaviour;
}

std::string toJson(const Misbehaviour& misbehaviour)
{
    const Misbehaviour plain;
    JsonNode node = {{"trouble", name(misbehaviour.trouble)}};
    const auto put = [&](const char* member, const auto& value, const auto& usual) {
        if (value != usual)
            node[member] = value;
    };
    put("skip", misbehaviour.skip, plain.skip);
    put("times", misbehaviour.times, plain.times);
    put("everything", misbehaviour.everything, plain.everything);
    put("applied", misbehaviour.applied, plain.applied);
    put("delay", misbehaviour.delay.count(), plain.delay.count());
    put("status", misbehaviour.status, plain.status);
    put("retryAfter", std::string(name(misbehaviour.retryAfter)), "none");
    put("wait", misbehaviour.wait.count(), plain.wait.count());
    put("bytes", misbehaviour.bytes, plain.bytes);
    put("keys", misbehaviour.keys, plain.keys);
    put("code", misbehaviour.code, plain.code);
    return node.dump(-1, ' ', false, JsonNode::error_handler_t::replace);
}

HttpAnswer refusal(const Misbehaviour& misbehaviour, WallTime now)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(misbehaviour.wait).count();
    const auto until = std::chrono::ceil<std::chrono::seconds>(now + misbehaviour.wait);
    HttpAnswer answer = jsonAnswer(
        misbehaviour.status, R"({"code":"Inbox","msg":"The inbox was told to refuse this."})");
    const auto header = [&](const char* headerName, std::string value) {
        answer.headers.push_back({headerName, std::move(value)});
    };
    switch (misbehaviour.retryAfter) {
    case RetryAfterForm::None:
        break;
    case RetryAfterForm::Seconds:
        header("Retry-After", std::to_string(seconds));
        break;
    case RetryAfterForm::HttpDate:
        header("Retry-After", toHttpDate(until));
        break;
    case RetryAfterForm::Rfc850Date:
        header("Retry-After", toRfc850Date(until));
        break;
    case RetryAfterForm::AsctimeDate:
        header("Retry-After", toAsctimeDate(until));
        break;
    case RetryAfterForm::ResetEpoch:
        header("X-RateLimit-Reset", std::to_string(until.time_since_epoch().count()));
        break;
    case RetryAfterForm::ResetSeconds:
        header("ratelimit-reset", std::to_string(seconds));
        break;
    case RetryAfterForm::ResetMilliseconds:
        header("X-HubSpot-RateLimit-Interval-Milliseconds",
               std::to_string(misbehaviour.wait.count()));
        break;
    case RetryAfterForm::JsonBody:
        answer.body = R"({"code":"RateLimitExceeded","msg":"Too many requests","params":)"
                      R"({"rateLimitLimit":5,"rateLimitRemaining":0,"rateLimitReset":)" +
                      std::to_string(seconds) + "}}";
        break;
    case RetryAfterForm::Garbage:
        header("Retry-After", "soon");
        break;
    }
    return answer;
}

} // namespace headgate::inbox
