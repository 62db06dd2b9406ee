--- newsmark: annotated news drafts in Neovim. |newsmark.txt| tells what there is.
local M = {}

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
  require("newsmark.client").enable()
end

--- Switches the reading mode of the article in this window.
function M.toggle_reading()
  local reading = require("newsmark.reading")
  local bufnr = vim.api.nvim_get_current_buf()
  reading.set(bufnr, not reading.is_on(bufnr))
end

return M
