// SPDX-License-Identifier: GPL-3.0-or-later
// Reads a manifest of dbt as the window does.
//   read_manifest FILE      prints how many models there are and how many bytes of SQL they have
#include "service/manifest_finder.h"

#include <cstdio>

using namespace headgate;

int main(int argc, char* argv[])
{
    if (argc != 2)
        return 2;
    const auto manifest = service::readManifestFile(argv[1], {});
    if (!manifest) {
        std::fprintf(stderr, "%s\n", manifest.error().toString().toUtf8().constData());
        return 1;
    }
    std::size_t bytes = 0;
    for (const dbt::ManifestModel& model : manifest->models)
        bytes += model.compiledSql.size();
    std::printf("%zu %zu\n", manifest->models.size(), bytes);
    return 0;
}
