// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_editing.h"
#include "ui/shape/shape_sample.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

class ShapeEditingTest : public testing::Test
{
protected:
    ShapeEditingTest() : m_document(viewsSync(), viewsSync()), m_editing(m_document)
    {
        m_editing.setModels(viewsSample()->models);
        QObject::connect(&m_editing, &ShapeEditing::refused, &m_editing,
                         [this](const QString& sentence) { m_refused = sentence; });
    }

    [[nodiscard]] const shape::Node& root() const { return m_editing.shape().root; }
    [[nodiscard]] DropTarget ontoRoot() const { return OntoPlace{{root().id, shape::Place::end}}; }
    [[nodiscard]] static std::vector<std::string> titles(const ShapeChoices& choices)
    {
        std::vector<std::string> all;
        for (const ShapeChoice& choice : choices.choices)
            all.push_back(choice.title.toStdString());
        return all;
    }

    SyncDocument m_document;
    ShapeEditing m_editing;
    QString m_refused;
};

TEST_F(ShapeEditingTest, aColumnOfOneValueIsAddedAtOnce)
{
    const auto choices = m_editing.choicesFor({{{}, "customer_id"}}, ontoRoot());
    ASSERT_EQ(choices.choices.size(), 1U);
    ASSERT_TRUE(m_editing.apply(choices.choices.front()));
    EXPECT_EQ(root().children.back().name, "customer_id");
    EXPECT_EQ(m_document.undoStack()->undoText(), QStringLiteral("Add customer_id"));
    m_document.undoStack()->undo();
    EXPECT_EQ(root().children.size(), 2U);
}

TEST_F(ShapeEditingTest, aColumnThatVariesIsAskedAbout)
{
    const auto choices = m_editing.choicesFor({{{}, "price"}}, ontoRoot());
    const auto all = titles(choices);
    ASSERT_GE(all.size(), 5U);
    EXPECT_EQ(all[0], "List them");
    EXPECT_EQ(all[1], "Take the newest");
    EXPECT_EQ(all[2], "Count them");
    ASSERT_TRUE(m_editing.apply(choices.choices[2]));
    EXPECT_EQ(root().children.back().leaf.pick, shape::Pick::Count);
}

TEST_F(ShapeEditingTest, theFieldThatRecordsAreMatchedByIsFollowed)
{
    project::SyncDefinition matched = m_document.value();
    matched.matching.leaf = "/firstName";
    m_document.change(QStringLiteral("Match"), matched);
    const shape::NodeId leaf = root().children.front().id;
    ASSERT_EQ(root().children.front().name, "firstName");
    ASSERT_TRUE(
        m_editing.apply(QStringLiteral("Rename"), renameNode(m_editing.shape(), leaf, "name")));
    EXPECT_EQ(m_document.value().matching.leaf, "/name");
    ASSERT_TRUE(
        m_editing.apply(QStringLiteral("Wrap"), wrapInObject(m_editing.shape(), {leaf}, "person")));
    EXPECT_EQ(m_document.value().matching.leaf, "/person/name");
    m_document.undoStack()->undo();
    m_document.undoStack()->undo();
    EXPECT_EQ(m_document.value().matching.leaf, "/firstName");
    ASSERT_TRUE(m_editing.apply(QStringLiteral("Remove"), removeNodes(m_editing.shape(), {leaf})));
    EXPECT_EQ(m_document.value().matching.leaf, "/firstName") << "the checks name it as gone";
}

TEST_F(ShapeEditingTest, severalColumnsAreOfferedInFiveForms)
{
    const auto choices =
        m_editing.choicesFor({{{}, "product"}, {{}, "price"}, {{}, "viewed_at"}}, ontoRoot());
    EXPECT_EQ(titles(choices), (std::vector<std::string>{"One field each", "List of dictionaries",
                                                         "Dictionary of lists", "List of strings",
                                                         "Dictionary by key"}));
    EXPECT_EQ(choices.preselected, 1U);
    ASSERT_TRUE(m_editing.apply(choices.choices[1]));
    const shape::Node& list = root().children.back();
    EXPECT_EQ(list.kind, shape::NodeKind::List);
    EXPECT_EQ(list.children.size(), 3U);
}

TEST_F(ShapeEditingTest, twoColumnsMayBeAMapOfTheFirstToTheSecond)
{
    const auto choices = m_editing.choicesFor({{{}, "product"}, {{}, "price"}}, ontoRoot());
    ASSERT_EQ(choices.choices.size(), 6U);
    ASSERT_TRUE(m_editing.apply(choices.choices.back()));
    const shape::Node& map = root().children.back();
    EXPECT_EQ(map.kind, shape::NodeKind::Map);
    EXPECT_EQ(map.list.key.column, "product");
    ASSERT_EQ(map.children.size(), 1U);
    EXPECT_EQ(map.children.front().name, "");
    EXPECT_EQ(map.children.front().leaf.column, "price");
}

TEST_F(ShapeEditingTest, whatNeedsNoColumnGoesWhereAColumnWould)
{
    const auto make = [this](shape::NodeKind kind, const DropTarget& target) {
        const auto choices = m_editing.choicesFor(kind, target);
        EXPECT_EQ(choices.choices.size(), 1U);
        EXPECT_TRUE(m_editing.apply(choices.choices.front()));
    };
    make(shape::NodeKind::Constant, OntoGhost{"currency"});
    EXPECT_EQ(root().children.back().name, "currency");
    EXPECT_EQ(root().children.back().kind, shape::NodeKind::Constant);
    make(shape::NodeKind::Map, OntoPlace{{root().id, 0}});
    EXPECT_EQ(root().children.front().kind, shape::NodeKind::Map);
    make(shape::NodeKind::Constant, OntoStrip{root().children[2].id});
    EXPECT_EQ(root().children[2].children.back().kind, shape::NodeKind::Constant);
}

TEST_F(ShapeEditingTest, aFieldTurnsIntoATextThatSaysTheSameAndBack)
{
    const shape::NodeId leaf = root().children.front().id;
    const auto turn = [&](shape::NodeKind kind) {
        ASSERT_TRUE(m_editing.apply(QStringLiteral("Turn"), m_editing.turnedInto(leaf, kind)));
    };
    turn(shape::NodeKind::Text);
    EXPECT_EQ(root().children.front().leaf.text, "{first_name}");
    turn(shape::NodeKind::Constant);
    EXPECT_EQ(root().children.front().leaf.value, data::JsonNode(""));
    turn(shape::NodeKind::Column);
    EXPECT_EQ(root().children.front().leaf.column, "first_name");
    EXPECT_FALSE(m_editing.turnedInto(9999, shape::NodeKind::Text));
}

TEST_F(ShapeEditingTest, aTextTakesColumnsOfItsRows)
{
    const shape::NodeId leaf = root().children.front().id;
    ASSERT_TRUE(
        m_editing.apply(QStringLiteral("Turn"), m_editing.turnedInto(leaf, shape::NodeKind::Text)));
    const auto choices = m_editing.choicesFor({{{}, "customer_id"}}, OntoLeaf{leaf});
    ASSERT_EQ(choices.choices.size(), 2U);
    ASSERT_TRUE(m_editing.apply(choices.choices.front()));
    EXPECT_EQ(root().children.front().leaf.text, "{first_name} {customer_id}");
}

TEST_F(ShapeEditingTest, aColumnOntoAListGoesToEachElement)
{
    const shape::NodeId list = root().children[1].id;
    const auto choices =
        m_editing.choicesFor({{{}, "view_id"}}, OntoPlace{{list, shape::Place::end}});
    ASSERT_EQ(choices.choices.size(), 1U);
    ASSERT_TRUE(m_editing.apply(choices.choices.front()));
    EXPECT_EQ(root().children[1].children.back().name, "view_id");
}

TEST_F(ShapeEditingTest, aColumnOntoAStripSortsOrFilters)
{
    const shape::NodeId list = root().children[1].id;
    const auto choices = m_editing.choicesFor({{{}, "price"}}, OntoStrip{list});
    ASSERT_GE(choices.choices.size(), 4U);
    ASSERT_TRUE(m_editing.apply(choices.choices[0]));
    EXPECT_EQ(root().children[1].list.sortBy.front().column, "price");
    EXPECT_TRUE(root().children[1].list.sortBy.front().descending);
}

TEST_F(ShapeEditingTest, aColumnOntoAGhostTakesItsName)
{
    const auto choices = m_editing.choicesFor({{{}, "customer_id"}}, OntoGhost{"externalId"});
    ASSERT_EQ(choices.choices.size(), 1U);
    ASSERT_TRUE(m_editing.apply(choices.choices.front()));
    EXPECT_EQ(root().children.back().name, "externalId");
    EXPECT_EQ(root().children.back().leaf.column, "customer_id");
}

TEST_F(ShapeEditingTest, whatCannotBeIsRefusedInASentence)
{
    const shape::NodeId list = root().children[1].id;
    const auto choices = m_editing.choicesFor(list, false, OntoPlace{{list, 0}});
    ASSERT_EQ(choices.choices.size(), 1U);
    EXPECT_FALSE(m_editing.apply(choices.choices.front()));
    EXPECT_FALSE(m_refused.isEmpty());
    EXPECT_EQ(m_document.undoStack()->count(), 0);
}

TEST_F(ShapeEditingTest, twoColumnsDoNotFitOneValue)
{
    const auto choices =
        m_editing.choicesFor({{{}, "product"}, {{}, "price"}}, OntoLeaf{root().children[0].id});
    ASSERT_EQ(choices.choices.size(), 1U);
    EXPECT_FALSE(choices.choices.front().result);
}

} // namespace

} // namespace headgate::ui
