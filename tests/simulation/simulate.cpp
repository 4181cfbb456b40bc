// SPDX-License-Identifier: GPL-3.0-or-later
// Plan and delivery under every fault at once, in virtual time.
//
//   simulate                   seeds 1 to 2000
//   simulate --seed N          one seed, with its trace
//   simulate --seeds A..B      those
//   simulate --forever [A]     from A (or 1) on until stopped
//
// Ends with 1 at the first broken promise, after its trace and the command that replays it.
#include "simulation/simulation.h"

#include <QCoreApplication>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>

namespace {

using headgate::simulation::FaultyFiles;
using headgate::simulation::Simulation;

constexpr std::uint64_t defaultSeeds = 2000;
constexpr std::uint64_t seedsPerReplay = 20;

struct Choice
{
    std::uint64_t first = 1;
    std::uint64_t last = defaultSeeds;
    bool shows = false;
};

std::uint64_t numberIn(const std::string& text)
{
    return std::strtoull(text.c_str(), nullptr, 10);
}

bool readChoice(int argc, char** argv, Choice& choice)
{
    const std::string option = argc > 1 ? argv[1] : "";
    const std::string value = argc > 2 ? argv[2] : "";
    if (option.empty())
        return true;
    if (option == "--seed") {
        choice = {numberIn(value), numberIn(value), true};
        return choice.first > 0;
    }
    if (option == "--forever") {
        choice = {value.empty() ? 1 : numberIn(value), UINT64_MAX, false};
        return choice.first > 0;
    }
    const std::size_t dots = value.find("..");
    if (option != "--seeds" || dots == std::string::npos)
        return false;
    choice = {numberIn(value.substr(0, dots)), numberIn(value.substr(dots + 2)), false};
    return choice.first > 0 && choice.last >= choice.first;
}

void show(const headgate::simulation::Trace& trace)
{
    for (const std::string& line : trace.lines())
        std::cout << line << '\n';
}

bool holds(std::uint64_t seed, const Choice& choice, FaultyFiles& files)
{
    Simulation simulation(seed, files);
    if (choice.shows)
        simulation.show();
    simulation.run();
    bool whole = simulation.trace().violations().empty();
    if (whole && (choice.shows || seed % seedsPerReplay == 0)) {
        Simulation again(seed, files);
        again.run();
        if (again.trace().hash() != simulation.trace().hash()) {
            std::cout << "I10: the same seed went another way\n";
            show(again.trace());
            whole = false;
        }
    }
    if (!whole && !choice.shows)
        show(simulation.trace());
    std::cout << (whole ? "" : "FAILED ") << "seed " << seed << " trace " << std::hex
              << simulation.trace().hash() << std::dec << '\n';
    if (!whole)
        std::cout << "replay: simulate --seed " << seed << '\n';
    return whole;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    Choice choice;
    if (!readChoice(argc, argv, choice)) {
        std::cerr << "simulate [--seed N | --seeds A..B | --forever [A]]\n";
        return 2;
    }
    FaultyFiles files;
    for (std::uint64_t seed = choice.first; seed <= choice.last; ++seed) {
        if (!holds(seed, choice, files))
            return 1;
        if (seed == choice.last)
            break;
    }
    return 0;
}
