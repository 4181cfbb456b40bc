// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/local_workspace.h"

#include "base/text.h"
#include "data/canonical_key.h"
#include "data/json.h"
#include "data/json_members.h"
#include "data/json_text.h"
#include "service/delivery_terms.h"

#include <QFile>
#include <QSaveFile>

namespace headgate::service {

namespace {

/// The kinds that a key typed by a person may have had in the warehouse.
std::vector<data::Value> readings(const std::string& text)
{
    using data::ValueKind;
    std::vector<data::Value> values;
    for (const ValueKind kind : {ValueKind::Text, ValueKind::Date, ValueKind::Timestamp,
                                 ValueKind::TimestampTz, ValueKind::Time, ValueKind::Bytes})
        values.emplace_back(kind, text);
    if (data::isJsonNumber(text))
        values.emplace_back(ValueKind::Decimal, text);
    if (text == "true" || text == "false")
        values.emplace_back(ValueKind::Bool, text);
    return values;
}

/// As readings(), without those that the text does not look like: each multiplies the forms of a
/// composite key.
std::vector<data::Value> likelyReadings(const std::string& text)
{
    using data::ValueKind;
    std::vector<data::Value> values = readings(text);
    const bool isTime = text.find_first_of("-:") != std::string::npos && !text.empty() &&
                        text.front() >= '0' && text.front() <= '9';
    std::erase_if(values, [&](const data::Value& value) {
        const bool timely = value.kind == ValueKind::Date || value.kind == ValueKind::Time ||
                            value.kind == ValueKind::Timestamp ||
                            value.kind == ValueKind::TimestampTz;
        return value.kind == ValueKind::Bytes || (timely && !isTime);
    });
    return values;
}

std::vector<data::Value> partReadings(std::string_view part)
{
    switch (data::jsonType(part)) {
    case data::JsonType::String:
        return likelyReadings(data::jsonText(part));
    case data::JsonType::Number:
        return {data::Value(data::ValueKind::Decimal, std::string(part))};
    case data::JsonType::Bool:
        return {data::Value(data::ValueKind::Bool, std::string(part))};
    case data::JsonType::Null:
    case data::JsonType::Array:
    case data::JsonType::Object:
        return {};
    }
    return {};
}

/// Canonical forms of a composite key, typed as a JSON array: numbers are numbers, texts what they
/// may be. Empty if it is none.
std::vector<std::string> compositeKeys(const std::string& text)
{
    constexpr std::size_t mostForms = 4096;
    const auto parts = data::checkJson(text) ? data::jsonElements(text) : std::nullopt;
    if (!parts || parts->empty())
        return {};
    std::vector<std::string> forms{std::string()};
    for (const std::string_view part : *parts) {
        std::vector<std::string> longer;
        for (const data::Value& value : partReadings(part))
            for (const std::string& form : forms)
                if (std::string next = form; data::appendCanonical(next, value.view()))
                    longer.push_back(std::move(next));
        if (longer.size() > mostForms)
            return {};
        forms = std::move(longer);
    }
    return forms;
}

bool isBeyondUse(const Error& error)
{
    return error.code == "state.corrupt" || error.code == "state.too_old" ||
           error.code == "state.too_new";
}

} // namespace

Result<std::unique_ptr<state::StateStore>> LocalWorkspace::openStore() const
{
    return state::StateStore::open(stateDirectory(), m_surroundings.clock, m_surroundings.random);
}

std::string LocalWorkspace::lastAccountFile() const
{
    return stateDirectory() + "/accounts.json";
}

std::string LocalWorkspace::lastAccount(const std::string& destinationId) const
{
    QFile file(toQString(lastAccountFile()));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray bytes = file.readAll();
    const auto json = data::parseJson({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    return json && json->is_object() ? json->value(destinationId, std::string()) : std::string();
}

Result<void> LocalWorkspace::rememberAccount(const std::string& destinationId,
                                             const std::string& account) const
{
    QFile old(toQString(lastAccountFile()));
    data::JsonNode json = data::JsonNode::object();
    if (old.open(QIODevice::ReadOnly)) {
        const QByteArray bytes = old.readAll();
        if (auto known =
                data::parseJson({bytes.constData(), static_cast<std::size_t>(bytes.size())});
            known && known->is_object())
            json = std::move(*known);
    }
    json[destinationId] = account;
    const std::string text = data::toFileText(json);
    QSaveFile file(toQString(lastAccountFile()));
    const auto size = static_cast<qint64>(text.size());
    if (!file.open(QIODevice::WriteOnly) || file.write(text.data(), size) != size ||
        !file.flush() || file.error() != QFileDevice::NoError || !file.commit())
        return fail(
            ErrorKind::State, "state.accounts",
            Text::tr("%1 could not be written: %2.").arg(file.fileName(), file.errorString()));
    return {};
}

Result<state::StateInfo> LocalWorkspace::currentState(state::StateStore& store,
                                                      const std::string& slug) const
{
    const auto sync = findSync(slug);
    if (!sync)
        return Failure(sync.error());
    auto states = store.statesOf(m_stateProjectId, m_target, (*sync)->id);
    if (!states)
        return propagate(std::move(states));
    if (states->empty())
        return fail(ErrorKind::Usage, "state.none",
                    Text::tr("The sync '%1' has not run yet.").arg(toQString(slug)));
    return states->front();
}

Result<std::vector<Hash128>> LocalWorkspace::hashesOf(const state::StateStore& store,
                                                      const std::string& key) const
{
    std::vector<Hash128> hashes;
    for (const std::string& composite : compositeKeys(key))
        hashes.push_back(keyedHash(store.hashKey(), composite));
    for (const data::Value& value : readings(key)) {
        std::string canonical;
        if (data::appendCanonical(canonical, value.view()))
            hashes.push_back(keyedHash(store.hashKey(), canonical));
    }
    return hashes;
}

Result<std::vector<SyncStatus>> LocalWorkspace::status()
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    std::vector<SyncStatus> statuses;
    for (const project::SyncDefinition& sync : m_project.syncs) {
        SyncStatus status;
        status.sync = sync.slug;
        status.name = sync.name;
        const auto runs = (*store)->runs(sync.id, 1);
        if (!runs)
            return Failure(runs.error());
        if (!runs->empty())
            status.lastRun = runs->front();
        const auto states = (*store)->statesOf(m_stateProjectId, m_target, sync.id);
        if (!states)
            return Failure(states.error());
        if (!states->empty()) {
            status.delivered = states->front().delivered;
            status.toStandIn = isStandIn(states->front().identity);
            auto counts = (*store)->recordCounts(states->front().id);
            auto plan = (*store)->openPlan(states->front().id);
            if (!counts || !plan)
                return Failure(!counts ? counts.error() : plan.error());
            for (const char* whole : {"known", "delivered", "unconfirmed", "settled"})
                counts->erase(whole);
            status.outstanding = std::move(*counts);
            if (*plan) {
                status.openPlan = (*plan)->id;
                status.planStopped = (*plan)->status == state::PlanState::Stopped;
            }
        }
        statuses.push_back(std::move(status));
    }
    return statuses;
}

Result<std::vector<state::RunRow>> LocalWorkspace::runs(const std::string& slug,
                                                        std::uint32_t limit)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    const auto sync = findSync(slug);
    if (!sync)
        return Failure(sync.error());
    return (*store)->runs((*sync)->id, limit);
}

Result<std::vector<state::KnownRecord>> LocalWorkspace::outstanding(const std::string& sync,
                                                                    std::uint32_t limit)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    const auto info = currentState(**store, sync);
    if (!info)
        return Failure(info.error());
    return (*store)->outstanding(info->id, limit);
}

Result<std::uint64_t> LocalWorkspace::purge(const std::string& key)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    const auto hashes = hashesOf(**store, key);
    if (!hashes)
        return Failure(hashes.error());
    std::uint64_t removed = 0;
    for (const Hash128& hash : *hashes) {
        const auto purged = (*store)->purge(key, hash);
        if (!purged)
            return Failure(purged.error());
        removed += *purged;
    }
    return removed;
}

Result<std::vector<state::StateInfo>> LocalWorkspace::states()
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    return (*store)->allStates();
}

Result<void> LocalWorkspace::resetState(const std::string& sync)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    const auto info = currentState(**store, sync);
    if (!info)
        return Failure(info.error());
    return (*store)->reset(info->id);
}

Result<std::vector<QString>> LocalWorkspace::verifyState()
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    return (*store)->verify();
}

Result<std::string> LocalWorkspace::setStateAside()
{
    const auto findings = verifyState();
    if (!findings && !isBeyondUse(findings.error()))
        return Failure(findings.error());
    if (findings && findings->empty())
        return fail(ErrorKind::Usage, "state.whole",
                    Text::tr("The state in %1 is whole and stays where it is. To forget what one "
                             "sync has delivered, use 'headgate state reset'.")
                        .arg(toQString(stateDirectory())));
    if (findings)
        HEADGATE_TRY(requireNoRun());
    return state::StateStore::setAside(stateDirectory(), m_surroundings.clock);
}

Result<void> LocalWorkspace::requireNoRun() const
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    for (const project::SyncDefinition& sync : m_project.syncs) {
        const auto lease = (*store)->acquireLease("sync/" + sync.id, Milliseconds(1000));
        if (!lease)
            return Failure(lease.error());
    }
    return {};
}

Result<void> LocalWorkspace::exportState(const std::string& file)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    return (*store)->exportTo(file);
}

Result<void> LocalWorkspace::importState(const std::string& file)
{
    auto store = openStore();
    if (!store)
        return propagate(std::move(store));
    return (*store)->importFrom(file);
}

} // namespace headgate::service
