// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redaction.h"

#include "base/hash.h"

#include <QUrl>
#include <algorithm>
#include <mutex>
#include <vector>

namespace headgate {

namespace {

constexpr std::string_view mask = "•••";
constexpr std::size_t shortestSecret = 4;

struct Registry
{
    std::mutex mutex;
    std::vector<std::string> needles;
};

Registry& registry()
{
    static Registry instance;
    return instance;
}

std::string jsonEscaped(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        if (c == '"' || c == '\\')
            escaped += '\\';
        escaped += c;
    }
    return escaped;
}

} // namespace

void Redaction::registerSecret(std::string_view secret)
{
    if (secret.size() < shortestSecret)
        return;
    const QByteArray raw(secret.data(), static_cast<qsizetype>(secret.size()));
    std::vector<std::string> forms = {
        std::string(secret), toBase64(secret), jsonEscaped(secret),
        QUrl::toPercentEncoding(QString::fromUtf8(raw)).toStdString()};
    Registry& known = registry();
    const std::lock_guard lock(known.mutex);
    for (std::string& form : forms)
        if (std::find(known.needles.begin(), known.needles.end(), form) == known.needles.end())
            known.needles.push_back(std::move(form));
    std::sort(known.needles.begin(), known.needles.end(),
              [](const auto& a, const auto& b) { return a.size() > b.size(); });
}

std::string Redaction::redact(std::string text)
{
    Registry& known = registry();
    const std::lock_guard lock(known.mutex);
    for (const std::string& needle : known.needles)
        for (std::size_t at = text.find(needle); at != std::string::npos;
             at = text.find(needle, at + mask.size()))
            text.replace(at, needle.size(), mask);
    return text;
}

QString Redaction::redact(const QString& text)
{
    return QString::fromStdString(redact(text.toStdString()));
}

} // namespace headgate
