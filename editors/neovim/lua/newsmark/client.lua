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

--- The folder that each file was last served with, for those that no corpus says it of.
---@type table<integer, string>
local folders = {}

--- The versions of servers that run, by the client: Neovim 0.10 does not keep them.
---@type table<integer, string>
local versions = {}

---@param client vim.lsp.Client
---@return string?
function M.folder(client)
  return client.root_dir or client.config.root_dir
end

---@param client vim.lsp.Client
---@return string?
function M.version(client)
  return versions[client.id]
end

---@param client vim.lsp.Client
---@param answer lsp.InitializeResult
local function started(client, answer)
  local info = type(answer) == "table" and answer.serverInfo
  local version = type(info) == "table" and info.version
  versions[client.id] = type(version) == "string" and version or nil
end

---@param client vim.lsp.Client
---@param bufnr integer
local function attached(client, bufnr)
  folders[bufnr] = M.folder(client)
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
    on_init = started,
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

--- Serves all files that are open and belong to a corpus, or were served before.
---@return integer count How many are served now.
function M.serve_open()
  local count = 0
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if
      vim.api.nvim_buf_is_loaded(bufnr)
      and (folders[bufnr] or vim.tbl_contains(config.get().filetypes, vim.bo[bufnr].filetype))
      and M.start(bufnr, M.root(bufnr) or folders[bufnr])
    then
      count = count + 1
    end
  end
  return count
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
  M.serve_open()
end

--- The client that serves a file.
---@param bufnr integer
---@return vim.lsp.Client?
local function serving(bufnr)
  return vim.lsp.get_clients({ name = M.NAME, bufnr = bufnr })[1]
end

--- The client that serves this file, and the file. Where this is none that is served, such as a list of
--- places: those of the file that was looked at last.
---@return vim.lsp.Client?
---@return integer? bufnr
function M.of()
  local near = {
    vim.api.nvim_get_current_buf(),
    vim.fn.winbufnr(vim.fn.winnr("#")),
    vim.fn.bufnr("#"),
  }
  local open = vim.fn.getbufinfo({ bufloaded = 1 })
  table.sort(open, function(a, b)
    return a.lastused > b.lastused
  end)
  for _, one in ipairs(open) do
    near[#near + 1] = one.bufnr
  end
  for _, bufnr in ipairs(near) do
    local client = bufnr > 0 and serving(bufnr)
    if client then
      return client, bufnr
    end
  end
end

--- The same; where no server runs, says so.
---@return vim.lsp.Client?
---@return integer? bufnr
function M.running()
  local client, bufnr = M.of()
  if not client then
    local what = M.root(0) and "`:Newsmark! restart` starts it anew"
      or "open an article of a corpus, or say `:Newsmark start`"
    M.say("no server is running: " .. what, vim.log.levels.WARN)
  end
  return client, bufnr
end

--- The client that serves this file, and no other; where there is none, says why.
---@return vim.lsp.Client?
function M.here()
  local client = serving(0)
  if client or not M.of() then
    return client or M.running()
  end
  local why
  if vim.bo.buftype ~= "" then
    why = "this is no file of a corpus: go to an article first"
  elseif vim.api.nvim_buf_get_name(0) == "" then
    why = "this page has no name yet, and is not served: save it in the folder of your corpus"
  elseif M.root(0) then
    why = "this file is not served: say `:Newsmark start`"
  else
    why = "this file is in no corpus, and is not served: say `:Newsmark start` to have it served"
  end
  M.say(why, vim.log.levels.WARN)
end

--- An answer without the `null`s of its fields, which Neovim from 0.11 on keeps as |vim.NIL|.
---@param value any
---@return any
local function without_null(value)
  if value == vim.NIL then
    return nil
  end
  if type(value) == "table" then
    for key, one in pairs(value) do
      if type(one) == "table" then
        without_null(one)
      elseif one == vim.NIL and type(key) == "string" then
        value[key] = nil
      end
    end
  end
  return value
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
      answered(without_null(result))
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
  return answer and without_null(answer.result)
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
      answered(without_null(result))
    end
  end)
end

--- Stops every server of ours, and waits until they are gone.
function M.stop()
  local clients = vim.lsp.get_clients({ name = M.NAME })
  for _, is_forced in ipairs({ false, true }) do
    for _, client in ipairs(clients) do
      if vim.lsp.get_client_by_id(client.id) then
        if has_lsp_config then
          client:stop(is_forced)
        else
          client.stop(is_forced)
        end
      end
    end
    local are_gone = vim.wait(3000, function()
      return not vim.iter(clients):any(function(client)
        return vim.lsp.get_client_by_id(client.id) ~= nil
      end)
    end, 20)
    if are_gone then
      return
    end
  end
end

return M
