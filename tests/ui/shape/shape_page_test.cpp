// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/node_inspector.h"
#include "ui/shape/shape_page_case.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QTimer>

namespace headgate::ui {

namespace {

TEST_F(ShapePageTest, aNameBeingTypedSurvivesValuesThatArrive)
{
    dropColumns({{{}, "order_id"}}, root());
    ASSERT_TRUE(payloadHas("\"order_id\":70001"));
    press(tree(), Qt::Key_F2);
    auto* editor = tree()->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    QTest::keyClicks(editor, QStringLiteral("number"));
    QTest::keyClick(tree(), Qt::Key_PageDown, Qt::ControlModifier);
    ASSERT_TRUE(payloadHas("\"order_id\":70002"));
    ASSERT_TRUE(soon([this] {
        const QModelIndex value =
            tree()->shapeModel()->index(0, ShapeTreeModel::ValueColumn, root());
        return value.data().toString() == QStringLiteral("70002");
    }));
    EXPECT_EQ(editor->text(), QStringLiteral("number"));
    QTest::keyClick(editor, Qt::Key_Return);
    EXPECT_TRUE(payloadHas("\"number\":70002"));
    EXPECT_EQ(document().undoStack()->undoText(), QStringLiteral("Rename to number"));
}

TEST_F(ShapePageTest, aNewObjectAndANewListAreNamedAtOnce)
{
    dropColumns({{{}, "order_id"}}, root());
    ASSERT_TRUE(payloadHas("\"order_id\":"));
    press(tree(), Qt::Key_G, Qt::ControlModifier);
    auto* editor = tree()->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    QTest::keyClicks(editor, QStringLiteral("order"));
    QTest::keyClick(editor, Qt::Key_Return);
    EXPECT_TRUE(payloadHas("{\"order\":{\"order_id\":70001}}"));
    EXPECT_TRUE(tree()->hasFocus());
    press(tree(), Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_TRUE(payloadHas("{\"order_id\":70001}"));
}

TEST_F(ShapePageTest, aDroppedColumnIsAFieldAndOneStepOfUndo)
{
    dropColumns({{{}, "order_id"}}, root());
    EXPECT_TRUE(m_accepted);
    ASSERT_TRUE(payloadHas("\"order_id\":"));
    EXPECT_EQ(document().undoStack()->undoText(), QStringLiteral("Add order_id"));
    EXPECT_TRUE(soon([this] { return said().rfind("order_id: ", 0) == 0; })) << said();
    document().undoStack()->undo();
    EXPECT_TRUE(soon([this] { return payload() == "{}"; })) << payload();
}

TEST_F(ShapePageTest, thePayloadChangesWhileHovering)
{
    const auto mime = mimeOf({{{}, "status"}});
    drag(mime.get(), root(), true);
    ASSERT_TRUE(payloadHas("\"status\":"));
    EXPECT_EQ(document().undoStack()->count(), 0);
    QDragLeaveEvent leave;
    QApplication::sendEvent(tree()->viewport(), &leave);
    EXPECT_TRUE(soon([this] { return payload() == "{}"; })) << payload();
}

TEST_F(ShapePageTest, severalColumnsAskForTheirForm)
{
    shapeLines();
    const shape::Node& list = shape().root.children.back();
    EXPECT_EQ(list.kind, shape::NodeKind::List);
    EXPECT_EQ(list.list.form, shape::ListForm::Dictionaries);
    EXPECT_TRUE(soon([this] { return said().find("elements from") != std::string::npos; }));
}

TEST_F(ShapePageTest, escapeInTheChooserLeavesAllAsItWas)
{
    dropColumns({{"lines", "product_name"}, {"lines", "quantity"}}, root());
    ASSERT_NE(chooser(), nullptr);
    QTest::keyClick(chooser()->focusWidget(), Qt::Key_Escape);
    EXPECT_TRUE(soon([this] { return payload() == "{}"; }));
    EXPECT_FALSE(document().isModified());
}

TEST_F(ShapePageTest, theFourFormsKeepTheFields)
{
    shapeLines();
    const shape::NodeId list = shape().root.children.back().id;
    tree()->setCurrentNode(list);
    press(tree(), Qt::Key_2, Qt::ControlModifier);
    EXPECT_EQ(shape().find(list)->list.form, shape::ListForm::DictionaryOfLists);
    for (const Qt::Key key : {Qt::Key_3, Qt::Key_4, Qt::Key_1})
        press(tree(), key, Qt::ControlModifier);
    const shape::Node* const node = shape().find(list);
    ASSERT_NE(node, nullptr);
    EXPECT_EQ(node->list.form, shape::ListForm::Dictionaries);
    EXPECT_EQ(node->children.size(), 2U);
}

TEST_F(ShapePageTest, keysMoveDuplicateAndRemove)
{
    shapeLines();
    const shape::NodeId first = shape().root.children.front().id;
    tree()->setCurrentNode(first);
    press(tree(), Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(shape().root.children.back().id, first);
    press(tree(), Qt::Key_D, Qt::ControlModifier);
    EXPECT_EQ(shape().root.children.size(), 3U);
    press(tree(), Qt::Key_Delete);
    EXPECT_EQ(shape().root.children.size(), 2U);
}

TEST_F(ShapePageTest, aNodeIsDraggedAndCopied)
{
    shapeLines();
    const shape::NodeId list = shape().root.children.back().id;
    const shape::NodeId name = shape().root.children.back().children.front().id;
    const auto mime = mimeOfNode(name);
    drag(mime.get(), tree()->shapeModel()->indexOf(list), false, Qt::ControlModifier);
    EXPECT_EQ(shape().find(list)->children.size(), 3U);
}

TEST_F(ShapePageTest, aForbiddenTargetChangesNothing)
{
    shapeLines();
    const int steps = document().undoStack()->count();
    const shape::NodeId list = shape().root.children.back().id;
    const auto mime = mimeOfNode(list);
    drag(mime.get(), tree()->shapeModel()->indexOf(list));
    EXPECT_EQ(document().undoStack()->count(), steps);
    EXPECT_FALSE(said().empty());
}

TEST_F(ShapePageTest, enterInColumnsAddsThem)
{
    QTreeView* const view = columns()->view();
    const QModelIndex top = view->model()->index(0, 0);
    view->setFocus();
    view->setCurrentIndex(view->model()->index(0, 0, top));
    QTest::keyClick(view, Qt::Key_Return);
    ASSERT_TRUE(payloadHas("\"order_id\":"));
}

TEST_F(ShapePageTest, aRunOnItsWayIsSaidAndTheShapeStaysEditable)
{
    const auto banner = [this] {
        QString said;
        for (const MessageStrip* strip : m_page->findChildren<MessageStrip*>())
            if (strip->isVisible())
                said += strip->message().sentence;
        return said;
    };
    ASSERT_FALSE(banner().contains(QStringLiteral("A run is on its way")));
    QString meanwhile;
    QObject::connect(m_session.get(), &ProjectSession::runStarted, m_page.get(),
                     [&] { meanwhile = banner(); });
    service::RunRequest request;
    request.sync = "orders";
    m_session->startRun(request);
    ASSERT_TRUE(soon([&] { return !m_session->isRunning("orders") && !meanwhile.isEmpty(); }));
    EXPECT_TRUE(meanwhile.contains(QStringLiteral("A run is on its way")))
        << meanwhile.toStdString();
    EXPECT_FALSE(banner().contains(QStringLiteral("A run is on its way")));
}

TEST_F(ShapePageTest, pastedJsonIsBoundWhereAColumnSurelyFits)
{
    QApplication::clipboard()->setText(QStringLiteral(
        R"({"orderId": 1, "status": "new", "somethingElse": true, "lines": [{"productName": "x"}]})"));
    press(tree(), Qt::Key_V, Qt::ControlModifier);
    EXPECT_EQ(shape().root.children.size(), 4U);
    press(tree(), Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    EXPECT_EQ(shape().root.children[0].leaf.column, "order_id");
    EXPECT_EQ(shape().root.children[1].leaf.column, "status");
    EXPECT_EQ(shape().root.children[2].leaf.column, "");
}

TEST_F(ShapePageTest, proposalsOfPastedFieldsAreTakenByEnterAndSteppedThroughByTab)
{
    QApplication::clipboard()->setText(
        QStringLiteral(R"({"orderId": 1, "other": true, "orderStatus": "new"})"));
    press(tree(), Qt::Key_V, Qt::ControlModifier);
    ASSERT_EQ(shape().root.children.size(), 3U);
    ASSERT_EQ(tree()->currentNode(), shape().root.children[0].id);
    EXPECT_NE(said().find("Enter binds it to order_id"), std::string::npos) << said();
    press(tree(), Qt::Key_Return);
    EXPECT_EQ(shape().root.children[0].leaf.column, "order_id");
    EXPECT_EQ(document().undoStack()->undoText(), QStringLiteral("Bind order_id"));
    EXPECT_EQ(tree()->currentNode(), shape().root.children[1].id);

    const shape::NodeId status = shape().root.children[2].id;
    tree()->setCurrentNode(status);
    const FieldSuggestions& proposed = tree()->shapeModel()->suggestions();
    ASSERT_NE(proposed.shown(status), nullptr);
    const shape::ColumnRef first = *proposed.shown(status);
    press(tree(), Qt::Key_Tab);
    EXPECT_TRUE(tree()->hasFocus());
    const shape::ColumnRef second = *proposed.shown(status);
    EXPECT_NE(second, first);
    EXPECT_NE(said().find(second.column), std::string::npos) << said();
    for (int i = 0; i < 50 && tree()->hasFocus(); ++i)
        QTest::keyClick(tree(), Qt::Key_Tab);
    EXPECT_FALSE(tree()->hasFocus()) << "behind the last proposal of the last field";
}

TEST_F(ShapePageTest, spaceMarksColumnsThatEnterAdds)
{
    QTreeView* const view = columns()->view();
    view->setFocus();
    view->setCurrentIndex(view->model()->index(0, 0, view->model()->index(0, 0)));
    QTest::keyClick(view, Qt::Key_Space);
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Space);
    EXPECT_EQ(columns()->selectedColumns().size(), 2U);
    QTest::keyClick(view, Qt::Key_Space);
    EXPECT_EQ(columns()->selectedColumns().size(), 1U);
    QTest::keyClick(view, Qt::Key_Return);
    EXPECT_TRUE(payloadHas("\"order_id\":"));
}

TEST_F(ShapePageTest, recordsAreSteppedThrough)
{
    dropColumns({{{}, "order_id"}}, root());
    ASSERT_TRUE(payloadHas("\"order_id\":"));
    const std::string first = payload();
    QTest::keyClick(tree(), Qt::Key_PageDown, Qt::ControlModifier);
    EXPECT_TRUE(soon([&] { return payload() != first; }));
    QTest::keyClick(tree(), Qt::Key_PageUp, Qt::ControlModifier);
    EXPECT_TRUE(soon([&] { return payload() == first; }));
}

TEST_F(ShapePageTest, anEditAsksNoWarehouse)
{
    dropColumns({{{}, "order_id"}}, root());
    ASSERT_TRUE(payloadHas("\"order_id\":70001"));
    const QString warehouse = m_home.filePath(QStringLiteral("sample/warehouse.sqlite"));
    ASSERT_TRUE(QFile::rename(warehouse, warehouse + QStringLiteral(".away")));
    dropColumns({{{}, "status"}}, root());
    EXPECT_TRUE(payloadHas("\"status\":"));
    QTest::keyClick(tree(), Qt::Key_PageDown, Qt::ControlModifier);
    EXPECT_TRUE(payloadHas("\"order_id\":70002"));
    EXPECT_FALSE(m_page->findChild<MessageStrip*>()->isVisible());
}

TEST_F(ShapePageTest, theInspectorEditsAtOnce)
{
    dropColumns({{{}, "status"}}, root());
    ASSERT_TRUE(payloadHas("\"status\":"));
    tree()->setCurrentNode(shape().root.children.front().id);
    press(tree(), Qt::Key_Return);
    auto* name = visibleNamed<QLineEdit>(*m_page, QStringLiteral("Name"));
    ASSERT_NE(name, nullptr);
    EXPECT_EQ(QApplication::focusWidget(), name);
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("state"));
    QTest::keyClick(name, Qt::Key_Return);
    EXPECT_TRUE(payloadHas("\"state\":"));
}

/// The inspector in the tree, unfolded by Enter on its node.
class InspectedPage : public ShapePageTest
{
protected:
    void unfold(shape::NodeId node)
    {
        tree()->setCurrentNode(node);
        press(tree(), Qt::Key_Return);
        ASSERT_EQ(tree()->unfolded(), node);
    }
    [[nodiscard]] NodeInspector* inspector() { return tree()->findChild<NodeInspector*>(); }
    [[nodiscard]] std::string text(const char* name)
    {
        const auto* label = visibleNamed<QLabel>(*m_page, QLatin1String(name));
        return label ? label->text().toStdString() : std::string("no such label");
    }
    [[nodiscard]] QRect rowRect(shape::NodeId node)
    {
        return tree()->visualRect(tree()->shapeModel()->indexOf(node));
    }
};

TEST_F(InspectedPage, unfoldsBelowTheRowAndFoldsByKeys)
{
    shapeLines();
    const shape::NodeId leaf = shape().root.children.front().id;
    const shape::NodeId next = shape().root.children.back().id;
    const int closedAt = rowRect(next).top();
    unfold(leaf);
    ASSERT_TRUE(inspector()->isVisible());
    EXPECT_EQ(inspector()->accessibleName(), QStringLiteral("Inspector of order_id"));
    EXPECT_EQ(inspector()->y(), rowRect(leaf).bottom() + 1);
    EXPECT_EQ(rowRect(next).top(), closedAt + inspector()->height());
    EXPECT_GE(inspector()->height(), inspector()->sizeHint().height());

    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    EXPECT_FALSE(inspector()->isVisible());
    EXPECT_EQ(rowRect(next).top(), closedAt);
    EXPECT_TRUE(tree()->hasFocus());
    EXPECT_EQ(tree()->currentNode(), leaf);

    QTest::keyClick(tree(), Qt::Key_Return);
    ASSERT_TRUE(inspector()->isVisible());
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_Down);
    EXPECT_EQ(tree()->currentNode(), next); // over the inspector
    QTest::keyClick(tree(), Qt::Key_Up);
    QTest::keyClick(tree(), Qt::Key_Return);
    EXPECT_FALSE(inspector()->isVisible());
}

TEST_F(InspectedPage, staysAtItsNodeThroughEditsAndUndo)
{
    shapeLines();
    const shape::NodeId leaf = shape().root.children.front().id;
    unfold(leaf);
    auto* name = visibleNamed<QLineEdit>(*m_page, QStringLiteral("Name"));
    ASSERT_NE(name, nullptr);
    press(tree(), Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(shape().root.children.back().id, leaf);
    EXPECT_EQ(tree()->unfolded(), leaf);
    EXPECT_EQ(inspector()->y(), rowRect(leaf).bottom() + 1);
    EXPECT_EQ(visibleNamed<QLineEdit>(*m_page, QStringLiteral("Name")), name);
    document().undoStack()->undo();
    EXPECT_EQ(tree()->unfolded(), leaf);
    EXPECT_EQ(inspector()->y(), rowRect(leaf).bottom() + 1);
    press(tree(), Qt::Key_Delete);
    EXPECT_FALSE(tree()->unfolded());
    EXPECT_FALSE(inspector()->isVisible());
}

TEST_F(InspectedPage, goesAlongWithTheRowsAroundIt)
{
    shapeLines();
    const shape::NodeId list = shape().root.children.back().id;
    const shape::NodeId inList = shape().root.children.back().children.front().id;
    unfold(inList);
    EXPECT_TRUE(inspector()->isVisible());
    tree()->collapse(tree()->shapeModel()->indexOf(list));
    EXPECT_FALSE(inspector()->isVisible());
    tree()->expand(tree()->shapeModel()->indexOf(list));
    EXPECT_TRUE(inspector()->isVisible());
    EXPECT_EQ(inspector()->y(), rowRect(inList).bottom() + 1);

    m_page->resize(900, 420);
    QTest::keyClick(tree(), Qt::Key_Home);
    tree()->verticalScrollBar()->setValue(tree()->verticalScrollBar()->maximum());
    EXPECT_EQ(inspector()->y(), rowRect(inList).bottom() + 1);
    press(tree(), Qt::Key_Left);
    tree()->setCurrentNode(inList);
    QTest::keyClick(tree(), Qt::Key_Left); // folds a leaf that is unfolded
    EXPECT_FALSE(tree()->unfolded());
}

TEST_F(InspectedPage, showsTheValueAfterEachStepByKeysAlone)
{
    dropColumns({{{}, "status"}}, root());
    ASSERT_TRUE(payloadHas("\"status\":\""));
    const QString before = QString::fromStdString(payload().substr(10, payload().size() - 11));
    const std::string after = before.toUpper().toStdString();
    unfold(shape().root.children.front().id);
    auto* add = visibleNamed<QPushButton>(*m_page, QStringLiteral("Add a function"));
    ASSERT_NE(add, nullptr);
    for (int tabs = 0; tabs < 20 && !add->hasFocus(); ++tabs)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    ASSERT_TRUE(add->hasFocus());
    QTimer::singleShot(0, add, [add] {
        QMenu* const menu = add->menu();
        for (QAction* const action : menu->actions())
            if (action->text() == QStringLiteral("upper case"))
                menu->setActiveAction(action);
        QTest::keyClick(menu, Qt::Key_Return);
    });
    QTest::keyClick(add, Qt::Key_Return);
    EXPECT_TRUE(payloadHas("\"status\":" + after)) << payload();
    EXPECT_TRUE(soon([&] { return text("Value after upper case") == after; }));
    EXPECT_EQ(text("Value before the functions"), before.toStdString());
    EXPECT_EQ(text("Sent in this record"), "\"status\": " + after);
}

TEST_F(InspectedPage, saysWhatEachNullPolicySends)
{
    dropColumns({{{}, "status"}}, root());
    ASSERT_TRUE(payloadHas("\"status\":"));
    const shape::NodeId leaf = shape().root.children.front().id;
    unfold(leaf);
    EXPECT_EQ(text("Sent when null: send null"), "\"status\": null");
    EXPECT_EQ(text("Sent when null: leave the field out"), "nothing");
    auto* leaveOut =
        visibleNamed<QRadioButton>(*m_page, QStringLiteral("When it is null: leave the field out"));
    ASSERT_NE(leaveOut, nullptr);
    QTest::mouseClick(leaveOut, Qt::LeftButton, {}, {8, leaveOut->height() / 2});
    EXPECT_EQ(shape().find(leaf)->leaf.nulls, shape::NullPolicy::LeaveOut);
    auto* fallback = visibleNamed<QLineEdit>(*m_page, QStringLiteral("If null, send"));
    ASSERT_NE(fallback, nullptr);
    QTest::keyClicks(fallback, QStringLiteral("new"));
    EXPECT_EQ(text("Sent when null: leave the field out"), "\"status\": \"new\"");
}

TEST_F(InspectedPage, theDefaultOfANumberIsANumberAndOfTextText)
{
    dropColumns({{{}, "order_id"}}, root());
    dropColumns({{{}, "status"}}, root());
    ASSERT_TRUE(payloadHas("\"status\":"));
    for (const shape::NodeId leaf : {shape().root.children[0].id, shape().root.children[1].id}) {
        unfold(leaf);
        auto* fallback = visibleNamed<QLineEdit>(*m_page, QStringLiteral("If null, send"));
        ASSERT_NE(fallback, nullptr);
        QTest::keyClicks(fallback, QStringLiteral("0"));
    }
    EXPECT_EQ(shape().root.children[0].leaf.whenNull, data::JsonNode(0));
    EXPECT_EQ(shape().root.children[1].leaf.whenNull, data::JsonNode("0"));
}

TEST_F(InspectedPage, aNumberHasAFormat)
{
    dropColumns({{{}, "order_id"}}, root());
    ASSERT_TRUE(payloadHas("\"order_id\":70001"));
    unfold(shape().root.children.front().id);
    EXPECT_EQ(visibleNamed<QSpinBox>(*m_page, QStringLiteral("Decimals")), nullptr);
    auto* type = visibleNamed<QComboBox>(*m_page, QStringLiteral("Type"));
    ASSERT_NE(type, nullptr);
    type->setFocus();
    while (type->currentData().toInt() != static_cast<int>(shape::LeafType::Number))
        QTest::keyClick(type, Qt::Key_Down);
    EXPECT_EQ(QApplication::focusWidget()->accessibleName(), QStringLiteral("Type"));
    auto* decimals = visibleNamed<QSpinBox>(*m_page, QStringLiteral("Decimals"));
    ASSERT_NE(decimals, nullptr);
    for (int step = 0; step < 3; ++step)
        QTest::keyClick(decimals, Qt::Key_Up);
    EXPECT_TRUE(payloadHas("70001.00")) << payload();
}

TEST_F(ShapePageTest, theFieldOfTheInspectorThatIsClickedAfterANameWasTypedIsThere)
{
    dropColumns({{{}, "status"}}, root());
    ASSERT_TRUE(payloadHas("\"status\":"));
    tree()->setCurrentNode(shape().root.children.front().id);
    press(tree(), Qt::Key_Return);
    auto* const name = visibleNamed<QLineEdit>(*m_page, QStringLiteral("Name"));
    auto* const fallback = visibleNamed<QLineEdit>(*m_page, QStringLiteral("If null, send"));
    ASSERT_NE(name, nullptr);
    ASSERT_NE(fallback, nullptr);
    name->setFocus();
    name->selectAll();
    QTest::keyClicks(name, QStringLiteral("state"));
    QTest::mouseClick(fallback, Qt::LeftButton);
    QTest::keyClicks(fallback, QStringLiteral("new"));
    EXPECT_EQ(shape().root.children.front().name, "state");
    EXPECT_EQ(shape().root.children.front().leaf.whenNull, data::JsonNode("new"));
    EXPECT_TRUE(fallback->hasFocus());
}

} // namespace

} // namespace headgate::ui
