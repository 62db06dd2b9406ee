" newsmark's language server for ALE, in the folders of a corpus and nowhere else.

call ale#Set('newsmark_executable', 'newsmark')
" Your name, for claims that you mark as checked.
call ale#Set('newsmark_checker', '')

" The top of the corpus; nothing where there is none, so that no server is started.
function! newsmark#ale#Root(buffer) abort
    let l:top = ale#path#FindNearestFile(a:buffer, 'newsmark.toml')

    return empty(l:top) ? '' : fnamemodify(l:top, ':h')
endfunction

function! newsmark#ale#Options(buffer) abort
    " ALE counts columns in bytes, and has no way to say so.
    let l:options = {'positionEncoding': 'utf-8'}
    let l:checker = ale#Var(a:buffer, 'newsmark_checker')

    return empty(l:checker) ? l:options : extend(l:options, {'checker': l:checker})
endfunction

function! newsmark#ale#Define(filetype) abort
    call ale#linter#Define(a:filetype, {
    \   'name': 'newsmark',
    \   'lsp': 'stdio',
    \   'executable': {b -> ale#Var(b, 'newsmark_executable')},
    \   'command': '%e lsp',
    \   'project_root': function('newsmark#ale#Root'),
    \   'initialization_options': function('newsmark#ale#Options'),
    \})
endfunction
