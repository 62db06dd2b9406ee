--- The reading mode: markup is folded to a small mark until the cursor comes near.
local config = require("newsmark.config")
local markup = require("newsmark.markup")

local M = {}

M.namespace = vim.api.nvim_create_namespace("newsmark_reading")

---@class newsmark.Folded: newsmark.Item
---@field ids integer[] Its extmarks.
---@field is_near? boolean Whether it is shown as it is written.

---@class newsmark.Page
---@field items newsmark.Folded[]
---@field tick integer The change of the text that the items are of.
---@field own? { [1]: integer, [2]: string } What the first of its windows was set to before.

---@type table<integer, newsmark.Page>
local pages = {}

--- How the marks of spans are coloured, by their class.
local GROUPS = {
  claim = "NewsmarkClaim",
  quote = "NewsmarkQuote",
  accusation = "NewsmarkAccusation",
  response = "NewsmarkResponse",
  figure = "NewsmarkFigure",
}

local function define_highlights()
  local links = {
    NewsmarkMark = "Comment",
    NewsmarkMarkup = "Comment",
    NewsmarkClaim = "Comment",
    NewsmarkQuote = "Comment",
    NewsmarkFigure = "Comment",
    NewsmarkAccusation = "DiagnosticWarn",
    NewsmarkResponse = "DiagnosticHint",
  }
  for group, link in pairs(links) do
    vim.api.nvim_set_hl(0, group, { link = link, default = true })
  end
end

--- Draws the markup folded, or as it is written and dimmed.
---@param bufnr integer
---@param item newsmark.Folded
---@param is_near boolean
local function draw(bufnr, item, is_near)
  for _, id in ipairs(item.ids) do
    vim.api.nvim_buf_del_extmark(bufnr, M.namespace, id)
  end
  item.ids, item.is_near = {}, is_near
  local group = is_near and "NewsmarkMarkup" or GROUPS[item.class] or "NewsmarkMark"
  for _, piece in ipairs(item.pieces) do
    local mark = piece.has_mark and config.get().reading.marks[item.kind] or ""
    for row = piece.row, piece.end_row do
      local from = row == piece.row and piece.col or 0
      local to = row == piece.end_row and piece.end_col
        or #vim.api.nvim_buf_get_lines(bufnr, row, row + 1, true)[1]
      if to > from then
        item.ids[#item.ids + 1] = vim.api.nvim_buf_set_extmark(bufnr, M.namespace, row, from, {
          end_row = row,
          end_col = to,
          conceal = not is_near and mark or nil,
          hl_group = group,
          priority = 200,
        })
        -- One mark is enough for markup over several lines.
        mark = ""
      end
    end
  end
end

--- Whether the cursor touches one of the hidden stretches. What a mention or the like hides at its two
--- ends is shown together.
---@param item newsmark.Item
---@param row integer
---@param col integer
---@return boolean
local function is_near(item, row, col)
  for _, piece in ipairs(item.pieces) do
    local after = row > piece.row or row == piece.row and col >= piece.col - 1
    local before = row < piece.end_row or row == piece.end_row and col <= piece.end_col
    if after and before then
      return true
    end
  end
  return false
end

--- Whether something besides us may hide markup: Neovim's own colours of Markdown hide that of links, and
--- tree-sitter's any brackets.
---@param bufnr integer
---@param item newsmark.Item
---@return boolean
local function is_hidden_by_others(bufnr, item)
  return item.kind == "link" or item.kind == "image" or vim.treesitter.highlighter.active[bufnr] ~= nil
end

--- In which modes the line of the cursor hides its markup: in all of them, so that no line jumps, for what
--- is near is shown by us.
local EVERY_MODE = "nvic"

--- Shows what is near the cursor of this window, and folds the rest.
---@param bufnr integer
local function follow(bufnr)
  local page = pages[bufnr]
  if not page or vim.api.nvim_get_current_buf() ~= bufnr then
    return
  end
  local cursor = vim.api.nvim_win_get_cursor(0)
  local modes = EVERY_MODE
  for _, item in ipairs(page.items) do
    local near = is_near(item, cursor[1] - 1, cursor[2])
    if near ~= item.is_near then
      draw(bufnr, item, near)
    end
    if near and is_hidden_by_others(bufnr, item) then
      modes = ""
    end
  end
  if vim.w.newsmark_reading and vim.wo.concealcursor ~= modes then
    vim.wo[0][0].concealcursor = modes
  end
end

--- Reads the text anew, if it has changed.
---@param bufnr integer
local function refresh(bufnr)
  local page = pages[bufnr]
  local tick = vim.api.nvim_buf_get_changedtick(bufnr)
  if not page or page.tick == tick then
    return
  end
  page.tick = tick
  vim.api.nvim_buf_clear_namespace(bufnr, M.namespace, 0, -1)
  page.items = {}
  for _, item in ipairs(markup.read(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false))) do
    ---@cast item newsmark.Folded
    item.ids = {}
    page.items[#page.items + 1] = item
  end
  local is_here = vim.api.nvim_get_current_buf() == bufnr
  local cursor = is_here and vim.api.nvim_win_get_cursor(0) or { 0, 0 }
  for _, item in ipairs(page.items) do
    draw(bufnr, item, is_near(item, cursor[1] - 1, cursor[2]))
  end
end

--- Has a window hide what is to be hidden; what it was set to is kept.
---@param bufnr integer
---@param window integer
---@param is_split? boolean Whether it may have been split from a window that hides already.
local function set_window(bufnr, window, is_split)
  if not vim.w[window].newsmark_reading then
    local page = pages[bufnr]
    local own = { vim.wo[window].conceallevel, vim.wo[window].concealcursor }
    page.own = page.own or own
    vim.w[window].newsmark_reading = is_split and page.own or own
    vim.wo[window][0].conceallevel = 2
    vim.wo[window][0].concealcursor = EVERY_MODE
  end
end

---@param window integer
local function restore_window(window)
  local was = vim.w[window].newsmark_reading
  if was then
    vim.wo[window][0].conceallevel = was[1]
    vim.wo[window][0].concealcursor = was[2]
    vim.w[window].newsmark_reading = nil
  end
end

---@param bufnr integer
---@return string
local function group_of(bufnr)
  return "newsmark_reading_" .. bufnr
end

--- Whether an article is in the reading mode.
---@param bufnr integer
---@return boolean
function M.is_on(bufnr)
  return pages[bufnr] ~= nil
end

---@param bufnr integer
local function switch_on(bufnr)
  define_highlights()
  pages[bufnr] = { items = {}, tick = -1 }
  local group = vim.api.nvim_create_augroup(group_of(bufnr), {})
  local function on(events, callback)
    vim.api.nvim_create_autocmd(events, { group = group, buffer = bufnr, callback = callback })
  end
  on({ "TextChanged", "TextChangedI", "TextChangedP" }, function()
    refresh(bufnr)
  end)
  on({ "CursorMoved", "CursorMovedI", "BufEnter", "BufReadPost" }, function()
    refresh(bufnr)
    follow(bufnr)
  end)
  on("BufWinEnter", function()
    set_window(bufnr, vim.api.nvim_get_current_win())
  end)
  -- A window that is split from another has its options, and is not told that it shows an article.
  on("WinEnter", function()
    set_window(bufnr, vim.api.nvim_get_current_win(), true)
  end)
  on("BufWinLeave", function()
    restore_window(vim.api.nvim_get_current_win())
  end)
  on("BufUnload", function()
    -- It may come back: `:edit` unloads it, too.
    pages[bufnr] = { items = {}, tick = -1, own = pages[bufnr].own }
  end)
  on("BufWipeout", function()
    pages[bufnr] = nil
    vim.api.nvim_del_augroup_by_id(group)
  end)
  for _, window in ipairs(vim.fn.win_findbuf(bufnr)) do
    set_window(bufnr, window)
  end
  refresh(bufnr)
end

---@param bufnr integer
local function switch_off(bufnr)
  pages[bufnr] = nil
  vim.api.nvim_del_augroup_by_name(group_of(bufnr))
  vim.api.nvim_buf_clear_namespace(bufnr, M.namespace, 0, -1)
  for _, window in ipairs(vim.fn.win_findbuf(bufnr)) do
    restore_window(window)
  end
end

--- Switches the reading mode of an article on or off.
---@param bufnr integer
---@param wanted boolean
function M.set(bufnr, wanted)
  if wanted and not M.is_on(bufnr) then
    switch_on(bufnr)
  elseif not wanted and M.is_on(bufnr) then
    switch_off(bufnr)
  end
end

return M
