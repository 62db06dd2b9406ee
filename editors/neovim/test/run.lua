-- The plugin and the server, as a fact-checker uses them, on a copy of the example newsroom:
--
--   nvim --headless --clean -c 'luafile run.lua'
--
-- PLUGIN is the plugin's folder, DESK the copy, NEWSMARK the server, REPOSITORY this repository, PARSER a
-- folder with the tree-sitter parser. test.sh sets them.
local plugin, desk, newsmark = vim.env.PLUGIN, vim.env.DESK, vim.env.NEWSMARK
package.path = vim.fs.dirname(debug.getinfo(1, "S").source:sub(2)) .. "/?.lua;" .. package.path
local t = require("harness")
local test, sure, wait = t.test, t.sure, t.wait

vim.o.swapfile = false
vim.o.hidden = true
vim.o.columns = 200
vim.o.lines = 40
vim.opt.runtimepath:prepend(plugin)
vim.cmd("runtime! ftdetect/newsmark.lua plugin/newsmark.lua")

local said = {} ---@type string[]
---@diagnostic disable-next-line: duplicate-set-field
vim.notify = function(message)
  said[#said + 1] = message
end

---@param words string
local function is_said(words)
  return table.concat(said, "\n"):find(words, 1, true) ~= nil
end

test("nothing is loaded before it is wanted", function()
  for name in pairs(package.loaded) do
    sure(not name:find("^newsmark"), "%s is loaded at the start", name)
  end
  sure(vim.fn.exists(":Newsmark") == 2, "no :Newsmark")
  sure(vim.fn.maparg("<Plug>(newsmark-reading)", "n") ~= "", "no <Plug>(newsmark-reading)")
end)

test("without a server it says what to do", function()
  vim.cmd.edit(desk .. "/2026/06/one-permit.md")
  require("newsmark").setup({ cmd = { "no-such-program" } })
  wait("nothing is said", function()
    return is_said("was not found (`cmd` names no-such-program, which cannot be run)")
  end, 3)
  sure(is_said("cargo install"), "it is not said what to do: %s", table.concat(said, "\n"))
  vim.cmd("checkhealth newsmark")
  local page = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  sure(page:find("was not found", 1, true), "checkhealth does not say it: %s", page)
  vim.cmd("silent! %bwipeout!")
  said = {}
end)

require("newsmark").setup({ cmd = { newsmark, "lsp" }, checker = "A. Desk" })

test("an article of a corpus is served, with its folder", function()
  t.open(desk .. "/2024/04/two-permits.md")
  local client = vim.lsp.get_clients({ name = "newsmark" })[1]
  sure((client.root_dir or client.config.root_dir) == desk, "its folder is %s", client.root_dir)
  local expected = vim.fn.has("nvim-0.11") == 1 and "utf-8" or "utf-16"
  sure(client.offset_encoding == expected, "positions are in %s", client.offset_encoding)
  io.stdout:write(("           Neovim %s, positions in %s\n"):format(vim.version(), client.offset_encoding))
end)

test("a page of no corpus is not served, until one says so", function()
  local path = vim.fn.tempname() .. ".md"
  vim.fn.writefile({ "[The road is closed]{.claim}." }, path)
  local start, started = vim.lsp.start, 0
  ---@diagnostic disable-next-line: duplicate-set-field
  vim.lsp.start = function(...)
    started = started + 1
    return start(...)
  end
  vim.cmd.edit(path)
  -- Neovim starts one in the next turn: what comes after that comes after this, too.
  local turned = false
  vim.schedule(function()
    turned = true
  end)
  wait("no next turn", function()
    return turned
  end)
  sure(started == 0, "a server is started")
  vim.cmd("Newsmark start")
  sure(started > 0, "the start of one is not seen")
  vim.lsp.start = start
  wait("no finding", function()
    return vim.tbl_contains(
      vim.tbl_map(function(one)
        return one.code
      end, vim.diagnostic.get(0)),
      "unsourced-claim"
    )
  end)
  local client = vim.lsp.get_clients({ bufnr = 0, name = "newsmark" })[1]
  vim.cmd.bwipeout({ bang = true })
  vim.lsp.stop_client(client.id)
  wait("the server goes on", function()
    return not vim.lsp.get_client_by_id(client.id)
  end)
end)

test("a file named .newsmark is an article, too", function()
  local path = desk .. "/2026/06/wire.newsmark"
  vim.fn.writefile(
    { "---", "title: Wire", "date: 2026-06-01", "author: A", "---", "", "[[Lann]] said." },
    path
  )
  t.open(path)
  sure(vim.bo.filetype == "newsmark", "its type is %s", vim.bo.filetype)
  sure(vim.bo.commentstring == "<!-- %s -->", "comments are %s", vim.bo.commentstring)
  vim.cmd("syntax on")
  local is_parsed = vim.treesitter.highlighter.active[vim.api.nvim_get_current_buf()] ~= nil
  sure(is_parsed or vim.fn.synID(7, 3, 1) ~= 0, "a mention has no colour")
  vim.cmd.bwipeout({ bang = true })
  vim.fn.delete(path)
end)

--- The planted faults: `file rule words`, sorted.
---@return string[]
local function planted()
  local faults, heading = {}, nil
  for _, line in ipairs(vim.fn.readfile(desk .. "/FAULTS.md")) do
    local rule, file = line:match("^## %d+%. (%S+) in (%S+)$")
    if rule then
      heading = { file, rule }
    end
    local words = heading and line:match("^words: `(.*)`$")
    if words then
      faults[#faults + 1] = table.concat({ heading[1], heading[2], words }, " ")
      heading = nil
    end
  end
  table.sort(faults)
  return faults
end

--- What is underlined in an open file: the same.
---@param bufnr integer
---@param found string[]
local function underlined(bufnr, found)
  local name = vim.api.nvim_buf_get_name(bufnr):sub(#desk + 2)
  for _, one in ipairs(vim.diagnostic.get(bufnr)) do
    local lines = vim.api.nvim_buf_get_text(bufnr, one.lnum, one.col, one.end_lnum, one.end_col, {})
    local words = table.concat(lines, "\n")
    if one.lnum == 0 and one.col == 0 and one.code:find("^missing%-") then
      words = "(front matter)"
    end
    found[#found + 1] = table.concat({ name, one.code, words }, " ")
  end
end

test("squiggles at the planted faults and only there", function()
  local files = vim.fs.find(function(name, path)
    local is_read = name:find("%.md$")
      or path:find("registry") and not path:find("snapshots")
      or name:find("%.bib$")
    return name ~= "README.md" and name ~= "FAULTS.md" and is_read
  end, { path = desk, type = "file", limit = math.huge })
  sure(#files > 70, "%d files", #files)
  local faults, found = planted(), {} ---@type string[], string[]
  sure(#faults > 80, "%d faults are planted", #faults)
  for _, file in ipairs(files) do
    t.open(file)
  end
  local last = {}
  vim.wait(20000, function()
    last = {}
    for _, file in ipairs(files) do
      underlined(vim.fn.bufnr(file), last)
    end
    table.sort(last)
    return vim.deep_equal(last, faults)
  end, 100)
  -- What comes late counts, too.
  vim.wait(500, function()
    return false
  end)
  for _, file in ipairs(files) do
    underlined(vim.fn.bufnr(file), found)
  end
  table.sort(found)
  local wrong = {}
  for _, fault in ipairs(faults) do
    if not vim.tbl_contains(found, fault) then
      wrong[#wrong + 1] = "not found: " .. fault
    end
  end
  for _, one in ipairs(found) do
    if not vim.tbl_contains(faults, one) then
      wrong[#wrong + 1] = "no fault: " .. one
    end
  end
  sure(#wrong == 0 and #found == #faults, "%d of %d\n%s", #found, #faults, table.concat(wrong, "\n"))
end)

test("hover over a mention, a citation, a claim", function()
  t.open(desk .. "/2024/04/two-permits.md")
  t.at("[[Hanne Brill]]", 4)
  vim.lsp.buf.hover()
  local shown = t.floating()
  sure(shown:find("Hanne Brill", 1, true) and shown:find("person", 1, true), "of a name: %s", shown)
  t.at("@lpa-0312", 3)
  vim.lsp.buf.hover()
  shown = t.floating()
  sure(shown:find("Littoral Press", 1, true), "of a source: %s", shown)
  t.at("The convoy was held", 3)
  vim.lsp.buf.hover()
  shown = t.floating()
  sure(shown:find("accus", 1, true) and shown:find("defence ministry", 1, true), "of a claim: %s", shown)
end)

test("to the definition in another file, and back", function()
  t.open(desk .. "/2024/04/two-permits.md")
  t.at("@nwire-0311", 3)
  vim.lsp.buf.definition()
  wait("still in the article", function()
    return vim.api.nvim_buf_get_name(0):find("statements%.json$")
  end)
  sure(
    vim.api.nvim_get_current_line():find("nwire-0311", 1, true),
    "in `%s`",
    vim.api.nvim_get_current_line()
  )
  vim.cmd('exe "normal! \\<C-t>"')
  sure(vim.api.nvim_buf_get_name(0):find("two%-permits"), "not back")
end)

test("completion after `[@`", function()
  t.open(desk .. "/2024/04/two-permits.md")
  vim.cmd("normal! Go")
  local items, timer = nil, assert(vim.uv.new_timer())
  local ticks = 0
  timer:start(
    100,
    50,
    vim.schedule_wrap(function()
      ticks = ticks + 1
      local now = vim.fn.complete_info({ "items" }).items
      if (#now > 0 or ticks > 100) and not timer:is_closing() then
        items = now
        timer:close()
        vim.api.nvim_feedkeys(vim.keycode("<C-n><C-y><Esc>"), "n", false)
      end
    end)
  )
  vim.api.nvim_feedkeys(vim.keycode("A[The gate is open]{.claim}[@brill-<C-x><C-o>"), "x!", false)
  sure(items and #items > 0, "nothing is offered")
  local words = vim.tbl_map(function(item)
    return item.word
  end, items)
  sure(vim.tbl_contains(words, "brill-0402"), "offered are %s", table.concat(words, ", "))
  local line = vim.api.nvim_get_current_line()
  sure(line:match("%[@brill%-%d+"), "the line is `%s`", line)
  vim.cmd("silent! edit!")
end)

test("an entity gets another name in several files", function()
  t.open(desk .. "/2024/04/two-permits.md")
  t.at("kasra-camp", 3)
  vim.lsp.buf.rename("kasra-tents")
  wait("nothing is renamed", function()
    return t.text(desk .. "/2024/04/two-permits.md"):find("[[kasra-tents|desert camp]]", 1, true)
  end)
  sure(
    t.text(desk .. "/registry/entities/places.yaml"):find("id: kasra-tents", 1, true),
    "not in the registry"
  )
  local files = {}
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    if vim.bo[bufnr].modified then
      files[#files + 1] = vim.api.nvim_buf_get_name(bufnr)
      sure(not t.text(files[#files]):find("kasra%-camp[%]|\n ]"), "left in %s", files[#files])
    end
  end
  sure(#files > 2, "changed are %s", table.concat(files, ", "))
  vim.cmd("silent bufdo! edit!")
end)

test("a quick fix is made, and the squiggle goes", function()
  local bufnr = t.open(desk .. "/2023/02/harbour-raid-morning-after.md")
  local function found()
    return #vim.tbl_filter(function(one)
      return one.code == "undefined-entity"
    end, vim.diagnostic.get(bufnr))
  end
  wait("no squiggle", function()
    return found() == 1
  end)
  t.at("[[Harbor Monitor]]", 4)
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title == "Change to `Harbour Monitor`"
    end,
  })
  wait("no change", function()
    return t.text(desk .. "/2023/02/harbour-raid-morning-after.md")
      :find("of [[Harbour Monitor]], a group", 1, true)
  end)
  wait("the squiggle stays", function()
    return found() == 0
  end)
  vim.cmd("silent! edit!")
end)

test("lists to choose from: claims, entities, sources, articles", function()
  t.open(desk .. "/2024/04/two-permits.md")
  local labels = t.choose(function()
    vim.cmd("Newsmark claims")
  end, "No soldier gave")
  sure(#labels == 6, "%d claims", #labels)
  sure(labels[2]:find("quote accusation held", 1, true), "it is `%s`", labels[2])
  sure(vim.api.nvim_get_current_line():find('^%["No soldier'), "in `%s`", vim.api.nvim_get_current_line())

  labels = t.choose(function()
    vim.cmd("Newsmark entities tollan dam")
  end, "Tollan dam  ")
  for _, label in ipairs(labels) do
    sure(not label:find("document", 1, true), "a source among the entities: %s", label)
  end
  sure(vim.api.nvim_buf_get_name(0):find("works%-and%-things%.yaml$"), "in %s", vim.api.nvim_buf_get_name(0))
  sure(
    vim.api.nvim_get_current_line():find("tollan-dam", 1, true),
    "in `%s`",
    vim.api.nvim_get_current_line()
  )

  local input = vim.ui.input
  ---@diagnostic disable-next-line: duplicate-set-field
  vim.ui.input = function(_, typed)
    typed("duty roster")
  end
  t.choose(function()
    vim.cmd("Newsmark sources")
  end, "Duty roster")
  vim.ui.input = input
  sure(
    vim.api.nvim_get_current_line():find("duty-roster", 1, true),
    "in `%s`",
    vim.api.nvim_get_current_line()
  )

  t.choose(function()
    vim.cmd("Newsmark articles one permit")
  end, "·")
  sure(vim.api.nvim_buf_get_name(0):find("permit"), "in %s", vim.api.nvim_buf_get_name(0))

  labels = t.choose(function()
    vim.cmd("Newsmark claims tollan-dam")
  end, "gauge")
  sure(vim.api.nvim_buf_get_name(0):find("tollan%-dam%.md$"), "in %s", vim.api.nvim_buf_get_name(0))
end)

test("the claims of the corpus, by article, by status and by speaker", function()
  t.open(desk .. "/2024/04/two-permits.md")
  local by = t.choose_each(function()
    vim.cmd("Newsmark claims article")
  end, { "One permit", "" })
  sure(#by[1] > 30 and by[1][1]:find("^2026%-"), "%d articles, the first is `%s`", #by[1], by[1][1])
  sure(vim.api.nvim_buf_get_name(0):find("one%-permit%.md$"), "in %s", vim.api.nvim_buf_get_name(0))
  sure(by[2][1]:find("^ *%d+  %S.*·"), "it is `%s`", by[2][1])

  by = t.choose_each(function()
    vim.cmd("Newsmark claims speaker")
  end, { "International Relief Agency", "kasra-road.md:" })
  sure(vim.api.nvim_buf_get_name(0):find("kasra%-road%.md$"), "in %s", vim.api.nvim_buf_get_name(0))
  local line = table.concat(by[2], "\n"):match("kasra%-road%.md:(%d+)")
  sure(vim.api.nvim_win_get_cursor(0)[1] == tonumber(line), "not in line %s", line)

  by = t.choose_each(function()
    vim.cmd("Newsmark claims status")
  end, { "Not checked by the desk", "no such claim" })
  sure(#by[2] > 50, "%d claims", #by[2])
  local completed = vim.fn.getcompletion("Newsmark claims s", "cmdline")
  sure(vim.deep_equal(completed, { "status", "speaker" }), "completed: %s", table.concat(completed, " "))
end)

test("origins and retraction, at the cursor and by name", function()
  t.open(desk .. "/2024/04/two-permits.md")
  t.at("@lpa-0312", 3)
  said = {}
  vim.cmd("Newsmark origins")
  wait("no list", function()
    return vim.fn.getqflist({ title = 0 }).title:find("lpa%-0312 comes from one source")
  end)
  local items = vim.fn.getqflist()
  sure(#items == 1 and items[1].text:find("by way of nwire-0311", 1, true), "it has %s", vim.inspect(items))
  sure(vim.api.nvim_buf_get_name(items[1].bufnr):find("statements%.json$"), "it is elsewhere")
  vim.wait(700, function()
    return false
  end)
  sure(#said == 1, "it is said %d times: %s", #said, table.concat(said, "\n"))
  vim.cmd("wincmd p")
  t.open(desk .. "/2024/04/two-permits.md")
  vim.cmd("Newsmark retraction @nwire-0311")
  wait("no list", function()
    return vim.fn.getqflist({ title = 0 }).title:find("nwire%-0311") and #vim.fn.getqflist() > 2
  end)
  vim.cmd("wincmd p")
  said = {}
  vim.cmd("Newsmark origins @no-such-source")
  wait("nothing is said", function()
    return is_said("is no source, claim or article of this corpus")
  end)
end)

test("what is wrong in this file, and in the corpus", function()
  t.open(desk .. "/2024/04/two-permits.md")
  wait("no findings", function()
    return #vim.diagnostic.get(0) == 4
  end)
  vim.cmd("Newsmark problems")
  sure(#vim.fn.getloclist(0) == 4, "%d in this file", #vim.fn.getloclist(0))
  vim.cmd("lclose | Newsmark problems corpus")
  local faults = #planted()
  wait("no list", function()
    return vim.fn.getqflist({ title = 0 }).title == ("Problems of the corpus (%d)"):format(faults)
  end)
  sure(vim.fn.getqflist()[1].text:find("%[[%a-]+%]$"), "it is `%s`", vim.fn.getqflist()[1].text)
end)

test("a click on a line of remarks lists the places", function()
  t.open(desk .. "/2024/04/two-permits.md")
  t.at("[The convoy was held", 2)
  local client = vim.lsp.get_clients({ name = "newsmark", bufnr = 0 })[1]
  local answers = assert(vim.lsp.buf_request_sync(0, "textDocument/codeLens", {
    textDocument = { uri = vim.uri_from_bufnr(0) },
  }, 5000))
  local lens = answers[client.id].result[1]
  if not lens.command then
    lens = assert(vim.lsp.buf_request_sync(0, "codeLens/resolve", lens, 5000))[client.id].result
  end
  client.commands[lens.command.command](lens.command, { client_id = client.id })
  sure(vim.fn.getqflist({ title = 0 }).title == "1 answer", "it is %s", vim.fn.getqflist({ title = 0 }).title)
  sure(vim.fn.getqflist()[1].lnum == 21, "in line %d", vim.fn.getqflist()[1].lnum)
end)

test("a new article", function()
  t.open(desk .. "/2026/06/one-permit.md")
  vim.cmd("Newsmark new The ferry that nobody ordered")
  wait("no article", function()
    return vim.api.nvim_buf_get_name(0):find("ferry%-that%-nobody%-ordered%.md$")
  end)
  local page = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  sure(page:find("title: The ferry that nobody ordered", 1, true), "it holds %s", page)
  sure(page:find("author: A. Desk", 1, true), "without the author: %s", page)
  local path = vim.api.nvim_buf_get_name(0)
  vim.cmd.bwipeout({ bang = true })
  vim.fn.delete(path)
end)

test("the corpus is read anew, and the server started anew", function()
  t.open(desk .. "/2026/06/one-permit.md")
  said = {}
  vim.cmd("Newsmark restart")
  wait("nothing is said", function()
    return is_said("the corpus is read anew")
  end)
  local before = vim.lsp.get_clients({ name = "newsmark", bufnr = 0 })[1].id
  vim.cmd("Newsmark! restart")
  wait("no other server", function()
    local client = vim.lsp.get_clients({ name = "newsmark", bufnr = 0 })[1]
    return client and client.id ~= before and client.initialized
  end)
end)

test("what a server says is seen, although the one before ended in the middle of a question", function()
  local bufnr = t.open(desk .. "/2024/04/two-permits.md")
  t.at("@lpa-0312", 3)
  local cursor = vim.api.nvim_win_get_cursor(0)
  local arguments = {
    vim.uri_from_bufnr(bufnr),
    { line = cursor[1] - 1, character = vim.str_utfindex(vim.fn.getline("."), cursor[2]) },
  }
  local before = vim.lsp.get_clients({ name = "newsmark", bufnr = bufnr })[1]
  local served = vim.tbl_keys(before.attached_buffers)
  require("newsmark.client").execute(before, "newsmark.showOrigins", arguments, function() end)
  vim.lsp.stop_client(before.id, true)
  wait("the server goes on", function()
    return not vim.lsp.get_client_by_id(before.id)
  end)
  for _, other in ipairs(served) do
    require("newsmark.client").start(other, desk)
  end
  t.open(desk .. "/2024/04/two-permits.md")
  local show, shown = vim.lsp.handlers["window/showMessage"], {}
  vim.lsp.handlers["window/showMessage"] = function(_, result)
    shown[#shown + 1] = result.message
    return vim.NIL
  end
  vim.lsp.buf_request(bufnr, "workspace/executeCommand", {
    command = "newsmark.showOrigins",
    arguments = arguments,
  }, function() end)
  wait("nothing is said", function()
    return table.concat(shown, "\n"):find("lpa-0312", 1, true)
  end, 5)
  vim.lsp.handlers["window/showMessage"] = show
end)

test("the words that may follow :Newsmark", function()
  sure(
    vim.deep_equal(vim.fn.getcompletion("Newsmark re", "cmdline"), { "reading", "restart", "retraction" }),
    "they are %s",
    vim.inspect(vim.fn.getcompletion("Newsmark re", "cmdline"))
  )
  sure(
    vim.deep_equal(vim.fn.getcompletion("Newsmark reading o", "cmdline"), { "on", "off" }),
    "no `on`, `off`"
  )
  t.open(desk .. "/2024/04/two-permits.md")
  local keys
  wait("no keys", function()
    keys = vim.fn.getcompletion("Newsmark origins @lpa-03", "cmdline")
    return #keys > 0
  end)
  sure(vim.tbl_contains(keys, "@lpa-0312"), "keys are %s", table.concat(keys, " "))
  said = {}
  vim.cmd("Newsmark nonsense")
  sure(is_said("there is no `nonsense`"), "nothing is said")
end)

test("health: all well, and what is not", function()
  t.open(desk .. "/2024/04/two-permits.md")
  vim.cmd("checkhealth newsmark")
  local page = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  for _, words in ipairs({ "newsmark 0.", "set as `cmd`", desk, "positions in", "All of what you have set" }) do
    sure(page:find(words, 1, true), "`%s` is not said:\n%s", words, page)
  end
  sure(not page:find("ERROR", 1, true), "there are errors:\n%s", page)
  vim.cmd.bwipeout({ bang = true })
  local config = require("newsmark.config")
  config.set({
    cmd = { newsmark, "lsp" },
    checker = 3,
    setings = {},
    settings = { features = { hovers = false, folding = false } },
    reading = { marks = { span = "too long", what = "x" } },
  })
  vim.cmd("checkhealth newsmark")
  page = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  for _, words in ipairs({
    "checker is to be a name",
    "setings: there is no such option",
    "settings.features.hovers: there is no such thing",
    "reading.marks.span is to be one character",
    "Switched off: folding (features)",
  }) do
    sure(page:find(words, 1, true), "`%s` is not said:\n%s", words, page)
  end
  vim.cmd.bwipeout({ bang = true })
  config.set({ cmd = { newsmark, "lsp" }, checker = "A. Desk" })
end)

test("the features that can be switched off are those of docs/editors.md", function()
  local config = require("newsmark.config")
  local page = t.text(vim.env.REPOSITORY .. "/docs/editors.md")
  local section = assert(page:match("| under `features` | what goes |\n(.-)\n\n"))
  local documented = {}
  for row in section:gmatch("[^\n]+") do
    for name in row:match("^| (.-) |"):gmatch("`(%a+)`") do
      documented[#documented + 1] = name
    end
  end
  table.sort(documented)
  sure(vim.deep_equal(documented, config.features), "documented are %s", vim.inspect(documented))
  for _, hint in ipairs(config.hints) do
    sure(section:find("`" .. hint .. "`", 1, true), "no hints of %s", hint)
  end
end)

test("the reading mode: folded to marks, shown near the cursor, switched off", function()
  local bufnr = t.open(desk .. "/2024/04/two-permits.md")
  vim.cmd("only! | normal! gg")
  local level = vim.wo.conceallevel
  vim.cmd("Newsmark reading on")
  vim.diagnostic.enable(false, { bufnr = bufnr })
  vim.o.signcolumn = "no"
  local function line(number)
    vim.cmd.redraw({ bang = true })
    return t.screen(vim.fn.screenpos(0, number, 1).row)
  end
  sure(
    line(11) == "A lorry with aid for the desert camp needs two sheets of paper.",
    "the mention is seen as `%s`",
    line(11)
  )
  local claim = line(29)
  sure(
    claim
      == "Both papers are valid for seven days, and a second convoy needed eight to get all of its stamps°†,"
        .. " said Hanne Brill of the International Relief Agency.",
    "the claim is seen as `%s`",
    claim
  )
  sure(
    line(15) == "This newspaper has told that night hour by hour↗.",
    "the link is seen as `%s`",
    line(15)
  )

  local function come(words, inside)
    t.at(words, inside)
    vim.api.nvim_exec_autocmds("CursorMoved", { buffer = bufnr })
  end
  come("Both papers", 4)
  sure(line(29) == claim, "it opens far from the cursor: `%s`", line(28))
  come("stamps]{.claim by=hanne-brill}", 6)
  wait("the bracket is not shown", function()
    return line(29):find("[Both papers", 1, true)
  end, 2)
  sure(line(29):find("[Both papers", 1, true), "the bracket is not shown: `%s`", line(28))
  sure(line(29):find("stamps]{.claim by=hanne-brill}", 1, true), "near the cursor it is `%s`", line(28))
  come("Both papers", 4)
  sure(line(29) == claim, "it does not fold again: `%s`", line(28))

  -- What is written is folded when the cursor has gone on.
  vim.cmd("normal! Go")
  vim.api.nvim_feedkeys("A[It is shut]{.claim by=hanne-brill}[@brill-0402], she said.", "xt", false)
  vim.api.nvim_exec_autocmds("TextChanged", { buffer = bufnr })
  local last = vim.fn.line("$")
  sure(line(last) == "It is shut°†, she said.", "what is written is seen as `%s`", line(last))
  vim.cmd("silent! edit! | normal! gg")

  sure(
    vim.wo.conceallevel == 2 and line(15):find("hour↗.", 1, true),
    "a reload switches it off: `%s`",
    line(15)
  )
  come("told that night", 3)
  sure(line(15):find("by hour↗.", 1, true), "it opens far from the cursor: `%s`", line(15))
  come("hour](../03", 5)
  sure(
    line(15):find("[told that night hour by hour](../03/", 1, true),
    "the link is not shown: `%s`",
    line(15)
  )
  vim.cmd("normal! gg")
  vim.cmd("split " .. desk .. "/2026/06/one-permit.md")
  sure(vim.wo.conceallevel == level, "another article's window hides, too")
  vim.cmd("close")
  vim.cmd("split")
  come("hour](../03", 5)
  sure(vim.wo.concealcursor == "", "what is near is hidden in another window of the article")
  require("newsmark").toggle_reading()
  for _, window in ipairs(vim.fn.win_findbuf(bufnr)) do
    sure(vim.wo[window].conceallevel == level, "a window goes on hiding")
    sure(vim.wo[window].concealcursor == "", "a window goes on hiding at the cursor")
  end
  vim.cmd("close")
  local reading = require("newsmark.reading")
  sure(#vim.api.nvim_buf_get_extmarks(bufnr, reading.namespace, 0, -1, {}) == 0, "marks are left")
  sure(line(11):find("[[kasra-camp|desert camp]]", 1, true), "it is seen as `%s`", line(11))
  vim.diagnostic.enable(true, { bufnr = bufnr })
end)

test("the reading mode reads what the server reads", function()
  local markup = require("newsmark.markup")
  local total = 0
  local articles = vim.fn.glob(desk .. "/20*/*/*.md", false, true)
  local own = { span = "claims", citation = "citations", mention = "mentions" }
  for _, path in ipairs(articles) do
    local process = vim.system({ newsmark, "parse", "--format", "json", path }, { text = true }):wait(10000)
    local parsed = vim.json.decode(process.stdout)
    local lines = vim.fn.readfile(path)
    local text = table.concat(lines, "\n")
    local known = {}
    for _, kind in pairs(own) do
      for _, one in ipairs(parsed[kind]) do
        known[kind .. one.range.start.offset .. "-" .. one.range["end"].offset] = true
      end
    end
    local starts = { 0 }
    for index, one in ipairs(lines) do
      starts[index + 1] = starts[index] + #one + 1
    end
    for _, item in ipairs(markup.read(lines)) do
      local kind = own[item.kind]
      if kind then
        local first, last = item.pieces[1], item.pieces[#item.pieces]
        local from, to = starts[first.row + 1] + first.col, starts[last.end_row + 1] + last.end_col
        local words = text:sub(from + 1, to)
        -- Three of the planted faults look like what they are meant to be.
        local is_fault = words:find("%.smallcaps}$")
          or words:find("%.quote%.accusation")
          or words:find("^%[who told")
        sure(known[kind .. from .. "-" .. to] or is_fault, "%s: %s `%s`", path, kind, words)
        total = total + 1
      end
    end
    for key in pairs(known) do
      known[key] = nil
    end
  end
  sure(total > 800, "only %d", total)
end)

test("the reading mode in the corners of the markup", function()
  local markup = require("newsmark.markup")
  --- What is seen of a text.
  local function seen(text)
    local lines = vim.split(text, "\n")
    local hidden = {}
    for _, item in ipairs(markup.read(lines)) do
      for _, piece in ipairs(item.pieces) do
        for row = piece.row, piece.end_row do
          local from = row == piece.row and piece.col or 0
          local to = row == piece.end_row and piece.end_col or #lines[row + 1]
          for col = from, to - 1 do
            hidden[row .. ":" .. col] = true
          end
        end
      end
    end
    local shown = {}
    for row, line in ipairs(lines) do
      local letters = {}
      for col = 1, #line do
        letters[#letters + 1] = hidden[(row - 1) .. ":" .. (col - 1)] and "" or line:sub(col, col)
      end
      shown[row] = table.concat(letters)
    end
    return table.concat(shown, "\n")
  end
  for text, expected in pairs({
    ["[one [two [three]{.figure}]{.quote} four]{.claim}"] = "one two three four",
    ['["They [the guards] [sic] left"]{.quote by="a } b"}.'] = '"They [the guards] [sic] left".',
    ["`[a]{.claim} [@b]` and \\[c]{.claim}"] = "`[a]{.claim} [@b]` and \\[c]{.claim}",
    ["[not] {.claim} closed [at all"] = "[not] {.claim} closed [at all",
    ["[It is\nshut]{.claim\nby=a}[@b;\n@c], he said"] = "It is\nshut\n\n, he said",
    ["[[kasra]] and [[kasra|the valley]]"] = "kasra and the valley",
    ["[report](a.md#b) ![A pier](p.png){credit=A} [^1]"] = "report A pier [^1]",
    ["[report](<my file.md>), he said (twice)"] = "report, he said (twice)",
    ['[report](<my file.md> "of May"), he said (twice)'] = "report, he said (twice)",
    ["[see @wire, p. 3; @b] a@b.example"] = " a@b.example",
    ["```\n[a]{.claim}\n```\n[b]{.claim}"] = "```\n[a]{.claim}\n```\nb",
    ["---\ntitle: '[a]{.claim}'\n---\n[b]{.claim}"] = "---\ntitle: '[a]{.claim}'\n---\nb",
    ["## The gate {#gate .claim}\n::: {.claim by=a}\nShut.\n:::"] = "## The gate \n\nShut.\n",
    ["[a\n\nb]{.claim}"] = "[a\n\nb]{.claim}",
    ["A <!-- newsmark-ignore x: y --> b [é]{.claim by=“x”}"] = "A  b é",
    ["[a]{.claim .}"] = "[a]{.claim .}",
  }) do
    sure(seen(text) == expected, "`%s` is seen as `%s`", text, seen(text))
  end
end)

test("the reading mode reads what nobody writes, too, and what is long", function()
  local markup = require("newsmark.markup")
  local many = 20000
  -- In the square of their length these would take longer than the whole test may.
  for text, items in pairs({
    [("[x]{a="):rep(many)] = 0,
    [("["):rep(many) .. "a" .. ("]"):rep(many)] = 1,
    [("[x](a"):rep(many)] = 0,
    [("[x](<"):rep(many)] = 0,
    [(":"):rep(many) .. " {"] = 0,
    [("["):rep(many) .. ("a;"):rep(many) .. " @b" .. ("]"):rep(many)] = 1,
    [("- a [x]{.claim} b [@c]\n"):rep(many)] = 2 * many,
  }) do
    local read = #markup.read(vim.split(text, "\n"))
    sure(read == items, "of `%s` it reads %d", text:sub(1, 20), read)
  end
end)

require("trouble")(desk, plugin, newsmark)

test("the help file: every tag is found, and every link leads to one", function()
  vim.cmd.helptags(plugin .. "/doc")
  local page = t.text(plugin .. "/doc/newsmark.txt")
  local tags = 0
  for tag in page:gmatch("%*([%w:._()<>-]+)%*") do
    vim.cmd.help(tag)
    sure(
      vim.api.nvim_buf_get_name(0):find("newsmark%.txt$"),
      "%s leads to %s",
      tag,
      vim.api.nvim_buf_get_name(0)
    )
    tags = tags + 1
  end
  sure(tags > 10, "%d tags", tags)
  for link in page:gmatch("|([%w:._()<>-]+)|") do
    vim.cmd.help(link)
  end
  for name in pairs(require("newsmark.command").subcommands) do
    sure(page:find(":Newsmark " .. name, 1, true), "nothing of :Newsmark %s", name)
  end
  for _, line in ipairs(vim.split(page, "\n")) do
    sure(vim.fn.strdisplaywidth(line) <= 80, "wider than a terminal: %s", line)
  end
  vim.cmd("silent! helpclose")
end)

test("the tree-sitter parser colours an article", function()
  vim.opt.runtimepath:append(vim.env.PARSER)
  local bufnr = t.open(desk .. "/2024/05/camp-from-the-hill.md")
  sure(require("newsmark.treesitter").start(bufnr), "it does not start")
  sure(vim.treesitter.highlighter.active[bufnr], "nothing is coloured")
  local tree = vim.treesitter.get_parser(bufnr, "newsmark"):parse()[1]
  sure(not tree:root():has_error(), "it does not understand the article")
  vim.cmd("checkhealth newsmark")
  local page = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
  sure(page:find("parser is installed, with its queries", 1, true), "health: %s", page)
end)

t.finish()
