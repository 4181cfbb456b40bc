// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_page.h"

#include "base/text.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "session/row_test.h"
#include "session/sync_sentence.h"
#include "shape/byte_meter.h"
#include "shape/columns_pane.h"
#include "shape/node_inspector.h"
#include "shape/path_table.h"
#include "shape/payload_pane.h"
#include "shape/problem_strip.h"
#include "shape/shape_tree.h"
#include "shape/shape_worker.h"
#include "shape/source_rows_pane.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/card.h"
#include "widgets/count_text.h"
#include "widgets/elided_label.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"
#include "widgets/spinner.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>

namespace headgate::ui {

namespace {

constexpr std::uint64_t sampledRecords = 1000;
constexpr std::size_t mostSought = 200; ///< records looked at for one that is sent
constexpr int costDelay = 400;          ///< ms without an edit
constexpr int leastColumns = 230;
constexpr int leastTree = 300;
constexpr int leastPayload = 280;

QWidget* titled(const QString& title, QWidget* content, int least, QWidget* beside = nullptr)
{
    auto* box = new QWidget;
    box->setMinimumWidth(least);
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    auto* label = new ElidedLabel;
    label->setText(title);
    label->setFont(textFont(TextSize::Small, QFont::DemiBold));
    auto* line = new QHBoxLayout;
    line->setContentsMargins(grid::section, grid::gap, grid::gap, grid::gap);
    line->addWidget(label, 1);
    if (beside != nullptr)
        line->addWidget(beside);
    layout->addLayout(line);
    layout->addWidget(content, 1);
    return box;
}

/// Whether two definitions read the same rows, in the same records.
bool readsTheSame(const project::SyncDefinition& a, const project::SyncDefinition& b)
{
    return a.model == b.model && a.related == b.related && a.recordKey == b.recordKey;
}

} // namespace

ShapePage::ShapePage(ProjectSession& session, const std::string& sync, QWidget* parent)
    : Page({PageKind::Shape, sync}, parent), m_session(session),
      m_editing(*session.documents().sync(sync)), m_worker(new ShapeWorker(this))
{
    build();
    makeActions();
    connectPanes();
    setFirstFocus(m_columns->view());
    showShape();
    refresh();
}

ShapePage::~ShapePage() = default;

QString ShapePage::title() const
{
    return tr("Shape of %1").arg(m_session.documents().sync(id().slug)->name());
}

QWidget* ShapePage::makeHeader()
{
    m_sentence = new SyncSentence(m_session, m_editing.document());
    m_spinner = new Spinner;
    m_spinner->setText(tr("Reading rows"));
    m_test = new QPushButton(themeIcon(Icon::Run), tr("Test a row"));
    m_test->setAccessibleName(tr("Test a row"));
    m_test->setToolTip(tr("Sends this one record, after a question, and shows the answer"));
    connect(m_test, &QPushButton::clicked, this, &ShapePage::testRow);
    auto* settings = new QPushButton(themeIcon(Icon::Sync), tr("Sync"));
    settings->setAccessibleName(tr("Open the sync"));
    connect(settings, &QPushButton::clicked, this, [this] {
        Q_EMIT pageWanted({PageKind::Sync, id().slug});
    });
    auto* header = new QWidget;
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(grid::section, grid::unit, grid::section, 0);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_sentence, 1);
    layout->addWidget(m_spinner);
    layout->addWidget(m_test);
    layout->addWidget(settings);
    return header;
}

QWidget* ShapePage::makeTreePane()
{
    m_tree = new ShapeTree;
    m_inspector = new NodeInspector(m_editing, m_tree->viewport());
    m_inspector->hide();
    m_problems = new ProblemStrip;
    m_start = new QWidget;
    auto* cards = new QHBoxLayout(m_start);
    cards->setContentsMargins(grid::section, grid::gap, grid::section, grid::section);
    const auto card = [&](Icon icon, const QString& title, const QString& text, auto work) {
        auto* made = new Card(title);
        made->setAccessibleName(title);
        made->setIcon(icon);
        made->setSubtitle(text);
        made->setClickable(true);
        cards->addWidget(made, 1);
        connect(made, &Card::clicked, this, work);
    };
    card(Icon::Table, tr("Use these columns"),
         tr("All columns of the model, or those that are selected"), [this] { useAllColumns(); });
    card(Icon::Code, tr("Paste an example payload"),
         tr("JSON from the destination's documentation, in the clipboard"), [this] { paste(); });
    m_treeOrPaths = new QStackedWidget;
    m_treeOrPaths->addWidget(m_tree);
    m_treeOrPaths->addWidget(makePathsPane());
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_treeOrPaths, 1);
    layout->addWidget(m_start);
    layout->addWidget(m_problems);
    return box;
}

void ShapePage::build()
{
    m_message = new MessageStrip;
    m_message->clear();
    m_running = new MessageStrip;
    m_running->setAccessibleName(tr("The run of this sync"));
    m_columns = new ColumnsPane;
    m_payload = new PayloadPane;
    m_said = new QLabel;
    m_said->setAccessibleName(tr("What the last gesture did"));
    m_said->setTextFormat(Qt::PlainText);
    m_said->setFont(textFont(TextSize::Small));
    m_said->setContentsMargins(grid::section, grid::unit, grid::section, grid::unit);

    m_costText = new QLabel;
    m_costText->setAccessibleName(tr("What the edit sends again"));
    m_costText->setFont(textFont(TextSize::Small));
    m_costText->setContentsMargins(grid::section, grid::unit, grid::section, grid::unit);

    m_columnsTreePayload = new QSplitter(Qt::Horizontal);
    m_columnsTreePayload->setObjectName(QStringLiteral("shape.panes"));
    m_columnsTreePayload->setChildrenCollapsible(false);
    m_columnsTreePayload->addWidget(titled(tr("Columns"), m_columns, leastColumns));
    m_columnsTreePayload->addWidget(titled(tr("Payload tree"), makeTreePane(), leastTree));
    m_columnsTreePayload->addWidget(
        titled(tr("Payload"), m_payload, leastPayload, m_payload->meter()));
    m_columnsTreePayload->setSizes({290, 460, 330});
    m_columnsTreePayload->setStretchFactor(0, 1);
    m_columnsTreePayload->setStretchFactor(1, 4);
    m_columnsTreePayload->setStretchFactor(2, 3);
    m_all = new QSplitter(Qt::Vertical);
    m_all->setObjectName(QStringLiteral("shape.all"));
    m_all->setChildrenCollapsible(false);
    m_all->addWidget(m_columnsTreePayload);
    m_rows = new SourceRowsPane;
    m_all->addWidget(titled(tr("Source rows"), m_rows, leastColumns));
    m_all->setSizes({520, 200});
    m_all->setStretchFactor(0, 1);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_running);
    layout->addWidget(m_message);
    layout->addWidget(m_all, 1);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(grid::gap);
    foot->addWidget(m_said, 1);
    foot->addWidget(m_costText);
    layout->addLayout(foot);
    m_costDelay.setSingleShot(true);
    m_costDelay.setInterval(costDelay);
}

void ShapePage::connectPanes()
{
    connect(&m_session, &ProjectSession::trustChanged, this, &ShapePage::refresh);
    connect(&m_editing, &ShapeEditing::shapeChanged, this, &ShapePage::showShape);
    connect(&m_editing, &ShapeEditing::selected, m_tree, &ShapeTree::setCurrentNode);
    connect(&m_editing, &ShapeEditing::refused, this, [this](const QString& sentence) {
        m_afterBinding.reset();
        say(sentence);
    });
    connect(&m_editing, &ShapeEditing::done, this, [this](const QString&, shape::NodeId node) {
        m_edited = node;
        if (const auto next = std::exchange(m_afterBinding, std::nullopt))
            m_tree->setCurrentNode(*next);
    });
    connect(m_worker, &ShapeWorker::shaped, this, &ShapePage::showLive);
    connect(m_worker, &ShapeWorker::surveyed, this,
            [this](const std::shared_ptr<const service::SampleSurvey>& survey) {
                if (m_previewing)
                    return;
                m_tree->shapeModel()->setSurvey(survey);
                m_payload->setSurvey(survey);
                m_problems->setSurvey(survey, m_sample && m_sample->complete);
            });
    connect(m_columns, &ColumnsPane::addWanted, this, &ShapePage::addColumns);
    connect(m_columns, &ColumnsPane::makeWanted, this, &ShapePage::make);
    connectLinks();
    connect(m_tree, &ShapeTree::currentNodeChanged, this, &ShapePage::placeChanged);
    connect(m_tree, &ShapeTree::currentNodeChanged, this, &ShapePage::sayProposal);
    connect(m_tree, &ShapeTree::inspectWanted, this, &ShapePage::toggleInspector);
    connect(m_tree, &ShapeTree::bindWanted, this, &ShapePage::acceptProposal);
    connect(m_paths, &PathTable::inspectWanted, this, &ShapePage::showPathInspector);
    connect(m_paths->pathModel(), &PathTableModel::bindWanted, this, &ShapePage::bind);
    connect(m_tree, &ShapeTree::chipPressed, this, &ShapePage::pressChip);
    connect(m_tree, &ShapeTree::dragMoved, this, &ShapePage::dragMoved);
    connect(m_tree, &ShapeTree::dragLeft, this, &ShapePage::endPreview);
    connect(m_tree, &ShapeTree::dropped, this, &ShapePage::dropped);
    // Once the editor is closed: the edit resets the model, and the focus would go with the editor.
    connect(
        m_tree->shapeModel(), &ShapeTreeModel::renameWanted, this,
        [this](shape::NodeId node, const QString& name) {
            m_editing.apply(tr("Rename to %1").arg(name),
                            shape::renameNode(m_editing.shape(), node, name.toStdString()));
        },
        Qt::QueuedConnection);
    connect(m_inspector, &NodeInspector::closed, m_tree, &ShapeTree::fold);
    connect(m_pathInspector, &NodeInspector::closed, this, [this] {
        m_pathInspectorArea->hide();
        m_paths->setFocus();
    });
    m_problems->setRepairs([this](shape::NodeId node, const std::string& code,
                                  const std::optional<service::SampleSurvey::Weight>& heaviest) {
        if (heaviest)
            return makeSmaller(*heaviest);
        return m_sample ? shape::repairFor(m_editing.shape(), m_editing.models(), node, code)
                        : std::nullopt;
    });
    connect(
        m_problems, &ProblemStrip::repairWanted, this,
        [this](const shape::ShapeRepair& repair) { m_editing.apply(repair.name, repair.edited); });
    connect(m_problems, &ProblemStrip::nodeWanted, m_tree, &ShapeTree::setCurrentNode);
    connect(m_problems, &ProblemStrip::recordWanted, m_payload, &PayloadPane::goTo);
    connect(m_payload, &PayloadPane::recordWanted, this, &ShapePage::ask);
    connect(m_payload, &PayloadPane::tabWanted, this, &ShapePage::askTab);
    connect(&m_editing.document(), &Document::changed, &m_costDelay, qOverload<>(&QTimer::start));
    connect(&m_costDelay, &QTimer::timeout, this, &ShapePage::askCost);
    connect(&m_session, &ProjectSession::runStarted, this, &ShapePage::showRunning);
    connect(&m_session, &ProjectSession::runFinished, this, &ShapePage::showRunning);
    showRunning();
}

void ShapePage::showRunning()
{
    if (!m_session.isRunning(id().slug))
        return m_running->clear();
    m_running->showMessage({Tone::Info,
                            tr("A run is on its way with the shape as it was saved when it began."),
                            tr("What you change now goes with the next run."),
                            {},
                            {}});
    m_running->setDismissable(false);
}

void ShapePage::refresh()
{
    if (!m_session.contents()->trusted)
        return;
    loadSample();
    loadFields();
}

QString ShapePage::place() const
{
    const auto node = m_tree->currentNode();
    return node ? toQString(m_editing.shape().pathOf(*node)) : QString();
}

void ShapePage::setPlace(const QString& place)
{
    for (const auto& [node, path] : m_editing.shape().paths())
        if (toQString(path) == place)
            return m_tree->setCurrentNode(node);
}

const project::ModelDefinition* ShapePage::mainModel() const
{
    const ModelDocument* const model =
        m_session.documents().model(m_editing.document().value().model);
    return model ? &model->value() : nullptr;
}

void ShapePage::loadSample()
{
    m_spinner->start();
    m_reading.start();
    m_sampled = m_editing.document().value();
    using Sample = Result<std::shared_ptr<const service::RecordSample>>;
    m_session.askSource(
        this, m_session.documents().sourceOf(id()),
        [project = m_session.documents().edited(),
         sync = id().slug](service::Workspace& workspace, const StopToken& stop) -> Sample {
            return workspace.sampleRecords(project, sync, sampledRecords, stop);
        },
        [this](Sample sample) {
            m_spinner->stop();
            if (!sample) {
                m_message->showMessage(messageOf(sample.error()));
                connect(m_message->addButton(tr("Try again")), &QPushButton::clicked, this,
                        &ShapePage::refresh);
                return;
            }
            m_message->clear();
            takeSample(*std::move(sample));
        });
}

void ShapePage::loadFields()
{
    const project::SyncDefinition& sync = m_editing.document().value();
    const DestinationDocument* const destination =
        m_session.documents().destination(sync.destination);
    if (destination == nullptr || sync.object.empty())
        return;
    m_session.askFar(
        this,
        [definition = m_session.reached(destination->value()),
         object = sync.object](service::Workspace& workspace, const StopToken& stop) {
            return workspace.objectDetails(definition, object, stop);
        },
        // The tree does without the fields of a destination that does not answer: its page says
        // why.
        [this](auto details) {
            if (!details)
                return;
            m_tree->shapeModel()->setFields(details->fields);
            m_tree->expandAll();
            m_payload->setLimit(details->capabilities.recordBytes);
            ask();
        });
}

void ShapePage::takeSample(std::shared_ptr<const service::RecordSample> sample)
{
    m_sample = std::move(sample);
    const QLocale locale;
    const std::size_t records = m_sample->records.size();
    const QString seconds =
        locale.toString(static_cast<double>(m_reading.elapsed()) / 1000, 'f', 1);
    m_status =
        (m_sample->complete ? tr("All %1 records, read in %2 s", nullptr, pluralOf(records))
                            : tr("The first %1 records, read in %2 s", nullptr, pluralOf(records)))
            .arg(countText(records), seconds);
    Q_EMIT statusChanged();
    m_editing.setModels(m_sample->models);
    m_tree->shapeModel()->setModels(m_sample->models);
    updateBindCertain();
    m_sentence->setColumns(m_sample->models.main);
    const project::ModelDefinition* const model = mainModel();
    m_columns->columnsModel()->setSample(
        m_sample, model ? toQString(model->name.empty() ? model->slug : model->name) : QString());
    m_columns->expandAll();
    m_payload->setSample(m_sample);
    m_rows->setSample(m_sample);
    showShape();
}

std::optional<shape::ShapeRepair>
ShapePage::makeSmaller(const service::SampleSurvey::Weight& heaviest) const
{
    const shape::Node* const node = m_editing.shape().find(heaviest.node);
    auto repair = shape::makeSmaller(m_editing.shape(), heaviest.node, heaviest.elements);
    const bool isGone = repair && repair->edited.shape.find(heaviest.node) == nullptr;
    return isGone && m_tree->shapeModel()->isRequired(node->name) ? std::nullopt
                                                                  : std::move(repair);
}

void ShapePage::showShape()
{
    const project::SyncDefinition& sync = m_editing.document().value();
    const shape::Shape& shape = m_editing.shape();
    m_tree->setShape(shape);
    updateBindCertain();
    m_tree->shapeModel()->setRootName(toQString(sync.object));
    m_start->setVisible(shape.root.children.empty());
    updateButtons();
    if (!m_sample)
        return;
    if (!readsTheSame(sync, m_sampled))
        return loadSample();
    const auto findings = shape::checkShape(shape, m_sample->models);
    m_tree->shapeModel()->setFindings(findings);
    m_problems->setFindings(findings);
    m_columns->columnsModel()->setShape(shape);
    ask();
}

std::optional<ShapeQuestion> ShapePage::questionFor(const shape::Shape& shape) const
{
    const project::ModelDefinition* const model = mainModel();
    if (!m_sample || model == nullptr)
        return std::nullopt;
    ShapeQuestion question;
    question.sample = m_sample;
    question.sync = m_editing.document().value();
    question.sync.shape = shape;
    question.model = *model;
    question.record = m_payload->record();
    question.recordBytes = m_payload->limit();
    return question;
}

void ShapePage::ask()
{
    auto question = questionFor(m_editing.shape());
    if (!question)
        return;
    question->trace = inspected();
    m_payload->setBusy(true);
    m_worker->ask(*std::move(question));
}

void ShapePage::preview(const shape::Shape& shape)
{
    auto question = questionFor(shape);
    if (!question)
        return;
    m_previewing = true;
    question->survey = false;
    m_worker->ask(*std::move(question));
}

void ShapePage::endPreview()
{
    if (!m_previewing)
        return;
    m_previewing = false;
    ask();
}

void ShapePage::showLive(const SharedLiveRecord& live)
{
    m_payload->setLive(live);
    if (m_previewing)
        return showMarks();
    m_live = live;
    if (m_seeking && seekShownRecord())
        return;
    m_tree->shapeModel()->setLive(live);
    m_inspector->setLive(live);
    m_pathInspector->setLive(live);
    m_paths->pathModel()->setLive(live);
    m_columns->columnsModel()->setRecord(live->record);
    m_rows->setLive(live);
    showMarks();
    if (m_edited)
        say(resultText(*m_edited));
    m_edited.reset();
}

/// The first record that is sent makes a better beginning than one that the filter leaves out.
bool ShapePage::seekShownRecord()
{
    m_seeking = m_live->shaped.filtered && m_live->record + 1 < m_sample->records.size() &&
                m_live->record < mostSought;
    if (m_seeking)
        m_payload->step(1);
    else if (m_live->shaped.filtered)
        m_payload->goTo(0);
    return m_seeking;
}

void ShapePage::testRow()
{
    if (!m_sample || m_payload->record() >= m_sample->records.size() || !m_live)
        return;
    auto* test = new RowTest(m_session, id().slug, m_sample->records[m_payload->record()].keyText,
                             m_live->shaped.payload, this);
    test->open();
}

void ShapePage::updateButtons()
{
    const project::SyncDefinition& sync = m_editing.document().value();
    m_test->setEnabled(m_sample && !m_sample->records.empty() && !sync.object.empty() &&
                       !m_editing.shape().root.children.empty());
}

QString ShapePage::resultText(shape::NodeId id) const
{
    const shape::Node* const node = m_editing.shape().find(id);
    if (node == nullptr || !m_live || m_live->error)
        return {};
    const LiveRecord::NodeValue* const value = m_live->find(id);
    const QString name = id == m_editing.shape().root.id ? tr("payload") : nameText(*node);
    if (value == nullptr || value->values == 0)
        return tr("%1: nothing in this record").arg(name);
    if (node->kind == shape::NodeKind::List)
        return tr("%1: %2 elements from %3 (%4)", nullptr, pluralOf(value->elements))
            .arg(name, countText(value->elements), rowsText(value->elements + value->dropped),
                 formName(node->list.form));
    if (!node->isLeaf())
        return tr("%1: %n fields", nullptr, static_cast<int>(node->children.size())).arg(name);
    return tr("%1: %2").arg(name, toQString(m_live->textOf(*value).substr(0, 100)));
}

void ShapePage::say(const QString& text)
{
    m_said->setText(text);
    m_said->setAccessibleDescription(text);
    if (text.isEmpty())
        return;
    QAccessibleEvent event(m_said, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

} // namespace headgate::ui
