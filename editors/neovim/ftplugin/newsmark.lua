-- An article of newsmark is Markdown, and is edited like it.
vim.cmd("runtime! ftplugin/markdown.vim ftplugin/markdown.lua")
vim.bo.commentstring = "<!-- %s -->"
