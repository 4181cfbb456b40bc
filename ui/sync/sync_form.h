// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"
#include "session/document.h"

#include <QWidget>
#include <map>
#include <set>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace headgate::ui {

class ColumnChoice;
class ConditionEditor;
class ProjectSession;
class RelatedForm;
class SyncFields;
class SyncForecast;

/// What a sync reads, where it goes, how records are matched and how changes are sent. Edits the
/// sync's document.
class SyncForm final : public QWidget
{
    Q_OBJECT

public:
    SyncForm(ProjectSession& session, SyncDocument& document, QWidget* parent = nullptr);

Q_SIGNALS:
    void shapeWanted();

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    [[nodiscard]] QFormLayout* section(QVBoxLayout* column, const QString& title);
    /// One column of labels through all sections.
    void alignLabels();
    void addWhat(QFormLayout* form);
    void addWhere(QFormLayout* form);
    void addMatching(QFormLayout* form);
    void addChanges(QFormLayout* form);
    void addFields(QFormLayout* form);
    void addGates(QFormLayout* form);
    void addShareGates(QFormLayout* form);
    void showSync();
    void showChoices();
    void showMatching();
    void showModes();
    void askSchemas();
    void askSchema(const std::string& model);
    void askObjects();
    void askFields();
    /// Objects and fields, from the destination.
    void askAgain();
    void change(const QString& step, const std::function<void(project::SyncDefinition&)>& edit,
                bool typing = false);
    [[nodiscard]] const connector::ObjectInfo* object(const std::string& id) const;

    ProjectSession& m_session;
    SyncDocument& m_document;
    std::map<std::string, data::Schema> m_schemas; ///< by model
    std::set<std::string> m_asked;                 ///< models whose schema was asked for
    std::string m_objectsOf;                       ///< destination that m_objects are of
    std::vector<connector::ObjectInfo> m_objects;
    std::string m_fieldsOf; ///< destination and object that the fields are of

    std::vector<QFormLayout*> m_sections;
    QLineEdit* m_name = nullptr;
    QComboBox* m_model = nullptr;
    ColumnChoice* m_recordKey = nullptr;
    SyncForecast* m_forecast = nullptr;
    SyncFields* m_fields = nullptr;
    RelatedForm* m_related = nullptr;
    ConditionEditor* m_filter = nullptr;
    QComboBox* m_destination = nullptr;
    QComboBox* m_object = nullptr;
    QLabel* m_objectNote = nullptr;
    QComboBox* m_matchColumn = nullptr;
    QComboBox* m_matchField = nullptr;
    QComboBox* m_mode = nullptr;
    QLabel* m_modeNote = nullptr;
    QComboBox* m_delete = nullptr;
    QComboBox* m_inDoubt = nullptr;
    QDoubleSpinBox* m_removed = nullptr;
    QDoubleSpinBox* m_changed = nullptr;
    QDoubleSpinBox* m_invalid = nullptr;
    QDoubleSpinBox* m_relatedShrink = nullptr;
    QSpinBox* m_removedMinimum = nullptr;
    QCheckBox* m_empty = nullptr;
    QSpinBox* m_batch = nullptr;
};

} // namespace headgate::ui
