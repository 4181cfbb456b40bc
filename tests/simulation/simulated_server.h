// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "connector/destination.h"
#include "data/json.h"
#include "http/http.h"
#include "simulation/scenario.h"
#include "simulation/trace.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace headgate::simulation {

/// The destination: applies what arrives, remembers all of it, and answers badly where it is told
/// to. Its memory is the truth that the checker holds the state against.
class SimulatedServer
{
public:
    struct Line
    {
        std::string match;
        std::string previous;
        std::string payload;
    };
    /// One record of one request that was applied.
    struct Application
    {
        std::string idempotencyKey;
        std::string operation;
        Line line;
    };

    /// Sees what the server does and says, as it happens.
    class Witness
    {
    public:
        virtual ~Witness() = default;
        /// It came, whatever is done with it.
        virtual void onRequest(const std::string& operation, const Line& line) = 0;
        virtual void onApplied(const Application& application) = 0;
        /// A whole and understandable answer says that the record is there, or gone.
        virtual void onAcknowledged(const std::string& operation, const Line& line) = 0;
        virtual void onRefused(const std::string& operation, const Line& line) = 0;
        /// It is asked for once more.
        virtual void onPutOff(const Line& line) = 0;
    };

    SimulatedServer(const Scenario& scenario, Dice& dice, Trace& trace);

    [[nodiscard]] http::Answer handle(const http::Request& request);

    /// Share of requests that end badly.
    void setBadAnswers(std::size_t percent) { m_badPercent = percent; }
    /// Match values that it refuses for good, from now on.
    void setRefused(std::set<std::string> matches) { m_refuses = std::move(matches); }
    /// And those that it does not let go.
    void setKept(std::set<std::string> matches) { m_keeps = std::move(matches); }
    /// A request of a dead process is not sent.
    void setReachable(std::function<bool()> reachable) { m_reachable = std::move(reachable); }
    void setWitness(Witness& witness) { m_witness = &witness; }
    /// Somebody else's record.
    void put(const std::string& match, const std::string& payload) { m_records[match] = payload; }

    [[nodiscard]] const std::map<std::string, std::string>& records() const { return m_records; }
    [[nodiscard]] const std::vector<Application>& applied() const { return m_applied; }
    [[nodiscard]] std::size_t requests() const { return m_requests; }

private:
    struct Batch
    {
        std::string key;
        std::string operation;
        std::vector<Line> lines;
    };
    [[nodiscard]] static Batch batchOf(const http::Request& request);
    void checkRepeat(const Batch& batch, const std::string& body);
    [[nodiscard]] http::Answer badAnswer(const Batch& batch);
    [[nodiscard]] http::Answer honestAnswer(const Batch& batch);
    [[nodiscard]] std::vector<std::string> apply(const Batch& batch);
    [[nodiscard]] std::string applyLine(const Batch& batch, const Line& line);
    [[nodiscard]] bool refuses(const Batch& batch, const Line& line) const;
    [[nodiscard]] bool refusesWhole(const Batch& batch) const;
    void remember(const Batch& batch, const std::vector<std::string>& words);
    void noteRefusal(const Batch& batch);

    const Scenario& m_scenario;
    Dice& m_dice;
    Trace& m_trace;
    std::size_t m_badPercent = 0;
    std::set<std::string> m_refuses;
    std::set<std::string> m_keeps;
    std::function<bool()> m_reachable;
    Witness* m_witness = nullptr;
    std::map<std::string, std::string> m_records;
    std::vector<Application> m_applied;
    std::map<std::string, std::map<std::string, std::string>> m_words; ///< by key and match
    std::map<std::string, std::string> m_bodyByKey;
    std::size_t m_requests = 0;
};

} // namespace headgate::simulation
