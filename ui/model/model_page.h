// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/query_history.h"
#include "service/workspace.h"
#include "session/document.h"
#include "session/page.h"
#include "sql/sql_completion.h"
#include "sql/sql_outline.h"

#include <QElapsedTimer>
#include <QTimer>
#include <set>

class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace headgate::ui {

class ElidedLabel;
class MessageStrip;
class ModelSettings;
class ProjectSession;
class QueryPane;
class RowsPane;
class TablePicker;

/// A model: its query or table, what it answers, and what it says of its rows.
/// All of it is the model's document; typing in the editor is one step of its
/// undo until a pause.
class ModelPage final : public Page
{
    Q_OBJECT

public:
    static constexpr std::uint64_t firstRows = 1000;

    ModelPage(ProjectSession& session, std::string model, QWidget* parent = nullptr);
    ~ModelPage() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString status() const override { return m_status; }
    /// The caret in the query: a byte of it.
    [[nodiscard]] QString place() const override;
    void setPlace(const QString& place) override;
    void refresh() override;

private:
    [[nodiscard]] QWidget* makeHeader();
    [[nodiscard]] QWidget* makeBody();
    void connectAll();
    void showDocument();
    void showDialect();
    void showTrust();
    void typed();
    void chooseKind(bool table);
    void chooseSource(const std::string& source);

    void run(std::uint64_t rows);
    /// As edited, saved or not; without a warehouse where there is none.
    [[nodiscard]] project::SourceDefinition sourceOf(const std::string& slug) const;
    void cancel();
    void take(Result<service::Rows> rows, const project::ModelDefinition& asked, SqlRange sent);
    void remember(const std::string& sql, const Result<service::Rows>& rows);
    void showHistory();

    void loadTables();
    void loadColumns(const std::vector<SqlTable>& tables);
    void setCatalog(std::shared_ptr<const SqlCatalog> catalog);
    void checkKey();
    void askTableKey();

    [[nodiscard]] const project::ModelDefinition& value() const { return m_document.value(); }
    [[nodiscard]] bool isTrusted() const;

    ProjectSession& m_session;
    ModelDocument& m_document;
    SqlDialect m_dialect;
    std::optional<std::string> m_dialectSource; ///< whose it is
    std::shared_ptr<const SqlCatalog> m_catalog = std::make_shared<SqlCatalog>();
    std::string m_catalogSource; ///< whose tables were asked for
    std::set<std::string> m_columnsAsked;
    std::optional<project::ModelDefinition> m_ran; ///< what the rows answer
    StopSource m_stop;
    StopSource m_stopCheck;
    QElapsedTimer m_elapsed;
    QString m_status;
    bool m_running = false;
    bool m_typing = false;
    bool m_pickingTable = false; ///< no table is chosen yet
    QTimer m_pause;              ///< ends a step of typing
    int m_burst = 0;

    QLabel* m_name = nullptr;
    ElidedLabel* m_summary = nullptr;
    QComboBox* m_source = nullptr;
    QToolButton* m_queryKind = nullptr;
    QToolButton* m_tableKind = nullptr;
    MessageStrip* m_message;
    QStackedWidget* m_stack = nullptr;
    QueryPane* m_query = nullptr;
    TablePicker* m_tables = nullptr;
    RowsPane* m_rows = nullptr;
    ModelSettings* m_settings = nullptr;
};

} // namespace headgate::ui
