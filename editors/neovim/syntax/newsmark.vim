" An article looks like the Markdown that it is. The annotations are coloured by the server, and
" by these few lines where there is none.
if exists('b:current_syntax')
  finish
endif
runtime! syntax/markdown.vim
unlet! b:current_syntax

syntax match newsmarkAttributes /\]\zs{[^{}]*}/ contains=newsmarkClass,newsmarkId,newsmarkKey containedin=ALLBUT,markdownCode,markdownCodeBlock
syntax match newsmarkClass /\.[[:alpha:]][[:alnum:]_.:-]*/ contained
syntax match newsmarkId /#[[:alnum:]_.:-]\+/ contained
syntax match newsmarkKey /[[:alpha:]][[:alnum:]_.:-]*\ze=/ contained
syntax match newsmarkCitation /\[-\?@[^][]*\]/ containedin=ALLBUT,markdownCode,markdownCodeBlock
syntax match newsmarkMention /\[\[[^][]*\]\]/ containedin=ALLBUT,markdownCode,markdownCodeBlock

highlight default link newsmarkAttributes Comment
highlight default link newsmarkClass Keyword
highlight default link newsmarkId Identifier
highlight default link newsmarkKey Special
highlight default link newsmarkCitation Function
highlight default link newsmarkMention Type

let b:current_syntax = 'newsmark'
