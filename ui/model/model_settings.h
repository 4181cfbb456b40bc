// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/row_key_check.h"
#include "session/document.h"
#include "widgets/latest_job.h"

#include <QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;
class QToolButton;
class QToolButton;
class QVBoxLayout;

namespace headgate::ui {

class ToneIcon;

/// What a model says besides its query: name, row key with its check, event
/// time, cursor, zone, parameters. Every change is a step of the document.
class ModelSettings final : public QWidget
{
    Q_OBJECT

public:
    explicit ModelSettings(ModelDocument& document, QWidget* parent = nullptr);

    /// What the key is checked on at once. `whole`: there are no other rows.
    void setRows(std::shared_ptr<const RowSet> rows, bool whole);
    /// The primary key of the table that the model is: proposed while there is no row key.
    void setTableKey(std::vector<std::string> key);
    /// Names of :name in the query.
    void setParameters(const std::vector<std::string>& names);
    /// The check of all rows is under way, or not any more.
    void setChecking(bool checking);
    void showCheck(const service::RowKeyCheck& check);
    void showCheckError(const QString& sentence);
    void setTrusted(bool trusted);
    [[nodiscard]] QPushButton* checkButton() const { return m_check; }

Q_SIGNALS:
    void checkWanted();
    void cancelWanted();

private:
    [[nodiscard]] QWidget* makeKey();
    [[nodiscard]] QWidget* makeTimes();
    [[nodiscard]] QWidget* makeNames();
    [[nodiscard]] QWidget* makeSection(const QString& title, const QString& help, QLayout* body);
    void showValue();
    void showKey();
    void addKeyRow();
    void showTimes();
    void showParameters();
    void showSentence(const KeySentence& said);
    void checkFetched();
    void proposeKey();
    void showProposal(const std::vector<std::string>& key);
    void fillColumns(QComboBox* box, const std::string& current, bool times);
    void setKeyColumn(int place, const std::string& column);
    void setCursor();
    void setZone();
    void setParameter(const std::string& name, data::ValueKind kind, const QString& text);
    template <typename Change>
    void change(const QString& step, Change change, const QString& mergeKey = {});
    [[nodiscard]] const project::ModelDefinition& value() const { return m_document.value(); }

    ModelDocument& m_document;
    std::shared_ptr<const RowSet> m_rows = std::make_shared<RowSet>();
    bool m_whole = false;
    bool m_trusted = false;
    bool m_showing = false;
    std::optional<project::ModelDefinition> m_shown; ///< without its query
    std::vector<std::string> m_checkedKey;
    std::vector<std::string> m_tableKey;
    std::vector<std::string> m_proposedKey;
    std::vector<std::string> m_parameters;
    LatestJob m_job;

    QLineEdit* m_name = nullptr;
    QPlainTextEdit* m_description = nullptr;
    struct KeyRow
    {
        QWidget* row = nullptr;
        QComboBox* box = nullptr;
        QToolButton* remove = nullptr;
    };
    std::vector<KeyRow> m_keys;
    QVBoxLayout* m_keyRows = nullptr;
    QPushButton* m_addKey = nullptr;
    ToneIcon* m_keyIcon = nullptr;
    QLabel* m_keySentence = nullptr;
    QLabel* m_keyDetail = nullptr;
    QPushButton* m_useKey = nullptr;
    QPushButton* m_check = nullptr;
    QPushButton* m_cancelCheck = nullptr;
    QComboBox* m_eventTime = nullptr;
    QComboBox* m_cursor = nullptr;
    QSpinBox* m_lookback = nullptr;
    QComboBox* m_lookbackUnit = nullptr;
    QWidget* m_lookbackRow = nullptr;
    QLabel* m_lookbackLabel = nullptr;
    QComboBox* m_zone = nullptr;
    QLabel* m_zoneProblem = nullptr;
    QWidget* m_parameterBox = nullptr;
    QFormLayout* m_parameterForm = nullptr;
};

} // namespace headgate::ui
