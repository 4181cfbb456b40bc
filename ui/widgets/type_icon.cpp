// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/type_icon.h"

#include <QCoreApplication>

namespace headgate::ui {
namespace {

class TypeNames
{
    Q_DECLARE_TR_FUNCTIONS(TypeNames)
};

} // namespace

Icon typeIcon(data::ValueKind kind)
{
    switch (kind) {
    case data::ValueKind::Bool:
        return Icon::TypeBool;
    case data::ValueKind::Integer:
    case data::ValueKind::Decimal:
    case data::ValueKind::Float:
        return Icon::TypeNumber;
    case data::ValueKind::Bytes:
        return Icon::TypeBinary;
    case data::ValueKind::Date:
    case data::ValueKind::Time:
    case data::ValueKind::Timestamp:
    case data::ValueKind::TimestampTz:
        return Icon::TypeDate;
    case data::ValueKind::Json:
        return Icon::TypeJson;
    case data::ValueKind::Invalid:
        return Icon::TypeProblem;
    case data::ValueKind::Null:
    case data::ValueKind::Text:
    case data::ValueKind::Uuid:
        return Icon::TypeText;
    }
    return Icon::TypeText;
}

QString typeName(data::ValueKind kind)
{
    switch (kind) {
    case data::ValueKind::Null:
        return TypeNames::tr("nothing");
    case data::ValueKind::Bool:
        return TypeNames::tr("true or false");
    case data::ValueKind::Integer:
        return TypeNames::tr("whole number");
    case data::ValueKind::Decimal:
        return TypeNames::tr("decimal number");
    case data::ValueKind::Float:
        return TypeNames::tr("floating number");
    case data::ValueKind::Text:
        return TypeNames::tr("text");
    case data::ValueKind::Bytes:
        return TypeNames::tr("binary");
    case data::ValueKind::Date:
        return TypeNames::tr("date");
    case data::ValueKind::Time:
        return TypeNames::tr("time");
    case data::ValueKind::Timestamp:
        return TypeNames::tr("date and time");
    case data::ValueKind::TimestampTz:
        return TypeNames::tr("date and time in UTC");
    case data::ValueKind::Uuid:
        return TypeNames::tr("UUID");
    case data::ValueKind::Json:
        return TypeNames::tr("JSON");
    case data::ValueKind::Invalid:
        return TypeNames::tr("not sayable in JSON");
    }
    return {};
}

} // namespace headgate::ui
