// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/hold.h"
#include "http/http_date.h"
#include "http/retry_after.h"

#include <array>
#include <cstdint>
#include <string>

using namespace headgate;

namespace {

void check(std::optional<Milliseconds> wait)
{
    using namespace std::chrono_literals;
    fuzz::hold(!wait || (*wait >= 1s && *wait <= 24h * 365), "a wait is 1 s to 365 days");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    using http::WaitHeader;
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const WallTime now = WallTime(std::chrono::seconds(1'795'000'000));
    const std::size_t line = std::min(text.find('\n'), text.size());
    const std::string value(text.substr(0, line));
    const std::string date(text.substr(std::min(line + 1, text.size())));
    for (const WaitHeader header :
         {WaitHeader::RetryAfter, WaitHeader::XRateLimitReset, WaitHeader::XRateLimitResetDashed,
          WaitHeader::RateLimitReset, WaitHeader::HubSpotInterval}) {
        http::Answer answer;
        answer.transport = http::Transport::Complete;
        answer.status = 429;
        answer.headers = {{http::name(header), value, false}, {"Date", date, false}};
        check(http::waitAskedFor(answer, std::array{header}, now));
        answer.status = 200;
        answer.headers.push_back({"X-RateLimit-Remaining", "0", false});
        check(http::waitForQuota(answer, std::array{header}, now));
    }
    return 0;
}
