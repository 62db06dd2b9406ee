--- What users can set, and what is wrong with what they have set.
local M = {}

---@class newsmark.Reading
---@field auto boolean Whether articles are opened in the reading mode.
---@field marks table<newsmark.Kind, string> What each kind of markup is folded to: one character, or "" for nothing.

---@class newsmark.Config
---@field cmd? string[] How the server is started; without it, it is looked for.
---@field checker? string Your name, for claims that you mark as checked.
---@field filetypes string[] The types of files that the server is told of.
---@field root_markers string[] What lies at the top of a corpus.
---@field settings table What is switched off: `features` and `inlayHints`, each a table of names.
---@field inlay_hints boolean Whether hints are shown in the text.
---@field code_lens boolean Whether lines of remarks are shown above the text.
---@field treesitter boolean Whether the tree-sitter parser colours articles, where it is installed.
---@field reading newsmark.Reading
---@field on_attach? fun(client: vim.lsp.Client, bufnr: integer) Called for each file that the server serves.

---@type newsmark.Config
local defaults = {
  filetypes = { "markdown", "newsmark", "yaml", "json", "jsonl", "bib", "toml" },
  root_markers = { "newsmark.toml" },
  settings = {},
  inlay_hints = false,
  code_lens = false,
  treesitter = true,
  reading = {
    auto = false,
    marks = {
      span = "°",
      citation = "†",
      mention = "",
      link = "↗",
      image = "▪",
      comment = "※",
      block = "¶",
    },
  },
}

--- The features that can be switched off, as the server calls them.
M.features = {
  "callHierarchy",
  "codeActions",
  "codeLens",
  "completion",
  "definition",
  "diagnostics",
  "documentHighlight",
  "documentLinks",
  "documentSymbols",
  "folding",
  "formatting",
  "hover",
  "implementation",
  "inlayHints",
  "linkedEditing",
  "references",
  "rename",
  "selectionRange",
  "semanticTokens",
  "typeDefinition",
  "typeHierarchy",
  "workspaceSymbols",
}

--- The kinds of hints in the text that can be switched off.
M.hints = { "citations", "mentions", "speakers", "verdicts", "checks" }

---@type newsmark.Config
local current = vim.deepcopy(defaults)
---@type string[]
local wrong = {}

---@param value any
---@param inner string
---@return boolean
local function is_list_of(value, inner)
  if type(value) ~= "table" or (#value == 0 and next(value) ~= nil) then
    return false
  end
  for _, one in ipairs(value) do
    if type(one) ~= inner then
      return false
    end
  end
  return true
end

--- What each option takes: what is said of a value that is none of it, and how it is told.
---@type table<string, [string, fun(value: any): boolean]>
local takes = {
  cmd = {
    'a list of words, such as { "newsmark", "lsp" }',
    function(value)
      return is_list_of(value, "string") and #value > 0
    end,
  },
  checker = {
    "a name",
    function(value)
      return type(value) == "string"
    end,
  },
  filetypes = {
    "a list of types of files",
    function(value)
      return is_list_of(value, "string")
    end,
  },
  root_markers = {
    "a list of names of files",
    function(value)
      return is_list_of(value, "string")
    end,
  },
  settings = {
    "a table",
    function(value)
      return type(value) == "table"
    end,
  },
  reading = {
    "a table",
    function(value)
      return type(value) == "table"
    end,
  },
  on_attach = {
    "a function",
    function(value)
      return vim.is_callable(value)
    end,
  },
}
for _, name in ipairs({ "inlay_hints", "code_lens", "treesitter" }) do
  takes[name] = {
    "true or false",
    function(value)
      return type(value) == "boolean"
    end,
  }
end

--- The switches of a section of the settings that there are not, or that are neither true nor false.
---@param section string
---@param names string[]
---@param given any
local function check_switches(section, names, given)
  if given == nil then
    return
  end
  if type(given) ~= "table" then
    wrong[#wrong + 1] = ("settings.%s is to be a table"):format(section)
    return
  end
  for name, value in pairs(given) do
    if not vim.tbl_contains(names, name) then
      wrong[#wrong + 1] = ("settings.%s.%s: there is no such thing; there are %s"):format(
        section,
        tostring(name),
        table.concat(names, ", ")
      )
    elseif type(value) ~= "boolean" then
      wrong[#wrong + 1] = ("settings.%s.%s is to be true or false"):format(section, name)
    end
  end
end

--- The marks of the reading mode that are not one character wide, or of no kind.
---@param marks any
local function check_marks(marks)
  if type(marks) ~= "table" then
    wrong[#wrong + 1] = "reading.marks is to be a table"
    current.reading.marks = vim.deepcopy(defaults.reading.marks)
    return
  end
  for kind, mark in pairs(marks) do
    local default = defaults.reading.marks[kind]
    if not default then
      wrong[#wrong + 1] = ("reading.marks.%s: there is no such kind of markup"):format(tostring(kind))
    elseif type(mark) ~= "string" or vim.fn.strchars(mark) > 1 then
      wrong[#wrong + 1] = ("reading.marks.%s is to be one character, or nothing"):format(kind)
      current.reading.marks[kind] = default
    end
  end
end

--- Takes options; what is wrong with them has no effect, and is kept for |:checkhealth|.
---@param options? table
function M.set(options)
  wrong = {}
  local good = {}
  for name, value in pairs(options or {}) do
    local known = takes[name]
    if not known then
      wrong[#wrong + 1] = ("%s: there is no such option"):format(tostring(name))
    elseif not known[2](value) then
      wrong[#wrong + 1] = ("%s is to be %s"):format(name, known[1])
    else
      good[name] = value
    end
  end
  current = vim.tbl_deep_extend("force", vim.deepcopy(defaults), good)
  if type(current.reading.auto) ~= "boolean" then
    wrong[#wrong + 1] = "reading.auto is to be true or false"
    current.reading.auto = defaults.reading.auto
  end
  check_marks(current.reading.marks)
  for name in pairs(current.settings) do
    if name ~= "features" and name ~= "inlayHints" then
      wrong[#wrong + 1] = ("settings.%s: there is no such section; there are features and inlayHints"):format(
        tostring(name)
      )
    end
  end
  check_switches("features", M.features, current.settings.features)
  check_switches("inlayHints", M.hints, current.settings.inlayHints)
  table.sort(wrong)
end

--- The options that hold.
---@return newsmark.Config
function M.get()
  return current
end

--- What is wrong with the options that were given, a sentence each.
---@return string[]
function M.problems()
  return wrong
end

return M
