// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/secret_ref.h"

#include <QWidget>
#include <optional>

class QAction;
class QComboBox;
class QLineEdit;
class QPlainTextEdit;
class QToolButton;

namespace headgate::ui {

class ElidedLabel;

/// Takes a secret and says where it is kept; never shows one that is kept. What was typed is handed
/// over when the input and the choice of its place are left, on Enter, or by commit(), and stays
/// until setReference() says that it is kept: what one place refused goes to the next one chosen.
class SecretInput final : public QWidget
{
    Q_OBJECT

public:
    /// `name` is the secret's, for screen readers. `lines`: it has several, which are seen.
    explicit SecretInput(const QString& name, bool lines, QWidget* parent = nullptr);

    /// Where the secret is; empty: nowhere. What is being typed or kept stays while this is as
    /// before.
    void setReference(const std::string& reference);
    /// Whether what `reference` says is on this machine; nothing is said of it until then.
    void setKept(const std::string& reference, bool isKept);
    /// What was handed over is there now.
    void showKept(const std::string& reference);
    [[nodiscard]] secrets::SecretPlace place() const;
    void setPlace(secrets::SecretPlace place);
    /// Hands over what was typed and is not kept yet; false if there is nothing.
    bool commit();
    /// What was handed over is being kept.
    void showWaiting();
    /// It was not kept.
    void showRefused();
    /// For the mark of an error.
    [[nodiscard]] QWidget* input() const;
    void focusInput();

Q_SIGNALS:
    void entered(headgate::secrets::SecretPlace place, const QString& text);
    /// A reference of the form "env:NAME" was named in place of a secret.
    void variableNamed(const QString& name);
    void removed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    [[nodiscard]] QString text() const;
    void setText(const QString& text);
    void onPlaceChosen();
    void showPlace();
    [[nodiscard]] QString placeholderOf(const QString& kept, const QString& missing) const;
    void onTyped();
    void onLeft();

    QString m_name;
    QLineEdit* m_line = nullptr;
    QPlainTextEdit* m_lines = nullptr;
    QComboBox* m_place;
    ElidedLabel* m_state;
    QAction* m_remove = nullptr;
    QToolButton* m_removeLines = nullptr;
    std::string m_reference;
    std::optional<bool> m_isKept; ///< on this machine; empty: not known
    bool m_typed = false;
    bool m_waiting = false; ///< what was handed over is not kept yet
    bool m_refused = false; ///< it is kept nowhere, and stands in the input
};

} // namespace headgate::ui
