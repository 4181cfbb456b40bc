// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "secrets/process_secrets.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "shape/columns_pane.h"
#include "shape/gesture_chooser.h"
#include "shape/shape_mime.h"
#include "shape/shape_page.h"
#include "shape/shape_tree.h"
#include "shape/source_rows_model.h"
#include "shape/source_rows_pane.h"
#include "ui/named_widget.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"

#include <QApplication>
#include <QDragMoveEvent>
#include <QLabel>
#include <QMimeData>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

namespace headgate::ui {

/// The sample's orders, which nobody has shaped yet, in the editor: driven as a user would.
class ShapePageTest : public testing::Test
{
protected:
    static constexpr int longest = 30'000; ///< ms; a test that waits so long has failed

    ShapePageTest()
    {
        qputenv("HEADGATE_STATE_DIR", m_home.filePath(QStringLiteral("state")).toUtf8());
        qputenv("HEADGATE_SAMPLE_KEY", "any");
        const std::string folder = m_home.filePath(QStringLiteral("sample")).toStdString();
        EXPECT_TRUE(service::initSample(folder, m_random));
        service::WorkspaceOptions options;
        options.project = folder;
        m_session = std::make_unique<ProjectSession>(
            options, service::Surroundings{m_clock, m_random, m_secrets});
        m_session->open();
        EXPECT_TRUE(soon([this] { return m_session->contents() != nullptr; }));
        m_page = std::make_unique<ShapePage>(*m_session, "orders");
        m_page->resize(1400, 900);
        m_page->show();
        EXPECT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
        EXPECT_TRUE(soon([this] { return columns()->columnsModel()->rowCount({}) == 3; }))
            << m_page->findChild<MessageStrip*>()->message().sentence.toStdString();
    }
    ~ShapePageTest() override { m_page.reset(); }

    template <typename Condition>
    [[nodiscard]] static bool soon(Condition condition)
    {
        return QTest::qWaitFor(condition, longest);
    }
    [[nodiscard]] ColumnsPane* columns() { return m_page->findChild<ColumnsPane*>(); }
    [[nodiscard]] ShapeTree* tree() { return m_page->findChild<ShapeTree*>(); }
    [[nodiscard]] QModelIndex root() { return tree()->shapeModel()->index(0, 0, {}); }
    [[nodiscard]] const shape::Shape& shape() { return tree()->shapeModel()->shape(); }
    [[nodiscard]] SyncDocument& document() { return *m_session->documents().sync("orders"); }
    [[nodiscard]] std::string payload() { return m_page->findChild<JsonView*>()->lines().json(); }
    [[nodiscard]] std::string said()
    {
        const auto* label =
            visibleNamed<QLabel>(*m_page, QStringLiteral("What the last gesture did"));
        return label ? label->text().toStdString() : std::string();
    }
    [[nodiscard]] bool payloadHas(const std::string& text)
    {
        return soon([&] { return payload().find(text) != std::string::npos; });
    }

    /// Moves over the row's middle and, unless `leave`, drops there.
    void drag(QMimeData* mime, const QModelIndex& onto, bool leave = false,
              Qt::KeyboardModifiers keys = Qt::NoModifier)
    {
        const QPoint at = tree()->visualRect(onto.siblingAtColumn(0)).center();
        QWidget* const view = tree()->viewport();
        QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, mime, Qt::LeftButton, keys);
        QApplication::sendEvent(view, &enter);
        QDragMoveEvent move(at, Qt::CopyAction | Qt::MoveAction, mime, Qt::LeftButton, keys);
        QApplication::sendEvent(view, &move);
        if (leave) {
            m_accepted = move.isAccepted();
            return;
        }
        QDropEvent drop(at, Qt::CopyAction | Qt::MoveAction, mime, Qt::LeftButton, keys);
        QApplication::sendEvent(view, &drop);
        m_accepted = drop.isAccepted();
    }
    void dropColumns(const std::vector<shape::ColumnRef>& dragged, const QModelIndex& onto)
    {
        const auto mime = mimeOf(dragged);
        drag(mime.get(), onto);
    }
    [[nodiscard]] GestureChooser* chooser()
    {
        return qobject_cast<GestureChooser*>(QApplication::activePopupWidget());
    }
    void press(QWidget* widget, Qt::Key key, Qt::KeyboardModifiers keys = Qt::NoModifier)
    {
        ASSERT_NE(widget, nullptr);
        // A popup that was open a moment ago takes the activation with it.
        m_page->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(m_page.get()));
        widget->setFocus();
        QTest::keyClick(widget, key, keys);
    }
    /// Ready-made: the order's number and its lines as dictionaries.
    void shapeLines()
    {
        dropColumns({{{}, "order_id"}}, root());
        dropColumns({{"lines", "product_name"}, {"lines", "quantity"}}, root());
        ASSERT_NE(chooser(), nullptr);
        QTest::keyClick(chooser()->focusWidget(), Qt::Key_Return);
        ASSERT_TRUE(payloadHas("\"quantity\""));
    }

    QTemporaryDir m_home;
    SystemClock m_clock;
    SystemRandom m_random;
    secrets::ProcessSecrets m_secrets;
    std::unique_ptr<ProjectSession> m_session;
    std::unique_ptr<ShapePage> m_page;
    bool m_accepted = false;
};

} // namespace headgate::ui
