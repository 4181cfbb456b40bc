// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include "cli/cli_text.h"
#include "cli/printable_text.h"

#include <charconv>

namespace headgate::cli {

namespace {

Result<std::uint64_t> digitsToNumber(std::string_view digits)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return fail(ErrorKind::Usage, "usage.value.number", {});
    return number;
}

// Shares have at most six decimals: enough for one record in a million, and exact without
// floating-point parsing, which Apple's libc++ lacks.
Result<double> decimalToShare(std::string_view text)
{
    double divisor = 1;
    if (text.ends_with('%')) {
        text.remove_suffix(1);
        divisor = 100;
    }
    const std::size_t point = text.find('.');
    std::string digits(text.substr(0, point));
    if (point != std::string_view::npos) {
        const std::string_view decimals = text.substr(point + 1);
        if (decimals.empty() || decimals.size() > 6)
            return fail(ErrorKind::Usage, "usage.value.share", {});
        digits += decimals;
        for (std::size_t i = 0; i < decimals.size(); ++i)
            divisor *= 10;
    }
    const Result<std::uint64_t> number = digitsToNumber(digits);
    if (!number || static_cast<double>(*number) > divisor)
        return fail(ErrorKind::Usage, "usage.value.share", {});
    return static_cast<double>(*number) / divisor;
}

} // namespace

void Arguments::addOption(const std::string& name, std::string value)
{
    m_options[name].push_back(std::move(value));
}

std::string Arguments::value(const std::string& name) const
{
    const auto found = m_options.find(name);
    return found == m_options.end() ? std::string() : found->second.front();
}

std::vector<std::string> Arguments::values(const std::string& name) const
{
    const auto found = m_options.find(name);
    return found == m_options.end() ? std::vector<std::string>() : found->second;
}

Result<std::optional<std::uint64_t>> Arguments::number(const std::string& name, std::uint64_t least,
                                                       std::uint64_t most) const
{
    if (!has(name))
        return std::optional<std::uint64_t>();
    const Result<std::uint64_t> number = digitsToNumber(value(name));
    if (!number || *number < least || *number > most) {
        return fail(ErrorKind::Usage, "usage.value.number",
                    CliText::tr("--%1 takes a whole number from %2 to %3, not '%4'.")
                        .arg(printable(name))
                        .arg(least)
                        .arg(most)
                        .arg(printable(value(name))));
    }
    return std::optional(*number);
}

Result<std::optional<double>> Arguments::share(const std::string& name) const
{
    if (!has(name))
        return std::optional<double>();
    const Result<double> share = decimalToShare(value(name));
    if (!share) {
        return fail(ErrorKind::Usage, "usage.value.share",
                    CliText::tr("--%1 takes a share such as 0.05 or 5%, not '%2'.")
                        .arg(printable(name), printable(value(name))));
    }
    return std::optional(*share);
}

std::string Arguments::positional(std::size_t index) const
{
    return index < m_positionals.size() ? m_positionals[index] : std::string();
}

} // namespace headgate::cli
