-- SPDX-License-Identifier: GPL-3.0-or-later
-- For wrk: posts the lines of the file that HEADGATE_BENCH_BODIES names, one after the other.
local requests = {}
local at = 0

function init()
    wrk.headers["Content-Type"] = "application/json"
    for body in io.lines(os.getenv("HEADGATE_BENCH_BODIES")) do
        requests[#requests + 1] = wrk.format("POST", nil, nil, body)
    end
    assert(#requests > 0)
end

function request()
    at = at % #requests + 1
    return requests[at]
end
