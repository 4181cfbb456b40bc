// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/push_dialog.h"

#include "session/documents.h"
#include "sync/sync_page.h"
#include "ui/model_tester.h"
#include "ui/named_widget.h"
#include "ui/sample_session.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCheckBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QTableView>
#include <gmock/gmock.h>

namespace headgate::ui {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(PushKeysModelTest, holdsEachKeyOnceAndForgetsWhatWasSaidWhenTheyChange)
{
    PushKeysModel model;
    const ModelTester tester(&model);
    EXPECT_EQ(model.add({"1", "2", "1", ""}), 2U);
    EXPECT_EQ(model.add({"2", "3"}), 1U);
    EXPECT_THAT(model.keys(), ElementsAre("1", "2", "3"));
    model.setStates({{"2", {Tone::Warning, QStringLiteral("gone")}}},
                    {Tone::Info, QStringLiteral("sent")});
    const auto state = [&model](int row) {
        return model.index(row, PushKeysModel::StateColumn).data().toString().toStdString();
    };
    EXPECT_EQ(state(0), "sent");
    EXPECT_EQ(state(1), "gone");
    model.remove({0, 2});
    EXPECT_THAT(model.keys(), ElementsAre("2"));
    EXPECT_EQ(state(0), "");
}

/// The sample's sync, an inbox behind it.
class PushDialogTest : public SampleSession
{
protected:
    void show()
    {
        open();
        m_session->trust();
        m_page = std::make_unique<SyncPage>(*m_session, sync, m_clock);
        m_page->resize(1200, 800);
        m_page->show();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
        ASSERT_TRUE(soon([this] { return records()->count() > 3; }))
            << m_page->findChild<MessageStrip*>()->message().sentence.toStdString();
        const auto previews = otherWorkspace()->previewRecords(sync, 4, {});
        ASSERT_TRUE(previews);
        for (const auto& preview : *previews)
            m_keys.push_back(preview.key);
    }
    void openDialog()
    {
        click(*m_page, "Push records...");
        ASSERT_NE(dialog(), nullptr);
    }
    [[nodiscard]] QListWidget* records()
    {
        return visibleNamed<QListWidget>(*m_page, QStringLiteral("Records"));
    }
    [[nodiscard]] PushDialog* dialog() { return m_page->findChild<PushDialog*>(); }
    [[nodiscard]] MessageStrip* strip() { return dialog()->findChild<MessageStrip*>(); }
    [[nodiscard]] std::string said()
    {
        return strip()->isVisible() ? strip()->message().sentence.toStdString() : std::string();
    }
    [[nodiscard]] static QAbstractButton* button(const QWidget& root, const char* text)
    {
        for (QAbstractButton* each : root.findChildren<QAbstractButton*>())
            if (each->isVisible() && each->text().startsWith(QLatin1String(text)))
                return each;
        return nullptr;
    }
    void click(const QWidget& root, const char* text)
    {
        ASSERT_TRUE(soon([&] {
            const QAbstractButton* found = button(root, text);
            return found != nullptr && found->isEnabled();
        })) << text;
        QTest::mouseClick(button(root, text), Qt::LeftButton);
    }
    [[nodiscard]] std::string state(int row)
    {
        const auto* view = visibleNamed<QTableView>(*dialog(), QStringLiteral("Chosen records"));
        return view->model()
            ->index(row, PushKeysModel::StateColumn)
            .data()
            .toString()
            .toStdString();
    }
    [[nodiscard]] std::string count()
    {
        return visibleNamed<QLabel>(*dialog(), QStringLiteral("How many are chosen"))
            ->text()
            .toStdString();
    }
    void dropCsv(QWidget* onto, const QByteArray& csv)
    {
        QFile file(m_home.filePath(QStringLiteral("keys.csv")));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(csv), csv.size());
        file.close();
        QMimeData mime;
        mime.setUrls({QUrl::fromLocalFile(file.fileName())});
        QDragEnterEvent enter({5, 5}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(onto, &enter);
        ASSERT_TRUE(enter.isAccepted());
        QDropEvent drop({5, 5}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(onto, &drop);
    }
    [[nodiscard]] std::uint64_t arrived() { return m_inbox.inbox().totals().taken; }

    std::unique_ptr<SyncPage> m_page;
    std::vector<std::string> m_keys;
};

TEST_F(PushDialogTest, chosenRecordsAreSaidBeforeTheyAreSentAndToldOfAfter)
{
    show();
    run();
    const std::uint64_t before = arrived();
    records()->setCurrentRow(0);
    records()->item(2)->setSelected(true);
    openDialog();
    EXPECT_EQ(count(), "2 records chosen");
    EXPECT_FALSE(button(*dialog(), "Send")->isEnabled()) << "nobody has said what would be sent";
    click(*dialog(), "See what is sent");
    ASSERT_TRUE(soon([this] { return said().find("would be sent") != std::string::npos; }));
    EXPECT_THAT(said(), HasSubstr("2 records would be sent. Nothing was sent yet."));
    EXPECT_EQ(state(0), "is sent again");
    EXPECT_EQ(arrived(), before);
    EXPECT_FALSE(dialog()->findChild<JsonView*>()->lines().isEmpty());
    click(*dialog(), "Send 2 records");
    ASSERT_TRUE(soon([this] { return state(0) == "was delivered"; })) << said();
    EXPECT_EQ(state(1), "was delivered");
    EXPECT_GT(arrived(), before);
    EXPECT_EQ(m_report->kind, run::RunKind::Push);
    EXPECT_EQ(m_report->outcomes[run::Outcome::Successful], 2U);
}

TEST_F(PushDialogTest, aDroppedFileOfKeysIsReadAndUnknownKeysAreSaid)
{
    show();
    const std::string& key = m_keys.front();
    dropCsv(m_page.get(),
            QByteArray::fromStdString("\xEF\xBB\xBF"
                                      "name,customer_id\r\n\"A, B\"," +
                                      key + "\r\nx,999999\r\ny," + key + "\r\nz,\r\n"));
    ASSERT_TRUE(soon([this] { return count() == "2 records chosen"; })) << count();
    EXPECT_EQ(said(), "2 keys in keys.csv, column customer_id. 1 was there already. "
                      "1 line has no key.");
    click(*dialog(), "See what is sent");
    ASSERT_TRUE(soon([this] { return state(1) == "no record has this key"; }));
    EXPECT_THAT(said(), HasSubstr("999999"));
    click(*dialog(), "Send 1 record");
    ASSERT_TRUE(soon([this] { return state(0) == "was delivered"; })) << said();
    EXPECT_THAT(said(), HasSubstr("in no record: 999999"));
    EXPECT_EQ(strip()->message().tone, Tone::Warning);
}

TEST_F(PushDialogTest, whatIsRefusedIsSaidOfItsRecord)
{
    show();
    const auto previews = otherWorkspace()->previewRecords(sync, 2, {});
    refuse({(*previews)[0].match}, "InvalidEmailAddressError");
    openDialog();
    auto* typed = visibleNamed<QLineEdit>(*dialog(), QStringLiteral("Add a record key"));
    for (const std::string& key : {(*previews)[0].key, (*previews)[1].key}) {
        QTest::keyClicks(typed, QString::fromStdString(key));
        QTest::keyClick(typed, Qt::Key_Return);
    }
    click(*dialog(), "See what is sent");
    click(*dialog(), "Send 2");
    ASSERT_TRUE(soon([this] { return state(0).rfind("was refused", 0) == 0; })) << state(0);
    EXPECT_EQ(state(1), "was delivered");
    EXPECT_EQ(strip()->message().tone, Tone::Warning);
}

TEST_F(PushDialogTest, aHeaderOfAnotherNameIsAskedFor)
{
    show();
    openDialog();
    visibleNamed<QTableView>(*dialog(), QStringLiteral("Chosen records"))->selectAll();
    if (QAbstractButton* out = button(*dialog(), "Take out"); out->isEnabled())
        QTest::mouseClick(out, Qt::LeftButton);
    dropCsv(dialog(), "customer\n7\n8\n");
    ASSERT_TRUE(soon([this] { return count() == "3 records chosen"; })) << count();
    auto* header = qobject_cast<QCheckBox*>(button(*dialog(), "The first line is a header"));
    ASSERT_NE(header, nullptr);
    QTest::mouseClick(header, Qt::LeftButton, {}, {8, header->height() / 2});
    ASSERT_TRUE(soon([this] { return count() == "2 records chosen"; })) << count();
    dropCsv(dialog(), "\"open\n");
    ASSERT_TRUE(
        soon([this] { return strip()->message().code == QLatin1String("usage.keys.csv"); }));
    EXPECT_EQ(count(), "2 records chosen") << "nothing is lost";
}

} // namespace
} // namespace headgate::ui
