// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "frame/action_table.h"
#include "frame/first_steps.h"
#include "frame/window_memory.h"
#include "session/page.h"
#include "session/project_session.h"

#include <QMainWindow>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <optional>

class QLabel;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolBar;

namespace headgate::ui {

class MessageStrip;
class PageTabs;
class ProjectTree;
class Theme;
class ToneIcon;
class WelcomePage;

/// What a window needs of its surroundings; tests answer in the user's place.
struct WindowSurroundings
{
    service::Surroundings core;
    Theme& theme;
    QString memoryFile; ///< empty: the user's own
    /// Asks for a folder; empty: none was chosen.
    std::function<QString(QWidget*, const QString& title)> chooseFolder;
    QString sampleFolder; ///< where the sample is made
    /// Of this start only; empty: as remembered.
    std::optional<ColorSchemeChoice> colors = std::nullopt;
    /// Opened at once, and read while the window is made; empty: the welcome page.
    QString project = {};
    std::string target = {};
};

/// The window: a project's tree, its pages as tabs, what runs. Nothing is queried or sent before
/// the project is trusted.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(WindowSurroundings surroundings);
    ~MainWindow() override;

    void openProject(const QString& folder, const std::string& target = {});

protected:
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void moveEvent(QMoveEvent* event) override;

private:
    void build();
    void buildStatusBar();
    void connectActions();
    /// Begins to read the folder; what is open until now is closed.
    void startSession(const QString& folder, const std::string& target);
    void connectSession();
    void connectDocuments();
    [[nodiscard]] Page* makePage(const PageId& id);
    [[nodiscard]] Page* newPage(const PageId& id);
    [[nodiscard]] Page* newOverview();
    [[nodiscard]] Page* newSettings();
    void openAt(const PageId& id, const QString& place);
    /// The keys that the user gave an action, in place of its own.
    void applyKeys(QAction* action);
    void remember();

    void newProject();
    void newDefinition(PageKind kind);
    /// What is done to a definition of the tree without opening it.
    void showTreeMenu(const PageId& id, const QPoint& at);
    void duplicateDefinition();
    void askToDelete();
    void confirmDelete(const PageId& id);
    /// What the definition actions mean: the row of the tree whose menu is open, or what the page
    /// in front shows.
    [[nodiscard]] std::optional<PageId> aimed() const;
    void chooseProject();
    void openSample();
    /// On another thread; then opens the folder.
    void makeProject(const QString& folder, std::function<Result<void>(const std::string&)> make);

    void showWelcome();
    void showContents();
    void showTree();
    void showUndo();
    void offerReload(const QStringList& files);
    void askToSave(const service::RunRequest& request);
    void showRestored(int documents, const QStringList& changedSince);
    void showSteps();
    void goToStep(FirstStep step);
    void askForTrust();
    void restoreTabs();
    void rememberTabs();
    /// The places in the pages that are open.
    void rememberPlaces();
    void goToPlaces();
    void showError(const Error& error);
    void showRuns();
    void updateActions();
    void updateDefinitionActions();
    void showPageMenu();
    void showSourceState();
    void rememberSplitters(const Page& page);
    void setColors(ColorSchemeChoice choice);
    void chooseColors(ColorSchemeChoice choice);
    void findAction();
    void goTo();
    void showShortcuts();
    void showAbout();
    void startRun(run::RunKind kind);
    /// Brings the page to the front that shows how it goes.
    void startRun(const service::RunRequest& request);
    [[nodiscard]] std::string currentSync() const;

    WindowSurroundings m_surroundings;
    WindowMemory m_memory;
    WindowMemory::OpenTabs m_lastTabs; ///< of the project when it was open last
    ActionTable m_actions;
    std::unique_ptr<ProjectSession> m_session;
    QStackedWidget* m_stack = nullptr;
    WelcomePage* m_welcome = nullptr; ///< made when it is shown
    QSplitter* m_splitter = nullptr;
    ProjectTree* m_tree = nullptr;
    PageTabs* m_tabs = nullptr;
    MessageStrip* m_message = nullptr;
    FirstSteps* m_steps = nullptr;
    QLabel* m_status = nullptr;
    QLabel* m_source = nullptr;
    ToneIcon* m_sourceIcon = nullptr;
    QLabel* m_next = nullptr;
    QLabel* m_running = nullptr;
    QPushButton* m_cancel = nullptr;
    QLabel* m_target = nullptr;
    QToolBar* m_toolBar = nullptr;
    QTimer m_remember;
    std::optional<PageId> m_aimed; ///< while the menu of a row of the tree is open
    /// As they were before this start: what was not saved then comes back after its page.
    std::map<QString, QString> m_placesBefore; ///< by page
};

} // namespace headgate::ui
