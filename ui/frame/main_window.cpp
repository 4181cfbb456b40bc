// SPDX-License-Identifier: GPL-3.0-or-later
#include "frame/main_window.h"

#include "base/text.h"
#include "destination/destination_page.h"
#include "frame/page_tabs.h"
#include "frame/project_tree.h"
#include "frame/welcome_page.h"
#include "inbox/inbox_page.h"
#include "model/model_page.h"
#include "overview/overview_page.h"
#include "runs/runs_page.h"
#include "session/documents.h"
#include "shape/shape_page.h"
#include "source/source_page.h"
#include "sync/sync_page.h"
#include "theme/button_kind.h"
#include "theme/theme.h"
#include "widgets/message_strip.h"
#include "widgets/tone_icon.h"

#include <QCloseEvent>
#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QThreadPool>
#include <QToolBar>
#include <QVBoxLayout>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr QSize firstSize(1280, 800);
constexpr int treeWidth = 210;
/// What the project's files ask for; this version starts runs by hand only.
QString nextRunText(const project::Project& project)
{
    const auto scheduled =
        std::count_if(project.syncs.begin(), project.syncs.end(),
                      [](const project::SyncDefinition& sync) { return !sync.schedule.is_null(); });
    return scheduled == 0
               ? MainWindow::tr("No run is scheduled")
               : MainWindow::tr("%n syncs name a schedule", nullptr, static_cast<int>(scheduled));
}

QString windowSplitter()
{
    return QStringLiteral("window");
}

constexpr int rememberAfter = 500; ///< ms; a kill loses no more

} // namespace

MainWindow::MainWindow(WindowSurroundings surroundings)
    : m_surroundings(std::move(surroundings)), m_memory(m_surroundings.memoryFile), m_actions(this)
{
    if (!m_surroundings.project.isEmpty())
        startSession(m_surroundings.project, m_surroundings.target);
    build();
    buildStatusBar();
    connectActions();
    if (!restoreGeometry(m_memory.geometry()))
        resize(firstSize);
    if (!m_splitter->restoreState(m_memory.splitter(windowSplitter())))
        m_splitter->setSizes({treeWidth, width() - treeWidth});
    setColors(m_surroundings.colors.value_or(m_memory.colors()));
    updateActions();
}

MainWindow::~MainWindow()
{
    // Pages look at the session, and go first.
    m_tabs->closeAll();
    delete takeCentralWidget();
}

void MainWindow::build()
{
    setWindowTitle(tr("Headgate"));
    m_actions.fill(menuBar());
    m_toolBar = addToolBar(tr("Tools"));
    m_toolBar->setAccessibleName(tr("Tools"));
    m_toolBar->setObjectName(QStringLiteral("tools"));
    m_toolBar->setMovable(false);
    m_toolBar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_toolBar->setIconSize(QSize(16, 16));
    m_actions.fill(m_toolBar);
    m_toolBar->hide();
    m_tree = new ProjectTree;
    m_tabs = new PageTabs([this](const PageId& id) { return makePage(id); });
    m_message = new MessageStrip;
    m_steps = new FirstSteps;

    auto* right = new QWidget;
    auto* column = new QVBoxLayout(right);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_steps);
    column->addWidget(m_tabs, 1);
    m_splitter = new QSplitter(Qt::Horizontal);
    m_splitter->addWidget(m_tree);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setCollapsible(1, false);
    m_stack = new QStackedWidget;
    m_stack->addWidget(new QWidget); // until it is known what to show
    m_stack->addWidget(m_splitter);
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_message);
    rows->addWidget(m_stack, 1);
    setCentralWidget(all);
    m_message->clear();
    m_steps->hide();

    connect(m_steps, &FirstSteps::stepWanted, this, &MainWindow::goToStep);
    connect(m_steps, &FirstSteps::dismissed, this, [this] {
        m_memory.dismissFirstSteps(toQString(m_session->contents()->project.id));
        m_steps->hide();
    });
    connect(m_tree, &ProjectTree::pageWanted, m_tabs, &PageTabs::open);
    connect(m_tree, &ProjectTree::menuWanted, this, &MainWindow::showTreeMenu);
    connect(m_actions.pageMenu(), &QMenu::aboutToShow, this, &MainWindow::showPageMenu);
    connect(m_tree, &ProjectTree::newWanted, this, &MainWindow::newDefinition);
    connect(m_tabs, &PageTabs::newWanted, this, &MainWindow::newDefinition);
    connect(m_tabs, &PageTabs::currentPageChanged, this, &MainWindow::updateActions);
    connect(m_tabs, &PageTabs::currentPageChanged, &m_remember, qOverload<>(&QTimer::start));
    m_remember.setSingleShot(true);
    m_remember.setInterval(rememberAfter);
    connect(&m_remember, &QTimer::timeout, this, &MainWindow::remember);
}

void MainWindow::buildStatusBar()
{
    m_status = new QLabel;
    m_status->setAccessibleName(tr("What the page read"));
    m_status->setTextFormat(Qt::PlainText);
    m_status->setContentsMargins(grid::section, 0, 0, 0);
    m_sourceIcon = new ToneIcon(Tone::Neutral);
    m_sourceIcon->hide();
    m_source = new QLabel;
    m_source->setAccessibleName(tr("State of the source"));
    m_source->setTextFormat(Qt::PlainText);
    m_next = new QLabel;
    m_next->setAccessibleName(tr("Next scheduled run"));
    m_next->setForegroundRole(QPalette::PlaceholderText);
    m_running = new QLabel;
    m_running->setAccessibleName(tr("What runs"));
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel what runs"));
    setButtonKind(m_cancel, ButtonKind::Quiet);
    m_target = new QLabel;
    m_target->setAccessibleName(tr("Target"));
    m_target->setContentsMargins(grid::gap, 0, grid::section, 0);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(m_status, 1);
    statusBar()->addPermanentWidget(m_sourceIcon);
    statusBar()->addPermanentWidget(m_source);
    statusBar()->addPermanentWidget(m_running);
    statusBar()->addPermanentWidget(m_cancel);
    statusBar()->addPermanentWidget(m_next);
    statusBar()->addPermanentWidget(m_target);
    m_cancel->hide();
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        for (const std::string& sync : m_session->running())
            m_session->cancelRun(sync);
    });
}

void MainWindow::connectActions()
{
    const auto on = [this](ActionId id, auto work) {
        connect(m_actions[id], &QAction::triggered, this, work);
    };
    on(ActionId::NewProject, [this] { newProject(); });
    on(ActionId::OpenProject, [this] { chooseProject(); });
    on(ActionId::OpenSample, [this] { openSample(); });
    on(ActionId::NewSync, [this] { newDefinition(PageKind::Sync); });
    on(ActionId::NewModel, [this] { newDefinition(PageKind::Model); });
    on(ActionId::NewSource, [this] { newDefinition(PageKind::Source); });
    on(ActionId::NewDestination, [this] { newDefinition(PageKind::Destination); });
    on(ActionId::Save, [this] { m_session->documents().save(m_tabs->current()->documentId()); });
    on(ActionId::SaveAll, [this] { m_session->documents().saveAll(); });
    on(ActionId::Undo, [this] { m_session->documents().undoGroup()->undo(); });
    on(ActionId::Redo, [this] { m_session->documents().undoGroup()->redo(); });
    on(ActionId::Duplicate, [this] { duplicateDefinition(); });
    on(ActionId::Delete, [this] { askToDelete(); });
    on(ActionId::EditShape, [this] { m_tabs->open({PageKind::Shape, currentSync()}); });
    on(ActionId::CloseTab, [this] { m_tabs->closeCurrent(); });
    on(ActionId::ReopenTab, [this] { m_tabs->reopen(); });
    on(ActionId::Quit, [this] { close(); });
    on(ActionId::Run, [this] { startRun(run::RunKind::Run); });
    on(ActionId::DryRun, [this] { startRun(run::RunKind::DryRun); });
    on(ActionId::CancelRun, [this] { m_session->cancelRun(currentSync()); });
    on(ActionId::Refresh, [this] { m_tabs->current()->refresh(); });
    on(ActionId::ShowOverview, [this] { m_tabs->open({PageKind::Overview, {}}); });
    on(ActionId::ShowRuns, [this] { m_tabs->open({PageKind::Runs, {}}); });
    on(ActionId::ShowInbox, [this] { m_tabs->open({PageKind::Inbox, {}}); });
    on(ActionId::ShowSettings, [this] { m_tabs->open({PageKind::Settings, {}}); });
    on(ActionId::GoTo, [this] { goTo(); });
    on(ActionId::FindAction, [this] { findAction(); });
    on(ActionId::NextTab, [this] { m_tabs->step(1); });
    on(ActionId::PreviousTab, [this] { m_tabs->step(-1); });
    on(ActionId::ToggleSidebar, [this](bool shown) { m_tree->setVisible(shown); });
    on(ActionId::SystemColors, [this] { chooseColors(ColorSchemeChoice::System); });
    on(ActionId::LightColors, [this] { chooseColors(ColorSchemeChoice::Light); });
    on(ActionId::DarkColors, [this] { chooseColors(ColorSchemeChoice::Dark); });
    on(ActionId::Shortcuts, [this] { showShortcuts(); });
    on(ActionId::About, [this] { showAbout(); });
    m_actions[ActionId::ToggleSidebar]->setChecked(true);
    for (const ActionSpec& spec : actionSpecs())
        applyKeys(m_actions[spec.id]);
}

void MainWindow::chooseColors(ColorSchemeChoice choice)
{
    m_memory.setColors(choice);
    setColors(choice);
}

void MainWindow::setColors(ColorSchemeChoice choice)
{
    m_surroundings.theme.setChoice(choice);
    m_actions[ActionId::SystemColors]->setChecked(choice == ColorSchemeChoice::System);
    m_actions[ActionId::LightColors]->setChecked(choice == ColorSchemeChoice::Light);
    m_actions[ActionId::DarkColors]->setChecked(choice == ColorSchemeChoice::Dark);
}

Page* MainWindow::makePage(const PageId& id)
{
    Page* const page = newPage(id);
    if (page == nullptr)
        return nullptr;
    for (QAction* const action : page->pageActions())
        applyKeys(action);
    connect(page, &Page::statusChanged, this, &MainWindow::updateActions);
    rememberSplitters(*page);
    page->setPlace(m_memory.place(toQString(m_session->contents()->project.id), id));
    connect(page, &Page::placeChanged, this, [this] {
        if (!m_remember.isActive())
            m_remember.start();
    });
    return page;
}

void MainWindow::rememberSplitters(const Page& page)
{
    for (QSplitter* const splitter : page.findChildren<QSplitter*>()) {
        const QString name = splitter->objectName();
        if (name.isEmpty())
            continue;
        splitter->restoreState(m_memory.splitter(name));
        connect(splitter, &QSplitter::splitterMoved, this, [this, splitter] {
            m_memory.setSplitter(splitter->objectName(), splitter->saveState());
        });
    }
}

Page* MainWindow::newPage(const PageId& id)
{
    const bool defined = m_session->documents().find(id) != nullptr;
    switch (id.kind) {
    case PageKind::Overview:
        return newOverview();
    case PageKind::Sync:
        return defined ? new SyncPage(*m_session, id.slug, m_surroundings.core.clock) : nullptr;
    case PageKind::Shape:
        return defined ? new ShapePage(*m_session, id.slug) : nullptr;
    case PageKind::Runs:
        return new RunsPage(*m_session, m_surroundings.core.clock);
    case PageKind::Inbox:
        return new InboxPage(*m_session);
    case PageKind::Settings:
        return newSettings();
    case PageKind::Source:
        return defined ? new SourcePage(*m_session, id.slug) : nullptr;
    case PageKind::Model:
        return defined ? new ModelPage(*m_session, id.slug) : nullptr;
    case PageKind::Destination:
        return defined ? new DestinationPage(*m_session, id.slug) : nullptr;
    }
    return nullptr;
}

Page* MainWindow::newOverview()
{
    auto* const overview = new OverviewPage(*m_session, m_surroundings.core.clock);
    connect(overview, &OverviewPage::placeWanted, this, &MainWindow::openAt);
    return overview;
}

void MainWindow::openAt(const PageId& id, const QString& place)
{
    m_tabs->open(id);
    Page* const page = m_tabs->current();
    if (page != nullptr && page->id() == id)
        page->setPlace(place);
}

void MainWindow::openProject(const QString& folder, const std::string& target)
{
    rememberTabs();
    rememberPlaces();
    m_tabs->closeAll();
    m_tree->clearProject();
    m_message->clear();
    startSession(folder, target);
}

void MainWindow::startSession(const QString& folder, const std::string& target)
{
    service::WorkspaceOptions options;
    options.project = QDir(folder).absolutePath().toStdString();
    options.target = target;
    m_session = std::make_unique<ProjectSession>(options, m_surroundings.core);
    connectSession();
    m_session->open();
}

void MainWindow::connectSession()
{
    ProjectSession* const session = m_session.get();
    connect(session, &ProjectSession::opened, this, &MainWindow::showContents);
    connect(session, &ProjectSession::failed, this, &MainWindow::showError);
    connect(session, &ProjectSession::trustChanged, this, &MainWindow::updateActions);
    connect(session, &ProjectSession::statusChanged, this, &MainWindow::updateActions);
    connect(session, &ProjectSession::contentsChanged, this, &MainWindow::showTree);
    connect(session, &ProjectSession::filesChanged, this, &MainWindow::offerReload);
    connect(session, &ProjectSession::saveWanted, this, &MainWindow::askToSave);
    connect(session, &ProjectSession::runStarted, this, &MainWindow::showRuns);
    connect(session, &ProjectSession::runsProgressed, this, &MainWindow::showRuns);
    connect(session, &ProjectSession::runFinished, this, &MainWindow::showRuns);
    connect(session, &ProjectSession::sourceStateChanged, this, &MainWindow::showSourceState);
}

void MainWindow::showWelcome()
{
    if (m_welcome == nullptr) {
        m_welcome = new WelcomePage(m_actions);
        m_stack->addWidget(m_welcome);
        connect(m_welcome, &WelcomePage::projectWanted, this,
                [this](const QString& folder) { openProject(folder); });
    }
    m_welcome->setRecentProjects(m_memory.recentProjects());
    m_stack->setCurrentWidget(m_welcome);
    m_toolBar->hide();
}

void MainWindow::showContents()
{
    const ProjectContents& contents = *m_session->contents();
    setWindowTitle(tr("%1 - Headgate").arg(toQString(contents.project.name)));
    const auto* target = contents.project.target(contents.target);
    m_target->setText(target ? toQString(target->name) : QString());
    m_memory.addRecentProject(toQString(m_session->directory()));
    connectDocuments();
    showTree();
    m_stack->setCurrentWidget(m_splitter);
    m_toolBar->show();
    if (!contents.trusted)
        askForTrust();
    if (const auto* inbox = service::sampleInbox(contents.project))
        m_session->startInbox(*inbox);
    restoreTabs();
    updateActions();
}

void MainWindow::askForTrust()
{
    m_message->showMessage(
        {Tone::Warning,
         tr("This project has not run on this machine before. Its queries would be run against "
            "your "
            "warehouse, and its payloads sent to the destinations that it names."),
         tr("Nothing is asked or sent until you trust it."),
         {},
         {}});
    m_message->setDismissable(false);
    connect(m_message->addButton(tr("Trust this project")), &QPushButton::clicked, this, [this] {
        m_message->clear();
        m_session->trust();
    });
}

void MainWindow::restoreTabs()
{
    const QString project = toQString(m_session->contents()->project.id);
    m_lastTabs = m_memory.tabs(project);
    for (const PageId& id : m_lastTabs.pages)
        m_placesBefore[id.toText()] = m_memory.place(project, id);
    m_tabs->restore(m_lastTabs.pages, m_lastTabs.current);
    if (m_tabs->count() == 0)
        m_tabs->open({PageKind::Overview, {}});
}

void MainWindow::rememberTabs()
{
    if (m_session && m_session->contents())
        m_memory.setTabs(toQString(m_session->contents()->project.id),
                         {m_tabs->ids(), m_tabs->currentIndex()});
}

void MainWindow::rememberPlaces()
{
    if (!m_session || !m_session->contents())
        return;
    for (const Page* page : m_tabs->pages())
        if (const QString place = page->place(); !place.isEmpty())
            m_memory.setPlace(toQString(m_session->contents()->project.id), page->id(), place);
}

void MainWindow::goToPlaces()
{
    for (Page* page : m_tabs->pages())
        if (const auto place = m_placesBefore.find(page->id().toText());
            place != m_placesBefore.end())
            page->setPlace(place->second);
    m_placesBefore.clear();
}

void MainWindow::remember()
{
    rememberTabs();
    rememberPlaces();
    m_memory.setGeometry(saveGeometry());
    m_memory.setSplitter(windowSplitter(), m_splitter->saveState());
}

void MainWindow::showEvent(QShowEvent* event)
{
    if (!m_session && m_welcome == nullptr)
        showWelcome();
    QMainWindow::showEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    remember();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    m_remember.start();
}

void MainWindow::moveEvent(QMoveEvent* event)
{
    QMainWindow::moveEvent(event);
    m_remember.start();
}

void MainWindow::showError(const Error& error)
{
    if (!m_session || !m_session->contents())
        showWelcome();
    m_message->showMessage(messageOf(error));
}

void MainWindow::showRuns()
{
    QStringList texts;
    const auto running = m_session->running();
    for (const std::string& sync : running) {
        const auto* definition = m_session->contents()->project.sync(sync);
        texts.append(tr("%1 is running").arg(toQString(definition ? definition->name : sync)));
    }
    m_running->setText(texts.join(QStringLiteral(", ")));
    m_cancel->setVisible(!running.empty());
    updateActions();
}

std::string MainWindow::currentSync() const
{
    if (m_aimed)
        return m_aimed->kind == PageKind::Sync ? m_aimed->slug : std::string();
    const Page* const page = m_tabs->current();
    return page ? page->currentSync() : std::string();
}

void MainWindow::startRun(run::RunKind kind)
{
    service::RunRequest request;
    request.sync = currentSync();
    request.kind = kind;
    startRun(request);
}

void MainWindow::startRun(const service::RunRequest& request)
{
    m_session->startRun(request);
    if (m_session->isRunning(request.sync))
        m_tabs->open({PageKind::Sync, request.sync});
}

void MainWindow::updateActions()
{
    const Page* const page = m_tabs->current();
    const bool open = m_session && m_session->contents();
    m_status->setText(page ? page->status() : QString());
    m_next->setText(open ? nextRunText(m_session->contents()->project) : QString());
    const std::string sync = currentSync();
    const bool trusted = open && m_session->contents()->trusted;
    const bool running = open && m_session->isRunning(sync);
    m_actions[ActionId::Run]->setEnabled(trusted && !sync.empty() && !running);
    m_actions[ActionId::DryRun]->setEnabled(trusted && !sync.empty() && !running);
    m_actions[ActionId::CancelRun]->setEnabled(running);
    m_actions[ActionId::EditShape]->setEnabled(!sync.empty());
    m_actions[ActionId::Refresh]->setEnabled(page != nullptr);
    m_actions[ActionId::CloseTab]->setEnabled(page != nullptr);
    for (const ActionId id : {ActionId::NewSync, ActionId::NewModel, ActionId::NewSource,
                              ActionId::NewDestination, ActionId::ShowOverview, ActionId::ShowRuns,
                              ActionId::ShowInbox, ActionId::ShowSettings, ActionId::GoTo})
        m_actions[id]->setEnabled(open);
    Document* const document =
        open && page != nullptr ? m_session->documents().find(page->documentId()) : nullptr;
    m_actions[ActionId::Save]->setEnabled(document != nullptr && document->isModified());
    m_actions[ActionId::SaveAll]->setEnabled(open && !m_session->documents().modified().empty());
    if (open)
        m_session->documents().undoGroup()->setActiveStack(document ? document->undoStack()
                                                                    : nullptr);
    showUndo();
    updateDefinitionActions();
    showSourceState();
    if (open)
        showSteps();
    if (page != nullptr)
        m_tree->setCurrent(page->id());
}

} // namespace headgate::ui
