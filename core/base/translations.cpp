// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/translations.h"

#include <QCoreApplication>
#include <QTranslator>

static void initTranslations()
{
    Q_INIT_RESOURCE(headgate_translations);
}

namespace headgate {

void installTranslations(QCoreApplication& application)
{
    initTranslations();
    auto* const english = new QTranslator(&application);
    [[maybe_unused]] const bool isThere =
        english->load(QStringLiteral(":/headgate/translations/headgate_en.qm"));
    Q_ASSERT(isThere);
    QCoreApplication::installTranslator(english);
}

} // namespace headgate
