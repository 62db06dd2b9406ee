--- Where the markup of an article is, for the reading mode. It is what grammar/SPEC.md says, but for
--- corners that a reader does not see; what an article means the server knows, not this file.
local M = {}

---@alias newsmark.Kind "span"|"citation"|"mention"|"link"|"image"|"comment"|"block"

---@class newsmark.Piece A stretch that is hidden; rows and columns from 0, columns in bytes, the end not in it.
---@field row integer
---@field col integer
---@field end_row integer
---@field end_col integer
---@field has_mark boolean Whether the mark stands in its place, or nothing.

---@class newsmark.Item Markup that belongs together.
---@field kind newsmark.Kind
---@field class? string The first class of a span.
---@field pieces newsmark.Piece[]

--- Nobody writes a citation, an attribute block or a destination that is longer, in bytes; to look further
--- from each of many brackets would take for ever.
local LONGEST = 4000

--- The end of an attribute block that begins at `from`, and its first class; nil where it is none.
---@param text string
---@param from integer
---@return integer? to
---@return string? class
function M.attributes(text, from)
  text = text:sub(from, from + LONGEST)
  if not text:find("}", 1, true) then
    return nil
  end
  local at, class = 2, nil
  while true do
    at = text:match("^%s*()", at)
    local char = text:sub(at, at)
    if char == "}" then
      return from + at - 1, class
    elseif char == "#" or char == "." then
      local name, after = text:match("^([%w\128-\255_.:-]+)()", at + 1)
      if not name then
        return nil
      end
      if char == "." then
        class = class or name
      end
      at = after
    elseif text:match("^%-[%s}]", at) then
      at = at + 1
    else
      local after = text:match("^[%a\128-\255][%w\128-\255_.:-]*=()", at)
      if not after then
        return nil
      end
      local quote = text:match("^[\"']", after)
      if quote then
        local close = after
        repeat
          close = text:find("[\\" .. quote .. "]", close + 1)
          if close and text:sub(close, close) == "\\" then
            close = close + 1
          end
        until not close or text:sub(close, close) == quote
        if not close then
          return nil
        end
        at = close + 1
      else
        at = text:match("^[^%s}]*()", after)
      end
    end
  end
end

--- Whether what stands in brackets cites a source.
---@param inside string
---@return boolean
local function is_citation(inside)
  return inside:find("^%-?@[%w\128-\255_{]") ~= nil
    or inside:find("[%s;]%-?@[%w\128-\255_{]") ~= nil and not inside:find("%]%(")
end

---@class newsmark.Block
---@field text string Its lines, joined by line ends.
---@field rows integer[] The row of each line.
---@field starts integer[] Where each line begins in the text, from 1.

--- Which row and column a place of a block's text is.
---@param block newsmark.Block
---@param at integer
---@return integer row
---@return integer col
local function position(block, at)
  local line, after = 1, #block.starts + 1
  while after - line > 1 do
    local middle = math.floor((line + after) / 2)
    if block.starts[middle] <= at then
      line = middle
    else
      after = middle
    end
  end
  return block.rows[line], at - block.starts[line]
end

---@param block newsmark.Block
---@param from integer
---@param to integer The last byte.
---@param has_mark boolean
---@return newsmark.Piece
local function piece(block, from, to, has_mark)
  local row, col = position(block, from)
  local end_row, end_col = position(block, to)
  return { row = row, col = col, end_row = end_row, end_col = end_col + 1, has_mark = has_mark }
end

--- Reads the inline markup of a block.
---@param block newsmark.Block
---@param items newsmark.Item[]
local function read_block(block, items)
  local text = block.text
  local open = {} ---@type integer[] brackets that are not closed yet
  local at = 1
  local has_comment_end = true -- where one is not closed, none after it is

  local function add(kind, pieces, class)
    items[#items + 1] = { kind = kind, class = class, pieces = pieces }
  end

  --- A pair of brackets has been closed at `close`; gives where to read on.
  local function closed(start, close)
    local inside = close - start < LONGEST and text:sub(start + 1, close - 1)
    local follows = text:sub(close + 1, close + 1)
    local is_image = text:sub(start - 1, start - 1) == "!"
    -- A citation that touches another bracket cites nothing, and stays to be seen.
    if inside and not follows:find("[%[{(]") and is_citation(inside) then
      add("citation", { piece(block, start, close, true) })
      return close + 1
    end
    if follows == "{" then
      local to, class = M.attributes(text, close + 1)
      if to then
        add("span", { piece(block, start, start, false), piece(block, close, to, true) }, class)
        return to + 1
      end
    elseif follows == "(" then
      -- A destination has no white space but before its title.
      local near = text:sub(close + 1, close + LONGEST)
      local to = near:match("^%(%s*<[^<>\n]*>%s*%)()")
        or near:match('^%(%s*<[^<>\n]*>%s+"[^"]*"%s*%)()')
        or near:match("^%([^%s()]*%b()[^%s()]*%)()")
        or near:match("^%([^%s()]*%)()")
        or near:match('^%([^%s()]*%s+"[^"]*"%s*%)()')
      if to then
        to = close + to
        local after = text:sub(to, to) == "{" and M.attributes(text, to)
        to = after or to - 1
        local first = is_image and start - 1 or start
        local kind = is_image and "image" or "link"
        add(kind, { piece(block, first, start, false), piece(block, close, to, true) })
        return to + 1
      end
    end
    return close + 1
  end

  while true do
    at = text:find("[%[%]\\`<]", at)
    if not at then
      return
    end
    local char = text:sub(at, at)
    if char == "\\" then
      at = at + 2
    elseif char == "`" then
      local ticks, after = text:match("^(`+)()", at)
      local to = after
      -- Code ends at as many ticks as it began with; without such an end it is none.
      repeat
        local run, next_to
        run, next_to = text:match("(`+)()", to)
        to = next_to
      until not run or #run == #ticks
      at = to or after
    elseif char == "<" then
      local is_comment, to = text:sub(at, at + 3) == "<!--", nil ---@type boolean, integer?
      if is_comment and has_comment_end then
        to = select(2, text:find("-->", at + 4, true))
        has_comment_end = to ~= nil
      end
      if to then
        add("comment", { piece(block, at, to, true) })
      elseif not is_comment then
        to = select(2, text:find("^</?%a[^<>]*>", at))
      end
      at = (to or at) + 1
    elseif char == "[" then
      local named, bar, close = text:match("^%[%[([^%[%]|\n]+)(|?)()", at)
      local shown_end = named and text:match("^[^%[%]]*()%]%]", close)
      if
        shown_end
        and (bar == "|" or shown_end == close)
        and text:sub(shown_end + 2, shown_end + 2) ~= "{"
      then
        local first_end = bar == "|" and close - 1 or at + 1
        add("mention", { piece(block, at, first_end, false), piece(block, shown_end, shown_end + 1, true) })
        at = shown_end + 2
      else
        open[#open + 1] = at
        at = at + 1
      end
    else
      local start = table.remove(open)
      at = start and closed(start, at) or at + 1
    end
  end
end

--- Whether a line is the fence of a div.
---@param line string
---@return boolean
local function is_fence(line)
  local after = line:match("^%s*:::+()")
  local rest = after and vim.trim(line:sub(after))
  return rest ~= nil and (rest:find("^%b{}%s*:*$") or rest:find("^[%w_-]*%s*:*$")) ~= nil
end

--- All markup of an article. A block ends at an empty line, as it does in Markdown.
---@param lines string[]
---@return newsmark.Item[]
function M.read(lines)
  local items = {} ---@type newsmark.Item[]
  local block = { rows = {}, starts = {}, parts = {}, length = 0 }

  local function finish()
    if #block.rows > 0 then
      local whole = { text = table.concat(block.parts, "\n"), rows = block.rows, starts = block.starts }
      read_block(whole, items)
      block = { rows = {}, starts = {}, parts = {}, length = 0 }
    end
  end

  --- Of a line on its own: from a column to its end.
  local function hide_rest(row, col, line, kind)
    items[#items + 1] = {
      kind = kind,
      pieces = { { row = row, col = col, end_row = row, end_col = #line, has_mark = true } },
    }
  end

  local row, fence = 0, nil ---@type integer, string?
  -- Front matter is no text.
  if lines[1] == "---" then
    for index = 2, #lines do
      if lines[index] == "---" or lines[index] == "..." then
        row = index
        break
      end
    end
  end
  while row < #lines do
    local line = lines[row + 1]
    local ticks = line:match("^%s*(```+)") or line:match("^%s*(~~~+)")
    if fence then
      if ticks and vim.startswith(ticks, fence) and line:match("^%s*[`~]+%s*$") then
        fence = nil
      end
    elseif ticks then
      finish()
      fence = ticks
    elseif line:match("^%s*$") then
      finish()
    elseif is_fence(line) then
      finish()
      hide_rest(row, 0, line, "block")
    else
      local col = line:match("^#+%s.*%S%s+(){[^{}]*}%s*$")
      if col and M.attributes(line, col) then
        hide_rest(row, col - 1, line, "block")
        line = line:sub(1, col - 1)
      end
      block.rows[#block.rows + 1] = row
      block.starts[#block.starts + 1] = block.length + 1
      block.parts[#block.parts + 1] = line
      block.length = block.length + #line + 1
    end
    row = row + 1
  end
  finish()
  return items
end

return M
