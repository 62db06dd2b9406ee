--- A few lines to test a plugin by: what is done is what a user does, and what is looked at is what a
--- user sees.
local M = {}

local failed, done = 0, 0

---@param what any
---@param ... any Why, as for |string.format()|.
function M.sure(what, ...)
  if not what then
    error(string.format(...), 2)
  end
end

--- Waits until something holds, for at most so many seconds.
---@param what string
---@param holds fun(): any
---@param seconds? number
---@return any
function M.wait(what, holds, seconds)
  local value
  vim.wait((seconds or 10) * 1000, function()
    value = holds()
    return value
  end, 20)
  if not value then
    error("waited in vain: " .. what, 2)
  end
  return value
end

---@param name string
---@param test fun()
function M.test(name, test)
  local started = vim.uv.hrtime()
  local ok, why = xpcall(test, function(err)
    return tostring(err) .. (tostring(err):match("^%S+:%d+:") and "" or "\n" .. debug.traceback())
  end)
  done = done + 1
  local seconds = (vim.uv.hrtime() - started) / 1e9
  io.stdout:write(("%s %s (%.1f s)\n"):format(ok and "  ok     " or "  FAILED ", name, seconds))
  if not ok then
    failed = failed + 1
    io.stdout:write("           " .. tostring(why):gsub("\n", "\n           ") .. "\n")
  end
  -- What one test has opened beside the article is not in the way of the next.
  pcall(vim.cmd, "silent! cclose | silent! lclose | silent! only!")
end

--- Ends Neovim; with status 1 if a test has failed.
function M.finish()
  io.stdout:write(("  %d tests, %d failed\n"):format(done, failed))
  for _, client in ipairs(vim.lsp.get_clients()) do
    vim.lsp.stop_client(client.id, true)
  end
  io.stdout:flush()
  vim.cmd(failed == 0 and "qa!" or "cq!")
end

--- Opens a file and waits until the server has it.
---@param path string
---@return integer bufnr
function M.open(path)
  vim.cmd.edit(vim.fn.fnameescape(path))
  local bufnr = vim.api.nvim_get_current_buf()
  M.wait("no server for " .. path, function()
    local client = vim.lsp.get_clients({ name = "newsmark", bufnr = bufnr })[1]
    return client and client.initialized
  end)
  return bufnr
end

--- Puts the cursor into words of the text, and closes what floats.
---@param words string
---@param inside? integer How many bytes into them.
function M.at(words, inside)
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      vim.api.nvim_win_close(window, true)
    end
  end
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local start = line:find(words, 1, true)
    if start then
      vim.api.nvim_win_set_cursor(0, { number, start - 1 + (inside or 0) })
      return
    end
  end
  error("not in the text: " .. words, 2)
end

--- The text of a file as Neovim has it: of its buffer, if it is open.
---@param path string
---@return string
function M.text(path)
  local bufnr = vim.fn.bufnr(path)
  local lines
  if bufnr >= 0 and vim.api.nvim_buf_is_loaded(bufnr) then
    lines = vim.api.nvim_buf_get_lines(bufnr, 0, -1, false)
  else
    lines = vim.fn.readfile(path)
  end
  return table.concat(lines, "\n")
end

--- What a window that floats shows, when one comes.
---@return string
function M.floating()
  return M.wait("nothing is shown", function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= "" then
        local bufnr = vim.api.nvim_win_get_buf(window)
        return table.concat(vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), "\n")
      end
    end
  end)
end

--- Runs something, and chooses from the list that it shows the first entry that has these words.
---@param action fun()
---@param words string
---@return string[] labels All that could be chosen.
function M.choose(action, words)
  local labels = M.choose_each(action, { words })[1]
  -- What is chosen may have to be asked for.
  vim.wait(300, function()
    return false
  end)
  return labels
end

--- Does something that has the user choose several times, one after the other: the first that has these
--- words, each time; the answer is what there was to choose from.
---@param action fun()
---@param words string[]
---@return string[][] labels
function M.choose_each(action, words)
  local labels = {}
  local select = vim.ui.select
  ---@diagnostic disable-next-line: duplicate-set-field
  vim.ui.select = function(items, options, chosen)
    local all = vim.tbl_map(options.format_item or tostring, items)
    labels[#labels + 1] = all
    for index, label in ipairs(all) do
      if words[#labels] and label:find(words[#labels], 1, true) then
        return chosen(items[index], index)
      end
    end
    chosen(nil)
  end
  action()
  vim.wait(10000, function()
    return #labels == #words
  end, 20)
  vim.ui.select = select
  if #labels ~= #words then
    error(("%d lists to choose from, not %d"):format(#labels, #words), 2)
  end
  return labels
end

--- A line of the screen, as it is seen.
---@param row integer From 1.
---@return string
function M.screen(row)
  vim.cmd.redraw({ bang = true })
  local cells = {}
  for col = 1, vim.o.columns do
    cells[col] = vim.fn.screenstring(row, col)
  end
  return (table.concat(cells):gsub("%s+$", ""))
end

return M
