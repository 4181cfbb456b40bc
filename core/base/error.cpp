// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

namespace headgate {

Error Error::within(QString where) const
{
    Error copy = *this;
    copy.context.insert(copy.context.begin(), std::move(where));
    return copy;
}

QString Error::toString() const
{
    QString text;
    for (const QString& part : context)
        text += part + QStringLiteral(": ");
    return text + message;
}

int exitCode(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Usage:
    case ErrorKind::Config:
        return 2;
    case ErrorKind::Source:
        return 3;
    case ErrorKind::Destination:
        return 4;
    case ErrorKind::Credential:
        return 5;
    case ErrorKind::Locked:
        return 6;
    case ErrorKind::Gate:
        return 7;
    case ErrorKind::State:
        return 8;
    case ErrorKind::Cancelled:
        return 130;
    case ErrorKind::Internal:
        return 70;
    }
    return 70;
}

const char* name(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Usage:
        return "usage";
    case ErrorKind::Config:
        return "config";
    case ErrorKind::Source:
        return "source";
    case ErrorKind::Destination:
        return "destination";
    case ErrorKind::Credential:
        return "credential";
    case ErrorKind::Locked:
        return "locked";
    case ErrorKind::Gate:
        return "gate";
    case ErrorKind::State:
        return "state";
    case ErrorKind::Cancelled:
        return "cancelled";
    case ErrorKind::Internal:
        return "internal";
    }
    return "internal";
}

} // namespace headgate
