// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shape/shape_page_case.h"

namespace headgate::ui {

/// What a hand does in the editor.
class ShapeHandTest : public ShapePageTest
{
protected:
    template <typename Widget>
    [[nodiscard]] Widget* named(const char* name)
    {
        return visibleNamed<Widget>(*m_page, QLatin1String(name));
    }
    template <typename Widget = QWidget>
    void click(const char* name)
    {
        auto* const widget = named<Widget>(name);
        ASSERT_NE(widget, nullptr) << name;
        ASSERT_TRUE(widget->isEnabled()) << name;
        QTest::mouseClick(widget, Qt::LeftButton);
    }
    [[nodiscard]] const shape::Node& last() { return shape().root.children.back(); }
    [[nodiscard]] std::string lastName() { return last().name; }
    [[nodiscard]] std::string undoText()
    {
        return document().undoStack()->undoText().toStdString();
    }
    [[nodiscard]] QModelIndex rowOf(shape::NodeId node)
    {
        return tree()->shapeModel()->indexOf(node);
    }
    void dropAt(const QMimeData& mime, const QPoint& at)
    {
        QWidget* const view = tree()->viewport();
        QDragEnterEvent enter(at, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(view, &enter);
        QDragMoveEvent move(at, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(view, &move);
        QDropEvent drop(at, Qt::CopyAction | Qt::MoveAction, &mime, Qt::LeftButton, {});
        QApplication::sendEvent(view, &drop);
    }
    /// The titles that the chooser offers, as screen readers say them.
    [[nodiscard]] std::vector<std::string> offered()
    {
        std::vector<std::string> titles;
        if (chooser() != nullptr)
            for (const ShapeChoice& choice : chooser()->choices().choices)
                titles.push_back(choice.title.toStdString());
        return titles;
    }
    void choose(Qt::Key digit)
    {
        ASSERT_NE(chooser(), nullptr);
        QTest::keyClick(chooser()->focusWidget(), digit);
    }
    void twoFields()
    {
        dropColumns({{{}, "order_id"}}, root());
        dropColumns({{{}, "status"}}, root());
        ASSERT_EQ(shape().root.children.size(), 2U);
        ASSERT_TRUE(payloadHas("\"status\":"));
    }
};

} // namespace headgate::ui
