" The linters with ALE, on a copy of the example newsroom:
"
"   vim -N -u run.vim -i NONE -es
"
" ALE is ALE's folder, PLUGIN the one with the linters, DESK the copy, NEWSMARK the server, RESULT
" the file that is written: what was tried, and `failed` or `passed` in the last line.
set nocompatible hidden noswapfile autoread
let &runtimepath = $PLUGIN . ',' . $ALE . ',' . &runtimepath
let g:ale_newsmark_executable = $NEWSMARK
let g:ale_newsmark_checker = 'A. Desk'
let g:ale_linters_explicit = 0
let g:ale_lint_delay = 50
let g:ale_echo_cursor = 0
let g:ale_hover_to_preview = 1
" Other linters of Markdown, YAML and JSON are none of this test.
let g:ale_linters = {}
for s:type in ['markdown', 'yaml', 'json', 'bib', 'toml']
    let g:ale_linters[s:type] = ['newsmark']
endfor
filetype plugin on
runtime! plugin/ale.vim

" What ALE asks for is typed by g:typed. A function of this name has to be in a file of this name.
let g:typed = ''
" Without a screen there is no Insert mode: ALE is told that it is one.
let g:mode = 'n'
runtime autoload/ale/util.vim
call mkdir($HOME . '/autoload/ale', 'p')
call writefile(['function! ale#util#Input(...) abort', '    return g:typed', 'endfunction',
\   'function! ale#util#Mode(...) abort', '    return g:mode', 'endfunction'],
\   $HOME . '/autoload/ale/util.vim')
execute 'source ' . fnameescape($HOME . '/autoload/ale/util.vim')

let s:failed = 0
let s:lines = []

function! s:Wait(what, Holds, ...) abort
    let l:end = localtime() + get(a:, 1, 10)

    while !a:Holds()
        if localtime() > l:end
            throw 'waited in vain: ' . a:what
        endif

        sleep 50m
    endwhile
endfunction

function! s:Sure(holds, why) abort
    if !a:holds
        throw a:why
    endif
endfunction

function! s:Test(name, Body) abort
    try
        call a:Body()
        call add(s:lines, '  ok      ' . a:name)
    catch
        let s:failed += 1
        call add(s:lines, '  FAILED  ' . a:name . ': ' . v:exception . ' (' . v:throwpoint . ')')
    endtry
endfunction

function! s:Open(name) abort
    execute 'edit! ' . fnameescape($DESK . '/' . a:name)
    ALELint
endfunction

function! s:At(words, inside) abort
    call cursor(1, 1)
    call s:Sure(search('\V' . escape(a:words, '\'), 'cW') > 0, 'not in the text: ' . a:words)
    call cursor(line('.'), col('.') + a:inside)
endfunction

" Rules and words that are underlined in this file.
function! s:Underlined() abort
    let l:found = []

    for l:item in ale#engine#GetLoclist(bufnr(''))
        let l:end = get(l:item, 'end_lnum', l:item.lnum)
        let l:words = l:end == l:item.lnum
        \   ? strpart(getline(l:item.lnum), l:item.col - 1, get(l:item, 'end_col', l:item.col) - l:item.col + 1)
        \   : getline(l:item.lnum)
        " ALE takes the server's columns for bytes: beside letters that have several, words are cut.
        call add(l:found, l:item.code . ' ' . (getline(l:item.lnum) =~# '[^\x00-\x7f]' ? '…' : l:words))
    endfor

    return sort(l:found)
endfunction

" What the article's planted faults are: the same, but for faults of the whole front matter.
function! s:Planted(name) abort
    let l:faults = []
    let l:rule = ''

    for l:line in readfile($DESK . '/FAULTS.md')
        let l:heading = matchlist(l:line, '^## \d\+\. \(\S\+\) in \(\S\+\)$')

        if !empty(l:heading)
            let l:rule = l:heading[2] is# a:name ? l:heading[1] : ''
        endif

        let l:words = matchlist(l:line, '^words: `\(.*\)`$')

        if !empty(l:words) && !empty(l:rule)
            call s:Sure(search('\V' . escape(l:words[1], '\'), 'cw') > 0, 'not in ' . a:name . ': ' . l:words[1])
            call add(l:faults, l:rule . ' ' . (getline('.') =~# '[^\x00-\x7f]' ? '…' : l:words[1]))
        endif
    endfor

    return sort(l:faults)
endfunction

function! s:Squiggles() abort
    for l:name in ['2024/04/two-permits.md', '2024/03/kasra-road.md', '2024/08/amaranth-ferry.md',
    \   '2026/06/one-permit.md', '2022/05/kasra-garrison.md', 'registry/entities/places.yaml',
    \   'registry/sources/documents.bib']
        call s:Open(l:name)
        let l:planted = s:Planted(l:name)

        try
            call s:Wait('faults', {-> s:Underlined() == l:planted && ale#engine#IsCheckingBuffer(bufnr('')) == 0}, 8)
        catch
            throw l:name . ' has ' . string(s:Underlined()) . ', and not ' . string(l:planted)
        endtry
    endfor

    " What comes late counts, too.
    sleep 300m
    call s:Open('2026/06/one-permit.md')
    sleep 500m
    call s:Sure(s:Underlined() == [], 'in a clean article: ' . string(s:Underlined()))
endfunction

function! s:Elsewhere() abort
    call writefile(['[The road is closed]{.claim}.'], $DESK . '/../page.md')
    execute 'edit! ' . fnameescape($DESK . '/../page.md')
    ALELint
    sleep 300m
    " This is the first file of all: what it finds could come too late to be seen here.
    call s:Sure(empty(ale#lsp#GetConnections()), 'a server was started: ' . string(keys(ale#lsp#GetConnections())))
endfunction

" Words of the preview window that a hover opens.
function! s:Hovered() abort
    for l:window in range(1, winnr('$'))
        if getwinvar(l:window, '&previewwindow')
            return join(getbufline(winbufnr(l:window), 1, '$'), "\n")
        endif
    endfor

    return ''
endfunction

function! s:HoverShows(words, inside, known) abort
    pclose
    call s:At(a:words, a:inside)
    ALEHover
    call s:Wait('of `' . a:words . '` is shown `' . s:Hovered() . '`', {-> stridx(s:Hovered(), a:known) >= 0}, 5)
    pclose
endfunction

function! s:Hover() abort
    call s:Open('2024/04/two-permits.md')
    call s:HoverShows('[[Hanne Brill]]', 4, 'person')
    call s:HoverShows('@lpa-0312', 3, 'Littoral Press')
    call s:HoverShows('The convoy was held', 3, 'accus')
endfunction

function! s:Definition() abort
    call s:Open('2024/04/two-permits.md')
    call s:At('@nwire-0311', 3)
    ALEGoToDefinition
    call s:Wait('still in the article', {-> expand('%:t') is# 'statements.json'})
    call s:Sure(getline('.') =~# 'nwire-0311', 'in ' . getline('.'))
endfunction

function! s:Completion() abort
    call s:Open('2024/04/two-permits.md')
    call append('$', '[The gate is open]{.claim}[@brill')
    set virtualedit=onemore
    call cursor(line('$'), col([line('$'), '$']))
    " As CTRL-X CTRL-O does, which looks for keys that are typed meanwhile.
    let g:mode = 'i'
    call ale#completion#OmniFunc(1, '')
    call s:Wait('nothing is offered', {-> ale#completion#GetCompletionResult() isnot v:null})
    let l:words = map(copy(ale#completion#GetCompletionResult()), 'v:val.word')
    call s:Sure(index(l:words, 'brill-0402') >= 0, 'offered are ' . string(l:words))
    edit!
endfunction

function! s:Text(name) abort
    let l:buffer = bufnr($DESK . '/' . a:name)

    return join(l:buffer > 0 && bufloaded(l:buffer) ? getbufline(l:buffer, 1, '$') : readfile($DESK . '/' . a:name), "\n")
endfunction

function! s:Rename() abort
    call s:Open('2024/04/two-permits.md')
    call s:At('kasra-camp', 3)
    let g:typed = 'kasra-tents'
    ALERename
    call s:Wait('the article has the old name', {-> stridx(s:Text('2024/04/two-permits.md'), '[[kasra-tents|desert camp]]') >= 0})
    call s:Wait('the registry has the old name', {-> stridx(s:Text('registry/entities/places.yaml'), 'id: kasra-tents') >= 0}, 3)
endfunction

function! s:QuickFix() abort
    call s:Open('2023/02/harbour-raid-morning-after.md')
    call s:Wait('no squiggle', {-> index(s:Underlined(), 'undefined-entity Harbor Monitor') >= 0})
    call s:At('[[Harbor Monitor]]', 4)
    let g:typed = '1'
    ALECodeAction
    call s:Wait('no change', {-> stridx(s:Text('2023/02/harbour-raid-morning-after.md'), 'of [[Harbour Monitor]], a group') >= 0}, 5)
    ALELint
    call s:Wait('the squiggle stays', {-> index(s:Underlined(), 'undefined-entity Harbor Monitor') < 0})
endfunction

" In a line with letters of several bytes before it.
function! s:RenameBehindLetters() abort
    call s:Open('2024/04/two-permits.md')
    call append('$', ['', 'Née à Öland: [[kasra-tents|camp]] left.'])
    ALELint
    call s:At('kasra-tents|camp', 3)
    let g:typed = 'kasra-tent'
    ALERename
    call s:Wait('the line is ' . getline('.'), {-> getline('.') is# 'Née à Öland: [[kasra-tent|camp]] left.'})
    edit!
endfunction

call s:Test('a page of no corpus is not served', function('s:Elsewhere'))
call s:Test('squiggles at the planted faults and only there', function('s:Squiggles'))
call s:Test('hover over a mention, a citation, a claim', function('s:Hover'))
call s:Test('to the definition in another file', function('s:Definition'))
call s:Test('completion after `[@`', function('s:Completion'))
call s:Test('a quick fix is made, and the squiggle goes', function('s:QuickFix'))
call s:Test('an entity gets another name in several files', function('s:Rename'))
call s:Test('also behind letters of several bytes', function('s:RenameBehindLetters'))
call add(s:lines, s:failed ? 'failed' : 'passed')
call writefile(s:lines, $RESULT)
qall!
