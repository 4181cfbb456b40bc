// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "frame/command_palette.h"
#include "frame/main_window.h"
#include "frame/page_tabs.h"
#include "session/documents.h"

#include <QDir>
#include <QFileInfo>
#include <QMessageBox>
#include <QPointer>
#include <QThreadPool>

namespace headgate::ui {

void MainWindow::chooseProject()
{
    const QString folder = m_surroundings.chooseFolder(this, tr("Open a project"));
    if (!folder.isEmpty())
        openProject(folder);
}

void MainWindow::newProject()
{
    const QString folder = m_surroundings.chooseFolder(this, tr("An empty folder for the project"));
    if (folder.isEmpty())
        return;
    const std::string name = QDir(folder).dirName().toStdString();
    makeProject(folder, [name, &random = m_surroundings.core.random](const std::string& directory) {
        return service::initProject(directory, name, random);
    });
}

void MainWindow::openSample()
{
    const QString folder = m_surroundings.sampleFolder;
    if (QFileInfo::exists(folder + QStringLiteral("/headgate.json")))
        return openProject(folder);
    makeProject(folder, [&random = m_surroundings.core.random](const std::string& directory) {
        return service::initSample(directory, random);
    });
}

void MainWindow::makeProject(const QString& folder,
                             std::function<Result<void>(const std::string&)> make)
{
    QPointer<MainWindow> window(this);
    QThreadPool::globalInstance()->start([window, folder, make = std::move(make)] {
        auto made = std::make_shared<Result<void>>(make(folder.toStdString()));
        QMetaObject::invokeMethod(
            qApp,
            [window, folder, made] {
                if (!window)
                    return;
                if (*made)
                    window->openProject(folder);
                else
                    window->showError(made->error());
            },
            Qt::QueuedConnection);
    });
}

void MainWindow::findAction()
{
    std::vector<CommandPalette::Entry> entries;
    for (const ActionSpec& spec : actionSpecs()) {
        QAction* const action = m_actions[spec.id];
        if (!action->isEnabled() || spec.id == ActionId::FindAction)
            continue;
        entries.push_back({QString(action->text()).remove(QLatin1Char('&')),
                           action->shortcut().toString(QKeySequence::NativeText), spec.icon,
                           [action] { action->trigger(); }});
    }
    if (const Page* page = m_tabs->current())
        for (QAction* action : page->pageActions())
            entries.push_back({QString(action->text()).remove(QLatin1Char('&')),
                               action->shortcut().toString(QKeySequence::NativeText),
                               iconOf(page->id().kind), [action] { action->trigger(); }});
    (new CommandPalette(tr("Find an action"), std::move(entries), this))->show();
}

void MainWindow::goTo()
{
    std::vector<CommandPalette::Entry> entries;
    const auto add = [&](const PageId& id, const std::string& name, const QString& kind) {
        const QString called = toQString(name.empty() ? id.slug : name);
        entries.push_back({id.kind == PageKind::Shape ? tr("Shape of %1").arg(called) : called,
                           kind, iconOf(id.kind), [this, id] { m_tabs->open(id); }});
    };
    const project::Project project = m_session->documents().edited();
    for (const project::SyncDefinition& sync : project.syncs)
        add({PageKind::Sync, sync.slug}, sync.name, tr("Sync"));
    for (const project::SyncDefinition& sync : project.syncs)
        add({PageKind::Shape, sync.slug}, sync.name, tr("Shape"));
    for (const project::ModelDefinition& model : project.models)
        add({PageKind::Model, model.slug}, model.name, tr("Model"));
    for (const project::SourceDefinition& source : project.sources)
        add({PageKind::Source, source.slug}, source.name, tr("Source"));
    for (const project::DestinationDefinition& destination : project.destinations)
        add({PageKind::Destination, destination.slug}, destination.name, tr("Destination"));
    (new CommandPalette(tr("Go to"), std::move(entries), this))->show();
}

void MainWindow::showShortcuts()
{
    QString rows;
    for (const ActionSpec& spec : actionSpecs()) {
        const QAction* const action = m_actions[spec.id];
        if (action->shortcut().isEmpty())
            continue;
        rows += QStringLiteral("<tr><td>%1</td><td>&nbsp;&nbsp;<b>%2</b></td></tr>")
                    .arg(QString(action->text()).remove(QLatin1Char('&')).toHtmlEscaped(),
                         QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText)
                             .toHtmlEscaped());
    }
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("Keyboard shortcuts"),
                        QStringLiteral("<table>%1</table>").arg(rows), QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::showAbout()
{
    auto* box = new QMessageBox(
        QMessageBox::NoIcon, tr("About Headgate"),
        tr("<b>Headgate %1</b><br>Shapes warehouse rows into nested JSON and delivers them.<br>"
           "GPL-3.0-or-later. No account, no telemetry.")
            .arg(QCoreApplication::applicationVersion()),
        QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

} // namespace headgate::ui
