// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/request_log.h"

#include "base/hash.h"
#include "base/text.h"
#include "data/json.h"
#include "data/json_text.h"
#include "inbox/target.h"

#include <algorithm>

namespace headgate::inbox {

namespace {

constexpr std::string_view inboxMask = "****";

std::string lowerText(std::string_view text)
{
    std::string lower(text);
    for (char& c : lower)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    return lower;
}

bool soundsSecret(std::string_view name, const std::vector<std::string>& alsoSecret)
{
    const std::string lower = lowerText(name);
    if (lower == "idempotency-key")
        return false;
    for (const char* part : {"authorization", "cookie", "key", "token", "secret", "password"})
        if (lower.find(part) != std::string::npos)
            return true;
    return std::any_of(alsoSecret.begin(), alsoSecret.end(),
                       [&](const std::string& secret) { return equalsIgnoringCase(secret, name); });
}

/// The scheme stays: "Bearer ****".
std::string maskedValue(std::string_view value)
{
    const std::size_t space = value.find(' ');
    const bool scheme = space != std::string_view::npos && space < 16;
    return std::string(value.substr(0, scheme ? space + 1 : 0)) + std::string(inboxMask);
}

std::string maskedTarget(const std::string& target, const std::vector<std::string>& alsoSecret)
{
    const std::size_t question = std::min(target.find('?'), target.size());
    std::string masked = target.substr(0, question);
    for (std::size_t at = question; at < target.size();) {
        const std::size_t end = std::min(target.find('&', at + 1), target.size());
        const std::string_view pair = std::string_view(target).substr(at, end - at);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        const bool hide = soundsSecret(percentDecoded(pair.substr(1, equals - 1)), alsoSecret);
        masked += hide ? std::string(pair.substr(0, equals)) + '=' + std::string(inboxMask)
                       : std::string(pair);
        at = end;
    }
    return masked;
}

std::size_t memoryOf(const ReceivedRequest& request)
{
    std::size_t bytes =
        sizeof request + request.target.size() + request.body.size() + request.answer.size();
    for (const HttpHeader& header : request.headers)
        bytes += sizeof header + header.name.size() + header.value.size();
    return bytes;
}

class LogLine
{
public:
    void text(std::string_view name, std::string_view value)
    {
        start(name);
        data::appendJsonString(m_json, value);
    }
    void number(std::string_view name, std::uint64_t value)
    {
        start(name);
        m_json += std::to_string(value);
    }
    /// A JSON text stays JSON, other text becomes a string and bytes become base64.
    void content(const std::string& name, const std::string& bytes)
    {
        if (bytes.empty())
            return;
        std::string compact;
        if (data::appendCompactJson(compact, bytes)) {
            start(name);
            m_json += compact;
        } else if (data::findInvalidUtf8(bytes) == std::string::npos) {
            text(name + "Text", bytes);
        } else {
            text(name + "Base64", toBase64(bytes));
        }
    }
    void headers(const std::vector<HttpHeader>& headers)
    {
        start("headers");
        m_json += '[';
        for (const HttpHeader& header : headers) {
            m_json += m_json.back() == '[' ? "[" : ",[";
            data::appendJsonString(m_json, header.name);
            m_json += ',';
            data::appendJsonString(m_json, header.value);
            m_json += ']';
        }
        m_json += ']';
    }
    [[nodiscard]] std::string done() { return m_json + '}'; }

private:
    void start(std::string_view name)
    {
        m_json += m_json.size() > 1 ? "," : "";
        data::appendJsonString(m_json, name);
        m_json += ':';
    }

    std::string m_json = "{";
};

} // namespace

void maskCredentials(ReceivedRequest& request, const std::vector<std::string>& alsoSecret)
{
    for (HttpHeader& header : request.headers)
        if (soundsSecret(header.name, alsoSecret))
            header.value = maskedValue(header.value);
    request.target = maskedTarget(request.target, alsoSecret);
}

std::string toJson(const ReceivedRequest& request)
{
    LogLine line;
    line.number("number", request.number);
    line.text("at", toIso(request.at));
    line.text("method", request.method);
    line.text("target", request.target);
    line.headers(request.headers);
    if (!request.operation.empty()) {
        line.text("object", request.object);
        line.text("operation", request.operation);
        line.number("records", request.records);
        line.number("taken", request.taken);
        line.number("refused", request.refused);
    }
    if (!request.idempotencyKey.empty())
        line.text("idempotencyKey", request.idempotencyKey);
    if (request.replayed)
        line.number("replayed", 1);
    if (!request.trouble.empty())
        line.text("trouble", request.trouble);
    line.content("body", request.body);
    line.number("status", static_cast<std::uint64_t>(request.status));
    line.content("answer", request.answer);
    return line.done();
}

Result<void> RequestLog::writeTo(const std::string& path)
{
    auto file = std::make_unique<QFile>(toQString(path));
    const auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (!file->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered, onlyOwner) ||
        !file->setPermissions(onlyOwner))
        return fail(ErrorKind::State, "inbox.file",
                    Text::tr("The inbox cannot write to %1: %2.")
                        .arg(toQString(path), file->errorString()));
    m_file = std::move(file);
    return {};
}

Result<void> RequestLog::add(ReceivedRequest request)
{
    request.number = m_count + 1;
    if (m_file) {
        const std::string line = toJson(request) + '\n';
        const auto size = static_cast<qint64>(line.size());
        if (m_file->write(line.data(), size) != size)
            return fail(ErrorKind::State, "inbox.file",
                        Text::tr("The inbox cannot write to %1: %2.")
                            .arg(m_file->fileName(), m_file->errorString()));
    }
    ++m_count;
    m_bytes += memoryOf(request);
    m_requests.push_back(std::move(request));
    while (m_requests.size() > m_keepRequests || (m_bytes > m_keepBytes && m_requests.size() > 1)) {
        m_bytes -= memoryOf(m_requests.front());
        m_requests.pop_front();
    }
    return {};
}

std::vector<ReceivedRequest> RequestLog::after(std::uint64_t after, std::size_t atMost) const
{
    const std::uint64_t first = m_count - m_requests.size() + 1;
    const std::size_t skip = after < first ? 0 : static_cast<std::size_t>(after - first + 1);
    if (skip >= m_requests.size())
        return {};
    const std::size_t size = std::min(atMost, m_requests.size() - skip);
    const auto begin = m_requests.begin() + static_cast<std::ptrdiff_t>(skip);
    return {begin, begin + static_cast<std::ptrdiff_t>(size)};
}

void RequestLog::clear()
{
    m_requests.clear();
    m_bytes = 0;
}

} // namespace headgate::inbox
