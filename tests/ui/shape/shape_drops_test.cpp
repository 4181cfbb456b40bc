// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shape/shape_hand_case.h"
#include "widgets/card.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QToolTip>

namespace headgate::ui {

namespace {

using ShapeDropsTest = ShapeHandTest;

// Drops.

TEST_F(ShapeDropsTest, aColumnOntoAFieldBindsIt)
{
    press(tree(), Qt::Key_Insert);
    auto* const editor = tree()->findChild<QLineEdit*>();
    ASSERT_NE(editor, nullptr);
    QTest::keyClicks(editor, QStringLiteral("number"));
    QTest::keyClick(editor, Qt::Key_Return);
    ASSERT_TRUE(soon([this] { return lastName() == "number"; }));
    dropColumns({{{}, "order_id"}}, rowOf(last().id));
    EXPECT_TRUE(payloadHas("{\"number\":70001}"));
    EXPECT_EQ(undoText(), "Bind order_id");
}

TEST_F(ShapeDropsTest, aColumnBetweenRowsGoesThere)
{
    twoFields();
    const QRect row = tree()->visualRect(rowOf(last().id));
    dropAt(*mimeOf({{{}, "customer_id"}}), {row.center().x(), row.top() + 2});
    ASSERT_EQ(shape().root.children.size(), 3U);
    EXPECT_EQ(shape().root.children[1].name, "customer_id");
}

TEST_F(ShapeDropsTest, aColumnThatVariesIsAskedAboutAtThePointer)
{
    dropColumns({{"lines", "quantity"}}, root());
    const auto titles = offered();
    ASSERT_GE(titles.size(), 4U);
    EXPECT_EQ(titles[0], "List them");
    EXPECT_EQ(titles[1], "Take the newest");
    EXPECT_EQ(titles[2], "Count them");
    EXPECT_EQ(titles[3], "Take the largest");
    choose(Qt::Key_3);
    EXPECT_EQ(last().leaf.pick, shape::Pick::Count);
    EXPECT_TRUE(payloadHas("{\"quantity_count\":3}"));
}

TEST_F(ShapeDropsTest, theCardsShowWhatTheyMakeOfTheRecord)
{
    dropColumns({{{}, "order_id"}}, root());
    ASSERT_TRUE(payloadHas("\"order_id\":70001"));
    dropColumns({{"lines", "product_name"}, {"lines", "quantity"}}, root());
    ASSERT_EQ(offered(),
              (std::vector<std::string>{"One field each", "List of dictionaries",
                                        "Dictionary of lists", "List of strings",
                                        "Dictionary by key", "Map of product_name to quantity"}));
    const auto shows = [this](int card, const QString& text) {
        return soon([&] {
            const auto cards = chooser()->findChildren<Card*>();
            for (const QLabel* label : cards[card]->findChildren<QLabel*>())
                if (label->toolTip().contains(text))
                    return true;
            return false;
        });
    };
    EXPECT_TRUE(shows(1, QStringLiteral("[{\"product_name\":")));
    EXPECT_TRUE(shows(2, QStringLiteral("{\"product_name\":[")));
    EXPECT_EQ(chooser()->choices().preselected, 1U);
    choose(Qt::Key_6);
    EXPECT_EQ(last().kind, shape::NodeKind::Map);
    EXPECT_EQ(last().list.key.column, "product_name");
    ASSERT_EQ(last().children.size(), 1U);
    EXPECT_EQ(last().children.front().leaf.column, "quantity");
    EXPECT_TRUE(soon([this] { return payload().find("\":{\"") != std::string::npos; }));
}

TEST_F(ShapeDropsTest, aColumnOntoAListGoesToEachElement)
{
    shapeLines();
    dropColumns({{"lines", "unit_price"}}, rowOf(last().id));
    EXPECT_EQ(chooser(), nullptr);
    EXPECT_EQ(last().children.back().name, "unit_price");
}

TEST_F(ShapeDropsTest, aColumnOntoAStripSortsFiltersOrMakesDistinct)
{
    shapeLines();
    const shape::NodeId list = last().id;
    const QPoint strip = tree()->chipRect(list, ListChip::Form).center();
    dropAt(*mimeOf({{"lines", "quantity"}}), strip);
    const auto titles = offered();
    ASSERT_GE(titles.size(), 4U);
    EXPECT_EQ(titles[0], "Newest or largest quantity first");
    EXPECT_EQ(titles[2], "Where quantity is not null");
    EXPECT_EQ(titles[3], "One per quantity");
    choose(Qt::Key_4);
    EXPECT_EQ(shape().find(list)->list.distinct, std::vector<std::string>{"quantity"});
}

TEST_F(ShapeDropsTest, aNodeIsDraggedToAnotherPlace)
{
    twoFields();
    const shape::NodeId second = last().id;
    const QRect row = tree()->visualRect(rowOf(shape().root.children.front().id));
    dropAt(*mimeOfNode(second), {row.center().x(), row.top() + 2});
    EXPECT_EQ(shape().root.children.front().id, second);
    EXPECT_EQ(undoText(), "Move status");
}

TEST_F(ShapeDropsTest, aForbiddenTargetSaysWhyAtThePointer)
{
    shapeLines();
    const auto mime = mimeOfNode(last().id);
    drag(mime.get(), rowOf(last().id), true);
    EXPECT_EQ(QToolTip::text(), QStringLiteral("A list cannot go into its own element."));
    QDragLeaveEvent leave;
    QApplication::sendEvent(tree()->viewport(), &leave);
}

// Chips.

TEST_F(ShapeDropsTest, theFormChipTakesTheNextForm)
{
    shapeLines();
    const shape::NodeId list = last().id;
    const auto form = [&] { return shape().find(list)->list.form; };
    const auto click = [&] {
        QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {},
                          tree()->chipRect(list, ListChip::Form).center());
    };
    const shape::Node before = *shape().find(list);
    for (const shape::ListForm next :
         {shape::ListForm::DictionaryOfLists, shape::ListForm::Values,
          shape::ListForm::DictionaryByKey, shape::ListForm::Dictionaries}) {
        click();
        EXPECT_EQ(form(), next);
    }
    EXPECT_EQ(shape().find(list)->children, before.children);
    document().undoStack()->undo();
    EXPECT_EQ(form(), shape::ListForm::DictionaryByKey) << "each is one step";
}

TEST_F(ShapeDropsTest, twoQuickClicksOnTheFormChipTakeTwoForms)
{
    shapeLines();
    const shape::NodeId list = last().id;
    const QPoint at = tree()->chipRect(list, ListChip::Form).center();
    QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(tree()->viewport(), Qt::LeftButton, {},
                       tree()->chipRect(list, ListChip::Form).center());
    EXPECT_NE(shape().find(list)->list.form, shape::ListForm::DictionaryOfLists);
    EXPECT_FALSE(tree()->unfolded());
}

TEST_F(ShapeDropsTest, aChipIsEditedInPlace)
{
    shapeLines();
    const shape::NodeId list = last().id;
    tree()->setCurrentNode(list);
    press(tree(), Qt::Key_Return);
    auto* const limit = named<QSpinBox>("At most");
    ASSERT_NE(limit, nullptr);
    limit->setFocus();
    QTest::keyClick(limit, Qt::Key_Up);
    ASSERT_EQ(shape().find(list)->list.limit, 1U);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    ASSERT_FALSE(tree()->unfolded());
    QTest::mouseClick(tree()->viewport(), Qt::LeftButton, {},
                      tree()->chipRect(list, ListChip::Limit).center());
    EXPECT_EQ(tree()->unfolded(), list);
    EXPECT_EQ(QApplication::focusWidget()->accessibleName(), QStringLiteral("At most"));
}

TEST_F(ShapeDropsTest, chipsStayInSightAtEveryWidth)
{
    shapeLines();
    const shape::NodeId list = last().id;
    shape::Node full = *shape().find(list);
    full.list.where.op = shape::ConditionOperator::IsNotNull;
    full.list.where.column = "product_name";
    full.list.sortBy = {{"quantity", true, {}}};
    full.list.distinct = {"product_name"};
    full.list.limit = 5;
    project::SyncDefinition next = document().value();
    *next.shape->find(list) = full;
    document().change(QStringLiteral("Options"), next);
    for (const int width : {1600, 1280, 1024}) {
        m_page->resize(width, 800);
        ASSERT_TRUE(soon([&] { return tree()->viewport()->width() > 0; }));
        for (const ListChipText& chip : listChips(*shape().find(list))) {
            const QRect rect = tree()->chipRect(list, chip.chip);
            EXPECT_TRUE(rect.isNull() || tree()->viewport()->rect().contains(rect))
                << width << ' ' << chip.text.toStdString();
        }
        EXPECT_FALSE(tree()->chipRect(list, ListChip::Form).isNull()) << width;
    }
    EXPECT_FALSE(tree()->chipRect(list, ListChip::More).isNull()) << "narrow";
}

// What needs no column.

TEST_F(ShapeDropsTest, aConstantIsMadeByKey)
{
    dropColumns({{{}, "order_id"}}, root());
    press(tree(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_EQ(last().kind, shape::NodeKind::Constant);
    EXPECT_EQ(undoText(), "New constant");
    ASSERT_EQ(QApplication::focusWidget()->accessibleName(), QStringLiteral("Value"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("EUR"));
    EXPECT_TRUE(payloadHas("\"constant\":\"EUR\""));
    auto* const value = qobject_cast<QLineEdit*>(QApplication::focusWidget());
    ASSERT_NE(value, nullptr);
    value->selectAll();
    QTest::keyClicks(value, QStringLiteral("12.5"));
    EXPECT_TRUE(payloadHas("\"constant\":12.5")) << payload();
    QTest::keyClicks(value, QStringLiteral("0"));
    EXPECT_TRUE(payloadHas("\"constant\":12.50")) << payload();
    EXPECT_EQ(named<QComboBox>("Type")->currentText(), QStringLiteral("number"));
    value->selectAll();
    QTest::keyClicks(value, QStringLiteral("\"12.50\""));
    EXPECT_TRUE(payloadHas("\"constant\":\"12.50\"")) << payload();
    EXPECT_EQ(named<QComboBox>("Type")->currentText(), QStringLiteral("as it is"));
}

TEST_F(ShapeDropsTest, jsonIsTypedAndItsMistakesAreSaidAtTheirPlace)
{
    dropColumns({{{}, "order_id"}}, root());
    project::SyncDefinition next = document().value();
    shape::Node json;
    json.name = "tags";
    json.kind = shape::NodeKind::Json;
    json.leaf.value = data::JsonNode::parse(R"({"a":[1]})");
    next.shape->root.children.push_back(json);
    document().change(QStringLiteral("Add"), next);
    ASSERT_TRUE(payloadHas(R"("tags":{"a":[1]})")) << payload();
    tree()->setCurrentNode(last().id);
    press(tree(), Qt::Key_Return);
    auto* const value = named<QPlainTextEdit>("Value");
    ASSERT_NE(value, nullptr);
    value->setFocus();
    const auto type = [value](const char* text) {
        value->selectAll();
        QTest::keyClicks(value, QLatin1String(text));
    };
    type(R"(["b", {"c": 12.5}])");
    EXPECT_TRUE(payloadHas(R"("tags":["b",{"c":12.5}])")) << payload();
    EXPECT_EQ(named<QLabel>("What is wrong with the JSON"), nullptr);
    type(R"(["b", ])");
    auto* const error = named<QLabel>("What is wrong with the JSON");
    ASSERT_NE(error, nullptr);
    EXPECT_TRUE(error->text().startsWith(QStringLiteral("Line 1, column 7:")))
        << error->text().toStdString();
    EXPECT_TRUE(payloadHas(R"("tags":["b",)")) << "the last that was right stays";
    type(R"([12.50])");
    EXPECT_TRUE(error->text().startsWith(QStringLiteral("12.50 would be sent as 12.5.")))
        << error->text().toStdString();
    type(R"(["x"])");
    EXPECT_TRUE(payloadHas(R"("tags":["x"])")) << payload();
    EXPECT_FALSE(error->isVisible());
}

TEST_F(ShapeDropsTest, aTextIsMadeByKeyAndTakesColumnsThatAreDroppedOnIt)
{
    press(tree(), Qt::Key_X, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_EQ(last().kind, shape::NodeKind::Text);
    ASSERT_EQ(QApplication::focusWidget()->accessibleName(), QStringLiteral("Text"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Order"));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    dropColumns({{{}, "order_id"}}, rowOf(last().id));
    ASSERT_EQ(offered(),
              (std::vector<std::string>{"Add order_id to the text", "order_id in its place"}));
    choose(Qt::Key_1);
    EXPECT_EQ(last().leaf.text, "Order {order_id}");
    EXPECT_TRUE(payloadHas("\"Order 70001\""));
}

TEST_F(ShapeDropsTest, aMapIsMadeByKeyAndFilledByColumns)
{
    press(tree(), Qt::Key_M, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_EQ(last().kind, shape::NodeKind::Map);
    const shape::NodeId map = last().id;
    ASSERT_EQ(tree()->unfolded(), map);
    dropColumns({{"lines", "quantity"}}, rowOf(last().children.front().id));
    EXPECT_EQ(last().list.source.model, "lines");
    auto* const key = named<QComboBox>("Key");
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(key->currentText(), QStringLiteral("(not chosen yet)"));
    key->setFocus();
    while (key->currentText() != QStringLiteral("product_name"))
        QTest::keyClick(key, Qt::Key_Down);
    EXPECT_EQ(shape().find(map)->list.key.column, "product_name");
    EXPECT_TRUE(soon([this] { return payload().find("\"map\":{\"") != std::string::npos; }));
}

TEST_F(ShapeDropsTest, constantsStandUnderTheColumnsAndAreDropped)
{
    ColumnsModel* const model = columns()->columnsModel();
    const QModelIndex group = model->index(model->rowCount({}) - 1, 0, {});
    EXPECT_EQ(group.data().toString(), QStringLiteral("Constants"));
    const QModelIndex constant = model->indexOf(shape::NodeKind::Constant);
    EXPECT_EQ(constant.data().toString(), QStringLiteral("Constant"));
    const std::unique_ptr<QMimeData> mime(model->mimeData({constant}));
    ASSERT_NE(mime, nullptr);
    drag(mime.get(), root(), true);
    ASSERT_TRUE(payloadHas("\"constant\":\"\"")) << "while hovering";
    EXPECT_EQ(document().undoStack()->count(), 0);
    drag(mime.get(), root());
    EXPECT_EQ(last().kind, shape::NodeKind::Constant);
    EXPECT_EQ(QApplication::focusWidget()->accessibleName(), QStringLiteral("Value"));
    EXPECT_TRUE(constant.data(ColumnsModel::UsedRole).toBool());
}

TEST_F(ShapeDropsTest, enterOnAConstantAddsIt)
{
    QTreeView* const view = columns()->view();
    const QAbstractItemModel& model = *view->model();
    const QModelIndex group = model.index(model.rowCount() - 1, 0);
    view->setCurrentIndex(model.index(1, 0, group));
    press(view, Qt::Key_Return);
    EXPECT_EQ(last().kind, shape::NodeKind::Text);
    EXPECT_EQ(QApplication::focusWidget()->accessibleName(), QStringLiteral("Text"));
}

TEST_F(ShapeDropsTest, theSourceOfAValueIsChangedInTheInspector)
{
    dropColumns({{{}, "status"}}, root());
    tree()->setCurrentNode(last().id);
    press(tree(), Qt::Key_Return);
    auto* const from = named<QComboBox>("Value from");
    ASSERT_NE(from, nullptr);
    from->setFocus();
    const auto walk = [](Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); };
    walk(Qt::Key_Down);
    EXPECT_EQ(last().kind, shape::NodeKind::Constant);
    walk(Qt::Key_Down);
    EXPECT_EQ(last().kind, shape::NodeKind::Text);
    EXPECT_EQ(last().leaf.text, "{status}");
    walk(Qt::Key_Up);
    walk(Qt::Key_Up);
    EXPECT_EQ(last().kind, shape::NodeKind::Column);
    EXPECT_EQ(last().leaf.column, "status");
}

} // namespace

} // namespace headgate::ui
