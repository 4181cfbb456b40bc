// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/key_type_check.h"

#include "base/text.h"
#include "data/canonical_key.h"
#include "data/json_text.h"

namespace headgate::plan {

namespace {

using data::ValueKind;

constexpr std::size_t mostRecords = 100;
constexpr std::size_t headBytes = 5;
constexpr std::string_view utc = "+00:00";

struct KeyPart
{
    std::size_t begin;
    std::size_t size;
    char type;
    std::string_view text;
};

std::vector<KeyPart> partsOf(std::string_view key)
{
    std::vector<KeyPart> parts;
    for (std::size_t at = 0; at + headBytes <= key.size();) {
        std::size_t size = 0;
        for (std::size_t i = 1; i < headBytes; ++i)
            size = size << 8U | static_cast<unsigned char>(key[at + i]);
        parts.push_back({at, headBytes + size, key[at], key.substr(at + headBytes, size)});
        at += headBytes + size;
    }
    return parts;
}

void add(std::vector<std::string>& forms, ValueKind kind, std::string_view text)
{
    std::string form;
    if (data::appendCanonical(form, {kind, text}))
        forms.push_back(std::move(form));
}

/// As the same moment is written with and without a zone, by itself and by a cast to text.
void addTimes(std::vector<std::string>& forms, std::string_view text)
{
    constexpr std::size_t daySize = 10;
    const bool zoned = text.ends_with(utc);
    std::string plain(text.substr(0, text.size() - (zoned ? utc.size() : 0)));
    if (plain.size() <= daySize || (plain[daySize] != 'T' && plain[daySize] != ' '))
        return;
    plain[daySize] = 'T';
    add(forms, ValueKind::Timestamp, plain);
    add(forms, ValueKind::TimestampTz, plain + std::string(utc));
    add(forms, ValueKind::Text, plain);
    plain[daySize] = ' ';
    add(forms, ValueKind::Text, plain);
    add(forms, ValueKind::Text, plain + "+00");
}

/// Of one value, its own among them.
std::vector<std::string> formsOf(const KeyPart& part)
{
    std::vector<std::string> forms;
    add(forms, ValueKind::Text, part.text);
    add(forms, ValueKind::Date, part.text);
    if (data::isJsonNumber(part.text))
        add(forms, ValueKind::Decimal, part.text);
    addTimes(forms, part.text);
    return forms;
}

} // namespace

std::vector<std::string> retypedKeys(std::string_view canonicalKey)
{
    std::vector<std::string> keys;
    for (const KeyPart& part : partsOf(canonicalKey))
        for (const std::string& form : formsOf(part)) {
            std::string key(canonicalKey);
            key.replace(part.begin, part.size, form);
            if (key != canonicalKey)
                keys.push_back(std::move(key));
        }
    return keys;
}

Result<bool> KeyTypeCheck::isKnown(const std::string& canonicalKey)
{
    const auto record = m_store.record(m_state, keyedHash(m_store.hashKey(), canonicalKey));
    if (!record)
        return Failure(record.error());
    return record->has_value();
}

Result<void> KeyTypeCheck::check(const shape::ShapedRecord& record)
{
    if (m_over || record.key.empty())
        return {};
    const auto known = isKnown(record.key);
    if (!known)
        return Failure(known.error());
    m_over = *known || ++m_seen >= mostRecords;
    if (*known)
        return {};
    for (const std::string& key : retypedKeys(record.key)) {
        const auto retyped = isKnown(key);
        if (!retyped)
            return Failure(retyped.error());
        if (*retyped)
            return fail(
                ErrorKind::Source, "source.key.retyped",
                Text::tr("The record %1 is known under a key of another type: a column of the "
                         "record key was given another type since, and every record would pass "
                         "for a new one. Nothing was sent. Cast the column back in the query of "
                         "the model, or run once with --baseline: it marks the records as "
                         "delivered under their new keys.")
                    .arg(toQString(record.keyText)));
    }
    return {};
}

} // namespace headgate::plan
