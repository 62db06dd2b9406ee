--- What goes wrong, or is asked for where there is nothing of it, and what is said then. Called by run.lua.
local t = require("harness")
local test, sure, wait = t.test, t.sure, t.wait

--- A small corpus whose claims have no ids.
---@return string folder
local function small_corpus()
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, "p")
  folder = assert(vim.uv.fs_realpath(folder))
  vim.fn.writefile({ "[corpus]", 'sources = ["sources.yaml"]' }, folder .. "/newsmark.toml")
  vim.fn.writefile({
    "references:",
    "  - id: harbour",
    "    type: article",
    "    title: Timetable",
  }, folder .. "/sources.yaml")
  vim.fn.writefile({
    "---",
    "title: The ferry",
    "date: 2026-05-05",
    "author: A",
    "---",
    "",
    "[The ferry is late]{.claim}[@harbour]. [It is full]{.claim}[@harbour].",
  }, folder .. "/ferry.md")
  return folder
end

--- The programs of newsmark that run.
---@return table<integer, boolean>
local function servers()
  local found = {}
  for _, pid in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
    local process = vim.api.nvim_get_proc(pid)
    if process and process.name == "newsmark" then
      found[pid] = true
    end
  end
  return found
end

---@param pids table<integer, boolean>
local function kill(pids)
  local ids = {}
  for pid in pairs(pids) do
    vim.uv.kill(pid, "sigkill")
    ids[#ids + 1] = pid
  end
  sure(#ids > 0, "no server runs")
  wait("a server that was killed goes on", function()
    local running = servers()
    return not vim.iter(ids):any(function(pid)
      return running[pid]
    end)
  end)
end

---@param path string
---@return boolean
local function is_served(path)
  local client = vim.lsp.get_clients({ name = "newsmark", bufnr = vim.fn.bufnr(path) })[1]
  return client ~= nil and client.initialized == true
end

---@param desk string The copy of the newsroom.
---@param plugin string The folder of the plugin.
---@param newsmark string The server.
return function(desk, plugin, newsmark)
  local said = {} ---@type string[]
  ---@diagnostic disable-next-line: duplicate-set-field
  vim.notify = function(message)
    said[#said + 1] = message
  end

  --- Says a command, and waits until these words are the answer.
  ---@param command string
  ---@param words string
  local function says(command, words)
    said = {}
    vim.cmd(command)
    vim.wait(5000, function()
      return #said > 0
    end, 20)
    sure(table.concat(said, "\n"):find(words, 1, true), "`:%s` says `%s`", command, table.concat(said, "\n"))
  end

  local article = desk .. "/2024/04/two-permits.md"
  local other = desk .. "/2026/06/one-permit.md"
  local small = small_corpus()

  test("setup() has :help find the page", function()
    local tags = plugin .. "/doc/tags"
    sure(vim.uv.fs_stat(tags), "there are no tags")
    vim.cmd.help("newsmark")
    sure(vim.api.nvim_buf_get_name(0):find("newsmark%.txt$"), "it is %s", vim.api.nvim_buf_get_name(0))
    vim.cmd.helpclose()
    -- Those of an older version are made anew.
    vim.fn.writefile({}, tags)
    vim.uv.fs_utime(tags, 1, 1)
    local options = { cmd = { newsmark, "lsp" }, checker = "A. Desk" }
    require("newsmark").setup(options)
    sure(#vim.fn.readfile(tags) > 10, "they are not made anew")
    -- Where they cannot be written nothing is said.
    vim.fn.delete(tags)
    vim.fn.mkdir(tags)
    vim.uv.fs_utime(tags, 1, 1)
    said, vim.v.errmsg = {}, ""
    require("newsmark").setup(options)
    sure(#said == 0, "it says %s", table.concat(said, "\n"))
    vim.fn.delete(tags, "d")
    require("newsmark").setup(options)
  end)

  test("a retraction that touches claims without ids", function()
    t.open(small .. "/ferry.md")
    wait("no list: " .. table.concat(said, "\n"), function()
      -- Until the corpus has been read there is no such source.
      vim.cmd("Newsmark retraction @harbour")
      vim.wait(200, function()
        return false
      end)
      return vim.fn.getqflist({ title = 0 }).title:find("harbour on it rest 1 article, 2 claims", 1, true)
    end)
    sure(#vim.fn.getqflist() == 3, "it has %s", vim.inspect(vim.fn.getqflist()))
    for _, item in ipairs(vim.fn.getqflist()) do
      sure(vim.trim(item.text) ~= "" and not item.text:find("NIL", 1, true), "an entry is `%s`", item.text)
    end
  end)

  test("origins and retraction by name from a list, and from an empty page", function()
    t.open(article)
    vim.cmd("Newsmark problems corpus")
    wait("no list", function()
      return vim.bo.buftype == "quickfix"
    end)
    for _, place in ipairs({ "the list", "an empty page" }) do
      vim.fn.setqflist({}, " ", { title = "" })
      vim.cmd("Newsmark retraction @nwire-0311")
      wait("nothing from " .. place, function()
        return #vim.fn.getqflist() > 2
      end)
      vim.cmd("cclose | enew")
    end
    says("Newsmark origins", "not served")
    vim.cmd.bwipeout()
  end)

  test("what is asked of a file that is not served", function()
    t.open(article)
    local outside = vim.fn.tempname() .. ".md"
    vim.fn.writefile({ "[The road is closed]{.claim}." }, outside)
    vim.cmd.edit(outside)
    for _, command in ipairs({ "claims", "problems", "origins", "retraction", "fix", "tidy" }) do
      says("Newsmark " .. command, "in no corpus, and is not served")
    end
    vim.cmd.enew()
    for _, command in ipairs({ "claims", "problems", "fix" }) do
      says("Newsmark " .. command, "has no name yet, and is not served")
    end
    vim.cmd.help("help")
    says("Newsmark problems", "go to an article first")
    vim.cmd.helpclose()
    vim.cmd.bwipeout(outside)
  end)

  test("words that a command does not take", function()
    t.open(article)
    says("Newsmark reading maybe", "takes `on` or `off`, or nothing; not `maybe`")
    sure(not require("newsmark.reading").is_on(0), "the reading mode is on")
    sure(not require("newsmark.reading").is_on(vim.fn.bufnr(article)), "the reading mode is on")
    says("Newsmark problems corpsu", "takes `corpus`, or nothing")
  end)

  test("the log, without a word of what is out of date", function()
    local deprecate, old = vim.deprecate, nil
    ---@diagnostic disable-next-line: duplicate-set-field
    vim.deprecate = function(name)
      old = name
    end
    vim.cmd("Newsmark log")
    vim.deprecate = deprecate
    sure(vim.api.nvim_buf_get_name(0):find("lsp%.log$"), "it is %s", vim.api.nvim_buf_get_name(0))
    vim.cmd("silent! tabclose")
    sure(not old, "%s is out of date", old)
  end)

  test("health says the version of the server that runs", function()
    t.open(article)
    vim.cmd("checkhealth newsmark")
    local page = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n")
    sure(page:find("The server %(newsmark %d+%.[%d.]+[^)]*%) serves %d+ open file"), "it says %s", page)
    vim.cmd.bwipeout({ bang = true })
  end)

  test("in lists, what is wrong is set apart from what to do", function()
    t.open(desk .. "/2023/02/harbour-raid-morning-after.md")
    wait("no finding", function()
      return #vim.diagnostic.get(0) > 0
    end)
    local function is_apart(items)
      for _, item in ipairs(items) do
        sure(not item.text:find("\n", 1, true), "it runs together: `%s`", item.text)
      end
      return vim.iter(items):any(function(item)
        return item.text:find(" — did you mean `Harbour Monitor`?", 1, true) ~= nil
      end)
    end
    vim.cmd("Newsmark problems")
    sure(is_apart(vim.fn.getloclist(0)), "of this file: %s", vim.inspect(vim.fn.getloclist(0)))
    vim.cmd("lclose | Newsmark problems corpus")
    wait("no list", function()
      return vim.fn.getqflist({ title = 0 }).title:find("^Problems of the corpus")
    end)
    sure(is_apart(vim.fn.getqflist()), "of the corpus")
  end)

  test("mend and tidy, and where there is nothing to", function()
    t.open(other)
    says("Newsmark fix", "nothing in this file can be mended without choosing")
    says("Newsmark tidy", "there is nothing to tidy in this file")
    t.open(small .. "/sources.yaml")
    vim.api.nvim_buf_set_lines(0, 1, 1, true, { "  - id: pilot", "    type: article", "    title: Tides" })
    said = {}
    vim.cmd("Newsmark tidy")
    wait("it is not taken out", function()
      return not t.text(small .. "/sources.yaml"):find("pilot", 1, true)
    end)
    sure(t.text(small .. "/sources.yaml"):find("id: harbour", 1, true), "too much is taken out")
    sure(#said == 0, "it says %s", table.concat(said, "\n"))
    vim.cmd("silent! edit!")
  end)

  test("the claims of another article have their words", function()
    t.open(article)
    local labels = t.choose(function()
      vim.cmd("Newsmark claims tollan-dam")
    end, "#gauge")
    sure(vim.api.nvim_buf_get_name(0):find("tollan%-dam%.md$"), "in %s", vim.api.nvim_buf_get_name(0))
    for _, label in ipairs(labels) do
      sure(label:find("^ *%d+  %S.*  · "), "it is `%s`", label)
    end
    t.open(small .. "/ferry.md")
    labels = t.choose(function()
      vim.cmd("Newsmark claims ferry")
    end, "It is full")
    sure(#labels == 2, "they are %s", vim.inspect(labels))
    sure(vim.api.nvim_win_get_cursor(0)[2] > 10, "the cursor is not at the claim")
    says("Newsmark claims zzzxq", "no article is called anything like “zzzxq”")
  end)

  test("a file that is open elsewhere is shown to be read only", function()
    t.open(small .. "/sources.yaml")
    vim.cmd("silent! bwipeout!")
    -- A swap file as an editor leaves it that has broken off: changed, and of a process that is no more.
    vim.o.directory, vim.o.swapfile = small, true
    vim.cmd.edit(small .. "/sources.yaml")
    vim.api.nvim_buf_set_lines(0, -1, -1, true, { "# one line more" })
    vim.cmd("silent preserve")
    local swap = vim.fn.fnamemodify(vim.fn.swapname(""), ":p")
    local file = assert(io.open(swap, "rb"))
    local bytes = file:read("a")
    file:close()
    vim.cmd("silent! bwipeout!")
    file = assert(io.open(swap, "wb"))
    file:write(bytes:sub(1, 24), "\255\255\255\63", bytes:sub(29))
    file:close()

    vim.o.swapfile = false
    t.open(small .. "/ferry.md")
    vim.o.swapfile = true
    said = {}
    t.choose(function()
      vim.cmd("Newsmark sources harbour")
    end, "harbour")
    vim.o.swapfile = false
    sure(table.concat(said, "\n"):find("is open elsewhere", 1, true), "it says %s", table.concat(said, "\n"))
    sure(vim.api.nvim_buf_get_name(0):find("sources%.yaml$"), "in %s", vim.api.nvim_buf_get_name(0))
    sure(vim.bo.readonly, "it can be written")
    sure(vim.api.nvim_get_current_line():find("id: harbour", 1, true), "the cursor is elsewhere")
    vim.cmd("silent! bwipeout!")
    vim.fn.delete(swap)
  end)

  test("a server that was killed is started anew for all files that are open", function()
    t.open(other)
    t.open(article)
    kill(servers())
    wait("it is still known", function()
      return not is_served(article)
    end)
    says("Newsmark restart", "`:Newsmark! restart` starts it anew")
    says("Newsmark fix", "no server is running")
    says("Newsmark! restart", "the server was started anew")
    wait("not all are served", function()
      return is_served(article) and is_served(other)
    end)
  end)

  test("of two servers the one that was killed is started anew, too", function()
    t.open(article)
    local before = servers()
    local outside = vim.fn.tempname() .. ".md"
    vim.fn.writefile({ "[The road is closed]{.claim}." }, outside)
    vim.cmd.edit(outside)
    vim.cmd("Newsmark start")
    wait("it is not served", function()
      return is_served(outside)
    end)
    kill(before)
    wait("it is still known", function()
      return not is_served(article)
    end)
    says("Newsmark! restart", "the server was started anew")
    wait("not all are served", function()
      return is_served(article) and is_served(other) and is_served(outside)
    end)
    wait("no finding", function()
      return #vim.diagnostic.get(0) > 0
    end)
    -- Neovim 0.10 trips over answers about a file that has been closed.
    vim.wait(300, function()
      return false
    end)
    vim.cmd.bwipeout(outside)
  end)

  test("stopped and started, all files that are open are served", function()
    t.open(other)
    t.open(article)
    vim.cmd("Newsmark stop")
    sure(#vim.lsp.get_clients({ name = "newsmark" }) == 0, "it goes on")
    vim.cmd("Newsmark start")
    wait("not all are served", function()
      return is_served(article) and is_served(other)
    end)
    wait("no findings", function()
      return #vim.diagnostic.get(vim.fn.bufnr(article)) == 4
    end)
  end)
end
