// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>

namespace headgate::cli {

/// The translation context of what the command line says to people.
class CliText
{
    Q_DECLARE_TR_FUNCTIONS(CliText)
};

} // namespace headgate::cli
