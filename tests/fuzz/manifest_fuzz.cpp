// SPDX-License-Identifier: GPL-3.0-or-later
#include "dbt/manifest.h"
#include "fuzz/hold.h"
#include "service/key_list.h"

#include <cstdint>
#include <set>

using namespace headgate;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (const auto manifest = dbt::readManifest(text)) {
        fuzz::hold(manifest->version >= dbt::oldestManifest, "an old format is refused");
        for (const dbt::ManifestModel& model : manifest->models) {
            fuzz::hold(!model.name.empty(), "a model has a name");
            fuzz::hold(model.key.empty() == (model.keyEvidence == dbt::KeyEvidence::None),
                       "a key has its evidence");
        }
    }
    static_cast<void>(dbt::quotedParts(text));
    for (const std::vector<std::string>& recordKey :
         {std::vector<std::string>{}, {"id"}, {"name", "id"}})
        if (const auto list = service::readKeyList(text, recordKey)) {
            const std::set<std::string> each(list->keys.begin(), list->keys.end());
            fuzz::hold(each.size() == list->keys.size() && !each.contains(""),
                       "each key once, and none is empty");
        }
    return 0;
}
