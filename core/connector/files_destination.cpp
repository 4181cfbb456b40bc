// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/files_destination.h"

#include "base/log.h"
#include "base/text.h"
#include "connector/immediate.h"
#include "connector/spec_capabilities.h"
#include "data/json_members.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace headgate::connector {

namespace {

constexpr std::size_t longestFileName = 150;
constexpr qint64 leftoverDays = 7;
constexpr const char* journalSuffix = ".headgate";

bool isFileNameText(std::string_view text)
{
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.' || c == ' ';
    };
    return !text.empty() && text.size() <= longestFileName && text.front() != '.' &&
           text.front() != ' ' && text.back() != ' ' && text.back() != '.' &&
           std::all_of(text.begin(), text.end(), allowed);
}

std::string withNames(std::string pattern, const std::string& object, const std::string& run)
{
    for (const auto& [slot, text] :
         {std::pair{std::string("{object}"), object}, std::pair{std::string("{run}"), run}})
        for (std::size_t at = 0; (at = pattern.find(slot, at)) != std::string::npos;
             at += text.size())
            pattern.replace(at, slot.size(), text);
    return pattern;
}

Verdict verdictOf(const Error& error)
{
    const bool passing = error.code == "file.full" || error.code == "file.busy";
    return passing ? Verdict::Transient : Verdict::Fatal;
}

Error noRun()
{
    return fail(ErrorKind::Internal, "file.run", Text::tr("The run was not begun, or is over."))
        .value();
}

std::vector<std::string> columnNames(std::string_view list)
{
    std::vector<std::string> names;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        const std::string name = toQString(list.substr(0, comma)).trimmed().toUtf8().toStdString();
        if (!name.empty())
            names.push_back(name);
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return names;
}

/// The record that the columns of a new file are taken from; null: none has fields.
const OutgoingRecord* firstWithFields(const DeliveryBatch& batch)
{
    const auto found =
        std::find_if(batch.records.begin(), batch.records.end(), [](const OutgoingRecord& record) {
            const auto members = data::jsonMembers(record.payload);
            return members && !members->empty();
        });
    return found == batch.records.end() ? nullptr : &*found;
}

} // namespace

FilesDestination::FilesDestination(SharedSpec spec, AccountValues account)
    : m_spec(std::move(spec)), m_account(std::move(account))
{}

Result<std::unique_ptr<Destination>> FilesDestination::open(SharedSpec spec,
                                                            const DestinationConfig& config)
{
    auto account = AccountValues::open(*spec, config);
    if (!account)
        return propagate(std::move(account));
    std::unique_ptr<FilesDestination> files(
        new FilesDestination(std::move(spec), std::move(*account)));
    for (const Operation operation : {Operation::Append, Operation::Replace})
        if (auto paths = files->pathsOf("run", "object", operation); !paths)
            return propagate(std::move(paths));
    return files;
}

std::string FilesDestination::accountIdentity() const
{
    const QString folder = QFileInfo(toQString(m_account.text("folder"))).absoluteFilePath();
    return m_spec->id + ";folder=" + QDir::cleanPath(folder).toStdString() +
           ";format=" + std::string(m_account.text("format"));
}

std::string FilesDestination::path(const std::string& fileName) const
{
    return QDir(toQString(m_account.text("folder"))).filePath(toQString(fileName)).toStdString();
}

Result<RunFilePaths> FilesDestination::pathsOf(const std::string& runId, const std::string& object,
                                               Operation operation) const
{
    const bool append = operation == Operation::Append;
    const std::string pattern(m_account.text(append ? "appendName" : "replaceName"));
    const std::string name = withNames(pattern, object, runId);
    if (!isFileNameText(object) || !isFileNameText(name) || !isFileNameText(runId))
        return fail(ErrorKind::Config, "file.name",
                    Text::tr("'%1' cannot be the name of a file: letters, digits, spaces, dots, "
                             "dashes and underscores are allowed.")
                        .arg(toQString(isFileNameText(object) ? name : object)));
    if (append && pattern.find("{run}") == std::string::npos)
        return fail(ErrorKind::Config, "file.name",
                    Text::tr("The name of appended files must hold {run}, so that each run has a "
                             "file of its own."));
    const std::string target = name + '.' + std::string(m_account.text("format"));
    const std::string hidden = '.' + target + '.' + runId;
    return RunFilePaths{path(append ? target : hidden + ".part"), path(target),
                        path(hidden + journalSuffix)};
}

std::unique_ptr<RowEncoder> FilesDestination::makeEncoder(const std::string& requestValues) const
{
    if (m_account.text("format") != "csv")
        return std::make_unique<JsonLinesEncoder>();
    CsvFormat format;
    const std::string_view separator = m_account.text("separator");
    format.separator = separator == "tab" ? '\t' : separator.empty() ? ',' : separator.front();
    format.nullText = std::string(m_account.text("nullText"));
    format.formulaGuard = m_account.text("formulaGuard") == "true";
    if (const auto columns = data::jsonAt(requestValues, "/columns"))
        format.columns = columnNames(data::jsonText(*columns));
    return std::make_unique<CsvEncoder>(std::move(format));
}

std::unique_ptr<Inquiry<AccountCheck>> FilesDestination::check()
{
    return std::make_unique<ImmediateInquiry<AccountCheck>>([this] { return tryFolder(); });
}

Result<AccountCheck> FilesDestination::tryFolder() const
{
    const QFileInfo folder(toQString(m_account.text("folder")));
    if (!folder.isDir())
        return fail(
            ErrorKind::Destination, "file.missing",
            Text::tr("There is no folder %1. Create it or choose another.").arg(folder.filePath()));
    if (!folder.isWritable())
        return fail(ErrorKind::Destination, "file.denied",
                    Text::tr("No files can be made in %1. Check the folder's permissions.")
                        .arg(folder.filePath()));
    return AccountCheck{
        {}, Text::tr("Files can be written to %1.").arg(toQString(m_account.text("folder")))};
}

std::unique_ptr<Inquiry<std::vector<ObjectInfo>>> FilesDestination::objects()
{
    return std::make_unique<ImmediateInquiry<std::vector<ObjectInfo>>>(
        [this] { return listObjects(); });
}

Result<std::vector<ObjectInfo>> FilesDestination::listObjects() const
{
    const QDir folder(toQString(m_account.text("folder")));
    if (!folder.isReadable())
        return fail(ErrorKind::Destination, "file.missing",
                    Text::tr("The folder %1 cannot be read.").arg(folder.path()));
    const QString ending = QLatin1Char('.') + toQString(m_account.text("format"));
    std::vector<ObjectInfo> found;
    for (const QString& name : folder.entryList(QDir::Files, QDir::Name)) {
        const std::string id = name.chopped(ending.size()).toStdString();
        if (name.endsWith(ending) && isFileNameText(id))
            found.push_back({id, name, {}});
    }
    return found;
}

std::unique_ptr<Inquiry<std::vector<FieldInfo>>> FilesDestination::fields(const std::string&)
{
    return std::make_unique<ImmediateInquiry<std::vector<FieldInfo>>>(
        [] { return std::vector<FieldInfo>(); });
}

Result<Capabilities> FilesDestination::capabilities(const std::string& object) const
{
    if (auto paths = pathsOf("run", object, Operation::Append); !paths)
        return propagate(std::move(paths));
    return capabilitiesOf(*m_spec, object, m_account);
}

std::string FilesDestination::normalisedMatch(const std::string&, const std::string&,
                                              data::ValueView match) const
{
    return std::string(match.text);
}

std::size_t FilesDestination::encodedSize(const DeliveryBatch&, const OutgoingRecord& record) const
{
    return record.payload.size() + 1;
}

std::size_t FilesDestination::envelopeSize(const DeliveryBatch&) const
{
    return 0;
}

std::unique_ptr<Exchange> FilesDestination::beginRun(const std::string& runId,
                                                     const std::string& object, Operation operation)
{
    return std::make_unique<ImmediateExchange>(
        [this, runId, object, operation] { return begin(runId, object, operation); });
}

std::unique_ptr<Exchange> FilesDestination::submit(const DeliveryBatch& batch)
{
    return std::make_unique<ImmediateExchange>([this, &batch] { return write(batch); });
}

std::unique_ptr<Exchange> FilesDestination::settle(const std::string&, const DeliveryBatch& batch)
{
    return submit(batch);
}

std::unique_ptr<Exchange> FilesDestination::commitRun(const std::string& runId)
{
    return std::make_unique<ImmediateExchange>([this, runId] { return commit(runId); });
}

std::unique_ptr<Inquiry<CredentialRenewal>> FilesDestination::renewCredential()
{
    return std::make_unique<ImmediateInquiry<CredentialRenewal>>(
        [] { return CredentialRenewal(); });
}

BatchResult FilesDestination::begin(const std::string& runId, const std::string& object,
                                    Operation operation)
{
    m_run.reset();
    if (auto unfit = unfitOperation(*m_spec, object, operation))
        return std::move(*unfit);
    auto paths = pathsOf(runId, object, operation);
    if (!paths)
        return notApplied(Verdict::Fatal, paths.error());
    tidy(*paths);
    auto file = RunFile::open(*paths, runId);
    if (!file)
        return notApplied(verdictOf(file.error()), file.error());
    m_run.emplace(Run{runId, std::move(*file), nullptr, false});
    m_run->headerWritten = m_run->file->size() > 0;
    return nothingToDo();
}

/// Ends what earlier runs left behind that nobody goes on with any more.
void FilesDestination::tidy(const RunFilePaths& own) const
{
    const QString journal = toQString(own.journal);
    const QDateTime oldest = QDateTime::currentDateTime().addDays(-leftoverDays);
    const QStringList names = {QStringLiteral(".*%1").arg(QLatin1String(journalSuffix))};
    const QDir folder = QFileInfo(journal).dir();
    for (const QFileInfo& found : folder.entryInfoList(names, QDir::Files | QDir::Hidden)) {
        if (found.filePath() == journal || found.lastModified() > oldest)
            continue;
        if (const auto ended = RunFile::abandon(found.filePath().toStdString()); !ended)
            log(LogLevel::Warning, "files", ended.error().message.toStdString());
    }
}

Result<void> FilesDestination::prepareEncoder(const DeliveryBatch& batch)
{
    if (m_run->encoder)
        return {};
    auto encoder = makeEncoder(batch.requestValues);
    if (const std::string& note = m_run->file->note(); !note.empty() && !encoder->takeOver(note))
        return fail(ErrorKind::Destination, "file.damaged",
                    Text::tr("The journal of the file does not name its columns any more."));
    m_run->encoder = std::move(encoder);
    return {};
}

BatchResult FilesDestination::write(const DeliveryBatch& batch)
{
    if (batch.records.empty())
        return nothingToDo();
    if (auto unfit = unfitBatch(*m_spec, m_account, batch))
        return std::move(*unfit);
    if (!m_run)
        return notApplied(Verdict::Fatal, noRun());
    if (const auto ready = prepareEncoder(batch); !ready)
        return notApplied(Verdict::Fatal, ready.error());
    RunFile& file = *m_run->file;
    RowEncoder& encoder = *m_run->encoder;
    const OutgoingRecord* first = m_run->headerWritten ? nullptr : firstWithFields(batch);
    std::string bytes = first ? encoder.header(first->payload) : std::string();
    BatchResult result = nothingToDo();
    for (const OutgoingRecord& record : batch.records) {
        auto refused = encoder.append(bytes, record.payload);
        result.outcomes.push_back(refused ? std::move(*refused)
                                          : RecordOutcome{Fate::Accepted, {}, {}, {}});
    }
    if (file.knows(batch.idempotencyKey))
        return result;
    if (file.isCommitted())
        return notApplied(Verdict::Fatal, noRun());
    const AppendResult appended =
        file.append(bytes, batch.idempotencyKey, first ? encoder.note() : std::string());
    switch (appended.state) {
    case Appended::Durably:
        m_run->headerWritten = file.size() > 0;
        return result;
    case Appended::NotAtAll:
        return notApplied(verdictOf(*appended.error), *appended.error);
    case Appended::Unknown:
        return notApplied(Verdict::Ambiguous, *appended.error);
    }
    return result;
}

BatchResult FilesDestination::commit(const std::string& runId)
{
    if (!m_run || m_run->id != runId)
        return notApplied(Verdict::Fatal, noRun());
    if (const auto done = m_run->file->commit(); !done)
        return notApplied(verdictOf(done.error()), done.error());
    m_run.reset();
    return nothingToDo();
}

} // namespace headgate::connector
