// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/spec_capabilities.h"

#include "base/text.h"

#include <QByteArray>
#include <algorithm>
#include <set>

namespace headgate::connector {

namespace {

Failure unknownObject(const ConnectorSpec& spec, const std::string& object)
{
    return fail(ErrorKind::Config, "connector.object",
                Text::tr("The connector %1 has no object '%2'.").arg(spec.name, toQString(object)));
}

bool confirmsRecords(const OperationSpec& operation)
{
    const auto confirms = [](const AnswerSpec& answer) {
        return answer.matching != Matching::None && answer.matching != Matching::CountsOnly;
    };
    return std::all_of(operation.answers.begin(), operation.answers.end(), confirms) &&
           (!operation.job || confirms(operation.job->answer));
}

} // namespace

BatchLimits limitsOf(const OperationSpec& operation, const AccountValues& account)
{
    BatchLimits limits{operation.batch.records, operation.batch.bytes, operation.batch.recordBytes};
    const std::string_view chosen = account.text(operation.batch.recordsField);
    const double records =
        chosen.empty() ? 0 : QByteArray(chosen.data(), qsizetype(chosen.size())).toDouble();
    if (records >= 1)
        limits.records = static_cast<std::uint32_t>(std::min(records, 100'000.0));
    return limits;
}

Result<Capabilities> capabilitiesOf(const ConnectorSpec& spec, const std::string& object,
                                    const AccountValues& account)
{
    const ObjectSpec* found = spec.findObject(object);
    if (!found)
        return unknownObject(spec, object);
    Capabilities can;
    std::set<Operation> notRepeatable;
    for (const OperationSpec& operation : found->operations) {
        const BatchLimits limits = limitsOf(operation, account);
        const auto [known, isNew] = can.limits.emplace(operation.operation, limits);
        if (isNew)
            can.operations.push_back(operation.operation);
        known->second = {std::min(known->second.records, limits.records),
                         std::min(known->second.bytes, limits.bytes),
                         std::min(known->second.recordBytes, limits.recordBytes)};
        if (!operation.repeatable)
            notRepeatable.insert(operation.operation);
        can.perRecordResults = can.perRecordResults && confirmsRecords(operation);
    }
    for (const Operation operation : can.operations)
        if (notRepeatable.count(operation) == 0)
            can.repeatable.push_back(operation);
    for (const auto& [operation, limits] : can.limits) {
        if (limits.records < can.batchRecords)
            continue;
        can.batchRecords = limits.records;
        can.batchBytes = limits.bytes;
        can.recordBytes = limits.recordBytes;
    }
    can.setIfEmpty = found->setIfEmpty;
    can.rate = spec.rate.limits;
    const std::string_view perSecond = account.text(spec.rate.perSecondField);
    if (!perSecond.empty())
        can.rate.perSecond = QByteArray(perSecond.data(), qsizetype(perSecond.size())).toDouble();
    return can;
}

} // namespace headgate::connector
