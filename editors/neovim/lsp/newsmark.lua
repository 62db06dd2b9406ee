-- For `vim.lsp.enable("newsmark")`, in Neovim 0.11 and later; `require("newsmark").setup{}` does it, too.
return require("newsmark.client").config()
