// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <algorithm>
#include <cstdint>
#include <limits>
#include <string_view>

namespace headgate {

/// The translation context of every sentence that core hands to people.
class Text
{
    Q_DECLARE_TR_FUNCTIONS(Text)
};

/// UTF-8 bytes to QString. Only for what people read: data never passes through QString.
inline QString toQString(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// By what tr() chooses a plural form where the number is put in by arg(), as one beyond the range
/// of int must be: tr("%1 rows", nullptr, pluralOf(rows)).arg(rows).
inline int pluralOf(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
}

} // namespace headgate
