// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "service/choices_sheet.h"
#include "service/copied_sql.h"
#include "service/masked_record.h"
#include "session/cost_text.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "shape/shape_page.h"
#include "shape/shape_tree.h"
#include "widgets/count_text.h"
#include "widgets/message_strip.h"

#include <QApplication>
#include <QClipboard>
#include <QDate>
#include <QDesktopServices>
#include <QFileDialog>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSaveFile>
#include <QUrl>

namespace headgate::ui {

void ShapePage::askTab(PayloadPane::Tab tab)
{
    if (!m_sample || m_previewing)
        return;
    const auto project = m_session.documents().edited();
    const std::size_t record = m_payload->record();
    switch (tab) {
    case PayloadPane::Tab::Json:
        return;
    case PayloadPane::Tab::Request:
        return m_session.ask(
            this,
            [project, sync = id().slug, sample = m_sample, record](service::Workspace& workspace,
                                                                   const StopToken&) {
                return workspace.previewRequests(project, sync, sample, record);
            },
            [this, record](Result<service::RequestPreview> preview) {
                if (record != m_payload->record())
                    return;
                if (preview)
                    m_payload->showRequests(*preview);
                else
                    m_payload->showRefusal(preview.error());
            });
    case PayloadPane::Tab::LastSent:
        return m_session.ask(
            this,
            [project, sync = id().slug, sample = m_sample, record](service::Workspace& workspace,
                                                                   const StopToken&) {
                return workspace.lastSent(project, sync, sample, record);
            },
            [this, record](Result<service::LastSent> last) {
                if (record != m_payload->record())
                    return;
                if (last)
                    m_payload->showLastSent(*last);
                else
                    m_payload->showRefusal(last.error());
            });
    }
}

void ShapePage::askCost()
{
    const service::SyncStatus* const status = m_session.statusOf(id().slug);
    const bool wanted =
        m_sample && status != nullptr && status->delivered > 0 && m_editing.document().isModified();
    if (!wanted) {
        m_cost.cancel();
        return m_costText->clear();
    }
    m_cost.ask(
        m_session, this,
        [project = m_session.documents().edited(), sync = id().slug,
         sample = m_sample](service::Workspace& workspace, const StopToken& stop) {
            return workspace.costOfEdit(project, sync, sample, stop);
        },
        [this](Result<service::EditCost> cost) {
            m_costText->setText(cost ? costText(*cost) : QString());
        });
}

void ShapePage::copyAsSql()
{
    if (!m_sample)
        return;
    m_session.ask(
        this,
        [project = m_session.documents().edited(), sync = id().slug,
         sample = m_sample](service::Workspace&, const StopToken&) {
            return service::copiedSql(project, sync, *sample);
        },
        [this](Result<shape::ShapeSql> said) {
            if (!said)
                return m_message->showMessage(messageOf(said.error()));
            QStringList notes;
            for (const shape::SqlNote& note : said->notes)
                notes.append(note.path.empty() ? note.text
                                               : tr("%1: %2").arg(toQString(note.path), note.text));
            const QString cannot = notes.join(QLatin1Char('\n'));
            if (said->sql.empty())
                return m_message->showMessage(
                    {Tone::Warning, tr("SQL cannot say this shape."), cannot, {}, {}});
            QApplication::clipboard()->setText(toQString(said->sql));
            m_message->showMessage(
                {notes.isEmpty() ? Tone::Success : Tone::Warning,
                 notes.isEmpty() ? tr("The shape is in the clipboard as SQL.")
                                 : tr("The shape is in the clipboard as SQL. It does not say "
                                      "exactly:"),
                 cannot,
                 {},
                 {}});
        });
}

void ShapePage::makeChoicesSheet()
{
    const auto current = m_tree->currentNode();
    const shape::Node* const node = current ? m_editing.shape().find(*current) : nullptr;
    if (!m_sample || node == nullptr || node->kind != shape::NodeKind::List)
        return say(tr("Choose a list in the payload tree first: the sheet shows its four forms."));
    auto* dialog =
        new QFileDialog(this, tr("Choices sheet for the stakeholder"),
                        nameText(*node) + QStringLiteral(".html"), tr("Web page (*.html)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, list = *current](const QString& file) { saveChoicesSheet(file, list); });
    dialog->open();
}

void ShapePage::saveChoicesSheet(const QString& file, shape::NodeId list)
{
    const project::ModelDefinition* const model = mainModel();
    if (model == nullptr || !m_sample)
        return;
    project::SyncDefinition sync = m_editing.document().value();
    sync.shape = m_editing.shape();
    const QString today = QLocale().toString(QDate::currentDate(), QLocale::LongFormat);
    m_session.ask(
        this,
        [sample = m_sample, record = m_payload->record(), sync, model = *model, list, file,
         today](service::Workspace&, const StopToken&) -> Result<void> {
            auto sheet = service::choicesSheet(*sample, record, sync, model, list,
                                               service::personalColumns(*sample, record));
            if (!sheet)
                return Failure(sheet.error());
            sheet->made = today;
            const std::string html = service::toHtml(*sheet);
            QSaveFile out(file);
            const auto size = static_cast<qint64>(html.size());
            if (!out.open(QIODevice::WriteOnly) || out.write(html.data(), size) != size ||
                !out.flush() || !out.commit())
                return fail(ErrorKind::State, "sheet.unwritable",
                            tr("%1 could not be written: %2.").arg(file, out.errorString()));
            return {};
        },
        [this, file](Result<void> saved) {
            if (!saved)
                return m_message->showMessage(messageOf(saved.error()));
            m_message->showMessage(
                {Tone::Success, tr("The sheet is in %1.").arg(file), {}, {}, {}});
            connect(m_message->addButton(tr("Open it")), &QPushButton::clicked, this,
                    [file] { QDesktopServices::openUrl(QUrl::fromLocalFile(file)); });
        });
}

} // namespace headgate::ui
