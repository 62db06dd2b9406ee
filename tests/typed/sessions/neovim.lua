-- An hour at the desk in a minute: what a reporter does in Neovim with an article.
--
--   nvim --headless --clean -l neovim.lua ROOT SERVER...
--
-- How it is recorded, ../record.py says. For Neovim 0.10 and later.

local root = vim.fn.resolve(arg[1])
local command = vim.list_slice(arg, 2)
vim.cmd('filetype on')
vim.o.swapfile = false
vim.o.hidden = true

-- Every file that the server knows about is the server's, also those that a rename opens.
vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'markdown', 'yaml', 'json', 'toml', 'bib' },
  callback = function(event)
    -- Hovers are shown in buffers of that type, too.
    if vim.bo[event.buf].buftype ~= '' or vim.api.nvim_buf_get_name(event.buf) == '' then return end
    vim.lsp.start({ name = 'newsmark', cmd = command, root_dir = root }, { bufnr = event.buf })
  end,
})

local function sure(what, ...)
  if not what then
    io.stderr:write(string.format(...), '\n')
    os.exit(1)
  end
end

local function rest(milliseconds)
  vim.wait(milliseconds or 300, function() return false end)
end

-- Hovers go away when the cursor moves; without a screen it does not.
local function close_hovers()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then vim.api.nvim_win_close(window, true) end
  end
end

local function client()
  return (vim.lsp.get_clients or vim.lsp.get_active_clients)({ name = 'newsmark' })[1]
end

local answered = {}
vim.api.nvim_create_autocmd('LspRequest', {
  callback = function(event)
    local request = event.data.request
    if request.type == 'complete' then answered[request.method] = (answered[request.method] or 0) + 1 end
  end,
})

-- Does something and waits until the server has answered.
local function asks(method, action)
  local before = answered[method] or 0
  action()
  sure(vim.wait(20000, function() return (answered[method] or 0) > before end, 20), 'no answer to %s', method)
  rest()
end

local function at(words, inside)
  close_hovers()
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local start = line:find(words, 1, true)
    if start then
      vim.api.nvim_win_set_cursor(0, { number, start - 1 + (inside or 0) })
      return
    end
  end
  sure(false, 'not in the text: %s', words)
end

-- Types as with fingers: some letters at a time.
local function types(text)
  for from = 0, vim.fn.strchars(text) - 1, 7 do
    vim.api.nvim_feedkeys('A' .. vim.fn.strcharpart(text, from, 7), 'xt', true)
    rest(200)
  end
end

vim.cmd.edit(root .. '/2024/10/tollan-dam.md')
local article = vim.api.nvim_get_current_buf()
sure(vim.wait(20000, function() return client() and client().initialized end, 20), 'no server')
rest(3000)

-- A claim with where it comes from, a name that is not spelt so.
vim.api.nvim_feedkeys('Go', 'xt', false)
vim.api.nvim_feedkeys('Go', 'xt', false)
types('[The water stood at the door of the church by [[Tolan]] on Wednesday, 24 October 2024]{.claim #church by=valley-watch}[@vwa')
asks('textDocument/completion', function()
  local params = vim.lsp.util.make_position_params(0, client().offset_encoding)
  params.position.character = params.position.character + 1
  params.context = { triggerKind = 1 }
  vim.lsp.buf_request(0, 'textDocument/completion', params, function() end)
end)
types('tch-1023]')
types(', “says” the group — 🗞.')
rest(1500)

-- What is known of the names in it.
at('[[Valley Watch]]', 3)
asks('textDocument/hover', vim.lsp.buf.hover)
close_hovers()
asks('textDocument/documentHighlight', vim.lsp.buf.document_highlight)
at('@vwatch-1023', 3)
asks('textDocument/hover', vim.lsp.buf.hover)
close_hovers()
asks('textDocument/references', function() vim.lsp.buf.references() end)
vim.cmd('cclose')
asks('textDocument/documentSymbol', function() vim.lsp.buf.document_symbol() end)
vim.cmd('lclose | cclose')
asks('workspace/symbol', function() vim.lsp.buf.workspace_symbol('tollan') end)
vim.cmd('lclose | cclose')

-- The name that is not spelt so: what is offered, and the first of it taken.
vim.api.nvim_set_current_buf(article)
at('[[Tolan]]', 3)
asks('textDocument/codeAction', function()
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action) return action.title == 'Change to `Tollan`' end,
  })
end)
rest(1000)

-- A claim gets another name, and a source, which stands in more than one file.
at('#gauge', 2)
asks('textDocument/rename', function() vim.lsp.buf.rename('gauge-level') end)
at('@vwatch-1023', 3)
asks('textDocument/rename', function() vim.lsp.buf.rename('watch-list-1023') end)
rest(1000)
vim.cmd('silent wall')
rest(1000)

-- Where it stands, and back.
at('by=valley-watch', 5)
asks('textDocument/definition', function() vim.lsp.buf.definition() end)
rest(1000)
vim.api.nvim_set_current_buf(article)
vim.cmd('undo')
rest(500)
vim.cmd('redo')
rest(500)
vim.cmd('silent wall')
rest(1500)

-- On a Thursday it was: that stays, for the desk to find.
local text = table.concat(vim.api.nvim_buf_get_lines(article, 0, -1, false), '\n')
sure(text:find('by [[Tollan]] on', 1, true), 'the name was not mended')
sure(text:find('#gauge-level', 1, true), 'the claim was not renamed')
sure(text:find('@watch-list-1023], “says”', 1, true), 'the source was not renamed')
io.stdout:write(vim.json.encode(answered), '\n')

vim.cmd('silent! %bwipeout!')
rest(500)
local id = client().id
vim.lsp.stop_client(id)
vim.wait(10000, function() return vim.lsp.get_client_by_id(id) == nil end, 20)
rest(500)
vim.cmd('qa!')
