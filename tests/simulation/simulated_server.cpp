// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/simulated_server.h"

#include "fakes/fake_http.h"

#include <algorithm>

namespace headgate::simulation {

namespace {

using fakes::answered;
using fakes::unanswered;

constexpr auto afterTheDeadline = std::chrono::seconds(90);

std::string headerOf(const http::Request& request, const std::string& name)
{
    for (const http::Header& header : request.headers)
        if (header.name == name)
            return header.value;
    return {};
}

bool isRemoval(const std::string& operation)
{
    return operation == "delete" || operation == "archive" || operation == "clear";
}

std::string shortMatch(const std::string& match)
{
    return match.substr(0, match.find('@'));
}

http::Answer retryLater(Dice& dice, int status)
{
    const std::size_t seconds = dice.chance(5) ? 1200 : dice.between(1, 40);
    return answered(status, "{}", {{"Retry-After", std::to_string(seconds), false}});
}

std::string wordList(const std::vector<std::string>& words)
{
    data::JsonNode list = data::JsonNode::array();
    for (const std::string& word : words)
        list.push_back(word);
    return list.dump();
}

} // namespace

SimulatedServer::SimulatedServer(const Scenario& scenario, Dice& dice, Trace& trace)
    : m_scenario(scenario), m_dice(dice), m_trace(trace)
{}

SimulatedServer::Batch SimulatedServer::batchOf(const http::Request& request)
{
    Batch batch;
    batch.key = headerOf(request, "Idempotency-Key");
    batch.operation = headerOf(request, "Operation");
    const std::string& body = *request.body;
    for (std::size_t begin = 0; begin < body.size();) {
        const std::size_t end = body.find('\n', begin);
        const data::JsonNode line = data::JsonNode::parse(body.substr(begin, end - begin));
        batch.lines.push_back({line["match"].get<std::string>(),
                               line["previous"].get<std::string>(),
                               line["payload"].get<std::string>()});
        begin = end + 1;
    }
    return batch;
}

http::Answer SimulatedServer::handle(const http::Request& request)
{
    if (!m_reachable())
        return unanswered(0);
    ++m_requests;
    const Batch batch = batchOf(request);
    std::string event = "request " + std::to_string(m_requests) + ' ' + batch.operation + ' ' +
                        batch.key.substr(0, 8);
    for (const Line& line : batch.lines) {
        event += ' ' + shortMatch(line.match);
        m_witness->onRequest(batch.operation, line);
    }
    m_trace.add(event);
    checkRepeat(batch, *request.body);
    http::Answer answer = m_dice.chance(m_badPercent) ? badAnswer(batch) : honestAnswer(batch);
    if (answer.duration == Milliseconds(0))
        answer.duration = Milliseconds(m_dice.below(200));
    m_trace.add("  answer " + std::to_string(answer.status) + ' ' + http::name(answer.transport) +
                ' ' + answer.body);
    return answer;
}

/// The same bytes under a key, whenever they come.
void SimulatedServer::checkRepeat(const Batch& batch, const std::string& body)
{
    const auto [known, first] = m_bodyByKey.emplace(batch.key, body);
    if (!first && known->second != body)
        m_trace.violation("I3", "key " + batch.key + " came with two bodies");
}

http::Answer SimulatedServer::badAnswer(const Batch& batch)
{
    switch (m_dice.below(16)) {
    case 0:
        return unanswered(0);
    case 1:
        return unanswered(m_dice.between(1, 50));
    case 2:
        return retryLater(m_dice, 429);
    case 3:
        return retryLater(m_dice, 503);
    case 4:
        return answered(m_dice.pick({500, 502, 504}), "{}");
    case 5:
        return answered(408, "{}");
    case 6:
        if (!m_dice.chance(20))
            return answered(503, "{}");
        return answered(m_dice.pick({401, 403}), "{}");
    case 7: {
        if (m_words.contains(batch.key))
            break;
        const int status = m_dice.pick({400, 404, 413, 422});
        noteRefusal(batch);
        return answered(status, "{}");
    }
    default:
        break;
    }
    if (refusesWhole(batch))
        return honestAnswer(batch);
    const std::vector<std::string> words = apply(batch);
    switch (m_dice.below(6)) {
    case 0:
        return unanswered(m_dice.between(1, 50));
    case 1: {
        http::Answer late = answered(200, wordList(words));
        late.duration = afterTheDeadline;
        return late;
    }
    case 2:
        return answered(m_dice.pick({500, 502, 504}), "{}");
    case 3: {
        http::Answer cut = answered(200, wordList(words).substr(0, m_dice.below(5)));
        cut.transport = http::Transport::Broken;
        return cut;
    }
    default:
        if (!m_scenario.answersPerRecord)
            return unanswered(1);
        return answered(200, m_dice.pick<std::string>(
                                 {"", "<html>", "[]", "{\"ok\":true}", wordList(words).substr(1)}));
    }
}

bool SimulatedServer::refuses(const Batch& batch, const Line& line) const
{
    return (isRemoval(batch.operation) ? m_keeps : m_refuses).contains(line.match);
}

bool SimulatedServer::refusesWhole(const Batch& batch) const
{
    return m_scenario.refusesAtomically && !m_words.contains(batch.key) &&
           std::any_of(batch.lines.begin(), batch.lines.end(),
                       [&](const Line& line) { return refuses(batch, line); });
}

http::Answer SimulatedServer::honestAnswer(const Batch& batch)
{
    if (refusesWhole(batch)) {
        noteRefusal(batch);
        return answered(422, "{}");
    }
    const std::vector<std::string> words = apply(batch);
    remember(batch, words);
    return answered(200, wordList(words));
}

std::vector<std::string> SimulatedServer::apply(const Batch& batch)
{
    std::vector<std::string> words;
    for (const Line& line : batch.lines) {
        std::map<std::string, std::string>& said = m_words[batch.key];
        const auto known = said.find(line.match);
        if (m_scenario.idempotencyKeys && known != said.end()) {
            words.push_back(known->second);
            continue;
        }
        const bool busy = m_scenario.answersPerRecord && m_dice.chance(m_badPercent / 10);
        words.push_back(busy ? "busy" : applyLine(batch, line));
        if (!busy)
            said[line.match] = words.back();
    }
    return words;
}

std::string SimulatedServer::applyLine(const Batch& batch, const Line& line)
{
    const bool there = m_records.contains(line.match);
    if (m_scenario.answersPerRecord && refuses(batch, line))
        return "refused";
    if (batch.operation == "insert" && there)
        return "exists";
    if ((batch.operation == "update" || isRemoval(batch.operation)) && !there)
        return "absent";
    m_applied.push_back({batch.key, batch.operation, line});
    if (batch.operation == "rename")
        m_records.erase(line.previous);
    if (isRemoval(batch.operation))
        m_records.erase(line.match);
    else
        m_records[line.match] = line.payload;
    m_witness->onApplied(m_applied.back());
    return "ok";
}

void SimulatedServer::remember(const Batch& batch, const std::vector<std::string>& words)
{
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Line& line = batch.lines[i];
        const bool gone = isRemoval(batch.operation) && words[i] == "absent";
        if (words[i] == "ok" || words[i] == "exists" || gone || !m_scenario.answersPerRecord)
            m_witness->onAcknowledged(batch.operation, line);
        if (words[i] == "busy")
            m_witness->onPutOff(line);
        if (words[i] == "refused")
            m_witness->onRefused(batch.operation, line);
    }
}

void SimulatedServer::noteRefusal(const Batch& batch)
{
    for (const Line& line : batch.lines)
        m_witness->onRefused(batch.operation, line);
}

} // namespace headgate::simulation
