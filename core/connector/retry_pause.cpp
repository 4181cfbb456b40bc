// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/retry_pause.h"

#include "connector/answer_body.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <cmath>

namespace headgate::connector {

namespace {

constexpr Milliseconds shortestPause = std::chrono::seconds(1);
constexpr Milliseconds longestPause = std::chrono::hours(24 * 365);

std::optional<double> milliseconds(const data::JsonNode& node, RetryForm form, WallTime now)
{
    const std::string text = nodeText(node);
    if (form == RetryForm::IsoTime) {
        const QDateTime moment =
            QDateTime::fromString(QString::fromStdString(text), Qt::ISODateWithMs);
        if (!moment.isValid())
            return std::nullopt;
        return static_cast<double>(moment.toMSecsSinceEpoch() - now.time_since_epoch().count());
    }
    bool isNumber = false;
    const double number = QByteArray::fromStdString(text).toDouble(&isNumber);
    if (!isNumber || !std::isfinite(number))
        return std::nullopt;
    switch (form) {
    case RetryForm::Seconds:
        return number * 1000;
    case RetryForm::Milliseconds:
        return number;
    case RetryForm::EpochSeconds:
        return number * 1000 - static_cast<double>(now.time_since_epoch().count());
    case RetryForm::IsoTime:
        return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Milliseconds> bodyPause(const RetryAfterSpec& place, const data::JsonNode& body,
                                      WallTime now)
{
    const data::JsonNode* node = nodeAt(body, place.at);
    const auto pause = node ? milliseconds(*node, place.form, now) : std::nullopt;
    if (!pause)
        return std::nullopt;
    const double limited = std::min(std::ceil(*pause), double(longestPause.count()));
    return std::max(Milliseconds(static_cast<std::int64_t>(std::max(limited, 0.0))), shortestPause);
}

} // namespace

std::optional<Milliseconds> pauseAskedFor(const std::vector<RetryAfterSpec>& places,
                                          const http::Answer& answer, WallTime now)
{
    std::optional<Milliseconds> longest;
    std::optional<Result<data::JsonNode>> body;
    for (const RetryAfterSpec& place : places) {
        std::optional<Milliseconds> pause;
        if (place.header) {
            const std::array<http::WaitHeader, 1> headers = {*place.header};
            pause = http::waitAskedFor(answer, headers, now);
        } else {
            if (!body)
                body = data::parseJson(answer.body);
            if (*body)
                pause = bodyPause(place, **body, now);
        }
        if (pause && (!longest || *pause > *longest))
            longest = pause;
    }
    return longest;
}

} // namespace headgate::connector
