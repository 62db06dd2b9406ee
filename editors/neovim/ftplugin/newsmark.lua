-- An article of newsmark is Markdown, and is edited like it.
require("newsmark.treesitter").register()
vim.cmd("runtime! ftplugin/markdown.vim ftplugin/markdown.lua")
vim.bo.commentstring = "<!-- %s -->"
