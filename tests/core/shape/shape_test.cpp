// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape.h"

#include <gtest/gtest.h>

using namespace headgate::shape;

namespace {

Node leafNode(std::string name, std::string column, std::string model = {})
{
    Node node;
    node.name = std::move(name);
    node.kind = NodeKind::Column;
    node.leaf.column = std::move(column);
    node.leaf.model = std::move(model);
    return node;
}

Node listNode(std::string name, ListForm form, std::vector<Node> children)
{
    Node node;
    node.name = std::move(name);
    node.kind = NodeKind::List;
    node.list.form = form;
    node.children = std::move(children);
    return node;
}

} // namespace

TEST(Shape, numberingKeepsIdsAndGivesMissingOnes)
{
    Shape shape;
    shape.root.children = {leafNode("a", "a"), leafNode("b", "b"), leafNode("c", "c")};
    shape.root.children[1].id = 7;
    shape.root.children[2].id = 7;
    shape.numberNodes();
    EXPECT_EQ(shape.root.id, 8u);
    EXPECT_EQ(shape.root.children[0].id, 9u);
    EXPECT_EQ(shape.root.children[1].id, 7u);
    EXPECT_EQ(shape.root.children[2].id, 10u);
    const Shape before = shape;
    shape.numberNodes();
    EXPECT_EQ(shape, before);
}

TEST(Shape, pathsNameListsBySteps)
{
    Shape shape;
    Node object;
    object.name = "a/b~";
    object.children = {leafNode("x", "x")};
    object.children.front().leaf.nulls = NullPolicy::SetIfEmpty;
    shape.root.children = {object,
                           listNode("l", ListForm::Dictionaries, {leafNode("n", "n", "views")}),
                           listNode("c", ListForm::DictionaryOfLists, {leafNode("n", "n", "main")}),
                           listNode("v", ListForm::Values, {leafNode("", "n")})};
    shape.root.children[2].list.source.model = "orders";
    shape.numberNodes();
    EXPECT_EQ(shape.leafPaths(), (std::vector<std::string>{"/a~1b~0/x", "/l", "/c", "/v"}));
    EXPECT_EQ(shape.setIfEmptyPaths(), (std::vector<std::string>{"/a~1b~0/x"}));
    EXPECT_EQ(shape.models(), (std::vector<std::string>{"orders", "views"}));
    const auto pathOfOnly = [&](std::size_t child) {
        return shape.pathOf(shape.root.children[child].children.front().id);
    };
    EXPECT_EQ(pathOfOnly(1), "/l/*/n");
    EXPECT_EQ(pathOfOnly(2), "/c/n/*");
    EXPECT_EQ(pathOfOnly(3), "/v/*");
    EXPECT_EQ(shape.pathOf(999), "");
    EXPECT_EQ(shape.pathOf(shape.root.id), "/");
    EXPECT_EQ(shape.find(999), nullptr);
}
