// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "service/inbox_session.h"
#include "service/run_controller.h"
#include "service/workspace_thread.h"
#include "session/source_state.h"

#include <QTimer>
#include <map>
#include <memory>
#include <vector>

namespace headgate::ui {

class Documents;
class FolderWatch;

/// What a folder holds, as it was read.
struct ProjectContents
{
    project::Project project;
    std::string target;
    bool trusted = false;
    Issues issues;
};

/// What one page wants another to show: a run, or the newest of a sync, and a record of it.
struct RecordWish
{
    std::string sync; ///< slug; may be empty where there is a run
    std::string run;
    std::string outcome;
    std::string key;
};

/// The project of a window: what the pages show of it, and what they ask. Everything is asked on
/// other threads; answers come by signal or to the asker. Belongs to the GUI thread.
class ProjectSession final : public QObject
{
    Q_OBJECT

public:
    ProjectSession(service::WorkspaceOptions options, service::Surroundings surroundings,
                   QObject* parent = nullptr);
    /// Ends queries and runs; waits for them.
    ~ProjectSession() override;

    [[nodiscard]] const std::string& directory() const { return m_options.project; }
    /// Null until opened().
    [[nodiscard]] const ProjectContents* contents() const { return m_contents.get(); }
    /// In the project's order; empty until statusChanged().
    [[nodiscard]] const std::vector<service::SyncStatus>& status() const { return m_status; }
    [[nodiscard]] const service::SyncStatus* statusOf(const std::string& sync) const;

    /// Of the contents; only when there are some.
    [[nodiscard]] Documents& documents() { return *m_documents; }

    void open();
    /// Reads the folder again: somebody else changed files of it.
    void reload();
    /// What the folder holds now. Pages and documents follow.
    void takeContents(project::Project project, Issues issues);
    void trust();
    void refreshStatus();

    /// Of the state or the project: answered soon. See WorkspaceThread::ask.
    template <typename Work, typename Done>
    void ask(QObject* context, Work work, Done done)
    {
        m_near.ask(context, std::move(work), std::move(done));
    }
    /// Of a warehouse or destination: may take long, and keeps no other kind of question waiting.
    template <typename Work, typename Done>
    void askFar(QObject* context, Work work, Done done)
    {
        m_far.ask(context, std::move(work), std::move(done));
    }
    /// The same of one source: its state is what the answer says of it.
    template <typename Work, typename Done>
    void askSource(QObject* context, const std::string& source, Work work, Done done)
    {
        m_far.ask(context, std::move(work), [this, source, done](auto answer) {
            noteAnswer(source, answer ? nullptr : &answer.error());
            done(std::move(answer));
        });
    }
    [[nodiscard]] SourceState sourceState(const std::string& source) const;
    /// What a question to it showed that was not asked here; null: no error.
    void noteAnswer(const std::string& source, const Error* error);
    /// Of the keychain, which may wait for a person: keeps no other kind of question waiting.
    template <typename Work, typename Done>
    void askKeychain(QObject* context, Work work, Done done)
    {
        if (!m_keeper)
            m_keeper = std::make_unique<service::WorkspaceThread>(m_options, m_surroundings);
        m_keeper->ask(context, std::move(work), std::move(done));
    }
    /// Of the state or the project: done even where this ends before.
    template <typename Work>
    void tell(Work work)
    {
        m_near.tell(std::move(work));
    }

    /// Asks the page of runs for a record, whenever there is that page.
    void wishRecord(const RecordWish& wish);
    [[nodiscard]] std::optional<RecordWish> takeRecordWish();

    /// Does nothing while a run of that sync is going.
    void startRun(const service::RunRequest& request);
    [[nodiscard]] bool isRunning(const std::string& sync) const;
    [[nodiscard]] std::vector<std::string> running() const;
    [[nodiscard]] run::RunProgress progressOf(const std::string& sync) const;
    /// The second time, what is in flight is In doubt.
    void cancelRun(const std::string& sync);

    /// Starts the stand-in for a destination of a local address: on its port, or on a free one,
    /// which runs of its syncs then use.
    void startInbox(const project::DestinationDefinition& destination);
    /// Null while there is none.
    [[nodiscard]] service::InboxSession* inbox() const { return m_inbox.get(); }
    /// The destination with its stand-in's address and secrets, where one runs: what questions to
    /// it go to.
    [[nodiscard]] project::DestinationDefinition
    reached(project::DestinationDefinition destination) const;
    /// Where the stand-in of that destination is; empty: it has none.
    [[nodiscard]] std::string inboxUrl(const std::string& destination) const;

Q_SIGNALS:
    void opened();
    void failed(const headgate::Error& error);
    void trustChanged();
    /// Somebody else changed files of the folder; reload() takes them.
    void filesChanged(const QStringList& files);
    /// Files were saved or read again.
    void contentsChanged();
    void statusChanged();
    /// What a run of it would read is not saved: saving comes first.
    void saveWanted(const headgate::service::RunRequest& request);
    void recordWished();
    void sourceStateChanged(const std::string& source);
    void runStarted(const std::string& sync);
    /// Several times a second while anything runs.
    void runsProgressed();
    void runFinished(const headgate::run::RunReport& report);
    void inboxStarted();

private:
    [[nodiscard]] bool isModified(const project::SyncDefinition& sync) const;
    void onRunFinished(const std::string& sync, const run::RunReport& report);
    void lookForChanges();
    /// Of a project that is trusted when it is answered.
    void askStatus();

    service::WorkspaceOptions m_options;
    service::Surroundings m_surroundings;
    service::WorkspaceThread m_near;
    service::WorkspaceThread m_far;
    std::unique_ptr<service::WorkspaceThread> m_keeper;
    std::unique_ptr<ProjectContents> m_contents;
    std::unique_ptr<Documents> m_documents;
    std::unique_ptr<FolderWatch> m_watch;
    std::vector<service::SyncStatus> m_status;
    std::map<std::string, std::unique_ptr<service::RunController>> m_runs;
    std::unique_ptr<service::InboxSession> m_inbox;
    std::string m_inboxDestination;
    std::optional<RecordWish> m_wish;
    std::map<std::string, SourceState> m_sources; ///< of those that were asked
    QTimer m_poll;
};

} // namespace headgate::ui
