// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
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

} // namespace headgate
