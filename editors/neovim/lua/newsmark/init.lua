--- newsmark: annotated news drafts in Neovim. |newsmark.txt| tells what there is.
local M = {}

--- Has `:help` find our page: what puts plugins in place may not have done it. Where nothing may be written
--- there it stays as it is.
local function make_help_tags()
  local folder = vim.fs.dirname(debug.getinfo(1, "S").source:sub(2)) .. "/../../doc"
  local page = vim.uv.fs_stat(folder .. "/newsmark.txt")
  local tags = vim.uv.fs_stat(folder .. "/tags")
  if page and (not tags or tags.mtime.sec < page.mtime.sec) then
    pcall(vim.cmd.helptags, vim.fn.fnameescape(vim.fs.normalize(folder)))
  end
end

--- Takes options (|newsmark-options|) and serves the files of every corpus that is opened.
---@param options? newsmark.Config
function M.setup(options)
  local config = require("newsmark.config")
  config.set(options)
  if #config.problems() > 0 then
    require("newsmark.client").say(
      table.concat(config.problems(), "\n") .. "\nThat has no effect.",
      vim.log.levels.WARN
    )
  end
  if vim.fn.has("nvim-0.10") == 0 then
    require("newsmark.client").say("Neovim 0.10 or later is needed", vim.log.levels.ERROR)
    return
  end
  make_help_tags()
  require("newsmark.client").enable()
end

--- Switches the reading mode of the article in this window.
function M.toggle_reading()
  local reading = require("newsmark.reading")
  local bufnr = vim.api.nvim_get_current_buf()
  reading.set(bufnr, not reading.is_on(bufnr))
end

return M
