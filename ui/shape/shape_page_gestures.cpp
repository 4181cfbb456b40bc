// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "shape/columns_pane.h"
#include "shape/gesture_chooser.h"
#include "shape/node_inspector.h"
#include "shape/path_table.h"
#include "shape/payload_pane.h"
#include "shape/problem_strip.h"
#include "shape/shape_mime.h"
#include "shape/shape_page.h"
#include "shape/shape_suggest.h"
#include "shape/shape_tree.h"
#include "shape/source_rows_pane.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QPointer>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QThreadPool>
#include <QToolTip>

namespace headgate::ui {

namespace {

/// Nodes of `edited` that `before` has not, without those inside of another such.
void collectNew(const shape::Shape& before, const shape::Node& edited,
                std::vector<const shape::Node*>& nodes)
{
    for (const shape::Node& child : edited.children)
        if (before.find(child.id) == nullptr)
            nodes.push_back(&child);
        else
            collectNew(before, child, nodes);
}

/// What a gesture would put into the payload of the record at hand, for a card: the value of one
/// node, or several fields with their names.
QString previewOf(const ShapeQuestion& question, const shape::Shape& before, shape::NodeId selected)
{
    auto shaper = service::SampleShaper::create(question.sample, question.sync, question.model);
    if (!shaper)
        return shaper.error().message;
    const service::ShapedSample shaped = (*shaper)->shape(question.record);
    if (!shaped.problems.empty())
        return shaped.problems.front().message;
    const auto values = nodeValues(shaped.provenance);
    const auto textOf = [&](shape::NodeId node) {
        const auto found = values.find(node);
        if (found == values.end() || found->second.values == 0)
            return QString();
        return toQString(std::string_view(shaped.payload)
                             .substr(found->second.begin, found->second.end - found->second.begin));
    };
    std::vector<const shape::Node*> added;
    collectNew(before, question.sync.shape->root, added);
    if (added.size() < 2) {
        const QString text = textOf(selected);
        return text.isEmpty() ? toQString(shaped.payload) : text;
    }
    QStringList fields;
    for (const shape::Node* node : added)
        if (const QString text = textOf(node->id); !text.isEmpty())
            fields.append(QStringLiteral("%1: %2").arg(nameText(*node), text));
    return fields.join(QStringLiteral(", "));
}

} // namespace

void ShapePage::addAction(const char* name, const QString& text, const QString& keys,
                          const std::function<void()>& work, bool anywhere)
{
    auto* action = new QAction(text, this);
    action->setObjectName(QLatin1String(name));
    if (!keys.isEmpty())
        action->setShortcuts(QKeySequence::listFromString(keys, QKeySequence::PortableText));
    action->setShortcutContext(anywhere ? Qt::WidgetWithChildrenShortcut : Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, work);
    if (anywhere)
        QWidget::addAction(action);
    else
        m_tree->addAction(action);
    m_actions.append(action);
}

void ShapePage::onCurrent(const QString& step,
                          const std::function<Result<shape::EditedShape>(shape::NodeId)>& edit)
{
    if (const auto node = m_tree->currentNode())
        m_editing.apply(step, edit(*node));
}

void ShapePage::makeActions()
{
    addAction("shape.field", tr("New field"), QStringLiteral("Ins"), [this] {
        const shape::NodeId root = m_editing.shape().root.id;
        const shape::NodeId current = m_tree->currentNode().value_or(root);
        const shape::Node* const node = m_editing.shape().find(current);
        shape::Place place{root, shape::Place::end};
        if (node != nullptr && !node->isLeaf())
            place.parent = current;
        else if (const auto at = shape::placeOf(m_editing.shape(), current))
            place = {at->parent, at->index + 1};
        if (m_editing.apply(tr("New field"), shape::addField(m_editing.shape(), place, "new_field",
                                                             shape::NodeKind::Column)))
            m_tree->beginRename();
    });
    const auto maker = [this](const char* name, const QString& text, const char* keys,
                              shape::NodeKind kind) {
        addAction(name, text, QLatin1String(keys), [this, kind] { make(kind); });
    };
    maker("shape.constant", tr("New constant"), "Ctrl+Shift+K", shape::NodeKind::Constant);
    maker("shape.text", tr("New text with columns"), "Ctrl+Shift+X", shape::NodeKind::Text);
    maker("shape.map", tr("New map"), "Ctrl+Shift+M", shape::NodeKind::Map);
    addAction("shape.rename", tr("Rename"), QStringLiteral("F2"),
              [this] { m_tree->beginRename(); });
    addAction("shape.remove", tr("Remove"), QStringLiteral("Del"), [this] {
        const auto nodes = m_tree->selectedNodes();
        if (!nodes.empty())
            m_editing.apply(
                nodes.size() == 1
                    ? tr("Remove %1").arg(nameText(*m_editing.shape().find(nodes.front())))
                    : tr("Remove %n fields", nullptr, static_cast<int>(nodes.size())),
                shape::removeNodes(m_editing.shape(), nodes));
    });
    addAction("shape.duplicate", tr("Duplicate"), QStringLiteral("Ctrl+D"), [this] {
        onCurrent(tr("Duplicate"), [this](shape::NodeId node) -> Result<shape::EditedShape> {
            const auto at = shape::placeOf(m_editing.shape(), node);
            return shape::copyNode(m_editing.shape(), node,
                                   at ? shape::Place{at->parent, at->index + 1} : shape::Place());
        });
    });
    makeStructureActions();
    addAction("shape.paste", tr("Paste JSON"), QStringLiteral("Ctrl+V"), [this] { paste(); });
    addAction("shape.bind_certain", tr("Bind all certain fields"),
              QStringLiteral("Ctrl+Shift+Return"), [this] { bindCertain(); });
    addAction(
        "shape.paths", tr("Tree or table of paths"), QStringLiteral("Ctrl+M"),
        [this] { swapTreeAndPaths(); }, true);
    addAction(
        "shape.copy_sql", tr("Copy as SQL"), QString(), [this] { copyAsSql(); }, true);
    addAction(
        "shape.choices_sheet", tr("Choices sheet of the list..."), QString(),
        [this] { makeChoicesSheet(); }, true);
    addAction(
        "shape.previous_record", tr("Previous record"), QStringLiteral("Ctrl+PgUp"),
        [this] { m_payload->step(-1); }, true);
    addAction(
        "shape.next_record", tr("Next record"), QStringLiteral("Ctrl+PgDown"),
        [this] { m_payload->step(1); }, true);
    addAction(
        "shape.find_key", tr("Find a key"), QStringLiteral("Ctrl+F"),
        [this] { m_payload->findKey(); }, true);
    addAction(
        "shape.next_problem", tr("Next problem"), QStringLiteral("F8"),
        [this] { m_problems->step(1); }, true);
    addAction(
        "shape.previous_problem", tr("Previous problem"), QStringLiteral("Shift+F8"),
        [this] { m_problems->step(-1); }, true);
    addAction(
        "shape.next_pane", tr("Next pane"), QStringLiteral("F6"), [this] { cyclePane(1); }, true);
    addAction(
        "shape.previous_pane", tr("Previous pane"), QStringLiteral("Shift+F6"),
        [this] { cyclePane(-1); }, true);
    addAction(
        "shape.maximise", tr("Maximise the pane"), QStringLiteral("F11"),
        [this] { maximisePane(); }, true);
}

void ShapePage::makeStructureActions()
{
    addAction("shape.wrap", tr("Wrap in an object"), QStringLiteral("Ctrl+G"), [this] {
        if (m_editing.apply(
                tr("Wrap in an object"),
                shape::wrapInObject(m_editing.shape(), m_tree->selectedNodes(), "object")))
            m_tree->beginRename();
    });
    addAction("shape.unwrap", tr("Unwrap"), QStringLiteral("Ctrl+Shift+G"), [this] {
        onCurrent(tr("Unwrap"),
                  [this](shape::NodeId node) { return shape::unwrap(m_editing.shape(), node); });
    });
    addAction("shape.group", tr("Group into a list"), QStringLiteral("Ctrl+L"), [this] {
        if (m_editing.apply(tr("Group into a list"),
                            shape::groupIntoList(m_editing.shape(), m_editing.models(),
                                                 m_tree->selectedNodes(), "items")))
            m_tree->beginRename();
    });
    int number = 1;
    for (const shape::ListForm form : shape::listForms) {
        const QByteArray name = QByteArray("shape.form.") + shape::name(form);
        addAction(name.constData(), tr("Form: %1").arg(formName(form)),
                  QStringLiteral("Ctrl+%1").arg(number++), [this, form] {
                      onCurrent(formName(form), [this, form](shape::NodeId node) {
                          return shape::setListForm(m_editing.shape(), node, form,
                                                    &m_editing.models());
                      });
                  });
    }
    const auto step = [this](const char* name, const QString& text, const char* keys,
                             Result<shape::EditedShape> (*edit)(shape::Shape, shape::NodeId)) {
        addAction(name, text, QLatin1String(keys), [this, text, edit] {
            onCurrent(text,
                      [this, edit](shape::NodeId node) { return edit(m_editing.shape(), node); });
        });
    };
    step("shape.up", tr("Move up"), "Alt+Up", shape::moveUp);
    step("shape.down", tr("Move down"), "Alt+Down", shape::moveDown);
    step("shape.outdent", tr("Move out"), "Alt+Left", shape::outdent);
    step("shape.indent", tr("Move in"), "Alt+Right", shape::indent);
}

ShapeChoices ShapePage::choicesOf(const QMimeData& mime, const DropTarget& target, bool copy) const
{
    if (const auto node = nodeOf(mime))
        return m_editing.choicesFor(*node, copy, target);
    if (const auto kind = kindOf(mime))
        return m_editing.choicesFor(*kind, target);
    return m_editing.choicesFor(columnsOf(mime), target);
}

void ShapePage::dragMoved(const QMimeData& mime, const DropTarget& target, bool copy,
                          const QPoint& global)
{
    const ShapeChoices choices = choicesOf(mime, target, copy);
    if (choices.choices.empty())
        return endPreview();
    const ShapeChoice& choice = choices.choices[choices.preselected];
    if (choice.result) {
        QToolTip::hideText();
        return preview(choice.result->shape);
    }
    QToolTip::showText(global, choice.result.error().message, m_tree);
    endPreview();
}

void ShapePage::dropped(const QMimeData& mime, const DropTarget& target, bool copy,
                        const QPoint& global)
{
    QToolTip::hideText();
    if (const auto kind = kindOf(mime)) {
        endPreview();
        return makeAt(*kind, target);
    }
    QStringList names;
    for (const shape::ColumnRef& column : columnsOf(mime))
        names.append(toQString(column.column));
    decide(choicesOf(mime, target, copy),
           tr("What becomes of %1?").arg(names.join(QStringLiteral(", "))), global);
}

void ShapePage::decide(const ShapeChoices& choices, const QString& question, const QPoint& global)
{
    m_previewing = false;
    if (choices.choices.empty())
        return ask();
    if (choices.choices.size() == 1) {
        if (!m_editing.apply(choices.choices.front()))
            ask();
        return;
    }
    auto* chooser = new GestureChooser(question, choices, this);
    connect(chooser, &GestureChooser::highlighted, this, [this, chooser](std::size_t index) {
        const ShapeChoice& choice = chooser->choices().choices[index];
        if (choice.result)
            preview(choice.result->shape);
    });
    connect(chooser, &GestureChooser::chosen, this, [this](const ShapeChoice& choice) {
        m_previewing = false;
        m_editing.apply(choice);
        m_tree->setFocus();
    });
    connect(chooser, &GestureChooser::cancelled, this, [this] {
        m_afterBinding.reset();
        endPreview();
    });
    previewChoices(chooser);
    chooser->showAt(global);
}

void ShapePage::previewChoices(GestureChooser* chooser)
{
    std::size_t index = 0;
    for (const ShapeChoice& choice : chooser->choices().choices) {
        const auto question = questionFor(choice.result->shape);
        if (!question)
            return;
        QThreadPool::globalInstance()->start([chooser = QPointer<GestureChooser>(chooser),
                                              question = *question, before = m_editing.shape(),
                                              node = choice.result->selected, index] {
            const QString json = previewOf(question, before, node);
            QMetaObject::invokeMethod(
                qApp,
                [chooser, json, index] {
                    if (chooser)
                        chooser->setPreview(index, json);
                },
                Qt::QueuedConnection);
        });
        ++index;
    }
}

DropTarget ShapePage::targetOfCurrent() const
{
    const auto current = m_tree->currentNode();
    const shape::Node* const node = current ? m_editing.shape().find(*current) : nullptr;
    if (const connector::FieldInfo* ghost = m_tree->shapeModel()->ghostAt(m_tree->currentIndex()))
        return OntoGhost{ghost->name};
    if (node == nullptr)
        return OntoPlace{{m_editing.shape().root.id, shape::Place::end}};
    const auto at = shape::placeOf(m_editing.shape(), node->id);
    const bool isMapped = at && m_editing.shape().find(at->parent)->kind == shape::NodeKind::Map;
    if (node->kind == shape::NodeKind::Column && (node->leaf.column.empty() || isMapped))
        return OntoLeaf{node->id};
    // A map has its one value already.
    if (node->kind == shape::NodeKind::Map)
        return OntoLeaf{node->children.front().id};
    if (!node->isLeaf() || !at)
        return OntoPlace{{node->id, shape::Place::end}};
    return OntoPlace{{at->parent, at->index + 1}};
}

void ShapePage::make(shape::NodeKind kind)
{
    makeAt(kind, targetOfCurrent());
}

void ShapePage::makeAt(shape::NodeKind kind, const DropTarget& target)
{
    const ShapeChoices choices = m_editing.choicesFor(kind, target);
    const ShapeChoice& choice = choices.choices.front();
    if (!m_editing.apply(choice))
        return;
    const shape::NodeId made = choice.result->selected;
    if (m_treeOrPaths->currentWidget() != m_tree) {
        showPathInspector(made);
        return m_pathInspector->focusValue();
    }
    showInspector(made);
    m_inspector->focusValue();
}

void ShapePage::addColumns(const std::vector<shape::ColumnRef>& columns)
{
    const DropTarget target = targetOfCurrent();
    QStringList names;
    for (const shape::ColumnRef& column : columns)
        names.append(toQString(column.column));
    QTreeView* const view = m_columns->view();
    const QRect row = view->visualRect(view->currentIndex());
    decide(m_editing.choicesFor(columns, target),
           tr("What becomes of %1?").arg(names.join(QStringLiteral(", "))),
           view->viewport()->mapToGlobal(row.bottomLeft() + QPoint(row.width() / 2, 0)));
}

void ShapePage::bind(shape::NodeId leaf, const shape::ColumnRef& column)
{
    const QRect cell = m_paths->visualRect(m_paths->currentIndex());
    decide(m_editing.choicesFor({column}, OntoLeaf{leaf}),
           tr("What becomes of %1?").arg(toQString(column.column)),
           m_paths->viewport()->mapToGlobal(cell.bottomLeft()));
}

void ShapePage::acceptProposal(shape::NodeId field, const shape::ColumnRef& column)
{
    m_afterBinding = m_tree->shapeModel()->suggestions().fieldAfter(field);
    const QRect row = m_tree->visualRect(m_tree->currentIndex());
    decide(m_editing.choicesFor({column}, OntoLeaf{field}),
           tr("What becomes of %1?").arg(toQString(column.column)),
           m_tree->viewport()->mapToGlobal(row.bottomLeft()));
}

void ShapePage::sayProposal()
{
    const auto field = m_tree->currentNode();
    const auto* const proposed =
        field ? m_tree->shapeModel()->suggestions().shown(*field) : nullptr;
    if (proposed != nullptr)
        say(tr("%1: Enter binds it to %2, Tab shows what else fits.")
                .arg(nameText(*m_editing.shape().find(*field)), toQString(proposed->column)));
}

void ShapePage::swapTreeAndPaths()
{
    const bool toPaths = m_treeOrPaths->currentWidget() == m_tree;
    const auto node = toPaths ? m_tree->currentNode() : m_paths->currentNode();
    m_treeOrPaths->setCurrentIndex(toPaths ? 1 : 0);
    ask();
    if (toPaths) {
        if (node)
            m_paths->setCurrentNode(*node);
        m_paths->setFocus(Qt::ShortcutFocusReason);
        return;
    }
    if (node)
        m_tree->setCurrentNode(*node);
    m_tree->setFocus(Qt::ShortcutFocusReason);
}

void ShapePage::useAllColumns()
{
    std::vector<shape::ColumnRef> columns = m_columns->selectedColumns();
    if (columns.empty())
        for (const std::string& name : m_editing.models().main.addressableNames())
            columns.push_back({{}, name});
    ShapeChoices choices =
        m_editing.choicesFor(columns, OntoPlace{{m_editing.shape().root.id, shape::Place::end}});
    if (choices.choices.size() > 1 && choices.preselected == 0)
        choices.choices.erase(choices.choices.begin() + 1, choices.choices.end());
    decide(choices, tr("What becomes of these columns?"), QCursor::pos());
}

void ShapePage::paste()
{
    const QString text = QApplication::clipboard()->text();
    if (text.trimmed().isEmpty())
        return say(tr("There is no text in the clipboard. Copy an example payload first."));
    const shape::NodeId root = m_editing.shape().root.id;
    const auto current = m_tree->currentNode();
    const shape::Node* const node = current ? m_editing.shape().find(*current) : nullptr;
    const bool intoIt = node != nullptr && node->kind == shape::NodeKind::Object;
    if (!m_editing.apply(
            tr("Paste JSON"),
            shape::pasteJson(m_editing.shape(), intoIt ? node->id : root, text.toStdString())))
        return;
    m_message->showMessage({Tone::Info,
                            tr("The fields of the example are there, not bound yet."),
                            tr("Bind those that a column surely fits, or drop columns on them."),
                            {},
                            {}});
    connect(m_message->addButton(tr("Bind all certain fields")), &QPushButton::clicked, this,
            [this] {
                m_message->clear();
                bindCertain();
            });
    m_tree->setFocus();
    sayProposal();
}

void ShapePage::bindCertain()
{
    m_editing.apply(
        tr("Bind all certain fields"),
        shape::bindCertain(m_editing.shape(), m_editing.models(), m_editing.shape().root.id));
}

void ShapePage::updateBindCertain()
{
    for (QAction* const action : m_actions)
        if (action->objectName() == QLatin1String("shape.bind_certain"))
            action->setEnabled(m_tree->shapeModel()->suggestions().anyCertain());
}

void ShapePage::cyclePane(int by)
{
    QWidget* const middle = m_treeOrPaths->currentWidget();
    const QList<QWidget*> panes = {m_columns->view(), middle, m_payload->view(), m_rows->view()};
    int current = 0;
    for (int i = 0; i < panes.size(); ++i)
        if (panes[i]->hasFocus() || panes[i]->isAncestorOf(QApplication::focusWidget()))
            current = i;
    const auto count = static_cast<int>(panes.size());
    panes[(current + by + count) % count]->setFocus(Qt::TabFocusReason);
}

void ShapePage::maximisePane()
{
    bool anyHidden = m_all->widget(1)->isHidden() || m_columnsTreePayload->isHidden();
    for (int i = 0; i < m_columnsTreePayload->count(); ++i)
        anyHidden = anyHidden || m_columnsTreePayload->widget(i)->isHidden();
    QWidget* const focus = QApplication::focusWidget();
    const bool inRows = m_all->widget(1)->isAncestorOf(focus);
    m_columnsTreePayload->setVisible(anyHidden || !inRows);
    m_all->widget(1)->setVisible(anyHidden || inRows);
    for (int i = 0; i < m_columnsTreePayload->count(); ++i) {
        QWidget* const pane = m_columnsTreePayload->widget(i);
        pane->setVisible(anyHidden || inRows || pane->isAncestorOf(focus));
    }
}

} // namespace headgate::ui
