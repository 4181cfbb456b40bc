// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/count_text.h"

#include "base/text.h"

#include <QLocale>

namespace headgate::ui {

namespace {

class CountText
{
    Q_DECLARE_TR_FUNCTIONS(CountText)
};

} // namespace

QString countText(std::uint64_t count)
{
    return QLocale().toString(static_cast<qulonglong>(count));
}

QString rowsText(std::uint64_t count)
{
    return CountText::tr("%1 rows", nullptr, pluralOf(count)).arg(countText(count));
}

QString recordsText(std::uint64_t count)
{
    return CountText::tr("%1 records", nullptr, pluralOf(count)).arg(countText(count));
}

QString requestsText(std::uint64_t count)
{
    return CountText::tr("%1 requests", nullptr, pluralOf(count)).arg(countText(count));
}

} // namespace headgate::ui
