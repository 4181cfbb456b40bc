// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/random.h"
#include "secrets/process_secrets.h"
#include "session/documents.h"
#include "session/project_session.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <chrono>
#include <cstdio>

using namespace headgate;

namespace {

constexpr int typingPause = 15; ///< ms between two letters

long long now()
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

} // namespace

/// editing_worker PROJECT: types numbers into the name of a sync for ever, as a person would who
/// never saves, and prints "number milliseconds" after each. To be killed.
int main(int argc, char* argv[])
{
    const QApplication application(argc, argv);
    SystemClock clock;
    SystemRandom random;
    secrets::ProcessSecrets secrets;
    service::WorkspaceOptions options;
    options.project = argv[1];
    ui::ProjectSession session(options, service::Surroundings{clock, random, secrets});
    QTimer typing;
    long long number = 0;
    QObject::connect(&typing, &QTimer::timeout, &session, [&] {
        ui::SyncDocument* const document = session.documents().sync("orders");
        project::SyncDefinition next = document->value();
        next.name = "Orders " + std::to_string(++number);
        document->change(QStringLiteral("Rename"), next, QStringLiteral("name"));
        std::printf("%lld %lld\n", number, now());
        std::fflush(stdout);
    });
    QObject::connect(&session, &ui::ProjectSession::opened, &session,
                     [&] { typing.start(typingPause); });
    session.open();
    return QApplication::exec();
}
