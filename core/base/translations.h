// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QCoreApplication;

namespace headgate {

/// Lets tr() speak English: the sources hold each sentence in the plural, and one of a kind is said
/// as such ("1 row") by resources/translations/headgate_en.ts. Once, in main(); what it installs
/// belongs to the application.
void installTranslations(QCoreApplication& application);

} // namespace headgate
