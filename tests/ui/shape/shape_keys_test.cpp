// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/byte_meter.h"
#include "shape/payload_pane.h"
#include "ui/shape/shape_hand_case.h"
#include "widgets/card.h"
#include "widgets/search_field.h"

#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace headgate::ui {

namespace {

using ShapeKeysTest = ShapeHandTest;

// Keys of the tree.

TEST_F(ShapeKeysTest, insertMakesAFieldAndNamesIt)
{
    twoFields();
    tree()->setCurrentNode(shape().root.children.front().id);
    press(tree(), Qt::Key_Insert);
    EXPECT_EQ(shape().root.children[1].name, "new_field");
    EXPECT_EQ(undoText(), "New field");
    auto* const editor = tree()->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    QTest::keyClicks(editor, QStringLiteral("between"));
    QTest::keyClick(editor, Qt::Key_Return);
    EXPECT_TRUE(soon([this] { return shape().root.children[1].name == "between"; }));
}

TEST_F(ShapeKeysTest, controlLGroupsTheSelectedLeavesIntoAList)
{
    dropColumns({{"lines", "product_name"}}, root());
    choose(Qt::Key_2);
    dropColumns({{"lines", "quantity"}}, root());
    choose(Qt::Key_2);
    ASSERT_EQ(shape().root.children.size(), 2U);
    tree()->setCurrentNode(shape().root.children.front().id);
    tree()->setFocus();
    QTest::keyClick(tree(), Qt::Key_Down, Qt::ShiftModifier);
    press(tree(), Qt::Key_L, Qt::ControlModifier);
    ASSERT_EQ(shape().root.children.size(), 1U);
    EXPECT_EQ(last().kind, shape::NodeKind::List);
    EXPECT_EQ(last().children.size(), 2U);
    EXPECT_EQ(undoText(), "Group into a list");
}

TEST_F(ShapeKeysTest, altLeftAndRightChangeTheLevel)
{
    twoFields();
    const shape::NodeId first = shape().root.children.front().id;
    const shape::NodeId second = last().id;
    tree()->setCurrentNode(first);
    press(tree(), Qt::Key_G, Qt::ControlModifier);
    QTest::keyClick(tree()->findChild<QLineEdit*>(), Qt::Key_Return);
    ASSERT_EQ(shape().root.children.front().kind, shape::NodeKind::Object);
    tree()->setCurrentNode(second);
    press(tree(), Qt::Key_Right, Qt::AltModifier);
    EXPECT_EQ(shape().root.children.front().children.back().id, second);
    EXPECT_EQ(undoText(), "Move in");
    press(tree(), Qt::Key_Left, Qt::AltModifier);
    EXPECT_EQ(last().id, second);
    EXPECT_EQ(undoText(), "Move out");
}

TEST_F(ShapeKeysTest, altUpAndDownMove)
{
    twoFields();
    const shape::NodeId second = last().id;
    tree()->setCurrentNode(second);
    press(tree(), Qt::Key_Up, Qt::AltModifier);
    EXPECT_EQ(shape().root.children.front().id, second);
    press(tree(), Qt::Key_Down, Qt::AltModifier);
    EXPECT_EQ(last().id, second);
}

TEST_F(ShapeKeysTest, theResultOfAGestureIsSaid)
{
    shapeLines();
    EXPECT_TRUE(soon([this] { return said().rfind("lines: ", 0) == 0; })) << said();
    auto* const label = named<QLabel>("What the last gesture did");
    ASSERT_NE(label, nullptr);
    EXPECT_EQ(label->accessibleDescription().toStdString(), said());
}

// Panes, search, records.

TEST_F(ShapeKeysTest, f6GoesThroughThePanesAndBack)
{
    press(columns()->view(), Qt::Key_F6);
    const auto focus = [] { return QApplication::focusWidget()->accessibleName().toStdString(); };
    EXPECT_EQ(focus(), "Payload tree");
    std::vector<std::string> names;
    for (int i = 0; i < 3; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6);
        names.push_back(focus());
    }
    EXPECT_EQ(names, (std::vector<std::string>{"Payload", "Source rows", "Columns"}));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F6, Qt::ShiftModifier);
    EXPECT_EQ(focus(), "Source rows");
}

TEST_F(ShapeKeysTest, f11MaximisesThePaneWithTheFocusAndBack)
{
    const auto shown = [this] {
        return std::vector<bool>{columns()->isVisible(), tree()->isVisible(),
                                 m_page->findChild<JsonView*>()->isVisible(),
                                 m_page->findChild<SourceRowsPane*>()->isVisible()};
    };
    press(tree(), Qt::Key_F11);
    EXPECT_EQ(shown(), (std::vector<bool>{false, true, false, false}));
    QTest::keyClick(tree(), Qt::Key_F11);
    EXPECT_EQ(shown(), (std::vector<bool>{true, true, true, true}));
    press(m_page->findChild<SourceRowsPane*>()->view(), Qt::Key_F11);
    EXPECT_EQ(shown(), (std::vector<bool>{false, false, false, true}));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_F11);
    EXPECT_EQ(shown(), (std::vector<bool>{true, true, true, true}));
}

TEST_F(ShapeKeysTest, slashSearchesTheColumns)
{
    press(columns()->view(), Qt::Key_Slash);
    auto* const search = named<SearchField>("Search columns");
    ASSERT_NE(search, nullptr);
    ASSERT_TRUE(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("quant"));
    QTest::keyClick(search, Qt::Key_Return);
    const QAbstractItemModel& model = *columns()->view()->model();
    ASSERT_TRUE(soon([&] { return model.rowCount() == 1; }));
    EXPECT_EQ(model.index(0, 0, model.index(0, 0)).data().toString(), QStringLiteral("quantity"));
    QTest::keyClick(search, Qt::Key_Down);
    EXPECT_TRUE(columns()->view()->hasFocus());
}

TEST_F(ShapeKeysTest, controlFFindsAKey)
{
    dropColumns({{{}, "order_id"}}, root());
    ASSERT_TRUE(payloadHas("\"order_id\":70001"));
    press(tree(), Qt::Key_F, Qt::ControlModifier);
    auto* const search = named<SearchField>("Find a key");
    ASSERT_NE(search, nullptr);
    ASSERT_TRUE(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("70009"));
    QTest::keyClick(search, Qt::Key_Return);
    EXPECT_TRUE(payloadHas("\"order_id\":70009")) << payload();
}

TEST_F(ShapeKeysTest, theArrowsStepThroughTheRecords)
{
    dropColumns({{{}, "order_id"}}, root());
    ASSERT_TRUE(payloadHas("\"order_id\":70001"));
    click<QToolButton>("Next record");
    EXPECT_TRUE(payloadHas("\"order_id\":70002"));
    click<QToolButton>("Previous record");
    EXPECT_TRUE(payloadHas("\"order_id\":70001"));
}

TEST_F(ShapeKeysTest, anAwkwardRecordIsGoneTo)
{
    shapeLines();
    auto* const awkward = named<QToolButton>("Awkward records");
    ASSERT_NE(awkward, nullptr);
    const auto entries = [&] {
        Q_EMIT awkward->menu()->aboutToShow();
        QStringList texts;
        for (const QAction* action : awkward->menu()->actions())
            texts.append(action->text());
        return texts;
    };
    ASSERT_TRUE(soon([&] { return entries().size() > 1; }));
    EXPECT_EQ(
        entries(),
        (QStringList{QStringLiteral("With an empty list"), QStringLiteral("With the longest list"),
                     QStringLiteral("With nulls"), QStringLiteral("With letters beyond ASCII"),
                     QStringLiteral("The largest"), QStringLiteral("One that is invalid")}));
    const std::size_t before = payload().size();
    for (QAction* const action : awkward->menu()->actions())
        if (action->text() == QLatin1String("The largest")) {
            ASSERT_TRUE(action->isEnabled());
            action->trigger();
            break;
        }
    EXPECT_TRUE(soon([&] { return payload().size() > before; })) << payload();
}

// Problems.

TEST_F(ShapeKeysTest, f8StepsThroughProblemsAndEachHasARepair)
{
    press(tree(), Qt::Key_Insert);
    QTest::keyClick(tree()->findChild<QLineEdit*>(), Qt::Key_Return);
    press(tree(), Qt::Key_Insert);
    QTest::keyClick(tree()->findChild<QLineEdit*>(), Qt::Key_Return);
    ASSERT_EQ(shape().root.children.size(), 2U);
    const shape::NodeId first = shape().root.children.front().id;
    const shape::NodeId second = last().id;
    tree()->setCurrentNode(shape().root.id);
    QTest::keyClick(tree(), Qt::Key_F8);
    EXPECT_EQ(tree()->currentNode(), second);
    QTest::keyClick(tree(), Qt::Key_F8);
    EXPECT_EQ(tree()->currentNode(), first);
    QTest::keyClick(tree(), Qt::Key_F8, Qt::ShiftModifier);
    EXPECT_EQ(tree()->currentNode(), second);
    const auto problem = [this] {
        const auto* const label = named<QLabel>("Problems");
        return label ? label->text().toStdString() : std::string();
    };
    EXPECT_EQ(problem().rfind("2 of 2: ", 0), 0U) << problem();
    click<QPushButton>("Repair");
    EXPECT_EQ(shape().root.children.size(), 1U) << "nothing fits it, so that it goes";
    document().undoStack()->undo();
    EXPECT_EQ(shape().root.children.size(), 2U);
}

TEST_F(ShapeKeysTest, aProblemOfRecordsIsCountedShownAndRepaired)
{
    dropColumns({{{}, "status"}}, root());
    ASSERT_TRUE(payloadHas("\"status\":"));
    shape::Node number = last();
    number.leaf.type = shape::LeafType::Number;
    project::SyncDefinition next = document().value();
    *next.shape->find(number.id) = number;
    next.shape->root.children.back() = number;
    document().change(QStringLiteral("Type"), next);
    const auto problem = [this] {
        const auto* const label = named<QLabel>("Problems");
        return label ? label->text() : QString();
    };
    ASSERT_TRUE(soon([&] { return problem().contains(QStringLiteral(" records.")); }))
        << problem().toStdString();
    EXPECT_TRUE(
        soon([this] { return tree()->shapeModel()->stateOf(last()) == NodeState::TypeProblem; }));
    click<QPushButton>("Show a record with this problem");
    auto* const repair = named<QPushButton>("Repair");
    ASSERT_NE(repair, nullptr);
    EXPECT_EQ(repair->text(), QStringLiteral("Send as text"));
    QTest::mouseClick(repair, Qt::LeftButton);
    EXPECT_EQ(last().leaf.type, shape::LeafType::Text);
    EXPECT_TRUE(soon([&] { return problem().startsWith(QStringLiteral("No problem in")); }));
}

TEST_F(ShapeKeysTest, aPayloadOverTheLimitIsASizeProblem)
{
    shapeLines();
    auto* const pane = m_page->findChild<PayloadPane*>();
    auto* const meter = named<ByteMeter>("Size of the payload");
    ASSERT_NE(meter, nullptr);
    EXPECT_FALSE(meter->isOver()) << "of a destination that does not answer";
    pane->setLimit(10);
    EXPECT_TRUE(meter->isOver());
    EXPECT_TRUE(meter->text().startsWith(QStringLiteral("too large: ")));
    const auto said = [&] {
        QString all;
        for (const MessageStrip* strip : pane->findChildren<MessageStrip*>())
            if (strip->isVisible())
                all += strip->message().sentence;
        return all;
    };
    EXPECT_TRUE(said().startsWith(QStringLiteral("Size: the payload has ")))
        << said().toStdString();
    press(tree(), Qt::Key_PageDown, Qt::ControlModifier);
    EXPECT_TRUE(soon(
        [this] { return tree()->shapeModel()->stateOf(shape().root) == NodeState::SizeProblem; }));
    const auto* const label = named<QLabel>("Problems");
    ASSERT_NE(label, nullptr);
    EXPECT_TRUE(label->text().contains(QStringLiteral("the destination takes 10")))
        << label->text().toStdString();
    auto* const repair = named<QPushButton>("Repair");
    ASSERT_NE(repair, nullptr);
    EXPECT_EQ(repair->text(), QStringLiteral("Leave out lines")) << "not one of them fits";
    QTest::mouseClick(repair, Qt::LeftButton);
    EXPECT_EQ(undoText(), "Leave out lines");
    EXPECT_EQ(lastName(), "order_id");
}

TEST_F(ShapeKeysTest, aListThatIsTooLongIsOfferedToBeShorter)
{
    shapeLines();
    const shape::NodeId lines = last().id;
    auto* const pane = m_page->findChild<PayloadPane*>();
    pane->setLimit(140);
    press(tree(), Qt::Key_PageDown, Qt::ControlModifier);
    const auto repair = [this] { return named<QPushButton>("Repair"); };
    ASSERT_TRUE(soon([&] {
        return repair() != nullptr && repair()->text().startsWith(QStringLiteral("At most "));
    }));
    const QString offered = repair()->text();
    QTest::mouseClick(repair(), Qt::LeftButton);
    EXPECT_EQ(undoText(), offered.toStdString());
    ASSERT_TRUE(shape().find(lines)->list.limit);
    EXPECT_EQ(offered, QStringLiteral("At most %1 of lines").arg(*shape().find(lines)->list.limit));
}

// The empty state.

TEST_F(ShapeKeysTest, theCardUseTheseColumnsTakesAllOfThem)
{
    click<Card>("Use these columns");
    if (chooser() != nullptr)
        QTest::keyClick(chooser()->focusWidget(), Qt::Key_Return);
    EXPECT_TRUE(payloadHas("\"order_id\":70001"));
    EXPECT_GE(shape().root.children.size(), 3U);
    EXPECT_EQ(named<Card>("Use these columns"), nullptr);
}

TEST_F(ShapeKeysTest, theCardPasteAnExamplePastes)
{
    QApplication::clipboard()->setText(QStringLiteral(R"({"orderId": 1})"));
    click<Card>("Paste an example payload");
    EXPECT_EQ(lastName(), "orderId");
}

// The table of paths.

TEST_F(ShapeKeysTest, controlMShowsTheMappingAsATableOfPaths)
{
    twoFields();
    tree()->setCurrentNode(last().id);
    press(tree(), Qt::Key_M, Qt::ControlModifier);
    auto* const paths = named<QTableView>("Paths");
    ASSERT_NE(paths, nullptr);
    ASSERT_TRUE(paths->hasFocus());
    EXPECT_EQ(paths->currentIndex().data().toString(), QStringLiteral("/status"));
    QTest::keyClick(paths, Qt::Key_F2);
    auto* const editor = paths->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("/order/state"));
    QTest::keyClick(editor, Qt::Key_Return);
    EXPECT_TRUE(payloadHas("\"order\":{\"state\":"));

    QTest::keyClick(paths, Qt::Key_Insert);
    auto* const added = paths->findChild<QLineEdit*>();
    ASSERT_NE(added, nullptr);
    added->selectAll();
    QTest::keyClicks(added, QStringLiteral("/id"));
    QTest::keyClick(added, Qt::Key_Return);
    EXPECT_TRUE(soon([this] { return lastName() == "id"; }));
    EXPECT_TRUE(paths->hasFocus());
    QTest::keyClick(paths, Qt::Key_Delete);
    EXPECT_NE(lastName(), "id");
    press(paths, Qt::Key_M, Qt::ControlModifier);
    EXPECT_TRUE(tree()->hasFocus());
}

TEST_F(ShapeKeysTest, constantsAndTextsAreTypedInTheTableOfPaths)
{
    press(tree(), Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    const shape::NodeId text = last().id;
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    press(tree(), Qt::Key_M, Qt::ControlModifier);
    auto* const paths = named<QTableView>("Paths");
    ASSERT_NE(paths, nullptr);
    QTest::keyClick(paths, Qt::Key_Right);
    QTest::keyClick(paths, Qt::Key_F2);
    auto* const editor = paths->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    QTest::keyClicks(editor, QStringLiteral("No. {order_id}"));
    QTest::keyClick(editor, Qt::Key_Return);
    EXPECT_TRUE(payloadHas("\"No. 70001\""));
    EXPECT_EQ(shape().find(text)->leaf.text, "No. {order_id}");
    EXPECT_TRUE(paths->hasFocus());
    EXPECT_EQ(paths->currentIndex().column(), 1);
}

} // namespace

} // namespace headgate::ui
