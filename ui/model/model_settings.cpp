// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_settings.h"

#include "base/text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/tone_icon.h"
#include "widgets/type_icon.h"

#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QSpinBox>
#include <QTimeZone>
#include <QToolButton>
#include <algorithm>
#include <array>

namespace headgate::ui {

namespace {

struct LookbackUnit
{
    const char* text;
    int seconds;
};
constexpr std::array lookbackUnits{
    LookbackUnit{QT_TRANSLATE_NOOP("headgate::ui::ModelSettings", "seconds"), 1},
    LookbackUnit{QT_TRANSLATE_NOOP("headgate::ui::ModelSettings", "minutes"), 60},
    LookbackUnit{QT_TRANSLATE_NOOP("headgate::ui::ModelSettings", "hours"), 3600},
    LookbackUnit{QT_TRANSLATE_NOOP("headgate::ui::ModelSettings", "days"), 86400}};

bool isTime(data::ValueKind kind)
{
    return kind == data::ValueKind::Date || kind == data::ValueKind::Timestamp ||
           kind == data::ValueKind::TimestampTz;
}

QLabel* quietLabel(const QString& text = {})
{
    auto* label = new QLabel(text);
    label->setFont(textFont(TextSize::Small));
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    return label;
}

} // namespace

ModelSettings::ModelSettings(ModelDocument& document, QWidget* parent)
    : QWidget(parent), m_document(document)
{
    setAccessibleName(tr("Settings of the model"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::section, grid::gap + grid::unit, grid::section, grid::section);
    layout->setSpacing(grid::page);
    layout->addWidget(makeKey());
    layout->addWidget(makeTimes());
    m_parameterForm = new QFormLayout;
    m_parameterBox =
        makeSection(tr("Parameters"), tr("Values for :name in the query."), m_parameterForm);
    layout->addWidget(m_parameterBox);
    layout->addWidget(makeNames());
    layout->addStretch();
    connect(&m_document, &Document::changed, this, &ModelSettings::showValue);
    showValue();
}

template <typename Change>
void ModelSettings::change(const QString& step, Change change, const QString& mergeKey)
{
    if (m_showing)
        return;
    project::ModelDefinition next = value();
    change(next);
    m_document.change(step, std::move(next), mergeKey);
}

QWidget* ModelSettings::makeSection(const QString& title, const QString& help, QLayout* body)
{
    auto* box = new QWidget;
    auto* name = new QLabel(title);
    name->setFont(textFont(TextSize::Body, QFont::DemiBold));
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(name);
    if (!help.isEmpty())
        layout->addWidget(quietLabel(help));
    layout->addLayout(body);
    return box;
}

QWidget* ModelSettings::makeKey()
{
    m_keyRows = new QVBoxLayout;
    m_keyRows->setSpacing(grid::unit);
    m_addKey = new QPushButton(tr("Add a column"));
    m_addKey->setIcon(themeIcon(Icon::Add));
    setButtonKind(m_addKey, ButtonKind::Quiet);
    m_addKey->setAccessibleName(tr("Add a column to the row key"));
    m_keyIcon = new ToneIcon(Tone::Neutral);
    m_keySentence = new QLabel;
    m_keySentence->setWordWrap(true);
    m_keySentence->setAccessibleName(tr("Check of the row key"));
    m_keyDetail = quietLabel();
    m_keyDetail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_useKey = new QPushButton;
    m_useKey->hide();
    m_check = new QPushButton(tr("Check all rows"));
    m_check->setToolTip(tr("Counts in the warehouse."));
    m_check->setAccessibleName(tr("Check the row key over all rows"));
    m_cancelCheck = new QPushButton(tr("Cancel"));
    m_cancelCheck->setAccessibleName(tr("Cancel the check"));
    m_cancelCheck->hide();
    auto* said = new QHBoxLayout;
    said->setSpacing(grid::gap);
    said->addWidget(m_keyIcon, 0, Qt::AlignTop);
    said->addWidget(m_keySentence, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_addKey);
    buttons->addStretch();
    buttons->addWidget(m_check);
    buttons->addWidget(m_cancelCheck);
    auto* body = new QVBoxLayout;
    body->setSpacing(6);
    body->addLayout(m_keyRows);
    body->addLayout(buttons);
    body->addLayout(said);
    body->addWidget(m_keyDetail);
    body->addWidget(m_useKey, 0, Qt::AlignLeft);
    connect(m_check, &QPushButton::clicked, this, &ModelSettings::checkWanted);
    connect(m_cancelCheck, &QPushButton::clicked, this, &ModelSettings::cancelWanted);
    connect(m_useKey, &QPushButton::clicked, this,
            [this] { change(tr("Row key"), [this](auto& next) { next.rowKey = m_proposedKey; }); });
    connect(m_addKey, &QPushButton::clicked, this, [this] {
        const auto& key = value().rowKey;
        for (const std::string& name : m_rows->schema().addressableNames()) {
            if (std::find(key.begin(), key.end(), name) == key.end())
                return change(tr("Add to the row key"),
                              [&](auto& next) { next.rowKey.push_back(name); });
        }
    });
    return makeSection(tr("Row key"), tr("The columns that tell rows apart."), body);
}

QWidget* ModelSettings::makeTimes()
{
    m_eventTime = new QComboBox;
    m_eventTime->setAccessibleName(tr("Event time"));
    m_eventTime->setToolTip(tr("When what a row tells of happened: lag and freshness count "
                               "from it."));
    m_cursor = new QComboBox;
    m_cursor->setAccessibleName(tr("Cursor"));
    m_cursor->setToolTip(tr("A column that only grows: a run reads what is new by it."));
    m_lookback = new QSpinBox;
    m_lookback->setAccessibleName(tr("Look back"));
    m_lookback->setMaximum(1'000'000'000);
    m_lookback->setToolTip(tr("Read this much again before what is new: rows that came late."));
    m_lookbackUnit = new QComboBox;
    m_lookbackUnit->setAccessibleName(tr("Unit of the look back"));
    for (const LookbackUnit& unit : lookbackUnits)
        m_lookbackUnit->addItem(tr(unit.text), unit.seconds);
    m_lookbackRow = new QWidget;
    auto* lookback = new QHBoxLayout(m_lookbackRow);
    lookback->setContentsMargins(0, 0, 0, 0);
    lookback->addWidget(m_lookback, 1);
    lookback->addWidget(m_lookbackUnit, 1);
    m_zone = new QComboBox;
    m_zone->setAccessibleName(tr("Time zone"));
    m_zone->setToolTip(tr("Of timestamps that come without one."));
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->addItem(QString());
    for (const QByteArray& zone : QTimeZone::availableTimeZoneIds())
        m_zone->addItem(QString::fromLatin1(zone));
    m_zone->lineEdit()->setPlaceholderText(tr("None: they stay without"));
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_zoneProblem = quietLabel();
    m_zoneProblem->hide();
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(grid::gap);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Event time"), m_eventTime);
    form->addRow(tr("Cursor"), m_cursor);
    m_lookbackLabel = new QLabel(tr("Look back"));
    form->addRow(m_lookbackLabel, m_lookbackRow);
    form->addRow(tr("Time zone"), m_zone);
    form->addRow(QString(), m_zoneProblem);
    for (QComboBox* box : {m_eventTime, m_cursor}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
    }
    connect(m_eventTime, &QComboBox::activated, this, [this] {
        const std::string column = m_eventTime->currentData().toString().toStdString();
        change(tr("Event time"), [&](auto& next) { next.eventTime = column; });
    });
    connect(m_cursor, &QComboBox::activated, this, &ModelSettings::setCursor);
    connect(m_lookback, &QSpinBox::valueChanged, this, &ModelSettings::setCursor);
    connect(m_lookbackUnit, &QComboBox::activated, this, &ModelSettings::setCursor);
    connect(m_zone, &QComboBox::activated, this, &ModelSettings::setZone);
    connect(m_zone->lineEdit(), &QLineEdit::editingFinished, this, &ModelSettings::setZone);
    return makeSection(tr("Time"), {}, form);
}

QWidget* ModelSettings::makeNames()
{
    m_name = new QLineEdit;
    m_name->setAccessibleName(tr("Name of the model"));
    m_description = new QPlainTextEdit;
    m_description->setAccessibleName(tr("Description of the model"));
    m_description->setPlaceholderText(tr("What a row is, and what to know about it."));
    m_description->setTabChangesFocus(true);
    m_description->setFixedHeight(72);
    auto* body = new QVBoxLayout;
    body->setSpacing(6);
    body->addWidget(m_name);
    body->addWidget(m_description);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
        change(
            tr("Rename the model"), [&](auto& next) { next.name = text.toStdString(); },
            QStringLiteral("name"));
    });
    connect(m_description, &QPlainTextEdit::textChanged, this, [this] {
        const std::string text = m_description->toPlainText().toStdString();
        change(
            tr("Describe the model"), [&](auto& next) { next.description = text; },
            QStringLiteral("description"));
    });
    return makeSection(tr("Name and description"), {}, body);
}

void ModelSettings::showValue()
{
    project::ModelDefinition shown = value();
    shown.sql.clear();
    if (m_shown == shown)
        return;
    m_shown = std::move(shown);
    const QScopedValueRollback showing(m_showing, true);
    if (m_name->text() != toQString(value().name))
        m_name->setText(toQString(value().name));
    if (m_description->toPlainText() != toQString(value().description))
        m_description->setPlainText(toQString(value().description));
    showKey();
    showTimes();
    showParameters();
    if (m_checkedKey != value().rowKey)
        checkFetched();
}

void ModelSettings::fillColumns(QComboBox* box, const std::string& current, bool times)
{
    box->clear();
    const data::Schema& schema = m_rows->schema();
    const std::vector<std::string> names = schema.addressableNames();
    bool found = current.empty();
    for (const bool wanted : {true, false}) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const data::ValueKind kind = schema.columns[i].kind;
            if (times && isTime(kind) != wanted)
                continue;
            if (!times && !wanted)
                continue;
            box->addItem(themeIcon(typeIcon(kind), IconColor::Quiet), toQString(names[i]),
                         toQString(names[i]));
            found = found || names[i] == current;
        }
    }
    if (!found) {
        const bool missing = m_rows->columnCount() > 0;
        box->addItem(missing ? themeIcon(Icon::Warning, IconColor::Warning) : QIcon(),
                     missing ? tr("%1 (not in the rows)").arg(toQString(current))
                             : toQString(current),
                     toQString(current));
    }
}

void ModelSettings::addKeyRow()
{
    const auto place = static_cast<int>(m_keys.size());
    KeyRow key{new QWidget, new QComboBox, new QToolButton};
    key.box->setAccessibleName(tr("Column %1 of the row key").arg(place + 1));
    key.box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    key.remove->setIcon(themeIcon(Icon::Close));
    key.remove->setToolTip(tr("Remove from the row key"));
    auto* layout = new QHBoxLayout(key.row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    layout->addWidget(key.box, 1);
    layout->addWidget(key.remove);
    m_keyRows->addWidget(key.row);
    key.row->show();
    connect(key.box, &QComboBox::activated, this, [this, box = key.box, place] {
        setKeyColumn(place, box->currentData().toString().toStdString());
    });
    connect(key.remove, &QToolButton::clicked, this, [this, place] { setKeyColumn(place, {}); });
    m_keys.push_back(key);
}

/// Rows stay where they are, so that the focus does.
void ModelSettings::showKey()
{
    const std::vector<std::string>& key = value().rowKey;
    while (m_keys.size() < key.size())
        addKeyRow();
    while (m_keys.size() > key.size()) {
        m_keys.back().row->hide();
        m_keys.back().row->deleteLater();
        m_keys.pop_back();
    }
    for (std::size_t place = 0; place < key.size(); ++place) {
        fillColumns(m_keys[place].box, key[place], false);
        m_keys[place].box->setCurrentIndex(m_keys[place].box->findData(toQString(key[place])));
        m_keys[place].remove->setAccessibleName(
            tr("Remove %1 from the row key").arg(toQString(key[place])));
    }
    m_addKey->setEnabled(key.size() < m_rows->columnCount());
    m_check->setEnabled(m_trusted && !key.empty());
}

/// An empty column takes the place away.
void ModelSettings::setKeyColumn(int place, const std::string& column)
{
    change(column.empty() ? tr("Remove from the row key") : tr("Row key"), [&](auto& next) {
        const auto at = next.rowKey.begin() + place;
        if (column.empty())
            next.rowKey.erase(at);
        else
            *at = column;
    });
}

void ModelSettings::showTimes()
{
    fillColumns(m_eventTime, value().eventTime, true);
    m_eventTime->insertItem(0, tr("None"), QString());
    m_eventTime->setCurrentIndex(m_eventTime->findData(toQString(value().eventTime)));
    const std::string cursor = value().cursor ? value().cursor->column : std::string();
    fillColumns(m_cursor, cursor, true);
    m_cursor->insertItem(0, tr("None: read everything"), QString());
    m_cursor->setCurrentIndex(m_cursor->findData(toQString(cursor)));
    m_lookbackRow->setVisible(!cursor.empty());
    m_lookbackLabel->setVisible(!cursor.empty());
    const auto index = m_rows->schema().indexOf(cursor);
    const bool numbers = index && data::isNumber(m_rows->schema().columns[*index].kind);
    m_lookbackUnit->setVisible(!numbers);
    const std::int64_t seconds = value().cursor ? value().cursor->lookback : 0;
    const bool fits = !numbers && m_lookbackUnit->currentData().toLongLong() > 0 &&
                      seconds == m_lookback->value() * m_lookbackUnit->currentData().toLongLong();
    if (!fits) {
        int unit = 0;
        for (int i = 0; i < static_cast<int>(lookbackUnits.size()) && !numbers && seconds > 0; ++i)
            if (seconds % lookbackUnits[static_cast<std::size_t>(i)].seconds == 0)
                unit = i;
        m_lookbackUnit->setCurrentIndex(unit);
        m_lookback->setValue(
            static_cast<int>(seconds / lookbackUnits[static_cast<std::size_t>(unit)].seconds));
    }
    if (m_zone->currentText() != toQString(value().zone))
        m_zone->setCurrentText(toQString(value().zone));
}

void ModelSettings::setCursor()
{
    const std::string column = m_cursor->currentData().toString().toStdString();
    const std::int64_t unit =
        m_lookbackUnit->isVisibleTo(this) ? m_lookbackUnit->currentData().toLongLong() : 1;
    const std::int64_t lookback = m_lookback->value() * unit;
    change(
        tr("Cursor"),
        [&](project::ModelDefinition& next) {
            if (column.empty()) {
                next.cursor.reset();
                return;
            }
            if (!next.cursor)
                next.cursor.emplace();
            next.cursor->column = column;
            next.cursor->lookback = lookback;
        },
        QStringLiteral("cursor"));
}

void ModelSettings::setZone()
{
    const QString zone = m_zone->currentText().trimmed();
    const bool known = zone.isEmpty() || QTimeZone::isTimeZoneIdAvailable(zone.toLatin1());
    const QString problem = known ? QString()
                                  : tr("No zone is called so. Choose one of the list, such as "
                                       "Europe/Berlin.");
    setInputError(m_zone, problem);
    m_zoneProblem->setText(problem);
    m_zoneProblem->setVisible(!known);
    if (known)
        change(tr("Time zone"), [&](auto& next) { next.zone = zone.toStdString(); });
}

void ModelSettings::setParameters(const std::vector<std::string>& names)
{
    if (names == m_parameters)
        return;
    m_parameters = names;
    const QScopedValueRollback showing(m_showing, true);
    while (m_parameterForm->rowCount() > 0)
        m_parameterForm->removeRow(0);
    for (const std::string& name : m_parameters) {
        auto* text = new QLineEdit;
        text->setAccessibleName(tr("Value of :%1").arg(toQString(name)));
        text->setObjectName(toQString(name));
        auto* kind = new QComboBox;
        kind->setAccessibleName(tr("Type of :%1").arg(toQString(name)));
        for (const data::ValueKind each :
             {data::ValueKind::Text, data::ValueKind::Integer, data::ValueKind::Decimal,
              data::ValueKind::Date, data::ValueKind::Timestamp, data::ValueKind::Bool})
            kind->addItem(themeIcon(typeIcon(each), IconColor::Quiet), typeName(each),
                          static_cast<int>(each));
        auto* row = new QWidget;
        auto* layout = new QHBoxLayout(row);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(grid::unit);
        layout->addWidget(text, 1);
        layout->addWidget(kind);
        m_parameterForm->addRow(QLatin1Char(':') + toQString(name), row);
        const auto set = [this, name, text, kind] {
            setParameter(name, static_cast<data::ValueKind>(kind->currentData().toInt()),
                         text->text());
        };
        connect(text, &QLineEdit::textEdited, this, set);
        connect(kind, &QComboBox::activated, this, set);
    }
    showParameters();
}

void ModelSettings::showParameters()
{
    m_parameterBox->setVisible(!m_parameters.empty());
    for (QLineEdit* text : m_parameterBox->findChildren<QLineEdit*>()) {
        const auto found = value().parameters.find(text->objectName().toStdString());
        if (found == value().parameters.end())
            continue;
        if (text->text() != toQString(found->second.text))
            text->setText(toQString(found->second.text));
        auto* kind = text->parentWidget()->findChild<QComboBox*>();
        kind->setCurrentIndex(std::max(0, kind->findData(static_cast<int>(found->second.kind))));
    }
}

void ModelSettings::setParameter(const std::string& name, data::ValueKind kind, const QString& text)
{
    change(
        tr("Value of :%1").arg(toQString(name)),
        [&](project::ModelDefinition& next) {
            if (text.isEmpty())
                next.parameters.erase(name);
            else
                next.parameters[name] = {kind, text.toStdString()};
        },
        QStringLiteral("parameter ") + toQString(name));
}

void ModelSettings::setRows(std::shared_ptr<const RowSet> rows, bool whole)
{
    m_rows = std::move(rows);
    m_whole = whole;
    m_shown.reset();
    m_checkedKey = value().rowKey;
    showValue();
    checkFetched();
}

void ModelSettings::checkFetched()
{
    m_checkedKey = value().rowKey;
    m_useKey->hide();
    if (m_checkedKey.empty())
        return proposeKey();
    if (m_rows->columnCount() == 0) {
        m_job.cancel();
        return showSentence({Tone::Neutral, tr("Not checked yet: there are no rows."), {}});
    }
    for (const std::string& column : m_checkedKey) {
        if (m_rows->schema().indexOf(column))
            continue;
        m_job.cancel();
        return showSentence({Tone::Error,
                             tr("The rows have no column %1. Choose another, or add "
                                "it to the query.")
                                 .arg(toQString(column)),
                             {}});
    }
    m_job.start([this, rows = m_rows, key = m_checkedKey,
                 whole = m_whole](const StopToken& stop) -> LatestJob::End {
        const auto check = checkRowKey(*rows, key, stop);
        if (!check)
            return {};
        const KeySentence said =
            keySentence(*check, whole ? KeyScope::FetchedAll : KeyScope::Fetched);
        return [this, said] { showSentence(said); };
    });
}

void ModelSettings::setTableKey(std::vector<std::string> key)
{
    m_tableKey = std::move(key);
    if (value().rowKey.empty())
        checkFetched();
}

void ModelSettings::proposeKey()
{
    m_job.cancel();
    showSentence({Tone::Warning, tr("No row key yet: a sync needs one."), {}});
    if (!m_tableKey.empty())
        return showProposal(m_tableKey);
    m_job.start([this, rows = m_rows](const StopToken& stop) -> LatestJob::End {
        const auto column = uniqueColumn(*rows, stop);
        if (!column || column->empty())
            return {};
        return [this, column] { showProposal({*column}); };
    });
}

void ModelSettings::showProposal(const std::vector<std::string>& key)
{
    m_proposedKey = key;
    QStringList names;
    for (const std::string& column : key)
        names.append(toQString(column));
    const QString joined = names.join(QStringLiteral(", "));
    const QString detail = m_tableKey == key ? tr("The table's primary key is %1.").arg(joined)
                           : m_whole         ? tr("%1 tells all rows apart.").arg(joined)
                                     : tr("%1 tells the rows that were read apart.").arg(joined);
    showSentence({Tone::Warning, tr("No row key yet: a sync needs one."), detail});
    m_useKey->setText(tr("Use %1").arg(joined));
    m_useKey->setAccessibleName(m_useKey->text());
    m_useKey->show();
}

void ModelSettings::showSentence(const KeySentence& said)
{
    m_keyIcon->setTone(said.tone);
    m_keySentence->setText(said.sentence);
    m_keyDetail->setText(said.detail);
    m_keyDetail->setVisible(!said.detail.isEmpty());
}

void ModelSettings::setChecking(bool checking)
{
    m_check->setVisible(!checking);
    m_cancelCheck->setVisible(checking);
    if (checking) {
        m_job.cancel();
        showSentence({Tone::Neutral, tr("Counting in the warehouse…"), {}});
    }
}

void ModelSettings::showCheck(const service::RowKeyCheck& check)
{
    showSentence(keySentence(check, KeyScope::Warehouse));
}

void ModelSettings::showCheckError(const QString& sentence)
{
    showSentence({Tone::Error, sentence, {}});
}

void ModelSettings::setTrusted(bool trusted)
{
    m_trusted = trusted;
    m_check->setEnabled(trusted && !value().rowKey.empty());
}

} // namespace headgate::ui
