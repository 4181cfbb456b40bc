// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/key_list.h"
#include "session/project_session.h"
#include "sync/push_keys_model.h"

#include <QDialog>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace headgate::ui {

class JsonView;
class MessageStrip;
class Spinner;

/// Pushes chosen records: those of the preview, of keys that are typed, or of a CSV of keys that is
/// opened or dropped. First says what would be sent, which reads and sends nothing; only then it
/// can be sent, and what became of each record is told.
class PushDialog final : public QDialog
{
    Q_OBJECT

public:
    PushDialog(ProjectSession& session, const std::string& sync,
               const std::vector<std::string>& keys, QWidget* parent = nullptr);

    /// Adds the keys of a CSV; what is wrong with it is said in the dialog.
    void addFile(const QString& file);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    enum class Step
    {
        Choosing, ///< what would be sent is not known yet
        Looking,
        Known, ///< what would be sent
        Sending,
        Sent
    };

    void build();
    [[nodiscard]] QWidget* makeKeys();
    void connectSession();
    void chooseFile();
    void readFile(service::KeyListHeader header);
    void takeList(service::KeyList list, const QString& file);
    void addTyped();
    void keysChanged();
    void look();
    void send();
    void start(run::RunKind kind);
    void showState();
    void showEnd(const run::RunReport& report);
    void showPlan(const run::RunReport& report);
    void showOutcomes(const run::RunReport& report);
    void showPayload();
    [[nodiscard]] std::vector<std::string> recordKey() const;

    ProjectSession& m_session;
    std::string m_sync;
    Step m_step = Step::Choosing;
    QString m_file;
    std::vector<std::string> m_before; ///< the keys before the file's
    std::uint64_t m_toSend = 0;
    std::unordered_map<std::string, std::string> m_payloads; ///< by key
    PushKeysModel* m_model = nullptr;
    QLabel* m_where = nullptr;
    QLineEdit* m_typed = nullptr;
    QTableView* m_keys = nullptr;
    QLabel* m_count = nullptr;
    QCheckBox* m_header = nullptr;
    QPushButton* m_remove = nullptr;
    JsonView* m_payload = nullptr;
    MessageStrip* m_message = nullptr;
    Spinner* m_spinner = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_look = nullptr;
    QPushButton* m_send = nullptr;
};

} // namespace headgate::ui
