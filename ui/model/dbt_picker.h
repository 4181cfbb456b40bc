// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dbt/manifest.h"
#include "model/dbt_draft.h"
#include "session/question.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;
class QTableView;

namespace headgate::ui {

class DbtModelDetails;
class DbtModelsModel;
class MessageStrip;
class SearchField;
class Spinner;

/// Picks a model of a dbt project, as its manifest.json describes it, and what to read: the
/// relation that dbt built, or its compiled SQL. The manifest is read on another thread; closing
/// the dialog ends that.
class DbtPicker final : public QDialog
{
    Q_OBJECT

public:
    DbtPicker(ProjectSession& session, const std::string& manifestFile, QWidget* window);
    ~DbtPicker() override;

Q_SIGNALS:
    /// Without id and slug.
    void picked(const headgate::project::ModelDefinition& draft);

private:
    void build();
    [[nodiscard]] QWidget* makeList();
    [[nodiscard]] QWidget* makeChoice();
    void read();
    void take(dbt::Manifest manifest);
    void chooseSource();
    void showCurrent();
    void pick();
    [[nodiscard]] const dbt::ManifestModel* current() const;

    ProjectSession& m_session;
    std::string m_file;
    Question m_question;
    std::shared_ptr<const dbt::Manifest> m_manifest;
    DbtModelsModel* m_models = nullptr;
    SearchField* m_search = nullptr;
    Spinner* m_spinner = nullptr;
    QLabel* m_about = nullptr;
    MessageStrip* m_message = nullptr;
    QTableView* m_list = nullptr;
    DbtModelDetails* m_details = nullptr;
    QRadioButton* m_relation = nullptr;
    QRadioButton* m_sql = nullptr;
    QComboBox* m_source = nullptr;
    QLineEdit* m_name = nullptr;
    QPushButton* m_create = nullptr;
    bool m_named = false; ///< by the user
};

} // namespace headgate::ui
