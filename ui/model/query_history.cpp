// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/query_history.h"

#include "base/text.h"
#include "data/json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr qint64 largestHistory = 64 << 20;

std::optional<QueryRun> runOf(std::string_view line)
{
    const auto json = data::parseJson(line);
    if (!json || !json->is_object())
        return std::nullopt;
    QueryRun run;
    const auto text = [&json](const char* name) {
        const auto found = json->find(name);
        return found != json->end() && found->is_string() ? found->get<std::string>()
                                                          : std::string();
    };
    const auto number = [&json](const char* name) {
        const auto found = json->find(name);
        return found != json->end() && found->is_number_integer() ? found->get<std::int64_t>()
                                                                  : std::int64_t{0};
    };
    run.at = number("at");
    run.model = text("model");
    run.sql = text("sql");
    run.rows = static_cast<std::uint64_t>(std::max<std::int64_t>(0, number("rows")));
    run.failed = number("failed") != 0;
    return run.sql.empty() ? std::nullopt : std::optional(run);
}

std::string lineOf(const QueryRun& run)
{
    return data::JsonNode{{"at", run.at},
                          {"model", run.model},
                          {"sql", run.sql},
                          {"rows", run.rows},
                          {"failed", run.failed ? 1 : 0}}
               .dump() +
           '\n';
}

} // namespace

QueryHistory QueryHistory::ofProject(const std::string& projectId)
{
    return QueryHistory(
        QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation).toStdString() +
        "/queries/" + projectId + ".jsonl");
}

std::vector<QueryRun> QueryHistory::runs() const
{
    QFile file(toQString(m_file));
    std::vector<QueryRun> runs;
    if (!file.open(QIODevice::ReadOnly) || file.size() > largestHistory)
        return runs;
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        if (auto run = runOf({line.constData(), static_cast<std::size_t>(line.size())}))
            runs.push_back(*std::move(run));
    }
    std::reverse(runs.begin(), runs.end());
    std::vector<QueryRun> once;
    for (QueryRun& run : runs) {
        const auto same = [&run](const QueryRun& other) {
            return other.sql == run.sql && other.model == run.model;
        };
        if (once.size() < most && std::none_of(once.begin(), once.end(), same))
            once.push_back(std::move(run));
    }
    return once;
}

Result<void> QueryHistory::add(const QueryRun& run) const
{
    if (run.sql.size() > longest)
        return {};
    const QString path = toQString(m_file);
    const auto problem = [&path](const QString& why) {
        return fail(ErrorKind::State, "history.write",
                    Text::tr("The query history %1 could not be written: %2.").arg(path, why));
    };
    if (!QDir().mkpath(QFileInfo(path).path()))
        return problem(Text::tr("its folder cannot be made"));
    std::vector<QueryRun> kept = runs();
    kept.insert(kept.begin(), run);
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return problem(file.errorString());
    std::string lines;
    kept.resize(std::min(kept.size(), most));
    for (auto each = kept.rbegin(); each != kept.rend(); ++each)
        lines += lineOf(*each);
    // What is queried may name people.
    const bool whole = file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) &&
                       file.write(lines.data(), qint64(lines.size())) == qint64(lines.size()) &&
                       file.flush() && file.error() == QFileDevice::NoError && file.commit();
    if (!whole)
        return problem(file.errorString());
    return {};
}

} // namespace headgate::ui
