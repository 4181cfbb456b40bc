// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/redaction.h"

#include "base/encoded_forms.h"
#include "base/hash.h"

#include <QByteArray>
#include <algorithm>
#include <mutex>
#include <vector>

namespace headgate {

namespace {

constexpr std::string_view mask = "•••";
constexpr std::size_t shortestSecret = 4;
/// Pieces of the base64 of shorter ones would stand in many texts by chance.
constexpr std::size_t shortestInsideBase64 = 8;

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

void addHexForms(std::string_view secret, std::vector<std::string>& forms)
{
    const QByteArray hex = QByteArray(secret.data(), static_cast<qsizetype>(secret.size())).toHex();
    forms.push_back(hex.toStdString());
    forms.push_back(hex.toUpper().toStdString());
}

/// Behind so many other bytes, without the characters that it shares with its neighbours.
std::string insideBase64(std::string_view secret, std::size_t before)
{
    const std::string whole = toBase64(std::string(before, '\0').append(secret));
    const std::size_t from = (before * 8 + 5) / 6;
    return whole.substr(from, (before + secret.size()) * 8 / 6 - from);
}

std::string urlSafe(std::string base64)
{
    std::replace(base64.begin(), base64.end(), '+', '-');
    std::replace(base64.begin(), base64.end(), '/', '_');
    return base64;
}

void addBase64Forms(std::string_view secret, std::vector<std::string>& forms)
{
    std::vector<std::string> encoded = {toBase64(secret)};
    if (secret.size() >= shortestInsideBase64)
        for (std::size_t before = 0; before < 3; ++before)
            encoded.push_back(insideBase64(secret, before));
    for (std::string& form : encoded) {
        forms.push_back(urlSafe(form));
        forms.push_back(std::move(form));
    }
}

} // namespace

void Redaction::registerSecret(std::string_view secret)
{
    if (secret.size() < shortestSecret)
        return;
    std::vector<std::string> forms = encodedForms(secret);
    addHexForms(secret, forms);
    addBase64Forms(secret, forms);
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
