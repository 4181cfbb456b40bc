// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/immediate.h"

#include "base/text.h"
#include "connector/spec_capabilities.h"

namespace headgate::connector {

namespace {

BatchResult overLimit(const BatchLimits& limits)
{
    BatchResult result;
    result.verdict = Verdict::Refused;
    result.splittable = true;
    result.tooLarge = true;
    result.code = "connector.batch.too_large";
    result.message = Text::tr("The destination takes at most %1 records and %2 bytes at a time.")
                         .arg(limits.records)
                         .arg(qulonglong(limits.bytes))
                         .toStdString();
    return result;
}

} // namespace

BatchResult nothingToDo()
{
    BatchResult result;
    result.verdict = Verdict::PerRecord;
    return result;
}

BatchResult notApplied(Verdict verdict, const Error& error)
{
    BatchResult result;
    result.verdict = verdict;
    result.code = error.code;
    result.message = error.message.toStdString();
    return result;
}

std::optional<BatchResult> unfitOperation(const ConnectorSpec& spec, const std::string& object,
                                          Operation operation)
{
    if (const ObjectSpec* found = spec.findObject(object); found && found->find(operation, {}))
        return std::nullopt;
    return notApplied(Verdict::Fatal,
                      fail(ErrorKind::Config, "connector.operation",
                           Text::tr("The connector %1 cannot %2 '%3'.")
                               .arg(spec.name, QLatin1String(name(operation)), toQString(object)))
                          .value());
}

std::optional<BatchResult> unfitBatch(const ConnectorSpec& spec, const AccountValues& account,
                                      const DeliveryBatch& batch)
{
    if (auto unfit = unfitOperation(spec, batch.object, batch.operation))
        return unfit;
    const OperationSpec* operation = spec.findObject(batch.object)->find(batch.operation, {});
    const BatchLimits limits = limitsOf(*operation, account);
    std::size_t bytes = 0;
    for (const OutgoingRecord& record : batch.records)
        bytes += record.payload.size() + record.match.text.size();
    if (batch.records.size() > limits.records || bytes > limits.bytes)
        return overLimit(limits);
    return std::nullopt;
}

} // namespace headgate::connector
