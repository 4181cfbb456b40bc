// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/spec_loader.h"
#include "fuzz/hold.h"

#include <cstdint>

using namespace headgate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const connector::LoadedSpec loaded = connector::loadSpec(text, "spec.json");
    fuzz::hold((loaded.spec != nullptr) == !hasErrors(loaded.issues),
               "a spec is refused exactly if it has a mistake");
    for (const Issue& issue : loaded.issues)
        fuzz::hold(issue.place.starts_with("spec.json:") && !issue.message.isEmpty(),
                   "a mistake has a place and a sentence");
    if (loaded.spec == nullptr)
        return 0;
    fuzz::hold(!loaded.spec->id.empty(), "a spec has an id");
    for (const connector::ObjectSpec& object : loaded.spec->objects)
        for (const connector::OperationSpec& operation : object.operations) {
            const std::string field =
                operation.matchOn.empty() ? std::string() : operation.matchOn.front();
            fuzz::hold(object.find(operation.operation, field) != nullptr,
                       "what a spec declares is found in it");
        }
    return 0;
}
