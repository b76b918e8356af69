-- What does wrk send? The lines of a corpus, each once and in order, as Twilio's SDK would.
--   wrk -s load.lua URL -- CORPUS OFFSET THINK_MS
-- CORPUS: path, authorization, then one form body a line. THINK_MS > 0: mean think time.

local requests = {}
local at

function init(args)
  local lines = io.lines(args[1])
  local path = lines()
  local headers = {
    ["Authorization"] = lines(),
    ["Content-Type"] = "application/x-www-form-urlencoded",
    ["User-Agent"] = "twilio-python/9.13.0 (Linux x86_64) Python/3.11.7",
    ["X-Twilio-Client"] = "python-9.13.0",
    ["Accept"] = "application/json",
    ["Accept-Encoding"] = "gzip, deflate",
    ["Accept-Charset"] = "utf-8",
    ["Host"] = "api.twilio.com",
  }
  for body in lines do
    requests[#requests + 1] = wrk.format("POST", path, headers, body)
  end
  at = tonumber(args[2]) % #requests
  local think = tonumber(args[3])
  if think > 0 then
    math.randomseed(at)
    delay = function() return math.random(0, 2 * think) end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\nBENCH {"requests": %d, "seconds": %.6f, "refused": %d, "broken": %d, ' ..
    '"p50_ms": %.4f, "p99_ms": %.4f}\n',
    summary.requests, summary.duration / 1e6, e.status,
    e.connect + e.read + e.write + e.timeout,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3))
end
