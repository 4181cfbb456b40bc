// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/sample_survey.h"
#include "service/workspace.h"
#include "shape/field_suggestions.h"
#include "shape/live_record.h"
#include "shape/node_text.h"
#include "shape/shape_check.h"
#include "shape/shape_marks.h"

#include <QAbstractItemModel>
#include <map>
#include <unordered_map>

namespace headgate::ui {

/// How a node stands; the later ones matter more.
enum class NodeState
{
    Bound,
    Unbound,
    Required,    ///< the destination asks for it and nothing fills it
    Ambiguous,   ///< rows of a record disagree
    TypeProblem, ///< a value does not fit
    SizeProblem, ///< the payload is larger than the destination takes
    Error        ///< the shape cannot be used like this
};

/// The tree of a shape beside what it comes to in one record, and below it the fields of the
/// destination that nothing fills yet. One node may be unfolded: the first row below it is empty
/// and disabled, room for its inspector. A new shape resets the model: nodes are told apart by id.
class ShapeTreeModel final : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column
    {
        NameColumn,
        SourceColumn,
        TypeColumn,
        ValueColumn,
        ColumnCount
    };
    enum Role
    {
        StateRole = Qt::UserRole, ///< NodeState as int
        FocusRole,                ///< bool: belongs to what the pointer is on
        GhostRole,                ///< bool
        NullRole                  ///< bool: its value is null
    };
    static constexpr std::size_t ghostsShown = 12; ///< until all are asked for

    explicit ShapeTreeModel(QObject* parent = nullptr);

    void setShape(const shape::Shape& shape);
    /// Whose columns are proposed for unbound fields.
    void setModels(const shape::ShapeModels& models);
    [[nodiscard]] const FieldSuggestions& suggestions() const { return m_suggestions; }
    /// False after the last one, when the first is shown again.
    bool showNextSuggestion(shape::NodeId field);
    void setRootName(const QString& name);
    /// What the destination knows; required ones are shown first.
    void setFields(std::vector<connector::FieldInfo> fields);
    /// Whether the destination needs a field of that name in the payload.
    [[nodiscard]] bool isRequired(const std::string& field) const;
    void showAllFields();
    void setLive(const SharedLiveRecord& live);
    void setFindings(const std::vector<shape::ShapeFinding>& findings);
    void setSurvey(const std::shared_ptr<const service::SampleSurvey>& survey);
    void setMarks(const ShapeMarks& marks);
    /// Nothing, or a node that there is no longer: none is.
    void setUnfolded(std::optional<shape::NodeId> node);
    [[nodiscard]] std::optional<shape::NodeId> unfolded() const { return m_unfolded; }

    [[nodiscard]] const shape::Shape& shape() const { return m_shape; }
    /// Null for ghosts.
    [[nodiscard]] const shape::Node* nodeAt(const QModelIndex& index) const;
    [[nodiscard]] const connector::FieldInfo* ghostAt(const QModelIndex& index) const;
    [[nodiscard]] bool isShowAll(const QModelIndex& index) const;
    /// The row that is room for the inspector.
    [[nodiscard]] bool isRoom(const QModelIndex& index) const;
    /// Invalid while no node is unfolded.
    [[nodiscard]] QModelIndex roomIndex() const;
    [[nodiscard]] QModelIndex indexOf(shape::NodeId node, int column = NameColumn) const;
    /// What is wrong with a node, for its tooltip.
    [[nodiscard]] QString problemText(shape::NodeId node) const;
    /// What a node is in the record at hand: its value, or how many rows a list took.
    [[nodiscard]] QString liveText(const shape::Node& node) const;
    [[nodiscard]] NodeState stateOf(const shape::Node& node) const;

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex& parent) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData* mimeData(const QModelIndexList& indexes) const override;

Q_SIGNALS:
    /// A name was typed; the model itself changes nothing.
    void renameWanted(headgate::shape::NodeId node, const QString& name);

private:
    struct Entry
    {
        const shape::Node* node = nullptr;
        shape::NodeId parent = 0;
        int row = 0;
    };
    void rebuild();
    void addEntries(const shape::Node& node, shape::NodeId parent, int row);
    void refresh();
    /// 1 where the first row below the node is room for its inspector.
    [[nodiscard]] int roomBelow(shape::NodeId node) const { return m_unfolded == node ? 1 : 0; }
    [[nodiscard]] QVariant ghostData(const connector::FieldInfo& field, int column, int role) const;
    [[nodiscard]] QVariant nodeData(const shape::Node& node, int column, int role) const;
    /// Where its value is from, or what is proposed: "order_id?".
    [[nodiscard]] QString fromText(const shape::Node& node) const;
    /// The declared type, else that of the value in this record.
    [[nodiscard]] QString liveType(const shape::Node& node) const;

    shape::Shape m_shape;
    QString m_rootName;
    std::unordered_map<shape::NodeId, Entry> m_entries;
    std::vector<connector::FieldInfo> m_fields;
    std::vector<std::size_t> m_ghosts; ///< of m_fields: those that no member of the root fills
    bool m_allGhosts = false;
    SharedLiveRecord m_live;
    std::map<shape::NodeId, QStringList> m_errors;
    std::shared_ptr<const service::SampleSurvey> m_survey;
    std::set<shape::NodeId> m_marked;
    std::optional<shape::NodeId> m_unfolded;
    shape::ShapeModels m_models;
    FieldSuggestions m_suggestions;
};

} // namespace headgate::ui
