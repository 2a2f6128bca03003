-- consumer/applying/lua/merge.lua — Puts one shard's top beside those of the other shards and writes the day's public list anew, in one
-- atomic step: who reads the list sees it before or after, never in between.
--
-- KEYS[1]   hash of tops, shard -> top: `<version> <expiry, ms since 1970> <rows>`, a row being
--           `<score> <id padded to 19 digits> <0 when deleted after publication, else 1>`, all parted by one space
-- KEYS[2]   the day's public list
-- ARGV[1]   shard
-- ARGV[2]   its top
-- ARGV[3]   '' or the stored top in spite of which ARGV[2] is to be taken
-- ARGV[4]   rows of a public list
--
-- For each shard the highest version stands, as a shard counts its versions up. So the outcome does not depend on who brings
-- which top when, or how often. A shard that was set back counts from an older version again: its top is taken in spite of the
-- stored one, if that is still the one which was there before the shard was asked.
--
-- Output: 'merged' or 'kept'.

local call, match, gmatch = redis.call, string.match, string.gmatch

local function versionOf(shardTop)
  return tonumber(match(shardTop, '^%d+'))
end

local function ranksBefore(a, b)
  if a.score ~= b.score then return a.score > b.score end
  return a.member > b.member
end

local stored = call('HGET', KEYS[1], ARGV[1]) or '0 0 '
if stored ~= ARGV[3] and versionOf(ARGV[2]) <= versionOf(stored) then return 'kept' end
call('HSET', KEYS[1], ARGV[1], ARGV[2])

local ranked, expireAt = {}, '0'
for _, shardTop in ipairs(call('HVALS', KEYS[1])) do
  local expiry, rows = match(shardTop, '^%d+ (%d+) (.*)$')
  if tonumber(expiry) > tonumber(expireAt) then expireAt = expiry end
  for score, member, listed in gmatch(rows, '(%S+) (%d+) ([01])') do
    ranked[#ranked + 1] = { score = tonumber(score), text = score, member = member, isListed = listed == '1' }
  end
end
table.sort(ranked, ranksBefore)

-- No article moves up into a published list: the rank of a deleted article stays empty.
local list = {}
for i = 1, math.min(#ranked, tonumber(ARGV[4])) do
  if ranked[i].isListed then
    list[#list + 1] = ranked[i].text
    list[#list + 1] = match(ranked[i].member, '^0*(%d+)$')
  end
end
call('DEL', KEYS[2])
if #list > 0 then call('ZADD', KEYS[2], unpack(list)) end
for _, key in ipairs(KEYS) do call('PEXPIREAT', key, expireAt) end
return 'merged'
