// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "session/page.h"
#include "session/question.h"
#include "shape/live_record.h"
#include "shape/node_text.h"
#include "shape/payload_pane.h"
#include "shape/shape_editing.h"
#include "shape/shape_focus.h"
#include "shape/shape_repair.h"
#include "shape/shape_worker.h"

#include <QElapsedTimer>
#include <QTimer>

class QLabel;
class QPushButton;
class QStackedWidget;
class QMimeData;
class QScrollArea;
class QSplitter;

namespace headgate::ui {

class ColumnsPane;
class GestureChooser;
class MessageStrip;
class NodeInspector;
class PathTable;
class ProblemStrip;
class ProjectSession;
class ShapeTree;
class SourceRowsPane;
class Spinner;
class SyncSentence;

/// The shape editor: columns on one side, the payload that will be sent on the other, the tree
/// that turns the ones into the other between them, and the rows of the record below. Every
/// gesture is seen in the payload before it is done.
class ShapePage final : public Page
{
    Q_OBJECT

public:
    ShapePage(ProjectSession& session, const std::string& sync, QWidget* parent = nullptr);
    ~ShapePage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] std::string currentSync() const override { return id().slug; }
    [[nodiscard]] PageId documentId() const override { return {PageKind::Sync, id().slug}; }
    [[nodiscard]] QList<QAction*> pageActions() const override { return m_actions; }
    [[nodiscard]] QString status() const override { return m_status; }
    /// The path of the node that is chosen.
    [[nodiscard]] QString place() const override;
    void setPlace(const QString& place) override;
    void refresh() override;

private:
    // What the panes show.
    void build();
    [[nodiscard]] QWidget* makeHeader();
    [[nodiscard]] QWidget* makeTreePane();
    [[nodiscard]] QWidget* makePathsPane();
    void connectPanes();
    void loadSample();
    void loadFields();
    void takeSample(std::shared_ptr<const service::RecordSample> sample);
    void showShape();
    void showLive(const SharedLiveRecord& live);
    /// For a payload that is too large; none where that would lose what the destination needs.
    [[nodiscard]] std::optional<shape::ShapeRepair>
    makeSmaller(const service::SampleSurvey::Weight& heaviest) const;
    [[nodiscard]] bool seekShownRecord();
    void updateButtons();
    void testRow();
    /// Below the node's row, or below the table of paths.
    void showInspector(shape::NodeId node);
    void toggleInspector(shape::NodeId node);
    void showPathInspector(shape::NodeId node);
    /// The one that is open.
    [[nodiscard]] std::optional<shape::NodeId> inspected() const;
    void say(const QString& text);
    [[nodiscard]] QString resultText(shape::NodeId node) const;

    // What belongs together in the panes.
    void connectLinks();
    void pointAt(const ShapeFocus& focus);
    void putCaretAt(const ShapeFocus& focus);
    void showMarks();
    void goToCounterparts(const ShapeFocus& focus);

    // What the state and the destination's encoding say.
    void askTab(PayloadPane::Tab tab);
    void askCost();
    void copyAsSql();
    void makeChoicesSheet();
    void saveChoicesSheet(const QString& file, shape::NodeId list);

    // What is asked of the worker.
    [[nodiscard]] std::optional<ShapeQuestion> questionFor(const shape::Shape& shape) const;
    void ask();
    void preview(const shape::Shape& shape);
    void endPreview();
    [[nodiscard]] const project::ModelDefinition* mainModel() const;

    // Gestures.
    void makeActions();
    void addAction(const char* name, const QString& text, const QString& keys,
                   const std::function<void()>& work, bool anywhere = false);
    void makeStructureActions();
    void onCurrent(const QString& step,
                   const std::function<Result<shape::EditedShape>(shape::NodeId)>& edit);
    void decide(const ShapeChoices& choices, const QString& question, const QPoint& global);
    void previewChoices(GestureChooser* chooser);
    void addColumns(const std::vector<shape::ColumnRef>& columns);
    /// A node that reads no column, where columns would go.
    void make(shape::NodeKind kind);
    void makeAt(shape::NodeKind kind, const DropTarget& target);
    [[nodiscard]] DropTarget targetOfCurrent() const;
    void dragMoved(const QMimeData& mime, const DropTarget& target, bool copy,
                   const QPoint& global);
    void dropped(const QMimeData& mime, const DropTarget& target, bool copy, const QPoint& global);
    [[nodiscard]] ShapeChoices choicesOf(const QMimeData& mime, const DropTarget& target,
                                         bool copy) const;
    void bind(shape::NodeId leaf, const shape::ColumnRef& column);
    void acceptProposal(shape::NodeId field, const shape::ColumnRef& column);
    void sayProposal();
    void swapTreeAndPaths();
    void paste();
    void bindCertain();
    void updateBindCertain();
    void showRunning();
    void cyclePane(int by);
    void maximisePane();
    void useAllColumns();
    void pressChip(shape::NodeId node, ListChip chip);
    void cycleForm(shape::NodeId list);

    ProjectSession& m_session;
    ShapeEditing m_editing;
    ShapeWorker* m_worker;
    std::shared_ptr<const service::RecordSample> m_sample;
    project::SyncDefinition m_sampled; ///< what the sample was read for
    SharedLiveRecord m_live;
    std::optional<shape::NodeId> m_edited;       ///< its result is said once it is known
    std::optional<shape::NodeId> m_afterBinding; ///< the field to go to when one was bound
    bool m_seeking = true;                       ///< until a record that is sent was found
    bool m_previewing = false;
    ShapeFocus m_pointer;   ///< empty: the pointer is on nothing that has counterparts
    ShapeFocus m_caret;     ///< in whichever pane it moved last
    bool m_jumping = false; ///< carets move along and are not what is pointed at
    QElapsedTimer m_reading;
    Question m_cost;
    QTimer m_costDelay;
    QString m_status;

    QSplitter* m_columnsTreePayload = nullptr;
    QSplitter* m_all = nullptr;
    Spinner* m_spinner = nullptr;
    MessageStrip* m_message = nullptr;
    MessageStrip* m_running = nullptr;
    ColumnsPane* m_columns = nullptr;
    ShapeTree* m_tree = nullptr;
    PathTable* m_paths = nullptr;
    QStackedWidget* m_treeOrPaths = nullptr;
    QWidget* m_start = nullptr;               ///< the cards of an empty shape
    NodeInspector* m_inspector = nullptr;     ///< in the tree
    NodeInspector* m_pathInspector = nullptr; ///< below the table of paths
    QScrollArea* m_pathInspectorArea = nullptr;
    ProblemStrip* m_problems = nullptr;
    PayloadPane* m_payload = nullptr;
    SourceRowsPane* m_rows = nullptr;
    QLabel* m_said = nullptr;
    QLabel* m_costText = nullptr;
    SyncSentence* m_sentence = nullptr;
    QPushButton* m_test = nullptr;
    QList<QAction*> m_actions;
};

} // namespace headgate::ui
