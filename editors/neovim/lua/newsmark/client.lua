--- The server: where it is, which files it is told of, and what it is asked.
local config = require("newsmark.config")

local M = {}

M.NAME = "newsmark"

local has_lsp_config = vim.fn.has("nvim-0.11") == 1

---@param message string
---@param level? integer
function M.say(message, level)
  vim.notify("newsmark: " .. message, level or vim.log.levels.INFO)
end

--- How the server is started, and how it was found; nil if there is none.
---@return string[]? cmd
---@return string how
function M.command()
  local set = config.get().cmd
  if set then
    if vim.fn.executable(set[1]) == 1 then
      return set, "set as `cmd`"
    end
    return nil, ("`cmd` names %s, which cannot be run"):format(set[1])
  end
  local found = vim.fn.exepath("newsmark")
  if found ~= "" then
    return { found, "lsp" }, "found in PATH"
  end
  -- Where `cargo install` puts it, and where it is when the plugin is used from the whole repository.
  local here = vim.fs.dirname(debug.getinfo(1, "S").source:sub(2))
  local places = {
    { vim.fn.expand("~/.cargo/bin/newsmark"), "found where cargo installs programs" },
    { vim.fs.normalize(here .. "/../../../../target/release/newsmark"), "built beside this plugin" },
  }
  for _, place in ipairs(places) do
    if vim.fn.executable(place[1]) == 1 then
      return { place[1], "lsp" }, place[2]
    end
  end
  return nil, "it is not in PATH"
end

local said_missing = false

--- The top of the corpus that a file belongs to, if it is one for the server.
---@param bufnr integer
---@return string?
function M.root(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  -- Hovers and other windows hold Markdown, too; a page from elsewhere (`scheme://`) has no folder.
  if name == "" or vim.bo[bufnr].buftype ~= "" or name:match("^%a[%w+.-]+://") then
    return nil
  end
  local type = vim.bo[bufnr].filetype
  if type == "toml" and vim.fs.basename(name) ~= "newsmark.toml" then
    return nil
  end
  local root = vim.fs.root(bufnr, config.get().root_markers)
  if not root and type == "newsmark" then
    root = vim.fs.root(bufnr, ".git") or vim.fs.dirname(name)
  end
  return root
end

--- Whether there is a server to start; says once if there is none.
---@return boolean
local function can_start()
  local cmd, why = M.command()
  if not cmd and not said_missing then
    said_missing = true
    M.say(
      (
        "the program `newsmark` was not found (%s). Build it with `cargo install --locked --path .` in newsmark's folder,"
        .. " or say where it is with the option `cmd`; `:checkhealth newsmark` says more."
      ):format(why),
      vim.log.levels.WARN
    )
  end
  return cmd ~= nil
end

---@param client vim.lsp.Client
---@param bufnr integer
local function attached(client, bufnr)
  local options = config.get()
  if options.inlay_hints then
    vim.lsp.inlay_hint.enable(true, { bufnr = bufnr })
  end
  if options.code_lens then
    if vim.lsp.codelens.enable then
      vim.lsp.codelens.enable(true, { bufnr = bufnr })
    else
      vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "BufWritePost" }, {
        group = vim.api.nvim_create_augroup("newsmark_lens_" .. bufnr, {}),
        buffer = bufnr,
        callback = function()
          vim.lsp.codelens.refresh({ bufnr = bufnr })
        end,
      })
      vim.lsp.codelens.refresh({ bufnr = bufnr })
    end
  end
  local type = vim.bo[bufnr].filetype
  if type == "markdown" or type == "newsmark" then
    if options.treesitter then
      require("newsmark.treesitter").start(bufnr)
    end
    if options.reading.auto then
      require("newsmark.reading").set(bufnr, true)
    end
  end
  if options.on_attach then
    options.on_attach(client, bufnr)
  end
end

--- A line of remarks above the text was clicked: its places, in the quickfix list.
---@param command lsp.Command
---@param context { client_id: integer }
local function show_references(command, context)
  local places = (command.arguments or {})[3]
  local client = vim.lsp.get_client_by_id(context.client_id)
  if not places or not client then
    return vim.lsp.buf.references()
  end
  vim.fn.setqflist({}, " ", {
    title = command.title,
    items = vim.lsp.util.locations_to_items(places, client.offset_encoding),
  })
  vim.cmd("botright copen")
end

--- How many answers are shown by us, by client, so that the server's own message says nothing new. A server
--- that ends takes its number with it.
---@type table<integer, integer>
local quiet = {}

--- What Neovim is told of the server, but for its folder.
---@return vim.lsp.ClientConfig
function M.config()
  local options = config.get()
  local own = {
    name = M.NAME,
    -- What cannot be run Neovim would leave out without a word; where there is none, the folder is never
    -- found, and the user is told.
    cmd = M.command() or function()
      error("newsmark was not found")
    end,
    filetypes = options.filetypes,
    init_options = { checker = options.checker },
    settings = { newsmark = options.settings },
    before_init = function(params)
      -- Neovim makes changes that come in this form, and create files, but does not say so.
      local workspace = params.capabilities.workspace or {}
      params.capabilities.workspace = workspace
      -- Neovim 0.10 never asks again what is wrong in a file, and 0.12 does not take the answers for files
      -- that are open. So it is told, whenever something changes, whether a file is shown or not.
      if params.capabilities.textDocument then
        params.capabilities.textDocument.diagnostic = nil
      end
      workspace.workspaceEdit =
        vim.tbl_extend("force", workspace.workspaceEdit or {}, { documentChanges = true })
    end,
    on_attach = attached,
    on_exit = function(_, _, client_id)
      quiet[client_id] = nil
    end,
    commands = { ["newsmark.showReferences"] = show_references },
    handlers = {
      ["window/showMessage"] = function(err, result, context, handler_config)
        if
          (quiet[context.client_id] or 0) > 0
          and result
          and result.type == vim.lsp.protocol.MessageType.Info
        then
          return vim.NIL
        end
        return vim.lsp.handlers["window/showMessage"](err, result, context, handler_config)
      end,
    },
  }
  if vim.tbl_isempty(options.settings) then
    own.settings = { newsmark = vim.empty_dict() }
  end
  if vim.tbl_isempty(own.init_options) then
    own.init_options = vim.empty_dict()
  end
  if has_lsp_config then
    own.root_dir = function(bufnr, on_dir)
      local root = M.root(bufnr)
      if root and can_start() then
        on_dir(root)
      end
    end
  end
  return own
end

--- Starts the server for a file, or tells the running one of it.
---@param bufnr integer
---@param root? string The top of the corpus, where nothing says it.
---@return integer? id
function M.start(bufnr, root)
  root = root or M.root(bufnr)
  if not root or not can_start() then
    return nil
  end
  local own = M.config()
  own.root_dir = root
  return vim.lsp.start(own, { bufnr = bufnr })
end

--- From now on the server is told of every file of a corpus that is opened, and of those that are open.
function M.enable()
  if has_lsp_config then
    vim.lsp.config(M.NAME, M.config())
    vim.lsp.enable(M.NAME)
    return
  end
  vim.api.nvim_create_autocmd("FileType", {
    group = vim.api.nvim_create_augroup("newsmark_start", {}),
    pattern = config.get().filetypes,
    callback = function(event)
      M.start(event.buf)
    end,
  })
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if
      vim.api.nvim_buf_is_loaded(bufnr) and vim.tbl_contains(config.get().filetypes, vim.bo[bufnr].filetype)
    then
      M.start(bufnr)
    end
  end
end

--- The client that serves a file, or else any that runs.
---@param bufnr? integer
---@return vim.lsp.Client?
function M.of(bufnr)
  return vim.lsp.get_clients({ name = M.NAME, bufnr = bufnr or 0 })[1]
    or vim.lsp.get_clients({ name = M.NAME })[1]
end

--- The same; where there is none, says so.
---@return vim.lsp.Client?
function M.running()
  local client = M.of()
  if not client then
    M.say("no server is running: open an article of a corpus, or say `:Newsmark start`", vim.log.levels.WARN)
  end
  return client
end

--- `client:request` is the way from Neovim 0.11 on; before it is a function of its own.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param handler lsp.Handler
local function request(client, method, params, handler)
  local bufnr = vim.api.nvim_get_current_buf()
  if has_lsp_config then
    client:request(method, params, handler, bufnr)
  else
    client.request(method, params, handler, bufnr)
  end
end

--- Asks the server; `answered` is called with what it says, and not called when it fails, which is shown.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@param answered fun(result: any)
function M.ask(client, method, params, answered)
  request(client, method, params, function(err, result)
    if err then
      M.say(err.message, vim.log.levels.WARN)
    else
      answered(result)
    end
  end)
end

--- Asks the server and waits for its answer, a moment; nil when there is none.
---@param client vim.lsp.Client
---@param method string
---@param params table
---@return any
function M.ask_now(client, method, params)
  local answer
  if has_lsp_config then
    answer = client:request_sync(method, params, 1000, 0)
  else
    answer = client.request_sync(method, params, 1000, 0)
  end
  return answer and answer.result
end

--- Has the server do something; what it would say of the outcome in a message, `answered` shows.
---@param client vim.lsp.Client
---@param command string
---@param arguments table
---@param answered fun(result: any)
function M.execute(client, command, arguments, answered)
  quiet[client.id] = (quiet[client.id] or 0) + 1
  local params = { command = command, arguments = arguments }
  request(client, "workspace/executeCommand", params, function(err, result)
    -- The message comes with the answer, before or after it.
    vim.defer_fn(function()
      quiet[client.id] = quiet[client.id] and math.max(quiet[client.id] - 1, 0)
    end, 500)
    if err then
      M.say(err.message, vim.log.levels.WARN)
    else
      answered(result)
    end
  end)
end

--- Stops every server of ours.
function M.stop()
  for _, client in ipairs(vim.lsp.get_clients({ name = M.NAME })) do
    if has_lsp_config then
      client:stop()
    else
      client.stop()
    end
  end
end

return M
