-- consumer/applying/lua/apply.lua — Joins one range of a partition's records into the state of their articles, and moves the
-- partition's offset, in one atomic step. Applying a range twice, or ranges in any order, gives the same state.
--
-- KEYS[1]        hash of next offsets, field `topic/partition`, and of newest event times, field `topic/partition@time`
-- KEYS[2d]       prefix of the internal keys of the d-th day, which it ends with as yyyyMMdd. It is no key itself: so while a
--                Redis Cluster moves the slot, it answers TRYAGAIN, and no script finds but some of the keys there.
--                  `::articles::<bucket>` hash, article id -> packed state (laid out in consumer/applying/article-state.ts)
--                  `::comments::<bucket>` hash, `<article>:<comment>` -> its writer, or '' when it was deleted; and
--                                         `<article>@<writer>` -> how many of their comments stand
--                  `::commenters::<bucket>` hash, article id -> users with a comment that stands
--                  `::ranked`             sorted set of the candidates, member = id padded to 19 digits, so that byte order
--                                         is integer order
--                  `::floor`              hash of `score` and `member`: the best article that is no candidate; none while
--                                         every listable article is one
--                  `::withdrawn`          set of the members that were deleted after their day was published
--                  `::frozen`             there from the day's publication on: only deletions change the day any more
-- KEYS[2d+1]     the day's public list; or the shard's tops, a hash of what it gives to each day's merged list
-- ARGV[1]        field of KEYS[1]
-- ARGV[2]        offset from which the range was fetched
-- ARGV[3]        next offset after the range
-- ARGV[4]        '' or the stored offset ('none' when missing) in spite of which the range is to be applied
-- ARGV[5..9]     rows of a public list; weight of a like, a comment, a view, a commenter
-- ARGV[10]       'list' or 'tops': which of the two the KEYS[2d+1] are
-- ARGV[11]       newest event time of the range, ms since 1970; '' when it is not needed
-- ARGV[9+3d]     when the d-th day's keys expire, ms since 1970
-- ARGV[10+3d]    its rows, end to end: bucket (2 bytes), zeros that the id is padded with (1), padded id (19), packed state
-- ARGV[11+3d]    its comments, where commenters have a weight: '' or JSON of article id -> comment, writer, comment, writer, …
--                with '' for the writer of a deleted one
--
-- The candidates are exactly the listable articles that rank above the floor. So the list is exact while there are at least
-- as many candidates as rows, or no floor; otherwise the candidates are found again among all articles of the day. Source:
-- K. Yi et al., Efficient maintenance of materialized top-k views, ICDE 2003.
--
-- Output: {'applied', frozen}, where the d-th character of `frozen` is 1 when the d-th day is frozen; with tops, each day's top
-- follows (laid out in consumer/applying/lua/merge.lua), nil where it did not change.
-- {'skipped', stored} when the range had been applied before; with tops, all tops follow.
-- {'refused', stored | 'none'} when Redis has not seen the records before the range: it is empty, or older than Kafka's
-- committed offset.

local byte, char, sub, match, floor = string.byte, string.char, string.sub, string.match, math.floor
local unpackNumbers, call = struct.unpack, redis.call
local CREATED, WITHDRAWN, DELETED = 1, 2, 3
local TOMBSTONE = char(DELETED)
-- By width code: bytes of version and count, and how to read the count.
local SIZE = { [0] = 0, 10, 12, 15 }
local COUNT = { '>I2', '>I4', '>I7' }
local ZADD_ARGUMENTS = 2000
-- One of several shards has fewer; asking for the others costs next to nothing.
local BUCKETS = 16384

local top = tonumber(ARGV[5])
-- Above the most, the candidates are cut to the fewest: enough for many leaders to fall before any must be found again.
local candidatesFewest = math.max(1000, 2 * top)
local candidatesMost = 2 * candidatesFewest
local likeWeight, commentWeight, viewWeight = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local commenterWeight = tonumber(ARGV[9])

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

-- True when the counter at `bAt` stands against the one at `aAt`: by version, and by count if a broken producer gave two
-- counts one version.
local function isNewer(b, bAt, bCode, a, aAt, aCode)
  local aHigh, aLow = unpackNumbers('>I4I4', a, aAt)
  local bHigh, bLow = unpackNumbers('>I4I4', b, bAt)
  if bHigh ~= aHigh then return bHigh > aHigh end
  if bLow ~= aLow then return bLow > aLow end
  return unpackNumbers(COUNT[bCode], b, bAt + 8) > unpackNumbers(COUNT[aCode], a, aAt + 8)
end

-- Puts the counter at `bAt` of b into a, where it belongs at `aAt`, if it stands there.
local function joinCounter(a, aAt, aCode, b, bAt, bCode, unit)
  if aCode > 0 and not isNewer(b, bAt, bCode, a, aAt, aCode) then return a end
  local flags = char(byte(a, 1) + (bCode - aCode) * unit)
  return flags .. sub(a, 2, aAt - 1) .. sub(b, bAt, bAt + SIZE[bCode] - 1) .. sub(a, aAt + SIZE[aCode])
end

-- The least state that holds both: associative, commutative and idempotent. From the last counter to the first, so that
-- the places of those still to come stay where they are.
local function join(a, b)
  local aStatus, aLike, aComment, aView = flagsOf(a, 1)
  local bStatus, bLike, bComment, bView = flagsOf(b, 1)
  if aStatus == DELETED or bStatus == DELETED then return TOMBSTONE end
  local aComments, bComments = 2 + SIZE[aLike], 2 + SIZE[bLike]
  local joined = a
  if bView > 0 then
    joined = joinCounter(joined, aComments + SIZE[aComment], aView, b, bComments + SIZE[bComment], bView, 64)
  end
  if bComment > 0 then joined = joinCounter(joined, aComments, aComment, b, bComments, bComment, 16) end
  if bLike > 0 then joined = joinCounter(joined, 2, aLike, b, 2, bLike, 4) end
  if bStatus > aStatus then joined = char(byte(joined, 1) + bStatus - aStatus) .. sub(joined, 2) end
  return joined
end

-- By which the article is ranked; 0 when it is not.
local function rankScore(packed, commenters, status, like, comment, view)
  if status ~= CREATED and status ~= WITHDRAWN then return 0 end
  local score, at = commenterWeight * commenters, 10
  if like > 0 then
    score = score + likeWeight * unpackNumbers(COUNT[like], packed, at)
    at = at + SIZE[like]
  end
  if comment > 0 then
    score = score + commentWeight * unpackNumbers(COUNT[comment], packed, at)
    at = at + SIZE[comment]
  end
  if view > 0 then score = score + viewWeight * unpackNumbers(COUNT[view], packed, at) end
  return score
end

local Candidates = {}
Candidates.__index = Candidates

function Candidates.of(day)
  local stored = call('HMGET', day .. '::floor', 'score', 'member')
  return setmetatable({
    key = day .. '::ranked', floorKey = day .. '::floor',
    floorScore = tonumber(stored[1] or '-1'), floorMember = stored[2] or '',
    scores = {}, count = 0,
  }, Candidates)
end

function Candidates:hold(score, member)
  return score > self.floorScore or (score == self.floorScore and member > self.floorMember)
end

function Candidates:add(score, member)
  local count = self.count
  self.scores[count + 1], self.scores[count + 2] = score, member
  self.count = count + 2
  if self.count == ZADD_ARGUMENTS then self:flush() end
end

function Candidates:flush()
  if self.count == 0 then return end
  call('ZADD', self.key, unpack(self.scores, 1, self.count))
  self.scores, self.count = {}, 0
  local size = call('ZCARD', self.key)
  if size <= candidatesMost then return end
  local last = size - candidatesFewest - 1
  local best = call('ZRANGE', self.key, last, last, 'WITHSCORES')
  call('ZREMRANGEBYRANK', self.key, 0, last)
  self.floorMember, self.floorScore = best[1], tonumber(best[2])
  call('HSET', self.floorKey, 'score', best[2], 'member', best[1])
end

local function pairsOf(flat)
  local found = {}
  for i = 1, #flat, 2 do found[flat[i]] = flat[i + 1] end
  return found
end

-- Too many candidates have fallen: the next ranks belong to articles that were no candidates.
function Candidates:refill(day)
  local articles, commenters = day .. '::articles::', day .. '::commenters::'
  call('DEL', self.key, self.floorKey)
  self.floorScore, self.floorMember = -1, ''
  for bucket = 0, BUCKETS - 1 do
    local states = call('HGETALL', articles .. bucket)
    local numbers = commenterWeight > 0 and pairsOf(call('HGETALL', commenters .. bucket)) or {}
    for i = 1, #states, 2 do
      local score = rankScore(states[i + 1], tonumber(numbers[states[i]] or '0'), flagsOf(states[i + 1], 1))
      local member = string.rep('0', 19 - #states[i]) .. states[i]
      if score > 0 and self:hold(score, member) then self:add(score, member) end
    end
  end
  self:flush()
end

-- The row that begins at `at`: bucket, padded id, id, packed state, and where the next row begins.
local function rowAt(rows, at)
  local high, low, zeros = byte(rows, at, at + 2)
  local padded = sub(rows, at + 3, at + 21)
  local _, like, comment, view = flagsOf(rows, at + 22)
  local last = at + 22 + SIZE[like] + SIZE[comment] + SIZE[view]
  return high * 256 + low, padded, sub(padded, zeros + 1), sub(rows, at + 22, last), last + 1
end

-- A published day is changed by deletions only: a listed article's rank stays empty.
local function withdrawRows(day, rows)
  local at = 1
  while at <= #rows do
    local bucket, padded, id, delta
    bucket, padded, id, delta, at = rowAt(rows, at)
    if byte(delta, 1) % 4 >= WITHDRAWN then
      local key = day .. '::articles::' .. bucket
      local stored = call('HGET', key, id)
      if stored and byte(stored, 1) % 4 == CREATED then
        call('HSET', key, id, char(byte(stored, 1) + WITHDRAWN - CREATED) .. sub(stored, 2))
        call('SADD', day .. '::withdrawn', padded)
      end
    end
  end
end

-- Sets of comments and of deleted ones, so in any order and number of times they end the same.
-- Output: how many users had a comment that stands, and how many have one now.
local function joinComments(day, bucket, id, comments, expireAt)
  local texts, numbers = day .. '::comments::' .. bucket, day .. '::commenters::' .. bucket
  local before = tonumber(call('HGET', numbers, id) or '0')
  local after = before
  for i = 1, #comments, 2 do
    local comment, writer = id .. ':' .. comments[i], comments[i + 1]
    local known = call('HGET', texts, comment)
    if not known or (known ~= '' and writer == '') then
      call('HSET', texts, comment, writer)
      if writer ~= '' then
        if call('HINCRBY', texts, id .. '@' .. writer, 1) == 1 then after = after + 1 end
      elseif known and call('HINCRBY', texts, id .. '@' .. known, -1) == 0 then
        call('HDEL', texts, id .. '@' .. known)
        after = after - 1
      end
    end
  end
  if #comments > 0 then call('PEXPIREAT', texts, expireAt) end
  if after ~= before then
    call('HSET', numbers, id, after)
    call('PEXPIREAT', numbers, expireAt)
  end
  return before, after
end

local function joinRows(day, rows, comments, expireAt)
  local articles = day .. '::articles::'
  local commented = comments ~= '' and cjson.decode(comments) or {}
  local candidates = Candidates.of(day)
  local at = 1
  while at <= #rows do
    local number, padded, id, delta
    number, padded, id, delta, at = rowAt(rows, at)
    local bucket = articles .. number

    local stored = call('HGET', bucket, id)
    local state = stored and join(stored, delta) or delta
    local commentersBefore, commenters = 0, 0
    if commenterWeight > 0 then
      commentersBefore, commenters = joinComments(day, number, id, commented[id] or {}, expireAt)
    end
    if state ~= stored or commenters ~= commentersBefore then
      if call('HSET', bucket, id, state) == 1 then call('PEXPIREAT', bucket, expireAt) end
      local before = stored and rankScore(stored, commentersBefore, flagsOf(stored, 1)) or 0
      local score = rankScore(state, commenters, flagsOf(state, 1))
      if score > 0 and candidates:hold(score, padded) then
        candidates:add(score, padded)
      elseif before > 0 and candidates:hold(before, padded) then
        call('ZREM', candidates.key, padded)
      end
      if byte(state, 1) % 4 == WITHDRAWN then call('SADD', day .. '::withdrawn', padded) end
    end
  end
  candidates:flush()
  if candidates.floorScore >= 0 and call('ZCARD', candidates.key) < top then candidates:refill(day) end
end

-- The first `top` articles, without those deleted since publication: no article moves up into a published list.
local function listRows(day)
  local ranked = call('ZREVRANGE', day .. '::ranked', 0, top - 1, 'WITHSCORES')
  local withdrawn = day .. '::withdrawn'
  local someWithdrawn = call('EXISTS', withdrawn) == 1
  local rows = {}
  for i = 1, #ranked, 2 do
    if not someWithdrawn or call('SISMEMBER', withdrawn, ranked[i]) == 0 then
      rows[#rows + 1] = ranked[i + 1]
      rows[#rows + 1] = match(ranked[i], '^0*(%d+)$')
    end
  end
  return rows
end

local function isListed(list, rows)
  local found = call('ZRANGE', list, 0, -1, 'WITHSCORES')
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
  call('DEL', list)
  if #rows > 0 then call('ZADD', list, unpack(rows)) end
end

local function forgetExpired(tops)
  local now = call('TIME')
  local fields = call('HGETALL', tops)
  for i = 1, #fields, 2 do
    if tonumber(match(fields[i + 1], '^%d+ (%d+)')) <= now[1] * 1000 then call('HDEL', tops, fields[i]) end
  end
end

-- The shard's first `top` articles. Those deleted since publication are marked, not left out: which ranks they leave empty
-- is known only where all shards meet.
local function topOf(day)
  local ranked = call('ZREVRANGE', day .. '::ranked', 0, top - 1, 'WITHSCORES')
  local withdrawn = day .. '::withdrawn'
  local someWithdrawn = call('EXISTS', withdrawn) == 1
  local words = {}
  for i = 1, #ranked, 2 do
    local isListed = not someWithdrawn or call('SISMEMBER', withdrawn, ranked[i]) == 0
    words[#words + 1] = ranked[i + 1] .. ' ' .. ranked[i] .. ' ' .. (isListed and '1' or '0')
  end
  return table.concat(words, ' ')
end

local function offer(day, tops, expireAt)
  local field, rows = sub(day, -8), topOf(day)
  local stored = call('HGET', tops, field)
  if not stored and rows == '' then return false end
  local version, expiry, before = match(stored or '0 0 ', '^(%d+) (%d+) (.*)$')
  if rows ~= before then version = string.format('%.0f', version + 1) end
  local offered = version .. ' ' .. expireAt .. ' ' .. rows
  if (rows ~= before or expiry ~= expireAt) and call('HSET', tops, field, offered) == 1 then forgetExpired(tops) end
  return rows ~= before and offered
end

local isMerged = ARGV[10] == 'tops'
local stored = call('HGET', KEYS[1], ARGV[1])
if ARGV[4] ~= (stored or 'none') then
  if stored and not isBelow(stored, ARGV[3]) then
    local reply = { 'skipped', stored }
    for d = 1, isMerged and (#KEYS - 1) / 2 or 0 do
      reply[2 + d] = call('HGET', KEYS[2 * d + 1], sub(KEYS[2 * d], -8))
    end
    return reply
  end
  if not stored or isBelow(stored, ARGV[2]) then return { 'refused', stored or 'none' } end
end
local reply, frozen = { 'applied' }, ''
for d = 1, (#KEYS - 1) / 2 do
  local day, list, expireAt = KEYS[2 * d], KEYS[2 * d + 1], ARGV[9 + 3 * d]
  local rows, comments = ARGV[10 + 3 * d], ARGV[11 + 3 * d]
  local isFrozen = call('EXISTS', day .. '::frozen') == 1
  if isFrozen then withdrawRows(day, rows) else joinRows(day, rows, comments, expireAt) end
  frozen = frozen .. (isFrozen and '1' or '0')
  if isMerged then
    reply[2 + d] = offer(day, list, expireAt)
  else
    publish(day, list)
    call('PEXPIREAT', list, expireAt)
  end
  for _, key in ipairs({ day .. '::ranked', day .. '::floor', day .. '::withdrawn' }) do
    call('PEXPIREAT', key, expireAt)
  end
end
call('HSET', KEYS[1], ARGV[1], ARGV[3])
if ARGV[11] ~= '' then
  local seen = call('HGET', KEYS[1], ARGV[1] .. '@time')
  if not seen or isBelow(seen, ARGV[11]) then call('HSET', KEYS[1], ARGV[1] .. '@time', ARGV[11]) end
end
reply[2] = frozen
return reply
