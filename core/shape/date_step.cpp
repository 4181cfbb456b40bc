// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/date_time.h"
#include "shape/unicode_text.h"
#include "shape/value_step.h"

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

namespace {

std::optional<DateTime> asDateTime(ValueView in)
{
    switch (in.kind) {
    case ValueKind::Date:
    case ValueKind::Timestamp:
    case ValueKind::TimestampTz:
        return parseDateTime(in.text);
    case ValueKind::Text:
        return parseDateTime(trimmed(in.text));
    case ValueKind::Null:
    case ValueKind::Bool:
    case ValueKind::Integer:
    case ValueKind::Decimal:
    case ValueKind::Float:
    case ValueKind::Bytes:
    case ValueKind::Time:
    case ValueKind::Uuid:
    case ValueKind::Json:
    case ValueKind::Invalid:
        return std::nullopt;
    }
    return std::nullopt;
}

class DateFormatStep final : public ValueStep
{
public:
    DateFormatStep(DatePattern pattern, std::optional<QTimeZone> zone,
                   std::optional<QTimeZone> sourceZone, DateResult result)
        : m_pattern(std::move(pattern)), m_zone(std::move(zone)),
          m_sourceZone(std::move(sourceZone)), m_result(result)
    {}
    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        auto time = asDateTime(in);
        if (!time)
            return ValueView{ValueKind::Invalid, step_reason::type};
        if (!placeInZone(*time))
            return {ValueKind::Invalid, step_reason::zone};
        if (m_result == DateResult::Date)
            time->hasTime = false;
        if (m_result == DateResult::DateTime)
            time->hasTime = true;
        if (!m_pattern.append(out, *time))
            return {ValueKind::Invalid, step_reason::zone};
        return {m_pattern.givesNumber() ? ValueKind::Integer : ValueKind::Text, out};
    }

private:
    /// False where an instant is asked for and no zone is known.
    [[nodiscard]] bool placeInZone(DateTime& time) const
    {
        const bool naive = !time.offset;
        if (naive && m_sourceZone) {
            const auto placed = atZone(time, *m_sourceZone);
            if (!placed)
                return false;
            const bool hadTime = time.hasTime;
            time = *placed;
            time.hasTime = hadTime;
        } else if (naive && !time.hasTime && m_pattern.givesNumber()) {
            time.offset = 0;
        }
        if (!time.offset)
            return !m_zone || !time.hasTime;
        if (!m_zone || !time.hasTime)
            return true;
        const auto moved = inZone(time, *m_zone);
        if (moved)
            time = *moved;
        return moved.has_value();
    }

    DatePattern m_pattern;
    std::optional<QTimeZone> m_zone;
    std::optional<QTimeZone> m_sourceZone;
    DateResult m_result;
};

Result<std::optional<QTimeZone>> optionalZone(const std::string& name)
{
    if (name.empty())
        return std::nullopt;
    auto zone = zoneNamed(name);
    if (!zone)
        return propagate(std::move(zone));
    return std::optional(*zone);
}

} // namespace

Result<ValueStepPtr> makeDateStep(const Format& format, DateResult result)
{
    auto pattern = DatePattern::compile(format.pattern.empty() ? "iso" : format.pattern);
    if (!pattern)
        return propagate(std::move(pattern));
    auto zone = optionalZone(format.zone);
    if (!zone)
        return propagate(std::move(zone));
    auto sourceZone = optionalZone(format.sourceZone);
    if (!sourceZone)
        return propagate(std::move(sourceZone));
    return std::make_unique<DateFormatStep>(std::move(*pattern), std::move(*zone),
                                            std::move(*sourceZone), result);
}

} // namespace headgate::shape
