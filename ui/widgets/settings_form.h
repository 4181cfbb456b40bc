// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secret_ref.h"
#include "widgets/settings_field.h"

#include <QWidget>
#include <map>

class QGridLayout;
class QPushButton;

namespace headgate::ui {

class SecretInput;
class SettingsRow;

/// Edits the texts that a list of fields asks for: label, input, help, and what is wrong with it
/// beside it. Holds no value of its own: what is typed is said, and shown values are set.
class SettingsForm final : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsForm(const std::vector<SettingsField>& fields, QWidget* parent = nullptr);

    void setValues(const std::map<std::string, std::string>& values);
    /// By key: "keychain:...", "env:..." or "session:...".
    void setReferences(const std::map<std::string, std::string>& references);
    /// By key; fields that are not named are fine. One that is folded away is unfolded.
    void setProblems(const std::map<std::string, QString>& problems);
    /// Where looking for a file begins; paths below it are named from there.
    void setFolder(const QString& folder);
    void focusField(const std::string& key);
    /// Hands over secrets that are typed and not kept yet; false if there are none.
    bool commitSecrets();
    [[nodiscard]] SecretInput* secretInput(const std::string& key) const;

Q_SIGNALS:
    /// With every key that is pressed.
    void edited(const std::string& key, const std::string& value);
    void secretEntered(const std::string& key, headgate::secrets::SecretPlace place,
                       const QString& text);
    void variableNamed(const std::string& key, const QString& name);
    void secretRemoved(const std::string& key);
    /// Enter in a line: what was filled in is to be used.
    void confirmed();

private:
    void addRow(const SettingsField& field);
    void unfold(bool unfolded);
    void unfoldWhereFilledIn();

    QGridLayout* m_layout;
    QPushButton* m_more = nullptr;
    std::vector<SettingsRow*> m_rows;
    bool m_unfolded = false;
};

} // namespace headgate::ui
