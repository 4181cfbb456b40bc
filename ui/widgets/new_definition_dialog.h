// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/icon.h"

#include <QDialog>
#include <functional>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;

namespace headgate::ui {

class SearchField;
class Spinner;

/// What a new definition can begin with.
struct DefinitionChoice
{
    QString group; ///< heading above it; choices of a group follow each other
    Icon icon = Icon::Source;
    QString title;
    QString detail;       ///< one line under the title
    QString proposedName; ///< for the new definition
    QStringList notes;    ///< shown while it is chosen
    QString proceed;      ///< what the button says where another question follows, with the name
    QString option;       ///< a question with yes or no, while it is chosen; empty: none
    bool possible = true;
};

/// Asks what a new source or destination should be and what it is called. Typing searches, Enter
/// takes the choice and the proposed name.
class NewDefinitionDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `fileOf` says where a definition of that name would stand, for people.
    NewDefinitionDialog(const QString& title, const QString& hint,
                        std::function<QString(const QString& name)> fileOf,
                        QWidget* parent = nullptr);

    void setChoices(std::vector<DefinitionChoice> choices);
    /// While more choices are being looked for.
    void setBusy(const QString& what);
    /// Below the list, in the place of notes of a choice.
    void setRemark(const QString& remark);

Q_SIGNALS:
    void chosen(int choice, const QString& name, bool option);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void filter();
    [[nodiscard]] int bestChoice(int otherwise) const;
    void fill(int chosen);
    void showCurrent();
    void take();
    [[nodiscard]] int currentChoice() const;
    void step(int by);

    std::vector<DefinitionChoice> m_choices;
    std::function<QString(const QString&)> m_fileOf;
    SearchField* m_search;
    Spinner* m_spinner;
    QListWidget* m_list;
    QLabel* m_notes;
    QCheckBox* m_option;
    QLineEdit* m_name;
    QLabel* m_file;
    QWidget* m_naming;
    QPushButton* m_create;
    QString m_remark;
    bool m_named = false;  ///< by the user
    bool m_chosen = false; ///< by the user, since the search was changed
};

} // namespace headgate::ui
