--- Lists to choose from, by |vim.ui.select()|: what is chosen is gone to.
local client = require("newsmark.client")

local M = {}

--- Kinds of symbols as the protocol numbers them, and what newsmark gives them to.
local KIND = { source = 1, article = 2, entity = 19, claim = 20 }

---@class newsmark.Choice
---@field label string What is shown of it.
---@field location? lsp.Location Where it stands.
---@field symbol? table What is asked for the place, where the server says it later.

--- Shows a file in this window. What to do with a swap file Neovim asks only of who types `:edit`.
---@param bufnr integer
---@return boolean is_shown
---@return string? why What went wrong, or is to be known.
local function show(bufnr)
  local is_read_only = false
  local asked = vim.api.nvim_create_autocmd("SwapExists", {
    callback = function()
      if vim.v.swapchoice == "" then
        vim.v.swapchoice = "o"
        is_read_only = true
      end
    end,
  })
  vim.bo[bufnr].buflisted = true
  local is_shown, why = pcall(vim.cmd.buffer, bufnr)
  vim.api.nvim_del_autocmd(asked)
  if not is_shown then
    local words = tostring(why)
    if words:find("E37:", 1, true) then
      return false, "cannot be shown: what is in this window has not been written, `:write` it first"
    end
    return false, "cannot be shown: " .. (words:match("E%d+: [^\n]*") or words)
  elseif is_read_only then
    return true,
      "is open elsewhere, or was when an editor broke off. Here it is shown to be read only; `:edit` asks what"
        .. " to do about it."
  end
  return true
end

---@param location lsp.Location
---@param server vim.lsp.Client
local function go(location, server)
  local bufnr = vim.uri_to_bufnr(location.uri)
  local place = vim.lsp.util.locations_to_items({ location }, server.offset_encoding)[1]
  -- So that Ctrl-O goes back, and Ctrl-T.
  local from = { vim.api.nvim_get_current_buf(), vim.fn.line("."), vim.fn.col("."), 0 }
  local tag = { tagname = vim.fn.expand("<cword>"), from = from }
  vim.cmd("normal! m'")
  local is_shown, why = show(bufnr)
  if why then
    local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ":~:.")
    client.say(name .. " " .. why, vim.log.levels.WARN)
  end
  if is_shown then
    vim.fn.settagstack(vim.fn.win_getid(), { items = { tag } }, "t")
    vim.fn.cursor(place.lnum, place.col)
    vim.cmd("normal! zv")
  end
end

---@param choices newsmark.Choice[]
---@param prompt string
---@param server vim.lsp.Client
local function choose(choices, prompt, server)
  vim.ui.select(choices, {
    prompt = prompt,
    kind = "newsmark",
    format_item = function(choice)
      return choice.label
    end,
  }, function(choice)
    if not choice then
      return
    end
    if choice.location then
      return go(choice.location, server)
    end
    client.ask(server, "workspaceSymbol/resolve", choice.symbol, function(symbol)
      go(symbol.location, server)
    end)
  end)
end

--- The claims of an outline, in the order of the text, those inside others indented.
---@param symbols lsp.DocumentSymbol[]
---@param uri string
---@param depth integer
---@param into newsmark.Choice[]
local function gather_claims(symbols, uri, depth, into)
  for _, symbol in ipairs(symbols) do
    local inside = depth
    if symbol.kind == KIND.claim then
      into[#into + 1] = {
        label = ("%4d  %s%s  · %s"):format(
          symbol.selectionRange.start.line + 1,
          ("  "):rep(depth),
          symbol.name,
          symbol.detail or "claim"
        ),
        location = { uri = uri, range = symbol.selectionRange },
      }
      inside = depth + 1
    end
    gather_claims(symbol.children or {}, uri, inside, into)
  end
end

--- The claims of the article in this window.
function M.claims()
  local server = client.here()
  if not server then
    return
  end
  local uri = vim.uri_from_bufnr(0)
  client.ask(server, "textDocument/documentSymbol", { textDocument = { uri = uri } }, function(symbols)
    local choices = {}
    gather_claims(symbols or {}, uri, 0, choices)
    if #choices == 0 then
      return client.say("no claim is marked in this article")
    end
    choose(choices, ("Claims (%d)"):format(#choices), server)
  end)
end

--- How claims of the whole corpus can be grouped.
M.GROUPINGS = { "article", "status", "speaker" }

--- The claims of a group, in the order of articles and places.
---@param server vim.lsp.Client
---@param by "article"|"status"|"speaker"
---@param group { key: string, label: string, claims?: integer }
local function claims_of_group(server, by, group)
  client.ask(server, "newsmark/claims", { by = by, key = group.key }, function(answer)
    local choices = {}
    for _, claim in ipairs(type(answer) == "table" and answer.claims or {}) do
      local details = { table.concat(claim.classes, " ") }
      if by ~= "speaker" and #claim.speakers > 0 then
        details[#details + 1] = "by "
          .. table.concat(
            vim.tbl_map(function(speaker)
              return speaker.name
            end, claim.speakers),
            ", "
          )
      end
      if by ~= "status" then
        details[#details + 1] = claim.status
      end
      if claim.id then
        details[#details + 1] = "#" .. claim.id
      end
      local where = ("%4d  "):format(claim.range.start.line + 1)
      if by ~= "article" then
        where = ("%s:%d  "):format(vim.fs.basename(vim.uri_to_fname(claim.uri)), claim.range.start.line + 1)
      end
      choices[#choices + 1] = {
        label = where .. claim.text .. "  · " .. table.concat(details, " · "),
        location = { uri = claim.uri, range = claim.range },
      }
    end
    if #choices == 0 then
      return client.say(
        group.claims and "there are no such claims any more"
          or ("no claim is marked in “%s”"):format(group.label)
      )
    end
    local count = tostring(#choices)
    if answer.isIncomplete then
      count = "the first " .. count .. (group.claims and (" of %d"):format(group.claims) or "")
    end
    choose(choices, ("%s (%s)"):format(group.label, count), server)
  end)
end

--- The claims of the whole corpus: a group of them first, then one of its claims.
---@param by "article"|"status"|"speaker"
function M.claims_by(by)
  local server = client.running()
  if not server then
    return
  end
  client.ask(server, "newsmark/claims", { by = by }, function(answer)
    if type(answer) ~= "table" then
      return client.say("the corpus is still being read: try again in a moment")
    end
    if #answer.groups == 0 then
      return client.say("no claim is marked in this corpus")
    end
    local prompt = ("%d claims in %d articles, by %s"):format(answer.claims, answer.articles, by)
    if answer.more > 0 then
      prompt = ("%s (%d more)"):format(prompt, answer.more)
    end
    vim.ui.select(answer.groups, {
      prompt = prompt,
      kind = "newsmark",
      format_item = function(group)
        local date = type(group.date) == "string" and group.date .. "  " or ""
        local open = (group.unsettled or 0) > 0 and (", %d unsettled"):format(group.unsettled) or ""
        return ("%s%s  · %d%s"):format(date, group.label, group.claims, open)
      end,
    }, function(group)
      if group then
        claims_of_group(server, by, group)
      end
    end)
  end)
end

--- What there is of a kind in the corpus by a part of its name.
---@param kind "source"|"article"|"entity"
---@param wanted string
---@param prompt string
local function found(kind, wanted, prompt)
  local server = client.running()
  if not server then
    return
  end
  client.ask(server, "workspace/symbol", { query = wanted }, function(symbols)
    local choices = {}
    for _, symbol in ipairs(symbols or {}) do
      if symbol.kind == KIND[kind] then
        local where = symbol.containerName and "  · " .. symbol.containerName or ""
        choices[#choices + 1] = {
          label = symbol.name .. where,
          location = symbol.location.range and symbol.location or nil,
          symbol = symbol,
        }
      end
    end
    if #choices == 0 then
      return client.say(("none is called anything like “%s”"):format(wanted))
    end
    choose(choices, ("%s (%d)"):format(prompt, #choices), server)
  end)
end

--- The same; asks for letters of the name when there are none.
---@param kind "source"|"article"|"entity"
---@param wanted string
---@param prompt string
local function ask_and_find(kind, wanted, prompt)
  if wanted ~= "" then
    return found(kind, wanted, prompt)
  end
  vim.ui.input({ prompt = prompt .. ", some letters of the name: " }, function(letters)
    if letters then
      found(kind, letters, prompt)
    end
  end)
end

---@param wanted string Letters of the name; empty to be asked for them.
function M.entities(wanted)
  ask_and_find("entity", wanted, "People, organisations, places")
end

---@param wanted string
function M.sources(wanted)
  ask_and_find("source", wanted, "Sources")
end

---@param wanted string
function M.articles(wanted)
  ask_and_find("article", wanted, "Articles")
end

--- The claims of another article.
---@param name string Its name, or letters of that or of its headline.
function M.claims_of(name)
  local server = client.running()
  if not server then
    return
  end
  client.ask(server, "workspace/symbol", { query = name }, function(symbols)
    local all, exact = {}, {}
    for _, symbol in ipairs(symbols or {}) do
      if symbol.kind == KIND.article then
        all[#all + 1] = symbol
        if symbol.name == name then
          exact[#exact + 1] = symbol
        end
      end
    end
    local function show(symbol)
      if symbol then
        claims_of_group(server, "article", { key = symbol.location.uri, label = symbol.name })
      end
    end
    local articles = #exact > 0 and exact or all
    if #articles == 0 then
      client.say(("no article is called anything like “%s”"):format(name))
    elseif #articles == 1 then
      show(articles[1])
    else
      vim.ui.select(articles, {
        prompt = ("Articles (%d)"):format(#articles),
        kind = "newsmark",
        format_item = function(symbol)
          return symbol.name .. (symbol.containerName and "  · " .. symbol.containerName or "")
        end,
      }, show)
    end
  end)
end

--- What sources, and nothing else, are called in `newsmark trace`: for completion.
---@param letters string
---@return string[]
function M.source_keys(letters)
  local server = client.of()
  local symbols = server and client.ask_now(server, "workspace/symbol", { query = letters }) or {}
  local keys = {}
  for _, symbol in ipairs(symbols) do
    if symbol.kind == KIND.source then
      -- `title (key)`, or the key first where that is what fits
      local key = symbol.name:match("%(([^%s()]+)%)$")
      if not key or vim.startswith(symbol.name, letters) then
        key = symbol.name:match("^%S+")
      end
      keys[#keys + 1] = "@" .. key
    end
  end
  return keys
end

return M
