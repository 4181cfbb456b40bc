// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secret_ref.h"
#include "widgets/settings_field.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace headgate::ui {

class SecretInput;
class ToneIcon;

/// One field of a SettingsForm: input, help and problem. The label stands beside it in the form.
class SettingsRow final : public QWidget
{
    Q_OBJECT

public:
    explicit SettingsRow(const SettingsField& field, QWidget* parent = nullptr);

    [[nodiscard]] const SettingsField& field() const { return m_field; }
    [[nodiscard]] QLabel* label() const { return m_label; }
    [[nodiscard]] SecretInput* secretInput() const { return m_secret; }
    [[nodiscard]] bool isFilledIn() const { return m_filledIn; }

    /// Leaves the caret where it is if it says so already.
    void setValue(const std::string& value);
    void setReference(const std::string& reference);
    void setProblem(const QString& problem);
    void focusInput();
    /// Where looking for a file begins; what is below is named from there.
    void setFolder(const QString& folder) { m_folder = folder; }

Q_SIGNALS:
    void edited(const std::string& value);

protected:
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QWidget* makeInput();
    /// A grid that is short of room would take it from texts that wrap.
    void fitHeight();
    [[nodiscard]] QWidget* makePath();
    [[nodiscard]] QWidget* makeLines();
    [[nodiscard]] QWidget* makeChoice();
    void choosePath();

    SettingsField m_field;
    QString m_folder;
    QLabel* m_label;
    QLabel* m_note;
    ToneIcon* m_sign;
    QWidget* m_body = nullptr;  ///< what stands above the note
    QWidget* m_input = nullptr; ///< takes the focus and the mark of an error
    QLineEdit* m_line = nullptr;
    QPlainTextEdit* m_lines = nullptr;
    QComboBox* m_choice = nullptr;
    QCheckBox* m_flag = nullptr;
    SecretInput* m_secret = nullptr;
    bool m_filledIn = false;
};

} // namespace headgate::ui
