--- The tree-sitter parser of newsmark, where it is installed: as `parser/newsmark.so` in a folder of
--- 'runtimepath', with its queries beside it in `queries/newsmark/`.
local M = {}

M.LANGUAGE = "newsmark"

--- Whether the parser is installed, and this Neovim can load it.
---@return boolean
---@return string? why What is wrong with a parser that is there.
function M.is_installed()
  if #vim.api.nvim_get_runtime_file("parser/" .. M.LANGUAGE .. ".*", false) == 0 then
    return false
  end
  -- Neovim 0.10 throws, later ones answer.
  local ok, added, why = pcall(vim.treesitter.language.add, M.LANGUAGE)
  if not ok then
    return false, tostring(added)
  end
  if vim.fn.has("nvim-0.11") == 1 and not added then
    return false, why
  end
  return true
end

--- Whether there are queries that say how articles are coloured.
---@return boolean
function M.has_highlights()
  return #vim.treesitter.query.get_files(M.LANGUAGE, "highlights") > 0
end

--- Files that are named `.newsmark` are parsed by it, or as the Markdown that they are.
function M.register()
  vim.treesitter.language.register(M.is_installed() and M.LANGUAGE or "markdown", "newsmark")
end

--- Colours an article, if the parser and its queries are there.
---@param bufnr integer
---@return boolean
function M.start(bufnr)
  if not (M.is_installed() and M.has_highlights()) then
    return false
  end
  return (pcall(vim.treesitter.start, bufnr, M.LANGUAGE))
end

return M
