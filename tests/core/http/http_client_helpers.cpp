// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/http/http_client_helpers.h"

#include <gtest/gtest.h>

namespace headgate::http_tests {

std::unique_ptr<http::HttpClient> makeClient(http::HttpOptions options)
{
    auto client = http::HttpClient::create(std::move(options));
    if (!client)
        throw std::runtime_error(client.error().code);
    return *std::move(client);
}

http::Request requestTo(std::string url, std::string method)
{
    http::Request request;
    request.url = std::move(url);
    request.method = std::move(method);
    return request;
}

http::Request postTo(std::string url, std::string body)
{
    http::Request request = requestTo(std::move(url), "POST");
    request.body = std::make_shared<const std::string>(std::move(body));
    return request;
}

http::Answer answerTo(http::HttpClient& client, http::Request request)
{
    client.start(77, std::move(request));
    std::vector<http::Answer> answers;
    while (answers.empty())
        answers = client.wait(std::chrono::minutes(1));
    EXPECT_EQ(answers.size(), 1u);
    EXPECT_EQ(answers.front().id, 77u);
    return std::move(answers.front());
}

std::vector<http::Answer> allAnswers(http::HttpClient& client)
{
    std::vector<http::Answer> all;
    while (client.inFlight() > 0)
        for (http::Answer& answer : client.wait(std::chrono::minutes(1)))
            all.push_back(std::move(answer));
    return all;
}

} // namespace headgate::http_tests
