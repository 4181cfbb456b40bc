// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector_spec.h"

namespace headgate::connector {

class SpecProblems;

/// What no single key shows: slots without their field, matchings without their pointers, requests
/// that cannot carry their batch, statuses claimed twice. Reports all of it.
void checkSpec(const ConnectorSpec& spec, SpecProblems& problems);

/// The rules for one operation; `at` is its JSON pointer.
void checkOperation(const ConnectorSpec& spec, const ObjectSpec& object,
                    const OperationSpec& operation, const std::string& at, SpecProblems& problems);
/// The rules for one answer.
void checkAnswer(const AnswerSpec& answer, const std::string& at, SpecProblems& problems);

/// Which slots a request may use; account slots are always allowed.
struct SlotScope
{
    const ObjectSpec* object = nullptr; ///< allows option and object
    bool batch = false;                 ///< operation, matchField, idempotencyKey
    bool record = false;                ///< match, previousMatch, key, trace
    bool found = false;
    bool receipt = false;
};
void checkRequest(const ConnectorSpec& spec, const RequestSpec& request, const SlotScope& scope,
                  const std::string& at, SpecProblems& problems);
void checkSlots(const ConnectorSpec& spec, const SlotText& text, const SlotScope& scope,
                const std::string& at, SpecProblems& problems);

} // namespace headgate::connector
