// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recipient_text.h"

#include "base/text.h"
#include "service/account_opener.h"
#include "session/documents.h"
#include "session/project_session.h"

#include <QCoreApplication>

namespace headgate::ui {

namespace {

class RecipientText
{
    Q_DECLARE_TR_FUNCTIONS(RecipientText)
};

} // namespace

QString recipientText(ProjectSession& session, const std::string& slug)
{
    const project::Project project = session.documents().edited();
    const auto* sync = project.sync(slug);
    const auto* destination = sync ? project.destination(sync->destination) : nullptr;
    if (destination == nullptr)
        return {};
    const bool isStoodIn = service::isStoodInFor(*destination, session.contents()->target,
                                                 session.inboxUrl(destination->slug));
    const QString said = isStoodIn ? RecipientText::tr("a stand-in for %1 on this machine (%2, %3)")
                                   : RecipientText::tr("%1 (%2, %3)");
    return said.arg(toQString(destination->name.empty() ? destination->slug : destination->name),
                    toQString(sync->object), QString::fromLatin1(project::name(sync->mode)));
}

} // namespace headgate::ui
