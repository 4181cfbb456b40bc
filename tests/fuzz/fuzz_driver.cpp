// SPDX-License-Identifier: GPL-3.0-or-later
// Runs a libFuzzer target without libFuzzer: every seed, then seeds with random damage.
//   fuzz_X SEED-FILE-OR-FOLDER...
// A rule that is broken aborts; what was fed then is in the file fuzz_input.bin. HEADGATE_TEST_DEEP
// makes it take 20 times as many inputs, of another seed each day; HEADGATE_FUZZ_INPUTS and
// HEADGATE_FUZZ_SEED choose others.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

constexpr std::size_t shortRuns = 4'000;
constexpr std::size_t deepRuns = 20 * shortRuns;
constexpr std::size_t longestInput = 64 << 10;

const std::string* underTest = nullptr;

void keepInput(int signal)
{
    std::signal(signal, SIG_DFL);
    if (underTest != nullptr) {
        if (std::FILE* file = std::fopen("fuzz_input.bin", "wb"); file != nullptr) {
            std::fwrite(underTest->data(), 1, underTest->size(), file);
            std::fclose(file);
        }
        std::fprintf(stderr, "The input of %zu bytes is in fuzz_input.bin.\n", underTest->size());
    }
    std::raise(signal);
}

void run(const std::string& input)
{
    underTest = &input;
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
    underTest = nullptr;
}

std::size_t chosen(const char* variable, std::size_t otherwise)
{
    const char* value = std::getenv(variable);
    return value != nullptr ? std::strtoull(value, nullptr, 10) : otherwise;
}

std::vector<std::string> readSeeds(int count, char** paths)
{
    std::vector<std::string> seeds{""};
    const auto add = [&](const fs::path& path) {
        std::ifstream in(path, std::ios::binary);
        seeds.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
        seeds.back().resize(std::min(seeds.back().size(), longestInput));
    };
    for (int i = 0; i < count; ++i) {
        if (!fs::is_directory(paths[i])) {
            add(paths[i]);
            continue;
        }
        std::vector<fs::path> files;
        for (const auto& entry : fs::recursive_directory_iterator(paths[i]))
            if (entry.is_regular_file())
                files.push_back(entry.path());
        std::sort(files.begin(), files.end());
        for (const fs::path& file : files)
            add(file);
    }
    return seeds;
}

class Damage
{
public:
    Damage(const std::vector<std::string>& seeds, std::uint32_t seed)
        : m_seeds(seeds), m_random(seed)
    {}

    std::string next()
    {
        std::string text = m_seeds[below(m_seeds.size())];
        for (std::size_t i = 0; i < 1 + below(4); ++i)
            damage(text);
        text.resize(std::min(text.size(), longestInput));
        return text;
    }

private:
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : m_random() % limit; }

    /// A stretch of `text`; mostly short.
    std::pair<std::size_t, std::size_t> stretch(const std::string& text)
    {
        const std::size_t begin = below(text.size() + 1);
        const std::size_t most = text.size() - begin;
        return {begin, below(std::min<std::size_t>(most, below(8) == 0 ? most : 24) + 1)};
    }

    void damage(std::string& text)
    {
        static const char* const words[] = {"\"",
                                            "\\",
                                            "{",
                                            "}",
                                            "[",
                                            "]",
                                            ",",
                                            ":",
                                            "null",
                                            "true",
                                            "-",
                                            "0",
                                            "1e99",
                                            "-0",
                                            "\r",
                                            "\n",
                                            "\r\n",
                                            "\t",
                                            "\\u0000",
                                            "\\ud800",
                                            "/",
                                            "~",
                                            "..",
                                            "%00",
                                            "{{",
                                            "}}",
                                            "*",
                                            "9999",
                                            "18446744073709551616",
                                            "",
                                            " ",
                                            "\xff",
                                            "\xc3(",
                                            ";",
                                            "=",
                                            "id",
                                            "name",
                                            "\xf0\x9f\x98\x80",
                                            "1.",
                                            "é",
                                            "\x7f",
                                            "\xed\xa0\x80"};
        const auto [begin, length] = stretch(text);
        switch (below(7)) {
        case 0:
            if (begin < text.size())
                text[begin] = static_cast<char>(m_random() & 0xFF);
            break;
        case 1:
            text.erase(begin, length);
            break;
        case 2:
            text.insert(begin, words[below(std::size(words))]);
            break;
        case 3:
            text.replace(begin, length, words[below(std::size(words))]);
            break;
        case 4:
            text.insert(below(text.size() + 1), text.substr(begin, length));
            break;
        case 5: {
            const std::string& other = m_seeds[below(m_seeds.size())];
            const auto [from, many] = stretch(other);
            text.replace(begin, length, other, from, many);
            break;
        }
        default:
            text.resize(begin);
        }
    }

    const std::vector<std::string>& m_seeds;
    std::mt19937 m_random;
};

} // namespace

int main(int argc, char** argv)
{
    const std::vector<std::string> seeds = readSeeds(argc - 1, argv + 1);
    if (seeds.size() < 2) {
        std::fprintf(stderr, "There are no seeds.\n");
        return 2;
    }
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL})
        std::signal(signal, keepInput);
    for (const std::string& seed : seeds)
        run(seed);
    const bool deep = std::getenv("HEADGATE_TEST_DEEP") != nullptr;
    const auto hours = std::chrono::duration_cast<std::chrono::hours>(
        std::chrono::system_clock::now().time_since_epoch());
    const auto randomSeed = static_cast<std::uint32_t>(
        chosen("HEADGATE_FUZZ_SEED", deep ? static_cast<std::size_t>(hours.count() / 24) : 1));
    Damage damage(seeds, randomSeed);
    const std::size_t runs = chosen("HEADGATE_FUZZ_INPUTS", deep ? deepRuns : shortRuns);
    for (std::size_t i = 0; i < runs; ++i)
        run(damage.next());
    std::printf("%zu seeds and %zu damaged inputs (seed %u): every rule held.\n", seeds.size(),
                runs, randomSeed);
    return 0;
}
