-- What is there from the start: a command and mappings. All else is loaded when it is wanted.
if vim.g.loaded_newsmark then
  return
end
vim.g.loaded_newsmark = true

vim.api.nvim_create_user_command("Newsmark", function(call)
  require("newsmark.command").run(call)
end, {
  nargs = "*",
  bang = true,
  desc = "newsmark: what the server can do, lists to choose from, reading mode",
  complete = function(lead, line)
    return require("newsmark.command").complete(lead, line)
  end,
})

for _, name in ipairs({
  "reading",
  "claims",
  "entities",
  "sources",
  "articles",
  "origins",
  "retraction",
  "problems",
}) do
  vim.keymap.set("n", ("<Plug>(newsmark-%s)"):format(name), ("<Cmd>Newsmark %s<CR>"):format(name), {
    desc = "newsmark: " .. name,
  })
end
