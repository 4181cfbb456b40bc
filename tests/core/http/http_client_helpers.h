// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/print_to.h"
#include "http/http_client.h"

#include <memory>
#include <string>
#include <vector>

/// Shared by the tests of HttpClient.
namespace headgate::http_tests {

[[nodiscard]] std::unique_ptr<http::HttpClient> makeClient(http::HttpOptions options = {});
[[nodiscard]] http::Request requestTo(std::string url, std::string method = "GET");
[[nodiscard]] http::Request postTo(std::string url, std::string body);
/// Starts it and waits for its answer.
[[nodiscard]] http::Answer answerTo(http::HttpClient& client, http::Request request);
/// Waits until nothing is in flight.
[[nodiscard]] std::vector<http::Answer> allAnswers(http::HttpClient& client);

} // namespace headgate::http_tests
