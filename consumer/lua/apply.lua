-- consumer/lua/apply.lua — Joins one range of a partition's records into the state of their articles, and moves the
-- partition's offset, in one atomic step. Applying a range twice, or ranges in any order, gives the same state.
--
-- KEYS[1]        hash of next offsets, field `topic/partition`
-- KEYS[2d]       prefix of the internal keys of the d-th day:
--                  `::articles::<bucket>` hash, article id -> packed state (laid out in consumer/article-state.ts)
--                  `::ranked`             sorted set of every listable article, member = id padded to 19 digits, so that
--                                         byte order is integer order
--                  `::withdrawn`          set of the members that were deleted after their day was published
-- KEYS[2d+1]     the day's public list
-- ARGV[1]        field of KEYS[1]
-- ARGV[2]        offset from which the range was fetched
-- ARGV[3]        next offset after the range
-- ARGV[4]        '' or the stored offset ('none' when missing) in spite of which the range is to be applied
-- ARGV[5..8]     rows of a public list; weight of a like, a comment, a view
-- ARGV[9]        '1': every write renews the expiry, as it moves; '0': it is fixed when a key is made
-- ARGV[8+2d]     when the d-th day's keys expire, ms since 1970
-- ARGV[9+2d]     its rows, end to end: bucket (2 bytes), padded id (19), packed state
--
-- Output: {'applied'}; {'skipped', stored} when the range had been applied before; {'refused', stored | 'none'} when
-- Redis has not seen the records before the range: it is empty, or older than Kafka's committed offset.

local byte, char, sub, match, floor = string.byte, string.char, string.sub, string.match, math.floor
local unpackNumbers = struct.unpack
local CREATED, WITHDRAWN, DELETED = 1, 2, 3
local TOMBSTONE = char(DELETED)
-- By width code: bytes of version and count, and how to read the count.
local SIZE = { [0] = 0, 10, 12, 15 }
local COUNT = { '>I2', '>I4', '>I7' }
local ZADD_ARGUMENTS = 2000

local top = tonumber(ARGV[5])
local likeWeight, commentWeight, viewWeight = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local renews = ARGV[9] == '1'

-- Decimals, as an offset may exceed what a double holds.
local function isBelow(a, b)
  if #a ~= #b then return #a < #b end
  return a < b
end

-- Status, and width codes of likes, comments and views.
local function flagsOf(packed, at)
  local flags = byte(packed, at)
  return flags % 4, floor(flags / 4) % 4, floor(flags / 16) % 4, floor(flags / 64)
end

-- The larger of two counters by version; by count, if a broken producer gave two counts one version.
local function newer(a, aCode, b, bCode)
  if bCode == 0 then return a, aCode end
  if aCode == 0 then return b, bCode end
  local aHigh, aLow = unpackNumbers('>I4I4', a)
  local bHigh, bLow = unpackNumbers('>I4I4', b)
  local difference = aHigh - bHigh
  if difference == 0 then difference = aLow - bLow end
  if difference == 0 then difference = unpackNumbers(COUNT[aCode], a, 9) - unpackNumbers(COUNT[bCode], b, 9) end
  if difference >= 0 then return a, aCode end
  return b, bCode
end

-- The least state that holds both: associative, commutative and idempotent.
local function join(a, b)
  local aStatus, aLike, aComment, aView = flagsOf(a, 1)
  local bStatus, bLike, bComment, bView = flagsOf(b, 1)
  local status = aStatus > bStatus and aStatus or bStatus
  if status == DELETED then return TOMBSTONE end
  local aAt, bAt = 2 + SIZE[aLike], 2 + SIZE[bLike]
  local like, likeCode = newer(sub(a, 2, aAt - 1), aLike, sub(b, 2, bAt - 1), bLike)
  local aEnd, bEnd = aAt + SIZE[aComment], bAt + SIZE[bComment]
  local comment, commentCode = newer(sub(a, aAt, aEnd - 1), aComment, sub(b, bAt, bEnd - 1), bComment)
  local view, viewCode = newer(sub(a, aEnd), aView, sub(b, bEnd), bView)
  return char(status + 4 * likeCode + 16 * commentCode + 64 * viewCode) .. like .. comment .. view
end

-- By which the article is ranked; 0 when it is not.
local function rankScore(packed, status, like, comment, view)
  if status ~= CREATED and status ~= WITHDRAWN then return 0 end
  local score, at = 0, 10
  if like > 0 then
    score = likeWeight * unpackNumbers(COUNT[like], packed, at)
    at = at + SIZE[like]
  end
  if comment > 0 then
    score = score + commentWeight * unpackNumbers(COUNT[comment], packed, at)
    at = at + SIZE[comment]
  end
  if view > 0 then score = score + viewWeight * unpackNumbers(COUNT[view], packed, at) end
  return score
end

local function joinRows(day, rows, expireAt)
  local articles, ranked = day .. '::articles::', day .. '::ranked'
  local scores, count = {}, 0
  local at = 1
  while at <= #rows do
    local high, low = byte(rows, at, at + 1)
    local bucket = articles .. (high * 256 + low)
    local padded = sub(rows, at + 2, at + 20)
    local _, like, comment, view = flagsOf(rows, at + 21)
    local last = at + 21 + SIZE[like] + SIZE[comment] + SIZE[view]
    local delta = sub(rows, at + 21, last)
    at = last + 1

    local id = match(padded, '^0*(%d+)$')
    local stored = redis.call('HGET', bucket, id)
    local state = stored and join(stored, delta) or delta
    if state ~= stored then
      if redis.call('HSET', bucket, id, state) == 1 or renews then redis.call('PEXPIREAT', bucket, expireAt) end
      local before = stored and byte(stored, 1) % 4 or 0
      local status = byte(state, 1) % 4
      local score = rankScore(state, flagsOf(state, 1))
      if score > 0 then
        scores[count + 1], scores[count + 2] = score, padded
        count = count + 2
        if count == ZADD_ARGUMENTS then
          redis.call('ZADD', ranked, unpack(scores))
          scores, count = {}, 0
        end
      elseif before == CREATED or before == WITHDRAWN then
        redis.call('ZREM', ranked, padded)
      end
      if status == WITHDRAWN and before ~= WITHDRAWN then redis.call('SADD', day .. '::withdrawn', padded) end
    end
  end
  if count > 0 then redis.call('ZADD', ranked, unpack(scores)) end
end

-- The first `top` articles, without those deleted since publication: nobody moves up into a published list.
local function listRows(day)
  local ranked = redis.call('ZREVRANGE', day .. '::ranked', 0, top - 1, 'WITHSCORES')
  local withdrawn = day .. '::withdrawn'
  local someWithdrawn = redis.call('EXISTS', withdrawn) == 1
  local rows = {}
  for i = 1, #ranked, 2 do
    if not someWithdrawn or redis.call('SISMEMBER', withdrawn, ranked[i]) == 0 then
      rows[#rows + 1] = ranked[i + 1]
      rows[#rows + 1] = match(ranked[i], '^0*(%d+)$')
    end
  end
  return rows
end

local function isListed(list, rows)
  local found = redis.call('ZRANGE', list, 0, -1, 'WITHSCORES')
  if #found ~= #rows then return false end
  local scores = {}
  for i = 1, #found, 2 do scores[found[i]] = found[i + 1] end
  for i = 1, #rows, 2 do
    if scores[rows[i + 1]] ~= rows[i] then return false end
  end
  return true
end

local function publish(day, list)
  local rows = listRows(day)
  if isListed(list, rows) then return end
  redis.call('DEL', list)
  if #rows > 0 then redis.call('ZADD', list, unpack(rows)) end
end

local stored = redis.call('HGET', KEYS[1], ARGV[1])
if ARGV[4] ~= (stored or 'none') then
  if stored and not isBelow(stored, ARGV[3]) then return { 'skipped', stored } end
  if not stored or isBelow(stored, ARGV[2]) then return { 'refused', stored or 'none' } end
end
for d = 1, (#KEYS - 1) / 2 do
  local day, list, expireAt = KEYS[2 * d], KEYS[2 * d + 1], ARGV[8 + 2 * d]
  joinRows(day, ARGV[9 + 2 * d], expireAt)
  publish(day, list)
  for _, key in ipairs({ day .. '::ranked', day .. '::withdrawn', list }) do
    redis.call('PEXPIREAT', key, expireAt)
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return { 'applied' }
