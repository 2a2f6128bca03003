-- consumer/article-read/lua/apply.lua — Joins one range of a partition's records into the read models of their articles, and
-- moves the partition's offset, in one atomic step. Applying a range twice, or ranges in any order, gives the same models.
--
-- KEYS[1]   hash of next offsets, field `topic/partition`
-- KEYS[2]   prefix of the shard's keys. It is no key itself: so while a Redis Cluster moves the slot, it answers TRYAGAIN.
--             `::states::<bucket>` hash, article id -> flags and counts
--             `::titles::<bucket>` hash, article id -> title; both laid out in consumer/article-read/read-model.ts
-- ARGV[1]   field of KEYS[1]
-- ARGV[2]   offset from which the range was fetched
-- ARGV[3]   next offset after the range
-- ARGV[4]   '' or the stored offset ('none' when missing) in spite of which the range is to be applied
-- ARGV[5]   rows, end to end: bucket (2 bytes), length of the id (1), id, state (46), length of the title (4; 0: none), title
--
-- Output: {'applied'}; {'skipped', stored} when the range had been applied before; {'refused', stored | 'none'} when Redis has
-- not seen the records before the range.

local byte, char, sub = string.byte, string.char, string.sub
local unpackNumbers, call = struct.unpack, redis.call
local STATE, COUNTER = 46, 15

-- Decimals, as an offset may exceed what a double holds.
local function isBelow(a, b)
  if #a ~= #b then return #a < #b end
  return a < b
end

-- By version, and by count if a broken producer gave two counts one version.
local function isNewer(b, a, at)
  local aHigh, aLow, aCount = unpackNumbers('>I4I4I7', a, at)
  local bHigh, bLow, bCount = unpackNumbers('>I4I4I7', b, at)
  if bHigh ~= aHigh then return bHigh > aHigh end
  if bLow ~= aLow then return bLow > aLow end
  return bCount > aCount
end

-- The least state that holds both: associative, commutative and idempotent.
local function joined(a, b)
  local state = char(bit.bor(byte(a, 1), byte(b, 1)))
  for at = 2, STATE, COUNTER do
    state = state .. sub(isNewer(b, a, at) and b or a, at, at + COUNTER - 1)
  end
  return state
end

-- Byte for byte, so by version first; Lua's own order of texts is that of the server's locale.
local function isAfter(b, a)
  for i = 1, math.min(#a, #b) do
    local x, y = byte(a, i), byte(b, i)
    if x ~= y then return y > x end
  end
  return #b > #a
end

local stored = call('HGET', KEYS[1], ARGV[1])
if ARGV[4] ~= (stored or 'none') then
  if stored and not isBelow(stored, ARGV[3]) then return { 'skipped', stored } end
  if not stored or isBelow(stored, ARGV[2]) then return { 'refused', stored or 'none' } end
end
local rows, at = ARGV[5], 1
while at <= #rows do
  local bucket, idLength = unpackNumbers('>I2B', rows, at)
  local stateAt = at + 3 + idLength
  local titleAt = stateAt + STATE + 4
  local id, delta = sub(rows, at + 3, stateAt - 1), sub(rows, stateAt, stateAt + STATE - 1)
  local titleLength = unpackNumbers('>I4', rows, stateAt + STATE)
  at = titleAt + titleLength

  local states = KEYS[2] .. '::states::' .. bucket
  local before = call('HGET', states, id)
  local state = before and joined(before, delta) or delta
  if state ~= before then call('HSET', states, id, state) end
  if titleLength > 0 then
    local titles, title = KEYS[2] .. '::titles::' .. bucket, sub(rows, titleAt, at - 1)
    local standing = call('HGET', titles, id)
    if not standing or isAfter(title, standing) then call('HSET', titles, id, title) end
  end
end
call('HSET', KEYS[1], ARGV[1], ARGV[3])
return { 'applied' }
