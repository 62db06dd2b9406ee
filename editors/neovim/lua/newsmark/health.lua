--- `:checkhealth newsmark`
local client = require("newsmark.client")
local config = require("newsmark.config")

local M = {}

local health = vim.health

--- Runs a program and gives its first line, if it ends well within two seconds.
---@param cmd string[]
---@return string?
local function first_line(cmd)
  local ok, process = pcall(vim.system, cmd, { text = true })
  if not ok then
    return nil
  end
  local done = process:wait(2000)
  return done.code == 0 and vim.trim((done.stdout or ""):match("^[^\n]*") or "") or nil
end

local function check_server()
  health.start("newsmark: the server")
  local cmd, how = client.command()
  if not cmd then
    health.error(("The program `newsmark` was not found: %s."):format(how), {
      "Build it: `cargo install --locked --path .` in the folder of newsmark puts it into ~/.cargo/bin.",
      'Or say where it is: require("newsmark").setup({ cmd = { "/where/it/is/newsmark", "lsp" } })',
    })
    return
  end
  local version = first_line({ cmd[1], "--version" })
  if version then
    health.ok(("%s: %s (%s)"):format(version, cmd[1], how))
  else
    health.error(("%s does not say its version when it is asked."):format(cmd[1]), {
      "Run it in a terminal, `" .. cmd[1] .. " --version`, and see what it says.",
    })
  end
end

---@param bufnr integer
---@return string
local function name_of(bufnr)
  return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ":~:.")
end

local function check_files()
  health.start("newsmark: your files")
  local clients = vim.lsp.get_clients({ name = client.NAME })
  for _, one in ipairs(clients) do
    local count = vim.tbl_count(one.attached_buffers)
    local version = client.version(one)
    health.ok(
      ("The server%s serves %d open file%s of %s (positions in %s)."):format(
        version and (" (newsmark %s)"):format(version) or "",
        count,
        count == 1 and "" or "s",
        client.folder(one) or "no folder",
        one.offset_encoding
      )
    )
    local root = client.folder(one)
    if root and vim.fn.filereadable(root .. "/newsmark.toml") == 0 then
      health.info(
        "This folder has no newsmark.toml: the defaults hold. An empty one says that it is a corpus."
      )
    end
  end
  local left_out = 0
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    local type = vim.bo[bufnr].filetype
    local is_article = type == "markdown" or type == "newsmark"
    if vim.api.nvim_buf_is_loaded(bufnr) and is_article and vim.bo[bufnr].buftype == "" then
      if vim.api.nvim_buf_get_name(bufnr) == "" then
        health.info("A page without a name is not served: save it in the folder of your corpus.")
      elseif #vim.lsp.get_clients({ name = client.NAME, bufnr = bufnr }) == 0 then
        left_out = left_out + 1
        if client.root(bufnr) then
          health.warn(("%s is not served, and should be."):format(name_of(bufnr)), {
            "Say `:Newsmark start` in it, or open it again.",
            'Is require("newsmark").setup({}) in your configuration?',
          })
        else
          health.warn(("%s is not served: it is in no corpus."):format(name_of(bufnr)), {
            ("No folder above it has a %s. Put an empty one at the top of the corpus."):format(
              table.concat(config.get().root_markers, " or ")
            ),
            "Or say `:Newsmark start` in it, for this time.",
          })
        end
      end
    end
  end
  if #clients == 0 and left_out == 0 then
    health.info("No article is open. Open one, and ask again.")
  end
end

local function check_settings()
  health.start("newsmark: settings")
  local wrong = config.problems()
  if #wrong == 0 then
    health.ok("All of what you have set is understood.")
  end
  for _, problem in ipairs(wrong) do
    health.error(problem .. ".", { "`:help newsmark-options` has them all." })
  end
  local settings = config.get().settings
  local off = {}
  for section, switches in pairs({ features = settings.features, ["hints"] = settings.inlayHints }) do
    for name, on in pairs(type(switches) == "table" and switches or {}) do
      if on == false then
        off[#off + 1] = ("%s (%s)"):format(name, section)
      end
    end
  end
  if #off > 0 then
    table.sort(off)
    health.info("Switched off: " .. table.concat(off, ", ") .. ".")
  end
  if not config.get().checker then
    health.info("`checker` is not set: claims that you mark as checked do not say by whom.")
  end
end

local function check_colours()
  health.start("newsmark: colours")
  local treesitter = require("newsmark.treesitter")
  local installed, why = treesitter.is_installed()
  if installed and treesitter.has_highlights() then
    health.ok("The tree-sitter parser is installed, with its queries.")
  elseif installed then
    health.warn("The tree-sitter parser is installed, but its queries are not.", {
      "Put the folder of queries into `queries/newsmark` in a folder of 'runtimepath'.",
    })
  elseif why then
    health.warn("The tree-sitter parser cannot be loaded: " .. why)
  else
    health.info("The tree-sitter parser is not installed. The server colours articles without it.")
  end
end

function M.check()
  health.start("newsmark: Neovim")
  if vim.fn.has("nvim-0.10") == 1 then
    health.ok("Neovim " .. tostring(vim.version()))
  else
    health.error("Neovim 0.10 or later is needed.")
    return
  end
  check_server()
  check_files()
  check_settings()
  check_colours()
end

return M
