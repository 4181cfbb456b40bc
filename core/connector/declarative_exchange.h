// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/answer_reader.h"
#include "connector/body_template.h"
#include "connector/declarative_destination.h"

#include <memory>
#include <string>
#include <vector>

namespace headgate::connector {

/// One batch on its way by a spec: looks a record up first where the spec says so, leaves out
/// records that cannot be written and says so for each of them.
class DeclarativeExchange final : public Exchange
{
public:
    /// `destination` and everything that `batch` views outlive it. With a receipt it asks for the
    /// outcome of a batch that was taken for later, else it delivers.
    DeclarativeExchange(DeclarativeDestination& destination, const DeliveryBatch& batch,
                        std::string receipt = {});

    [[nodiscard]] ExchangeStep next(const http::Answer* answer) override;

private:
    enum class Stage
    {
        Unsent,
        LookingUp,
        Writing,
        Polling,
        ReadingErrors
    };

    [[nodiscard]] ExchangeStep start();
    [[nodiscard]] ExchangeStep lookUp();
    [[nodiscard]] ExchangeStep onFound(const http::Answer& answer);
    [[nodiscard]] ExchangeStep onAbsent();
    [[nodiscard]] ExchangeStep onPresent(std::string id);
    [[nodiscard]] ExchangeStep write(const RequestSpec& spec);
    [[nodiscard]] std::string bodyOf(const BodyTemplate& body);
    [[nodiscard]] ExchangeStep onWritten(const http::Answer& answer) const;
    [[nodiscard]] ExchangeStep ask(const RequestSpec& spec, Stage stage);
    [[nodiscard]] ExchangeStep poll();
    [[nodiscard]] ExchangeStep onPolled(const http::Answer& answer);
    [[nodiscard]] ExchangeStep onErrors(const http::Answer& answer) const;
    [[nodiscard]] ExchangeStep onlyRecord(Fate fate, std::string code,
                                          const QString& message) const;
    [[nodiscard]] ExchangeStep withLocalRefusals(BatchResult result) const;
    [[nodiscard]] SlotContext context(std::size_t record) const;
    [[nodiscard]] AnswerReader reader() const;

    DeclarativeDestination& m_destination;
    DeliveryBatch m_batch;
    const ObjectSpec* m_object = nullptr;
    const OperationSpec* m_operation = nullptr;
    Result<RequestValues> m_options;
    Stage m_stage = Stage::Unsent;
    std::string m_receipt;
    std::string m_found;
    bool m_recordInPath = false;
    std::vector<OutgoingRecord> m_sent;
    std::vector<std::size_t> m_traces;                      ///< of m_sent: positions in the batch
    std::vector<std::optional<RecordOutcome>> m_unsendable; ///< by position in the batch
};

/// An exchange that answers at once.
class SettledExchange final : public Exchange
{
public:
    explicit SettledExchange(BatchResult result) : m_result(std::move(result)) {}
    [[nodiscard]] ExchangeStep next(const http::Answer* answer) override;

private:
    BatchResult m_result;
};

[[nodiscard]] ExchangeStep finished(BatchResult result);
/// A result for a request that was not made: surely not applied.
[[nodiscard]] BatchResult notMade(Verdict verdict, const Error& error);

} // namespace headgate::connector
