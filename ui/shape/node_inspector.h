// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/live_record.h"
#include "shape/node_text.h"
#include "shape/shape_editing.h"

#include <QWidget>

class QFormLayout;
class QLabel;
class QScrollArea;

namespace headgate::ui {

class FunctionChain;

/// Everything about one node, below the tree and without a dialog: each change is made at once and
/// is seen in the payload.
class NodeInspector final : public QWidget
{
    Q_OBJECT

public:
    explicit NodeInspector(ShapeEditing& editing, QWidget* parent = nullptr);

    void setNode(shape::NodeId node);
    [[nodiscard]] std::optional<shape::NodeId> node() const { return m_id; }
    void setLive(const SharedLiveRecord& live);
    /// Puts the caret where the chip's option is edited.
    void edit(ListChip chip);

Q_SIGNALS:
    void closed();

private:
    void follow();
    void build();
    void addName(QFormLayout* form);
    void addLeaf(QFormLayout* form);
    void addSource(QFormLayout* form);
    void addPick(QFormLayout* form);
    void addNulls(QFormLayout* form);
    void addList(QFormLayout* form);
    void addListRows(QFormLayout* form);
    void addWhenEmpty(QFormLayout* form);
    void addText(QFormLayout* form, const QString& label, const QString& text,
                 std::function<void(shape::Node&, const QString&)> set);
    void showFragments();
    void change(const QString& step, const std::function<void(shape::Node&)>& edit,
                bool typing = false);
    [[nodiscard]] const data::Schema& schemaOf(const std::string& model) const;
    /// Of the rows that the node reads.
    [[nodiscard]] std::string modelOfNode() const;

    ShapeEditing& m_editing;
    std::optional<shape::NodeId> m_id;
    shape::Node m_node; ///< as it is shown, without its children
    SharedLiveRecord m_live;
    QLabel* m_title;
    QScrollArea* m_scroll;
    FunctionChain* m_chain = nullptr;
    QLabel* m_fragment = nullptr;
    std::map<ListChip, QWidget*> m_editors;
};

} // namespace headgate::ui
