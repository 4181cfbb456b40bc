// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/live_record.h"
#include "shape/node_text.h"
#include "shape/shape_editing.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace headgate::ui {

class FunctionChain;

/// Everything about one node, below its row and without a dialog: each change is made at once and
/// is seen in the payload. Esc closes it, and so does Enter where it does nothing else.
class NodeInspector final : public QWidget
{
    Q_OBJECT

public:
    explicit NodeInspector(ShapeEditing& editing, QWidget* parent = nullptr);

    void setNode(shape::NodeId node);
    [[nodiscard]] std::optional<shape::NodeId> node() const { return m_id; }
    void focusFirst();
    /// Puts the caret where what the node sends is said, all of it selected.
    void focusValue();
    void setLive(const SharedLiveRecord& live);
    /// Puts the caret where the chip's option is edited.
    void edit(ListChip chip);

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    void build();
    void fill(QFormLayout* form);
    void focusNamed(const QString& accessibleName);
    void addName(QFormLayout* form);
    void addLeaf(QFormLayout* form);
    void addKind(QFormLayout* form);
    void addSource(QFormLayout* form);
    void addPick(QFormLayout* form);
    void addJson(QFormLayout* form);
    void addType(QFormLayout* form);
    void showType();
    void addFormat(QFormLayout* form);
    void addDefault(QFormLayout* form);
    void addNulls(QFormLayout* form);
    void addList(QFormLayout* form);
    void addListRows(QFormLayout* form);
    void addWhenEmpty(QFormLayout* form);
    [[nodiscard]] QLineEdit* addText(QFormLayout* form, const QString& label, const QString& text,
                                     std::function<void(shape::Node&, const QString&)> set);
    void showFragments();
    void change(const QString& step, const std::function<void(shape::Node&)>& edit,
                bool typing = false);
    [[nodiscard]] const data::Schema& schemaOf(const std::string& model) const;
    /// Of the rows that the node reads.
    [[nodiscard]] std::string modelOfNode() const;
    [[nodiscard]] bool sendsText() const;

    ShapeEditing& m_editing;
    std::optional<shape::NodeId> m_id;
    shape::Node m_node; ///< as it is shown, without its children
    SharedLiveRecord m_live;
    QWidget* m_content = nullptr;
    FunctionChain* m_chain = nullptr;
    QComboBox* m_type = nullptr;
    QLabel* m_now = nullptr;    ///< the fragment of this record
    QWidget* m_value = nullptr; ///< where the value is said; null: nothing but the name
    std::map<shape::NullPolicy, QLabel*> m_fragments;
    std::map<ListChip, QWidget*> m_editors;
};

} // namespace headgate::ui
