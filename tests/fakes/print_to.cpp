// SPDX-License-Identifier: GPL-3.0-or-later
#include "fakes/print_to.h"

void PrintTo(const QString& text, std::ostream* out)
{
    *out << '"' << text.toStdString() << '"';
}

namespace headgate {

void PrintTo(const Error& error, std::ostream* out)
{
    *out << error.code << ": " << error.toString().toStdString();
    if (!error.detail.isEmpty())
        *out << " (" << error.detail.toStdString() << ')';
}

void PrintTo(const Issue& issue, std::ostream* out)
{
    *out << toString(Issues{issue}).toStdString();
}

} // namespace headgate

namespace headgate::data {

void PrintTo(const ValueView& value, std::ostream* out)
{
    *out << name(value.kind) << " '" << value.text << '\'';
}

void PrintTo(const Value& value, std::ostream* out)
{
    PrintTo(value.view(), out);
}

} // namespace headgate::data

namespace headgate::http {

void PrintTo(Transport transport, std::ostream* out)
{
    *out << name(transport);
}

} // namespace headgate::http
