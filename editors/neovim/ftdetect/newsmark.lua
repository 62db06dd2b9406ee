vim.filetype.add({ extension = { newsmark = "newsmark" } })
