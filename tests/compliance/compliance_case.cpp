// SPDX-License-Identifier: GPL-3.0-or-later
#include "compliance/compliance_case.h"

#include "connector/spec_names.h"
#include "data/json_text.h"

#include <QDir>
#include <QFile>

#include <stdexcept>

namespace headgate::compliance {

using data::JsonNode;

namespace {

const QString answersFolder = QStringLiteral(HEADGATE_SOURCE_DIR "/tests/core/connector/answers");
const QString paperFolder = QStringLiteral(HEADGATE_SOURCE_DIR "/tests/core/connector/paper");

JsonNode readFile(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("cannot read " + path.toStdString());
    const auto json = data::parseJson(file.readAll().toStdString());
    if (!json)
        throw std::runtime_error(path.toStdString() + ": " + json.error().toString().toStdString());
    return *json;
}

http::Answer readAnswer(const JsonNode& json)
{
    http::Answer answer;
    answer.transport = http::Transport::Complete;
    answer.status = json.at("status").get<int>();
    answer.body = json.contains("text") ? json["text"].get<std::string>() : json.at("json").dump();
    return answer;
}

std::vector<http::Answer> readAnswers(const JsonNode& json, const char* key)
{
    std::vector<http::Answer> answers;
    for (const JsonNode& answer : json.value(key, JsonNode::array()))
        answers.push_back(readAnswer(answer));
    return answers;
}

std::map<std::string, std::string> readTexts(const JsonNode& json)
{
    std::map<std::string, std::string> texts;
    for (const auto& [key, value] : json.items())
        texts[key] = value.get<std::string>();
    return texts;
}

connector::Fate fateFrom(const std::string& name)
{
    if (name == "retry")
        return connector::Fate::Retry;
    return name == "unconfirmed" ? connector::Fate::Unconfirmed : connector::Fate::Accepted;
}

ConnectorAnswers readConnector(const std::string& id, const JsonNode& account)
{
    ConnectorAnswers connector;
    connector.id = id;
    connector.fields = readTexts(account.at("fields"));
    connector.secrets = readTexts(account.at("secrets"));
    if (account.contains("token"))
        connector.token = readAnswer(account["token"]);
    if (account.contains("check"))
        connector.check = readAnswer(account["check"]);
    connector.account = account.value("account", "");
    return connector;
}

ComplianceCase readCase(const ConnectorAnswers& connector, const JsonNode& json)
{
    ComplianceCase read;
    read.connector = connector;
    read.name = json.at("name").get<std::string>();
    read.operation = connector::operationFromName(json.at("operation").get<std::string>()).value();
    read.object = json.at("object").get<std::string>();
    read.matchField = json.at("matchField").get<std::string>();
    read.matchPattern = json.at("match").get<std::string>();
    read.records = json.at("records").get<std::size_t>();
    read.options = readTexts(json.value("options", JsonNode::object()));
    read.accepted = readAnswers(json, "accepted");
    read.refused = readAnswers(json, "refused");
    read.rest = readAnswers(json, json.contains("rest") ? "rest" : "accepted");
    read.refusedWhole = json.value("refusedWhole", false);
    read.splittable = json.value("splittable", false);
    if (json.value("refusedRecord", -1) >= 0)
        read.refusedRecord = json["refusedRecord"].get<std::size_t>();
    read.code = json.value("code", "");
    read.words = json.value("words", "");
    read.others = fateFrom(json.value("others", "accepted"));
    read.csvPayload = json.value("payload", "") == "csv";
    return read;
}

} // namespace

void PrintTo(const ComplianceCase& value, std::ostream* out)
{
    *out << value.connector.id << ": " << value.name;
}

std::vector<std::string> allConnectors()
{
    std::vector<std::string> ids;
    for (const QString& file :
         QDir(answersFolder).entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name))
        ids.push_back(file.chopped(5).toStdString());
    return ids;
}

std::vector<ComplianceCase> allCases()
{
    std::vector<ComplianceCase> cases;
    for (const std::string& id : allConnectors()) {
        const JsonNode file = readFile(answersFolder + QLatin1Char('/') +
                                       QString::fromStdString(id) + QStringLiteral(".json"));
        const ConnectorAnswers connector = readConnector(id, file.at("account"));
        for (const JsonNode& json : file.at("cases"))
            cases.push_back(readCase(connector, json));
    }
    return cases;
}

connector::SharedSpec specOf(const std::string& id)
{
    static const connector::SpecLibrary library = [] {
        connector::SpecLibrary all = connector::SpecLibrary::builtIn();
        all.addFolder(paperFolder);
        return all;
    }();
    return library.find(id);
}

Subject::Subject(const ComplianceCase& testCase) : m_case(testCase)
{
    open(testCase);
}

void Subject::open(const ComplianceCase& testCase)
{
    connector::DestinationConfig config;
    config.fields = testCase.connector.fields;
    for (const auto& [key, value] : testCase.connector.secrets)
        config.secrets.emplace(key, secrets::Secret(value));
    auto opened = connector::openDestination(specOf(testCase.connector.id), config, m_clock);
    if (!opened)
        throw std::runtime_error(opened.error().toString().toStdString());
    m_destination = std::move(*opened);
    if (const connector::ObjectSpec* object =
            specOf(testCase.connector.id)->findObject(testCase.object))
        m_requestValues = connector::requestValuesOf(*object, testCase.options);
    if (!testCase.connector.token)
        return;
    const auto renewal = m_destination->renewCredential();
    static_cast<void>(renewal->next(nullptr));
    const auto renewed = renewal->next(&*testCase.connector.token);
    if (!renewed.result || !*renewed.result || !(*renewed.result)->renewed)
        throw std::runtime_error("the token was not taken");
}

std::string Subject::payload(std::size_t record) const
{
    const std::string number = std::to_string(record);
    if (m_case.csvPayload)
        return R"({"name":"Name )" + number +
               R"(","note":"a,\"b\"","amount":12345678901234567890})";
    return R"({"name":"Name )" + number + R"(","marker":"m-)" + number + R"(-end"})";
}

connector::DeliveryBatch Subject::batch(std::size_t records)
{
    std::vector<std::string> payloads;
    for (std::size_t i = 0; i < records; ++i)
        payloads.push_back(payload(i));
    return batch(std::move(payloads));
}

connector::DeliveryBatch Subject::batch(std::vector<std::string> payloads)
{
    m_payloads = std::move(payloads);
    m_matches.clear();
    for (std::size_t i = 0; i < m_payloads.size(); ++i) {
        std::string match = m_case.matchPattern;
        match.replace(match.find('%'), 1, std::to_string(i));
        m_matches.push_back(std::move(match));
    }
    connector::DeliveryBatch batch;
    batch.operation = m_case.operation;
    batch.object = m_case.object;
    batch.matchField = m_case.matchField;
    batch.idempotencyKey = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    batch.number = 1;
    batch.requestValues = m_requestValues;
    for (std::size_t i = 0; i < m_payloads.size(); ++i)
        batch.records.push_back({m_matches[i],
                                 {data::ValueKind::Text, m_matches[i]},
                                 {},
                                 m_payloads[i],
                                 m_requestValues});
    return batch;
}

Subject::Run Subject::run(const connector::DeliveryBatch& batch,
                          const std::vector<http::Answer>& answers)
{
    Run run;
    std::size_t used = 0;
    auto exchange = m_destination->submit(batch);
    connector::ExchangeStep step = exchange->next(nullptr);
    while (true) {
        if (step.request) {
            run.requests.push_back(*step.request);
            if (used == answers.size())
                return run;
            step = exchange->next(&answers[used++]);
        } else if (step.result && step.result->verdict == connector::Verdict::Receipt &&
                   used < answers.size()) {
            exchange = m_destination->settle(step.result->receipt, batch);
            step = exchange->next(nullptr);
        } else {
            run.result = step.result;
            return run;
        }
    }
}

std::vector<std::string> Subject::secrets() const
{
    std::vector<std::string> all;
    for (const auto& [key, value] : m_case.connector.secrets)
        all.push_back(value);
    return all;
}

} // namespace headgate::compliance
