// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/document.h"
#include "shape/node_text.h"
#include "shape/shape_edit.h"

#include <QObject>
#include <variant>

namespace headgate::ui {

/// Where something is dropped.
struct OntoPlace
{
    shape::Place place;
    bool operator==(const OntoPlace&) const = default;
};
struct OntoLeaf
{
    shape::NodeId leaf = 0;
    bool operator==(const OntoLeaf&) const = default;
};
struct OntoGhost
{
    std::string field; ///< of the destination's object
    bool operator==(const OntoGhost&) const = default;
};
/// On a list's strip of chips.
struct OntoStrip
{
    shape::NodeId list = 0;
    bool operator==(const OntoStrip&) const = default;
};
using DropTarget = std::variant<OntoPlace, OntoLeaf, OntoGhost, OntoStrip>;

/// One way to understand a gesture.
struct ShapeChoice
{
    QString title;
    Icon icon = Icon::Bound;
    QString step; ///< what Undo will call it
    Result<shape::EditedShape> result;
};

/// What a gesture can mean: one choice is done at once, several are asked about.
struct ShapeChoices
{
    std::vector<ShapeChoice> choices;
    std::size_t preselected = 0;
};

/// Edits the shape of a sync, each edit one named step of its document. Belongs to the GUI thread.
class ShapeEditing final : public QObject
{
    Q_OBJECT

public:
    explicit ShapeEditing(SyncDocument& document, QObject* parent = nullptr);

    [[nodiscard]] SyncDocument& document() const { return m_document; }
    /// Of the document; an empty object where it has none.
    [[nodiscard]] const shape::Shape& shape() const { return m_shape; }
    [[nodiscard]] const shape::ShapeModels& models() const { return m_models; }
    void setModels(shape::ShapeModels models) { m_models = std::move(models); }

    [[nodiscard]] ShapeChoices choicesFor(const std::vector<shape::ColumnRef>& columns,
                                          const DropTarget& target) const;
    /// A new node of a kind that reads no column yet: Constant, Text, Map or Column.
    [[nodiscard]] ShapeChoices choicesFor(shape::NodeKind made, const DropTarget& target) const;
    [[nodiscard]] ShapeChoices choicesFor(shape::NodeId moved, bool copy,
                                          const DropTarget& target) const;

    /// A leaf with another source of its value; what its kind before said rests. A Column becomes
    /// a Text that says the same.
    [[nodiscard]] Result<shape::EditedShape> turnedInto(shape::NodeId leaf,
                                                        shape::NodeKind kind) const;

    /// False, after refused(), where the result is an error.
    bool apply(const QString& step, const Result<shape::EditedShape>& result,
               const QString& mergeKey = {});
    bool apply(const ShapeChoice& choice) { return apply(choice.step, choice.result); }
    /// One node replaced by `node`, which has its id.
    bool replaceNode(const QString& step, const shape::Node& node, const QString& mergeKey = {});

Q_SIGNALS:
    void shapeChanged();
    /// After an edit: the node to show.
    void selected(headgate::shape::NodeId node);
    void refused(const QString& sentence);
    /// What was done, in the words of Undo.
    void done(const QString& step, headgate::shape::NodeId node);

private:
    void take();
    [[nodiscard]] ShapeChoices oneColumn(const shape::ColumnRef& column,
                                         const DropTarget& target) const;
    [[nodiscard]] ShapeChoices severalColumns(const std::vector<shape::ColumnRef>& columns,
                                              const shape::Place& place) const;
    [[nodiscard]] ShapeChoices ontoStrip(const shape::ColumnRef& column, shape::NodeId list) const;
    [[nodiscard]] ShapeChoices ontoText(const shape::ColumnRef& column,
                                        const shape::Node& text) const;
    [[nodiscard]] Result<shape::EditedShape>
    mapOf(const shape::Place& place, const std::vector<shape::ColumnRef>& columns) const;
    [[nodiscard]] Result<shape::EditedShape> place(const shape::ColumnRef& column,
                                                   const DropTarget& target,
                                                   std::optional<shape::Several> several) const;

    SyncDocument& m_document;
    shape::Shape m_shape;
    shape::ShapeModels m_models;
};

} // namespace headgate::ui
