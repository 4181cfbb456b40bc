// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "fakes/fake_secrets.h"
#include "frame/main_window.h"
#include "secrets/process_secrets.h"
#include "theme/theme.h"
#include "ui/named_widget.h"
#include "ui/shown_window.h"
#include "widgets/message_strip.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>
#include <gtest/gtest.h>

namespace headgate::ui {

/// Secrets whose keychain can be out of order; the other places work.
class BreakableSecrets final : public secrets::SecretStore
{
public:
    [[nodiscard]] Result<secrets::Secret> read(const secrets::SecretRef& ref) override
    {
        return ref.place == secrets::SecretPlace::Environment ? process.read(ref) : store.read(ref);
    }
    [[nodiscard]] Result<void> write(const secrets::SecretRef& ref,
                                     const secrets::Secret& secret) override
    {
        if (broken && ref.place == secrets::SecretPlace::Keychain)
            return fail(ErrorKind::Credential, "secret.unavailable",
                        QStringLiteral("The keychain cannot be reached."));
        return store.write(ref, secret);
    }
    [[nodiscard]] Result<void> remove(const secrets::SecretRef& ref) override
    {
        return store.remove(ref);
    }
    [[nodiscard]] Result<std::vector<secrets::SecretRef>> list() override { return store.list(); }

    fakes::FakeSecrets store;
    secrets::ProcessSecrets process; ///< for the environment
    bool broken = false;
};

/// A user with an empty home and an empty project, and the window, driven as that user would: by
/// what a screen reader calls its controls.
class WindowStory : public testing::Test
{
protected:
    static constexpr int longest = 30'000; ///< ms; a test that waits so long has failed

    WindowStory()
    {
        qputenv("HOME", m_home.path().toUtf8());
        qputenv("HEADGATE_STATE_DIR", path("state").toUtf8());
        qputenv("XDG_CONFIG_HOME", path("config").toUtf8());
        qputenv("XDG_DATA_HOME", path("data").toUtf8());
        qputenv("PGSYSCONFDIR", path("nowhere").toUtf8());
        qputenv("ODBCSYSINI", path("nowhere").toUtf8());
        qputenv("HEADGATE_SAMPLE_KEY", "any");
        for (const char* name : {"PGSERVICEFILE", "PGPASSFILE", "DBT_PROFILES_DIR", "ODBCINI"})
            qunsetenv(name);
        m_window = std::make_unique<MainWindow>(
            WindowSurroundings{{m_clock, m_random, m_secrets},
                               m_theme,
                               path("window.ini"),
                               [](QWidget*, const QString&) { return QString(); },
                               path("sample")});
        EXPECT_TRUE(showInFront(*m_window));
    }

    [[nodiscard]] QString path(const char* name) const
    {
        return m_home.filePath(QLatin1String(name));
    }

    void put(const char* file, const QByteArray& text)
    {
        ASSERT_TRUE(QDir().mkpath(QFileInfo(path(file)).path()));
        QFile out(path(file));
        ASSERT_TRUE(out.open(QIODevice::WriteOnly));
        ASSERT_EQ(out.write(text), text.size());
        ASSERT_TRUE(out.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    }

    [[nodiscard]] QByteArray bytesOf(const char* file) const
    {
        QFile in(path(file));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }

    void openEmptyProject()
    {
        ASSERT_TRUE(service::initProject(path("project").toStdString(), "Mine", m_random));
        m_window->openProject(path("project"));
        ASSERT_TRUE(soon([this] { return named<QTreeWidget>("Project") != nullptr; }));
    }

    template <typename Widget = QWidget>
    [[nodiscard]] Widget* named(const char* name) const
    {
        return visibleNamed<Widget>(*m_window, QLatin1String(name));
    }

    /// The offscreen platform has no window manager that would do it after a dialog.
    void activate()
    {
        m_window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_window.get()));
    }

    void click(const char* name)
    {
        activate();
        ASSERT_TRUE(soon([&] { return named(name) != nullptr; })) << name;
        auto* const widget = named(name);
        ASSERT_TRUE(widget->isEnabled()) << name;
        QTest::mouseClick(widget, Qt::LeftButton);
    }

    void clickText(const char* text)
    {
        activate();
        QAbstractButton* found = nullptr;
        ASSERT_TRUE(soon([&] {
            for (QAbstractButton* each : m_window->findChildren<QAbstractButton*>())
                if (each->isVisible() && each->text() == QLatin1String(text))
                    found = each;
            return found != nullptr;
        })) << text;
        QTest::mouseClick(found, Qt::LeftButton);
    }

    /// Types over what is there.
    void type(const char* name, const QString& text)
    {
        activate();
        ASSERT_TRUE(soon([&] { return named<QLineEdit>(name) != nullptr; })) << name;
        auto* const widget = named<QLineEdit>(name);
        widget->setFocus();
        QTest::keyClick(widget, Qt::Key_A, Qt::ControlModifier);
        QTest::keyClicks(widget, text);
    }

    void clickTreeRow(const char* text)
    {
        auto* const tree = named<QTreeWidget>("Project");
        ASSERT_NE(tree, nullptr);
        const auto rows =
            tree->findItems(QLatin1String(text), Qt::MatchExactly | Qt::MatchRecursive);
        ASSERT_EQ(rows.size(), 1) << text;
        QTreeWidgetItem* const row = rows.front();
        const auto place = [&] { return tree->visualItemRect(row).center(); };
        ASSERT_TRUE(soon([&] { return tree->itemAt(place()) == row; }));
        QTest::mouseClick(tree->viewport(), Qt::LeftButton, {}, place());
    }

    void press(const QKeySequence& keys)
    {
        activate();
        QTest::keySequence(m_window.get(), keys);
    }

    template <typename Condition>
    [[nodiscard]] static bool soon(Condition condition)
    {
        return QTest::qWaitFor(condition, longest);
    }

    /// What the window says is wrong.
    [[nodiscard]] std::string troubles() const
    {
        std::string all;
        for (const MessageStrip* strip : m_window->findChildren<MessageStrip*>())
            if (strip->isVisible())
                all += strip->message().code.toStdString() + ' ' +
                       strip->message().sentence.toStdString() + '\n';
        return all;
    }

    QTemporaryDir m_home;
    SystemClock m_clock;
    SystemRandom m_random;
    BreakableSecrets m_secrets;
    Theme m_theme{nullptr, ColorSchemeChoice::Light};
    std::unique_ptr<MainWindow> m_window;
};

} // namespace headgate::ui
