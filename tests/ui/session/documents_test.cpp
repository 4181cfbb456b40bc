// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "base/id.h"
#include "base/random.h"
#include "secrets/process_secrets.h"
#include "session/documents.h"
#include "session/project_session.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

constexpr int longest = 30'000;

/// The sample, opened by a session, closed, and opened again.
class DocumentsTest : public testing::Test
{
protected:
    DocumentsTest()
    {
        qputenv("HEADGATE_STATE_DIR", m_home.filePath(QStringLiteral("state")).toUtf8());
        EXPECT_TRUE(service::initSample(folder().toStdString(), m_random));
    }

    [[nodiscard]] QString folder() const { return m_home.filePath(QStringLiteral("sample")); }

    void open()
    {
        m_session.reset();
        service::WorkspaceOptions options;
        options.project = folder().toStdString();
        m_session = std::make_unique<ProjectSession>(
            options, service::Surroundings{m_clock, m_random, m_secrets});
        QObject::connect(m_session.get(), &ProjectSession::failed, m_session.get(),
                         [this](const Error& error) {
                             m_failures.push_back(QString::fromStdString(error.code));
                         });
        QObject::connect(m_session.get(), &ProjectSession::opened, m_session.get(), [this] {
            QObject::connect(&documents(), &Documents::restored, m_session.get(),
                             [this](int count, const QStringList& changedSince) {
                                 m_restored = count;
                                 m_changedSince = changedSince;
                             });
            QObject::connect(&documents(), &Documents::notRestored, m_session.get(),
                             [this](const QStringList& unread, const QString& copy) {
                                 m_unread = unread;
                                 m_unreadCopy = copy;
                             });
        });
        m_session->open();
        ASSERT_TRUE(QTest::qWaitFor([this] { return m_session->contents() != nullptr; }, longest));
    }

    [[nodiscard]] Documents& documents() { return m_session->documents(); }

    void rename(const std::string& slug, const std::string& name, const QString& mergeKey = {})
    {
        SyncDocument* const document = documents().sync(slug);
        ASSERT_NE(document, nullptr);
        project::SyncDefinition next = document->value();
        next.name = name;
        document->change(QStringLiteral("Rename"), next, mergeKey);
    }

    [[nodiscard]] std::string file(const char* path) const
    {
        QFile file(folder() + QLatin1Char('/') + QLatin1String(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
    }
    void write(const char* path, const std::string& text) const
    {
        QFile file(folder() + QLatin1Char('/') + QLatin1String(path));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(text.c_str());
    }

    QTemporaryDir m_home;
    SystemClock m_clock;
    SystemRandom m_random;
    secrets::ProcessSecrets m_secrets;
    std::unique_ptr<ProjectSession> m_session;
    std::vector<QString> m_failures;
    int m_restored = 0;
    QStringList m_changedSince;
    QStringList m_unread;
    QString m_unreadCopy;
};

TEST_F(DocumentsTest, stepsAreNamedAndUndone)
{
    open();
    SyncDocument* const document = documents().sync("orders");
    ASSERT_NE(document, nullptr);
    const std::string before = document->value().name;
    EXPECT_FALSE(document->isModified());
    rename("orders", "Other");
    EXPECT_TRUE(document->isModified());
    EXPECT_EQ(document->undoStack()->undoText(), QStringLiteral("Rename"));
    document->undoStack()->undo();
    EXPECT_EQ(document->value().name, before);
    EXPECT_FALSE(document->isModified());
    document->undoStack()->redo();
    EXPECT_EQ(document->value().name, "Other");
}

TEST_F(DocumentsTest, typingIsOneStepAndOtherStepsStayTheirOwn)
{
    open();
    SyncDocument* const document = documents().sync("orders");
    for (const char* text : {"O", "Or", "Ord"})
        rename("orders", text, QStringLiteral("name"));
    EXPECT_EQ(document->undoStack()->count(), 1);
    rename("orders", "Elsewhere", QStringLiteral("other"));
    rename("orders", "Once more");
    EXPECT_EQ(document->undoStack()->count(), 3);
}

TEST_F(DocumentsTest, filesAreWrittenOnSaveOnly)
{
    open();
    const std::string before = file("syncs/orders.json");
    rename("orders", "Orders for the shop");
    EXPECT_EQ(file("syncs/orders.json"), before);
    QSignalSpy saved(&documents(), &Documents::saved);
    documents().save({PageKind::Sync, "orders"});
    ASSERT_TRUE(saved.wait(longest));
    EXPECT_NE(file("syncs/orders.json").find("Orders for the shop"), std::string::npos);
    EXPECT_FALSE(documents().isModified({PageKind::Sync, "orders"}));
    EXPECT_EQ(m_session->contents()->project.sync("orders")->name, "Orders for the shop");
    EXPECT_TRUE(m_failures.empty());
}

TEST_F(DocumentsTest, savingOneLeavesTheOthersModified)
{
    open();
    rename("orders", "A");
    rename("recently-viewed", "B");
    QSignalSpy saved(&documents(), &Documents::saved);
    documents().save({PageKind::Sync, "orders"});
    ASSERT_TRUE(saved.wait(longest));
    ASSERT_EQ(documents().modified().size(), 1U);
    EXPECT_EQ(documents().modified().front()->id().slug, "recently-viewed");
    documents().saveAll();
    ASSERT_TRUE(saved.wait(longest));
    EXPECT_TRUE(documents().modified().empty());
}

TEST_F(DocumentsTest, aFileOfSomebodyElseIsNotReplaced)
{
    open();
    rename("orders", "Mine");
    std::string theirs = file("syncs/orders.json");
    theirs.replace(theirs.find("Orders"), 6, "Theirs");
    write("syncs/orders.json", theirs);
    documents().save({PageKind::Sync, "orders"});
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_failures.empty(); }, longest));
    EXPECT_EQ(m_failures.front(), QStringLiteral("project.save.changed"));
    EXPECT_EQ(file("syncs/orders.json"), theirs);
    EXPECT_EQ(documents().sync("orders")->value().name, "Mine");
}

TEST_F(DocumentsTest, whatIsReadAgainShowsWhereNothingIsLost)
{
    open();
    rename("orders", "Mine");
    ASSERT_NE(documents().sync("recently-viewed"), nullptr);
    for (const char* path : {"syncs/orders.json", "syncs/recently-viewed.json"}) {
        std::string text = file(path);
        text.replace(text.find("\"name\": \""), 9, "\"name\": \"Theirs ");
        write(path, text);
    }
    QSignalSpy read(m_session.get(), &ProjectSession::contentsChanged);
    m_session->reload();
    ASSERT_TRUE(read.wait(longest));
    EXPECT_EQ(documents().sync("orders")->value().name, "Mine");
    EXPECT_TRUE(documents().isModified({PageKind::Sync, "orders"}));
    EXPECT_EQ(documents().sync("recently-viewed")->value().name.rfind("Theirs ", 0), 0U);
    EXPECT_FALSE(documents().isModified({PageKind::Sync, "recently-viewed"}));
}

TEST_F(DocumentsTest, changesOfSomebodyElseAreNoticedAndOursAreNot)
{
    open();
    QStringList files;
    QObject::connect(m_session.get(), &ProjectSession::filesChanged, m_session.get(),
                     [&](const QStringList& changed) { files = changed; });
    rename("orders", "Ours");
    QSignalSpy saved(&documents(), &Documents::saved);
    documents().save({PageKind::Sync, "orders"});
    ASSERT_TRUE(saved.wait(longest));
    write("models/orders.sql", "select 2 as two");
    ASSERT_TRUE(QTest::qWaitFor([&] { return !files.isEmpty(); }, longest));
    EXPECT_EQ(files, QStringList(QStringLiteral("models/orders.sql")));
}

TEST_F(DocumentsTest, whatWasNotSavedIsThereAgain)
{
    open();
    const std::string before = file("syncs/orders.json");
    rename("orders", "Not saved");
    project::ModelDefinition added;
    added.id = makeId(m_random);
    added.slug = documents().freeSlug(PageKind::Model, QStringLiteral("Orders"));
    added.name = "Orders, but new";
    added.source = "warehouse";
    added.sql = "select 1";
    ASSERT_NE(documents().add(added), nullptr);
    open();
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_restored > 0; }, longest));
    EXPECT_EQ(m_restored, 2);
    EXPECT_TRUE(m_changedSince.isEmpty());
    EXPECT_EQ(documents().sync("orders")->value().name, "Not saved");
    EXPECT_TRUE(documents().sync("orders")->isModified());
    ASSERT_NE(documents().model(added.slug), nullptr);
    EXPECT_EQ(documents().model(added.slug)->value().sql, "select 1");
    EXPECT_TRUE(documents().model(added.slug)->isNew());
    EXPECT_EQ(file("syncs/orders.json"), before);
}

TEST_F(DocumentsTest, whatCannotBeReadBackIsKeptAside)
{
    open();
    project::ModelDefinition broken = documents().model("orders")->value();
    broken.cursor = project::ModelCursor();
    broken.description = "typed for an hour";
    documents().model("orders")->change(QStringLiteral("Cursor"), broken);
    m_session.reset();
    open();
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_unreadCopy.isEmpty(); }, longest));
    EXPECT_EQ(m_unread, QStringList(QStringLiteral("models/orders.json")));
    QFile kept(m_unreadCopy);
    ASSERT_TRUE(kept.open(QIODevice::ReadOnly));
    EXPECT_TRUE(kept.readAll().contains("typed for an hour"));
}

TEST_F(DocumentsTest, draftsSayWhichFilesChangedMeanwhile)
{
    open();
    rename("orders", "Not saved");
    m_session.reset();
    write("syncs/orders.json", file("syncs/orders.json") + "\n");
    open();
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_restored > 0; }, longest));
    EXPECT_EQ(m_changedSince, QStringList(QStringLiteral("syncs/orders.json")));
}

TEST_F(DocumentsTest, nothingComesBackAfterASave)
{
    open();
    rename("orders", "Saved");
    QSignalSpy saved(&documents(), &Documents::saved);
    documents().save({PageKind::Sync, "orders"});
    ASSERT_TRUE(saved.wait(longest));
    open();
    bool answered = false; // behind the question for what was kept
    m_session->ask(
        m_session.get(),
        [](service::Workspace& workspace, const StopToken&) -> Result<bool> {
            return workspace.isTrusted();
        },
        [&](const Result<bool>&) { answered = true; });
    ASSERT_TRUE(QTest::qWaitFor([&] { return answered; }, longest));
    EXPECT_EQ(m_restored, 0);
}

TEST_F(DocumentsTest, whatWasSavedIsNotHiddenByWhatWasKeptBefore)
{
    open();
    rename("orders", "Kept");
    const QString drafts = m_home.filePath(QStringLiteral("state/drafts"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return QDir(drafts).count() > 2; }, longest));
    rename("recently-viewed", "Not saved");
    rename("orders", "Saved");
    QSignalSpy saved(&documents(), &Documents::saved);
    documents().save({PageKind::Sync, "orders"});
    ASSERT_TRUE(saved.wait(longest));
    // As it is found by whoever comes after a kill.
    const QString kept = QDir(drafts).entryInfoList(QDir::Files).front().filePath();
    ASSERT_TRUE(QFile::copy(kept, kept + QStringLiteral(".copy")));
    m_session.reset();
    ASSERT_TRUE(QFile::remove(kept));
    ASSERT_TRUE(QFile::rename(kept + QStringLiteral(".copy"), kept));
    open();
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_restored > 0; }, longest));
    EXPECT_EQ(documents().sync("orders")->value().name, "Saved");
    EXPECT_FALSE(documents().sync("orders")->isModified());
    EXPECT_EQ(documents().sync("recently-viewed")->value().name, "Not saved");
    EXPECT_EQ(m_changedSince, QStringList());
}

TEST_F(DocumentsTest, slugsAreFreeAndFitFileNames)
{
    open();
    EXPECT_EQ(documents().freeSlug(PageKind::Sync, QStringLiteral("Orders")), "orders-2");
    EXPECT_EQ(documents().freeSlug(PageKind::Sync, QStringLiteral("Größe der Körbe!")),
              "gro-e-der-korbe");
    EXPECT_EQ(documents().freeSlug(PageKind::Sync, QStringLiteral("注文")), "new");
    EXPECT_EQ(documents().freeSlug(PageKind::Model, QString(200, QLatin1Char('a'))).size(), 60U);
}

} // namespace

} // namespace headgate::ui
