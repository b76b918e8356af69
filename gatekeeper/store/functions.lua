#!lua name=gatekeeper_@VERSION@
-- What does the store do on its own side, in one step that nothing can come between?
--
-- Keys (Redis 7.0 command set). `tag` is the first 16 bits of a person's subject in hex, `field`
-- the other 14 bytes; `scope` names a list of one tenant or of all.
--   gk:meta                          applied, confirmed, registry, list:<scope> (pointer to a
--                                    list's version)
--   gk:registry                      document key -> document
--   gk:c:{tag}          field        consent events of one person, packed
--   gk:g:{tag}:field                 ids of consent events that were dropped: 16 digits each
--   gk:s:{tag}:field                 earlier sends: entries of 17 bytes (8 id, 1 purpose, 8 ms)
--   gk:w:{tag}          field+sender  when the person last wrote to that sender (8 ms), then the
--                                    ids of the last messages (8 each)
--   gk:t:{tag}:field:sender          sealed ends of the last messages, a list that expires
--   gk:p:{tag}:scope:own             set of fields: people put on a tenant's list one by one
--   gk:dnc:{prefix}:scope:version    numbers with all but their last six digits in common, packed
--   gk:dnc:scope:version             manifest: prefix -> numbers listed; '*' -> all, once whole;
--                                    'w' bytes of a number, 'p' country code, 'o' 1 if not all
--   gk:scopes                        set of scopes of which a version was ever loaded
--   gk:versions:scope                version -> ms when its load began
--   gk:history:scope                 change number -> {pointer, origin}: every swap there was
--   gk:i:key, gk:u:fingerprint       idempotency record; guard after an unknown outcome
--   gk:b:key                         token bucket

local META, REGISTRY = 'gk:meta', 'gk:registry'
local SENT_TTL, ENTRY, SENT_MAX = 31 * 86400000, 17, 64
local ANSWER_TTL, GUARD_TTL, FLIGHT_TTL, TRIES_TTL = 72 * 3600000, 60000, 120000, 120000

local MINE, IN_FLIGHT, ANSWERED, UNKNOWN, MISMATCH = 0, 1, 2, 3, 4
local HIT, CLEAR, NOT_CHECKED, FAULT = 0, 1, 2, 3

-- Idempotency -------------------------------------------------------------------------------

-- A record is {turn of a later twin, fingerprint, request, deadline ms, stored answer}.
local function record_of(key, now)
  local packed = redis.call('GET', key)
  local record = packed and cmsgpack.unpack(packed)
  if not record then return nil end
  if record[1] == IN_FLIGHT then
    -- A try that never ended may have been sent: its outcome is unknown, its key is not free.
    if now > record[4] then record[1] = UNKNOWN end
    return record
  end
  return now <= record[4] and record or nil
end

local function keep_record(key, turn, mark, stored, ttl)
  local record = cmsgpack.pack({turn, mark.fingerprint, mark.request, mark.now + ttl, stored})
  redis.call('SET', key, record, 'PX', math.max(ttl, turn == IN_FLIGHT and ANSWER_TTL or 0))
end

-- Where the SDK counts its tries, the first is a message of its own, whatever stood there before. It
-- takes the key, but not from an equal one under way: the repetition of that one must find it.
local FIRST_TRY = 1

local function own_try(mark, record)
  if not record or mark.attempt ~= FIRST_TRY or record[3] == mark.request then return record end
  if record[1] == IN_FLIGHT then mark.key = '' end
  return nil
end

local function turn_of(mark)
  local record = mark.key ~= '' and own_try(mark, record_of('gk:i:' .. mark.key, mark.now))
  if record then
    if record[2] ~= mark.fingerprint then return MISMATCH, '' end
    if record[1] == IN_FLIGHT and record[3] == mark.request then return MINE, '' end
    return record[1], record[5]
  end
  local guard = record_of('gk:u:' .. mark.fingerprint, mark.now)
  if guard then return UNKNOWN, guard[5] end
  return MINE, ''
end

local function settle_record(mark, turn, stored)
  local key = 'gk:i:' .. mark.key
  local packed = mark.key ~= '' and redis.call('GET', key)
  local own = mark.key ~= '' and (not packed or cmsgpack.unpack(packed)[3] == mark.request)
  if turn == MINE then
    if own then redis.call('DEL', key) end
    return
  end
  if own then keep_record(key, turn, mark, stored, mark.attempt > 0 and TRIES_TTL or ANSWER_TTL) end
  if turn == UNKNOWN then keep_record('gk:u:' .. mark.fingerprint, turn, mark, stored, GUARD_TTL) end
end

-- Token buckets (GCRA: the stored value is the instant at which the bucket is full again) -----

local function draw(buckets, now, reserve)
  local tats, waits, limited, full = {}, {}, false, 0
  for i, bucket in ipairs(buckets) do
    local key, burst, cost = bucket[1], bucket[2], bucket[3]
    local tat = tats[key] or tonumber(redis.call('GET', 'gk:b:' .. key) or 0)
    tats[key] = math.max(tat, now) + cost
    local wait = tats[key] - now - burst
    -- The tolerance is the rounding of a double near 2^41 ms, far below one token.
    waits[i] = wait > 0.01 and math.ceil(wait) or 0
    limited = limited or wait > 0.01
    full = math.max(full, tats[key] - now)
  end
  if reserve and not limited then
    for key, tat in pairs(tats) do
      redis.call('SET', 'gk:b:' .. key, string.format('%.3f', tat), 'PX', math.ceil(tat - now) + 1)
    end
  end
  return waits, limited
end

local function refund(buckets, now)
  for _, bucket in ipairs(buckets) do
    local key = 'gk:b:' .. bucket[1]
    local tat = tonumber(redis.call('GET', key) or 0) - bucket[3]
    if tat > now then
      redis.call('SET', key, string.format('%.3f', tat), 'PX', math.ceil(tat - now) + 1)
    else
      redis.call('DEL', key)
    end
  end
end

-- Earlier sends -----------------------------------------------------------------------------

local function position(sends, id)
  for at = 1, #sends, ENTRY do
    if string.sub(sends, at, at + 7) == id then return at end
  end
end

local function fresh(sends, now)
  local first = math.max(1, #sends - SENT_MAX * ENTRY + 1)
  while first < #sends and struct.unpack('>I8', sends, first + 9) < now - SENT_TTL do
    first = first + ENTRY
  end
  return first > 1 and string.sub(sends, first) or sends
end

-- What was sent before this entry; the entry itself is appended where that is wanted.
local function sends_before(key, entry, now, reserve)
  local sends = fresh(redis.call('GET', key) or '', now)
  local own = position(sends, string.sub(entry, 1, 8))
  if own then return string.sub(sends, 1, own - 1) end
  if reserve then redis.call('SET', key, fresh(sends .. entry, now), 'PX', SENT_TTL) end
  return sends
end

-- Whether the entry was there.
local function withdraw(key, id)
  local sends = redis.call('GET', key)
  local own = sends and position(sends, id)
  if not own then return false end
  local rest = string.sub(sends, 1, own - 1) .. string.sub(sends, own + ENTRY)
  if rest == '' then redis.call('DEL', key) else redis.call('SET', key, rest, 'KEEPTTL') end
  return true
end

-- Lists -------------------------------------------------------------------------------------

local BITMAP = 125000
local UNDATED = 65535
-- Of the answers of a list common to all and of the tenant's own, the worse counts.
local WORSE = {[HIT] = 3, [FAULT] = 2, [CLEAR] = 1, [NOT_CHECKED] = 0}
-- What an entry with a day says: not since the day, no data, listed (since the day).
local SAID = {[0] = CLEAR, [1] = NOT_CHECKED, [2] = HIT}

local function bit_at(key, rest)
  local at = math.floor(rest / 8)
  local byte = redis.call('GETRANGE', key, at, at)
  return bit.band(string.byte(byte), bit.lshift(1, 7 - rest % 8)) ~= 0
end

-- Entries of `width` bytes, sorted by their first three: the number's last six digits. Numbers lie
-- evenly, so a guess by proportion is good; each second step halves, so no list is slow.
local function entry_at(key, rest, width, size)
  local low, high, least, most = 0, size / width - 1, 0, 999999
  local halve = false
  while low <= high and rest >= least and rest <= most do
    local share = halve and 0.5 or (rest - least) / math.max(1, most - least)
    local middle = low + math.floor((high - low) * share)
    halve = not halve
    local entry = redis.call('GETRANGE', key, middle * width, middle * width + width - 1)
    local first, second, third = string.byte(entry, 1, 3)
    local found = first * 65536 + second * 256 + third
    if found == rest then return entry end
    if found < rest then
      low, least = middle + 1, found + 1
    else
      high, most = middle - 1, found - 1
    end
  end
end

-- The answer of one version, and its day (0 for none).
local function listed_number(list, number)
  if number == '' then return NOT_CHECKED, 0 end
  local prefix, rest = string.sub(number, 1, -7), tonumber(string.sub(number, -6))
  local domestic = #number == 11 and string.sub(number, 1, 1) == '1'
  local told = redis.call('HMGET', 'gk:dnc:' .. list, '*', 'w', 'p', 'o', prefix, string.sub(prefix, 2))
  if not told[1] then return FAULT, 0 end
  local width, plan, absent, count = tonumber(told[2] or 0), told[3], CLEAR, told[5]
  if told[4] == '1' then absent = NOT_CHECKED end
  -- Older gates kept North American numbers only, and left out their country code.
  if width == 0 then plan, count = '1', domestic and told[6] end
  if string.sub(number, 1, #plan) ~= plan or (plan == '1' and not domestic) then
    return NOT_CHECKED, 0
  end
  if not count then return absent, 0 end
  local key = 'gk:dnc:{' .. prefix .. '}:' .. list
  local size = redis.call('STRLEN', key)
  -- The manifest names this segment: if it is gone we do not know, and must not say "clear".
  if size == 0 then return FAULT, 0 end
  if width ~= 6 and size == BITMAP then return bit_at(key, rest) and HIT or CLEAR, 0 end
  local entry = entry_at(key, rest, width, size)
  if not entry then return absent, 0 end
  if width ~= 6 then return HIT, 0 end
  local day = string.byte(entry, 5) * 256 + string.byte(entry, 6)
  return SAID[string.byte(entry, 4)], day == UNDATED and 0 or day
end

local function listed(pointer, tag, field, number)
  if not pointer then return NOT_CHECKED, 0 end
  local answer, day = CLEAR, 0
  if pointer.method == 'number' then answer, day = listed_number(pointer.list, number) end
  -- Whom the tenant put on the list one by one counts beside the version that came as a file.
  if pointer.own and (answer ~= HIT or day ~= 0) then
    local key = 'gk:p:{' .. tag .. '}:' .. pointer.own
    if redis.call('SISMEMBER', key, field) == 1 then return HIT, 0 end
  end
  return answer, day
end

local function worse(answer, day, than, its_day)
  if answer ~= than then return WORSE[answer] > WORSE[than] end
  -- A later day is the stricter, and none is later than any.
  return answer == HIT and its_day ~= 0 and (day == 0 or day > its_day)
end

-- One integer: 2 bits of the answer, 1 for the tenant's own list, then the day.
local function told_of(pair, tag, field, number)
  local answer, day = listed(pair[1], tag, field, number)
  local whose = pair[1] and 0 or 4
  if pair[2] then
    local own, its_day = listed(pair[2], tag, field, number)
    if not pair[1] or worse(own, its_day, answer, day) then answer, day, whose = own, its_day, 4 end
  end
  return answer + whose + 8 * day
end

local function pointer_of(scope, packed, is_own)
  if not packed then return nil end
  local pointer = cmsgpack.unpack(packed)
  local name = string.sub(scope, 6)
  return {method = pointer[1], list = name .. ':' .. pointer[2], own = is_own and name .. ':own'}
end

-- Two fields per list stand in `values` from the third on: all tenants' list, then the tenant's
-- own. Both are asked, so that no tenant can put an empty list before a national one.
local function pointers_of(scopes, values)
  local packed, pairs_of = {}, {}
  for i = 1, #scopes / 2 do
    local common, own = values[2 * i + 1], values[2 * i + 2]
    packed[2 * i - 1], packed[2 * i] = common or '', own or ''
    pairs_of[i] = {
      pointer_of(scopes[2 * i - 1], common), pointer_of(scopes[2 * i], own, true),
    }
  end
  return packed, pairs_of
end

-- Gather and settle -------------------------------------------------------------------------
--
-- The first argument is msgpack and holds text and numbers; bytes follow as arguments of their own,
-- since the server's msgpack cannot read the binary type.

-- How the messages before ended; the end of this one is appended where that is wanted.
local TAILS_MAX = 4
local function tails_before(key, tail, ttl, reserve)
  local tails = redis.call('LRANGE', key, 0, -1)
  if reserve and tail ~= '' then
    redis.call('RPUSH', key, tail)
    redis.call('LTRIM', key, -TAILS_MAX, -1)
    redis.call('PEXPIRE', key, ttl)
  end
  return tails
end

-- `bytes` is the person's field (14), the entry for this send (17) and, where one is kept, its tail.
-- Where the channel asks when the person last wrote, `to` is the sender that it is sent from.
local function describe(person, bytes, lists, now, reserve, ttl, to)
  local tag, field = person[1], string.sub(bytes, 1, 14)
  local answers = {}
  for i, which in ipairs(person[3]) do
    answers[i] = told_of(lists[which], tag, field, person[2])
  end
  local sends = sends_before('gk:s:{' .. tag .. '}:' .. field, string.sub(bytes, 15, 31), now, reserve)
  local tails = nil
  if person[4] then
    local key = 'gk:t:{' .. tag .. '}:' .. field .. ':' .. person[4]
    tails = tails_before(key, string.sub(bytes, 32), ttl, reserve)
  end
  local consent = redis.call('HGET', 'gk:c:{' .. tag .. '}', field) or ''
  if not to then return {consent, sends, answers, tails} end
  local heard = redis.call('HGET', 'gk:w:{' .. tag .. '}', field .. to) or ''
  return {consent, sends, answers, tails or {}, string.sub(heard, 1, 8)}
end

local function gather(_, args)
  local ask = cmsgpack.unpack(args[1])
  local mark = {request = ask[1], now = ask[2], key = ask[5], fingerprint = ask[6], attempt = ask[11]}
  local scopes, people, buckets = ask[7], ask[8], ask[9]
  local meta = redis.call('HMGET', META, 'applied', 'registry', unpack(scopes))
  local applied, registry = tonumber(meta[1] or 0), tonumber(meta[2] or 0)
  if applied < ask[4] then return {applied} end
  local turn, stored = turn_of(mark)
  local mine = ask[3] and turn == MINE
  local waits, limited = draw(buckets, mark.now, mine)
  if mine and mark.key ~= '' then keep_record('gk:i:' .. mark.key, IN_FLIGHT, mark, '', FLIGHT_TTL) end
  local packed, lists = pointers_of(scopes, meta)
  local persons = {}
  for i, person in ipairs(people) do
    persons[i] = describe(person, args[i + 1], lists, mark.now, mine and not limited, ask[10], ask[12])
  end
  return {applied, registry, turn, stored, waits, packed, persons}
end

-- `people` is the field (14) and entry id (8) of each person.
local function settle_one(item, stored, people)
  local mark = {request = item[1], now = item[2], key = item[3], fingerprint = item[4], attempt = item[8]}
  local held = false
  for i, tag in ipairs(item[6]) do
    local own = string.sub(people, 22 * i - 21, 22 * i)
    held = withdraw('gk:s:{' .. tag .. '}:' .. string.sub(own, 1, 14), string.sub(own, 15)) or held
  end
  -- Entries and tokens are reserved together or not at all, so the entry tells of the tokens.
  if held then refund(item[7], mark.now) end
  settle_record(mark, item[5], stored)
end

local function settle(_, args)
  local items = cmsgpack.unpack(args[1])
  for i, item in ipairs(items) do settle_one(item, args[2 * i], args[2 * i + 1]) end
  return #items
end

-- Consent: what is kept is a function of the set of events, whatever their order ----------------

local ID, ACT, AT, EXPIRES, BRAND, MARKS = 1, 2, 3, 8, 12, 14
local KEEP, EVENTS_MAX = 8, 128
local SHORT_ID, GONE_MAX = 16, 4096
local CORRECTION = 12
-- Opt-out, expiry, reassigned, wrong number, deceased, scope change, correction: without one of
-- these more would be permitted, so they are never dropped to make room.
local LASTING = {[2] = true, [3] = true, [4] = true, [5] = true, [8] = true, [10] = true, [12] = true}

local function newer(a, b)
  if a[AT] ~= b[AT] then return a[AT] > b[AT] end
  return a[ID] > b[ID]
end

local function lasting(event) return event[EXPIRES] == 0 and math.huge or event[EXPIRES] end

local function group_of(event)
  local scope = table.concat(event, '|', 4, 7) .. '|' .. (event[BRAND] or '')
  return scope .. '|' .. event[ACT] .. '|' .. (event[MARKS] or 0)
end

-- The newest of each scope, act and basis stay, the grant that lasts longest, and all corrections.
local function compact(events)
  table.sort(events, newer)
  local count, longest, kept = {}, {}, {}
  for _, event in ipairs(events) do
    local group = group_of(event)
    if not longest[group] or lasting(event) > lasting(longest[group]) then longest[group] = event end
  end
  for _, event in ipairs(events) do
    local group = group_of(event)
    count[group] = (count[group] or 0) + 1
    local stays = count[group] <= KEEP or longest[group] == event or event[ACT] == CORRECTION
    if stays then kept[#kept + 1] = event end
  end
  return kept
end

-- Past the bound the oldest grants go: that errs to block.
local function bound(events)
  local i = #events
  while #events > EVENTS_MAX and i > 0 do
    if not LASTING[events[i][ACT]] then table.remove(events, i) end
    i = i - 1
  end
  return events
end

-- Ids of events that were once kept: such an event told again, with a later instant of receipt, is
-- no new word of the person's. The oldest of 4,096 are forgotten, so that this stays bounded.
local function was_dropped(gone, id)
  for at = 1, #gone, SHORT_ID do
    if string.sub(gone, at, at + SHORT_ID - 1) == id then return true end
  end
  return false
end

local function drop(key, gone, events, kept)
  if #kept == #events then return end
  local stays = {}
  for _, event in ipairs(kept) do stays[event[ID]] = true end
  for _, event in ipairs(events) do
    if not stays[event[ID]] then gone = gone .. string.sub(event[ID] .. string.rep('-', SHORT_ID), 1, SHORT_ID) end
  end
  redis.call('SET', key, string.sub(gone, -GONE_MAX * SHORT_ID))
end

local function add_event(tag, field, event)
  local key, gone_key = 'gk:c:{' .. tag .. '}', 'gk:g:{' .. tag .. '}:' .. field
  local packed = redis.call('HGET', key, field)
  local events = packed and cmsgpack.unpack(packed) or {}
  for _, known in ipairs(events) do
    if known[ID] == event[ID] then return end
  end
  local gone = redis.call('GET', gone_key) or ''
  if gone ~= '' and was_dropped(gone, string.sub(event[ID], 1, SHORT_ID)) then return end
  events[#events + 1] = event
  local kept = bound(compact(events))
  redis.call('HSET', key, field, cmsgpack.pack(kept))
  drop(gone_key, gone, events, kept)
end

-- Changes from the ledger -------------------------------------------------------------------

-- People put on a list one by one stand beside its versions: no file that comes in loses them.
local function set_person(scope, command, tag, field)
  redis.call('HSETNX', META, 'list:' .. scope, cmsgpack.pack({'subject', 'own', 0, 0}))
  redis.call(command, 'gk:p:{' .. tag .. '}:' .. scope .. ':own', field)
end

-- The newest instant counts, whatever the order; a message that is told again counts once.
local HEARD_MAX = 32
local function set_heard(tag, field, to, at, mark)
  local key = 'gk:w:{' .. tag .. '}'
  local kept = redis.call('HGET', key, field .. to) or ''
  for i = 9, #kept, 8 do
    if string.sub(kept, i, i + 7) == mark then return end
  end
  local newest = kept ~= '' and struct.unpack('>I8', kept) or 0
  local marks = string.sub(string.sub(kept, 9) .. mark, -8 * HEARD_MAX)
  redis.call('HSET', key, field .. to, struct.pack('>I8', math.max(newest, at)) .. marks)
end

local CHANGES = {
  heard = function(change, data)
    set_heard(change[2], string.sub(data, 1, 14), change[3], change[4], string.sub(data, 15, 22))
  end,
  consent = function(change, field) add_event(change[2], field, change[3]) end,
  put = function(change, document) redis.call('HSET', REGISTRY, change[2], document) return true end,
  delete = function(change) redis.call('HDEL', REGISTRY, change[2]) return true end,
  list = function(change, field) set_person(change[2], 'SADD', change[3], field) end,
  unlist = function(change, field) set_person(change[2], 'SREM', change[3], field) end,
  swap = function(change, origin, n)
    redis.call('HSET', META, 'list:' .. change[2], cmsgpack.pack(change[3]))
    redis.call('HSET', 'gk:history:' .. change[2], n, cmsgpack.pack({change[3], origin}))
  end,
}

local function apply(_, args)
  local batch = cmsgpack.unpack(args[1])
  local first, last, changes = batch[1], batch[2], batch[3]
  local applied = tonumber(redis.call('HGET', META, 'applied') or 0)
  if last <= applied then return applied end
  if first > applied + 1 then return redis.error_reply('GAP the store has not applied what came before') end
  local registered = false
  for i, change in ipairs(changes) do
    if CHANGES[change[1]](change, args[i + 1], first + i - 1) then registered = true end
  end
  redis.call('HSET', META, 'applied', last)
  if registered then redis.call('HSET', META, 'registry', last) end
  return last
end

-- A write, so that it stands in the append-only file behind all that it speaks for.
local function confirm()
  local applied = tonumber(redis.call('HGET', META, 'applied') or 0)
  redis.call('HSET', META, 'confirmed', applied)
  return applied
end

local function documents()
  local version = redis.call('HGET', META, 'registry')
  return {tonumber(version or 0), redis.call('HGETALL', REGISTRY)}
end

-- `args` are tag and field of each person: the events kept, and the ids of those dropped.
local function histories(_, args)
  local found = {}
  for i = 1, #args, 2 do
    found[i] = redis.call('HGET', 'gk:c:{' .. args[i] .. '}', args[i + 1]) or ''
    found[i + 1] = redis.call('GET', 'gk:g:{' .. args[i] .. '}:' .. args[i + 1]) or ''
  end
  return found
end

redis.register_function('gk_gather_@VERSION@', gather)
redis.register_function('gk_settle_@VERSION@', settle)
redis.register_function('gk_apply_@VERSION@', apply)
redis.register_function('gk_confirm_@VERSION@', confirm)
redis.register_function{
  function_name = 'gk_documents_@VERSION@', callback = documents, flags = {'no-writes'},
}
redis.register_function{
  function_name = 'gk_histories_@VERSION@', callback = histories, flags = {'no-writes'},
}
