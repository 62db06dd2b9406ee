--- `:Newsmark`: each word that may follow it, and what it does.
local client = require("newsmark.client")

local M = {}

---@class newsmark.Subcommand
---@field says string What it does, for the list that is shown without one.
---@field run fun(rest: string, bang: boolean)
---@field complete? fun(lead: string): string[]
---@field words? string[] The only words that may follow it.

---@param words string[]
---@return fun(lead: string): string[]
local function one_of(words)
  return function(lead)
    return vim.tbl_filter(function(word)
      return vim.startswith(word, lead)
    end, words)
  end
end

---@param lead string
---@return string[]
local function source_keys(lead)
  return require("newsmark.pick").source_keys((lead:gsub("^@", "")))
end

--- What a page of the server says before its list, as plain text.
---@param markdown string
---@return string
local function headline(markdown)
  local head = markdown:match("^(.-)\n%-%-%-") or markdown
  return (head:gsub("%*%*", ""):gsub("\\\n", " "):gsub("\\(%p)", "%1"):gsub("%s+", " "))
end

--- Shows things that stand somewhere, to go through.
---@param server vim.lsp.Client
---@param title string
---@param things { location?: lsp.Location, name: string, kind: string, label?: string, way?: string }[]
local function list(server, title, things)
  local items = {}
  for _, thing in ipairs(things) do
    local text = thing.label and thing.label ~= "" and thing.label or thing.name
    if thing.label and not thing.label:find(thing.name, 1, true) then
      text = ("%s: %s"):format(thing.name, text)
    end
    if thing.way then
      text = text .. " " .. thing.way
    end
    local item = { text = text }
    if type(thing.location) == "table" then
      item = vim.lsp.util.locations_to_items({ thing.location }, server.offset_encoding)[1] or {}
      item.text = text
    end
    items[#items + 1] = item
  end
  vim.fn.setqflist({}, " ", { title = title, items = items })
  if #items > 0 then
    vim.cmd("botright copen")
  end
  client.say(title)
end

--- Runs a command of the server that is about a name, or about what is under the cursor.
---@param command string
---@param name string
---@param shown fun(server: vim.lsp.Client, answer: table)
local function about(command, name, shown)
  -- A name is asked for from anywhere, also from the list of places; the server looks in the corpus of a
  -- file that it serves.
  local server, bufnr
  if name ~= "" then
    server, bufnr = client.running()
  else
    server, bufnr = client.here(), 0
  end
  if not server or not bufnr then
    return
  end
  local what = name ~= "" and name or vim.lsp.util.make_position_params(0, server.offset_encoding).position
  client.execute(server, command, { vim.uri_from_bufnr(bufnr), what }, function(answer)
    if not answer then
      local where = name ~= "" and ("“%s”"):format(name) or "what is under the cursor"
      client.say(("%s is no source, claim or article of this corpus"):format(where))
      return
    end
    shown(server, answer)
  end)
end

---@param rest string
local function origins(rest)
  about("newsmark.showOrigins", rest, function(server, answer)
    local things = {}
    for _, origin in ipairs(answer.origins or {}) do
      local by = vim.tbl_map(function(step)
        return step.name
      end, origin.by or {})
      origin.way = #by > 0 and ("(by way of %s)"):format(table.concat(by, ", ")) or nil
      things[#things + 1] = origin
    end
    list(server, headline(answer.markdown), things)
  end)
end

---@param rest string
local function retraction(rest)
  about("newsmark.showRetraction", rest, function(server, answer)
    list(server, headline(answer.markdown), answer.touched or {})
  end)
end

--- What is wrong and what to do, for a list that has a line for each: it leaves out where lines end.
---@param message string
---@return string
local function on_one_line(message)
  return (message:gsub("%s*\n%s*", " — "))
end

--- What is wrong in the whole corpus, opened or not.
local function corpus_problems()
  local server = client.running()
  if not server then
    return
  end
  client.ask(server, "workspace/diagnostic", { previousResultIds = {} }, function(report)
    local items = {}
    for _, one in ipairs(report and report.items or {}) do
      for _, found in ipairs(one.items or {}) do
        local place = { uri = one.uri, range = found.range }
        local item = vim.lsp.util.locations_to_items({ place }, server.offset_encoding)[1] or {}
        item.text = ("%s [%s]"):format(on_one_line(found.message), found.code)
        item.type = ({ "E", "W", "I", "N" })[found.severity or 1]
        items[#items + 1] = item
      end
    end
    table.sort(items, function(a, b)
      if a.filename ~= b.filename then
        return (a.filename or "") < (b.filename or "")
      end
      return (a.lnum or 0) < (b.lnum or 0)
    end)
    vim.fn.setqflist({}, " ", { title = ("Problems of the corpus (%d)"):format(#items), items = items })
    if #items > 0 then
      vim.cmd("botright copen")
    else
      client.say("nothing is wrong in the corpus")
    end
  end)
end

---@param rest string
local function problems(rest)
  if rest == "corpus" then
    return corpus_problems()
  end
  if not client.here() then
    return
  end
  local items = vim.diagnostic.toqflist(vim.diagnostic.get(0))
  if #items == 0 then
    return client.say("nothing is wrong in this file")
  end
  for _, item in ipairs(items) do
    item.text = on_one_line(item.text)
  end
  vim.fn.setloclist(0, {}, " ", { title = "Problems of this file", items = items })
  vim.cmd.lopen()
end

---@param headline_given string
local function new_article(headline_given)
  local server = client.running()
  if not server then
    return
  end
  local function begin(title)
    if not title or vim.trim(title) == "" then
      return
    end
    local argument = { title = vim.trim(title) }
    if vim.api.nvim_buf_get_name(0) ~= "" and vim.bo.buftype == "" then
      argument.uri = vim.uri_from_bufnr(0)
    end
    client.execute(server, "newsmark.newArticle", { argument }, function() end)
  end
  if headline_given ~= "" then
    begin(headline_given)
  else
    vim.ui.input({ prompt = "Headline: " }, begin)
  end
end

--- Has the server mend or tidy what leaves nothing to choose.
---@param kind string
---@param nothing string What is said when there is nothing of it.
---@return fun()
local function apply(kind, nothing)
  return function()
    local server = client.here()
    if not server then
      return
    end
    local params = vim.lsp.util.make_range_params(0, server.offset_encoding)
    params.context = { only = { kind }, diagnostics = {} }
    client.ask(server, "textDocument/codeAction", params, function(actions)
      local action = (actions or {})[1]
      if not action then
        return client.say(nothing)
      end
      if action.disabled then
        return client.say("not now: " .. action.disabled.reason, vim.log.levels.WARN)
      end
      local function apply_edit(resolved)
        vim.lsp.util.apply_workspace_edit(resolved.edit, server.offset_encoding)
      end
      if action.edit then
        apply_edit(action)
      else
        client.ask(server, "codeAction/resolve", action, apply_edit)
      end
    end)
  end
end

---@param bang boolean
local function restart(_, bang)
  if not bang then
    local server = client.running()
    if server then
      client.execute(server, "newsmark.restartIndex", {}, function()
        client.say("the corpus is read anew")
      end)
    end
    return
  end
  client.stop()
  if client.serve_open() > 0 then
    client.say("the server was started anew")
  elseif client.command() then
    client.running()
  end
end

--- Serves this file, whether or not its folder says that it is a corpus, and all others that are open and
--- should be.
local function start()
  client.serve_open()
  if client.start(0) or not client.command() then
    return
  end
  local name = vim.api.nvim_buf_get_name(0)
  if name == "" or vim.bo.buftype ~= "" then
    return client.say("this is no file", vim.log.levels.WARN)
  end
  client.start(0, vim.fs.root(0, ".git") or vim.fs.dirname(name))
end

---@param rest string
local function reading(rest)
  local mode = require("newsmark.reading")
  local bufnr = vim.api.nvim_get_current_buf()
  if rest == "" then
    mode.set(bufnr, not mode.is_on(bufnr))
  else
    mode.set(bufnr, rest == "on")
  end
end

---@type table<string, newsmark.Subcommand>
M.subcommands = {
  articles = {
    says = "choose an article by letters of its headline or name",
    run = function(rest)
      require("newsmark.pick").articles(rest)
    end,
  },
  claims = {
    says = "choose a claim of this article, or of the one that is named; `article`, `status`, `speaker`: of all",
    run = function(rest)
      local pick = require("newsmark.pick")
      if rest == "" then
        pick.claims()
      elseif vim.tbl_contains(pick.GROUPINGS, rest) then
        pick.claims_by(rest)
      else
        pick.claims_of(rest)
      end
    end,
    complete = one_of({ "article", "status", "speaker" }),
  },
  entities = {
    says = "choose a person, organisation, place, event, work or thing by letters of its name",
    run = function(rest)
      require("newsmark.pick").entities(rest)
    end,
  },
  fix = {
    says = "mend what leaves nothing to choose in this file",
    run = apply("source.fixAll.newsmark", "nothing in this file can be mended without choosing"),
  },
  health = {
    says = "say whether all is as it has to be",
    run = function()
      vim.cmd("checkhealth newsmark")
    end,
  },
  log = {
    says = "show what the server has written to its log",
    run = function()
      vim.cmd.tabedit(vim.fn.fnameescape(vim.lsp.log.get_filename()))
    end,
  },
  new = { says = "begin an article with this headline", run = new_article },
  origins = {
    says = "list where the source or claim at the cursor comes from in the end",
    run = origins,
    complete = source_keys,
  },
  problems = {
    says = "list what is wrong in this file; with `corpus`, in all of them",
    run = problems,
    words = { "corpus" },
  },
  reading = {
    says = "switch the reading mode; `on`, `off`",
    run = reading,
    words = { "on", "off" },
  },
  restart = { says = "read the corpus anew; with `!`, start the server anew", run = restart },
  retraction = {
    says = "list all that a retraction of the source or claim at the cursor touches",
    run = retraction,
    complete = source_keys,
  },
  sources = {
    says = "choose a source by letters of its key or title",
    run = function(rest)
      require("newsmark.pick").sources(rest)
    end,
  },
  start = {
    says = "serve this file, also where no newsmark.toml says that it belongs to a corpus",
    run = start,
  },
  stop = { says = "stop the server", run = client.stop },
  tidy = {
    says = "take out the sources of this file that nothing uses",
    run = apply("source.organizeSources", "there is nothing to tidy in this file"),
  },
}

---@return string[]
local function names()
  local all = vim.tbl_keys(M.subcommands)
  table.sort(all)
  return all
end

--- Does what the words of the command say.
---@param call { args: string, bang: boolean }
function M.run(call)
  local name, rest = call.args:match("^(%S*)%s*(.-)%s*$")
  if name == "" then
    local lines = vim.tbl_map(function(one)
      return (":Newsmark %-11s %s"):format(one, M.subcommands[one].says)
    end, names())
    vim.api.nvim_echo({ { table.concat(lines, "\n") } }, false, {})
    return
  end
  local subcommand = M.subcommands[name]
  if not subcommand then
    client.say(
      ("there is no `%s`; there are %s"):format(name, table.concat(names(), ", ")),
      vim.log.levels.ERROR
    )
    return
  end
  if subcommand.words and rest ~= "" and not vim.tbl_contains(subcommand.words, rest) then
    local words = table.concat(subcommand.words, "` or `")
    client.say(
      ("`:Newsmark %s` takes `%s`, or nothing; not `%s`"):format(name, words, rest),
      vim.log.levels.ERROR
    )
    return
  end
  subcommand.run(rest, call.bang)
end

--- What may be typed next.
---@param lead string
---@param line string
---@return string[]
function M.complete(lead, line)
  local name = line:match("Newsmark!?%s+(%S+)%s")
  if not name then
    return one_of(names())(lead)
  end
  local subcommand = M.subcommands[name]
  local complete = subcommand and (subcommand.complete or subcommand.words and one_of(subcommand.words))
  return complete and complete(lead) or {}
end

return M
