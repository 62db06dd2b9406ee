"""The reader of answers itself: that it lets pass what is right and nothing else."""

import pytest
from lsprotocol import types

import checks
import meta
from client import NEWSROOM, strict_client
from sweep import SWEEPS, WITHOUT_REQUESTS

START = {"line": 0, "character": 0}
RANGE = {"start": START, "end": {"line": 0, "character": 4}}
LINK = {"targetUri": "file:///a.md", "targetRange": RANGE, "targetSelectionRange": RANGE}
SYMBOL = {"name": "a", "kind": 5, "range": RANGE, "selectionRange": RANGE}
VERSIONED = {"textDocument": {"uri": "file:///a.md", "version": None}, "edits": []}
DIAGNOSTIC = {"range": RANGE, "message": "wrong"}

GOOD = [
    (types.TEXT_DOCUMENT_HOVER, None),
    (types.TEXT_DOCUMENT_HOVER, {"contents": {"kind": "markdown", "value": "a"}, "range": RANGE}),
    (types.TEXT_DOCUMENT_DEFINITION, [LINK]),
    (types.TEXT_DOCUMENT_DEFINITION, {"uri": "file:///a.md", "range": RANGE}),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, [{**SYMBOL, "children": [SYMBOL]}]),
    (types.TEXT_DOCUMENT_COMPLETION, {"isIncomplete": True, "items": [{"label": "a"}]}),
    (types.TEXT_DOCUMENT_COMPLETION, [{"label": "a", "data": {"any": [None, 1]}}]),
    (types.TEXT_DOCUMENT_CODE_ACTION, [{"title": "a", "command": "b"}, {"title": "a", "kind": "x.y"}]),
    (types.TEXT_DOCUMENT_RENAME, {"changes": {"file:///a.md": [{"range": RANGE, "newText": ""}]}}),
    (types.TEXT_DOCUMENT_RENAME, {"documentChanges": [VERSIONED, {"kind": "create", "uri": "file:///b"}]}),
    (types.TEXT_DOCUMENT_PREPARE_RENAME, {"range": RANGE, "placeholder": "a"}),
    (types.TEXT_DOCUMENT_DIAGNOSTIC, {"kind": "full", "items": [DIAGNOSTIC]}),
    (types.TEXT_DOCUMENT_SELECTION_RANGE, [{"range": RANGE, "parent": {"range": RANGE}}]),
    (types.TEXT_DOCUMENT_INLAY_HINT, [{"position": START, "label": [{"value": "a"}], "kind": 1}]),
]

BAD = [
    (types.TEXT_DOCUMENT_HOVER, {"contents": {"kind": "html", "value": "a"}}),
    (types.TEXT_DOCUMENT_HOVER, {"contents": {"kind": "markdown", "value": 5}}),
    (types.TEXT_DOCUMENT_HOVER, {"contents": "a", "range": None}),
    (types.TEXT_DOCUMENT_HOVER, {"contents": "a", "rnage": RANGE}),
    (types.TEXT_DOCUMENT_HOVER, {"range": RANGE}),
    (types.TEXT_DOCUMENT_HOVER, []),
    (types.TEXT_DOCUMENT_DEFINITION, [{**LINK, "targetSelectionRange": None}]),
    (types.TEXT_DOCUMENT_DEFINITION, {"uri": "file:///a.md", "range": [0, 0, 0, 4]}),
    (types.TEXT_DOCUMENT_DEFINITION, [{"uri": "file:///a.md", "range": {"start": START}}]),
    (types.TEXT_DOCUMENT_REFERENCES, [{"uri": "file:///a.md", "range": {**RANGE, "end": {"line": -1, "character": 0}}}]),
    (types.TEXT_DOCUMENT_REFERENCES, [{"uri": "file:///a.md", "range": {**RANGE, "end": {"line": True, "character": 0}}}]),
    (types.TEXT_DOCUMENT_REFERENCES, [{"uri": "file:///a.md", "range": {**RANGE, "end": {"line": 2**31, "character": 0}}}]),
    (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, [{"range": RANGE, "kind": 4}]),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, [{**SYMBOL, "kind": 27}]),
    (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, [{**SYMBOL, "children": [{"name": "b"}]}]),
    (types.TEXT_DOCUMENT_COMPLETION, {"items": [{"label": "a"}]}),
    (types.TEXT_DOCUMENT_COMPLETION, [{"label": "a", "insertTextFormat": "snippet"}]),
    (types.TEXT_DOCUMENT_COMPLETION, [{"label": "a", "textEdit": {"newText": "b"}}]),
    (types.TEXT_DOCUMENT_COMPLETION, [{"label": "a", "tags": 1}]),
    (types.COMPLETION_ITEM_RESOLVE, None),
    (types.TEXT_DOCUMENT_CODE_ACTION, [{"kind": "quickfix"}]),
    (types.TEXT_DOCUMENT_CODE_ACTION, [{"title": "a", "edit": {"changes": []}}]),
    (types.TEXT_DOCUMENT_RENAME, {"documentChanges": [{"textDocument": {"uri": "file:///a.md"}, "edits": []}]}),
    (types.TEXT_DOCUMENT_RENAME, {"documentChanges": [{"kind": "move", "uri": "file:///b"}]}),
    (types.TEXT_DOCUMENT_RENAME, {"changes": {"file:///a.md": {"range": RANGE, "newText": ""}}}),
    (types.TEXT_DOCUMENT_DIAGNOSTIC, {"items": []}),
    (types.TEXT_DOCUMENT_DIAGNOSTIC, {"kind": "full", "items": [{**DIAGNOSTIC, "severity": 0}]}),
    (types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, {"data": [0, 0, "4", 0, 0]}),
    (types.TEXT_DOCUMENT_INLAY_HINT, [{"position": START, "label": None}]),
]


def message(result):
    return {"jsonrpc": "2.0", "id": 1, "result": result}


@pytest.mark.parametrize(("method", "result"), GOOD)
def test_what_is_right_passes(method, result):
    assert meta.problems_of_message(message(result), types.METHOD_TO_TYPES[method][1]) == []


@pytest.mark.parametrize(("method", "result"), BAD)
def test_what_is_wrong_does_not(method, result):
    assert meta.problems_of_message(message(result), types.METHOD_TO_TYPES[method][1])


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 1, "result": None},
        {"jsonrpc": "2.0", "id": 1},
        {"jsonrpc": "2.0", "id": 1, "result": None, "error": {"code": 1, "message": "a"}},
        {"jsonrpc": "2.0", "id": 1, "error": {"code": "1", "message": "a"}},
        {"jsonrpc": "2.0", "id": None, "error": {"code": 1, "message": "a"}},
        {"jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": {"uri": "file:///a"}},
        {"jsonrpc": "2.0", "id": 1, "method": "window/logMessage", "params": {"type": 1, "message": "a"}},
        {"jsonrpc": "2.0", "method": "workspace/applyEdit", "params": {"edit": {}}},
        {"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {}},
        {"jsonrpc": "2.0", "method": "newsmark/anything", "params": {}},
    ],
)
def test_messages_that_are_none(wrong):
    assert meta.problems_of_message(wrong, types.HoverResponse)


def test_the_client_reads_so():
    client = strict_client()
    client.protocol._result_types[1] = types.HoverResponse
    client.protocol.structure_message(message({"contents": "a", "rnage": RANGE}))
    with pytest.raises(AssertionError, match="rnage"):
        client.no_problems()


def test_every_type_of_the_protocol_can_be_read():
    for request in types.METHOD_TO_TYPES.values():
        for one in filter(None, request[:2]):
            assert meta.problems({}, one)


def test_the_table_names_capabilities():
    known = {meta.json_name(field) for field in types.ServerCapabilities.__annotations__}
    assert known == {name for name in SWEEPS if "/" not in name} | WITHOUT_REQUESTS | {"workspace"}


# What types cannot say. A document of one line, and a client that can do nothing.


def span(start: int, end: int, line: int = 0):
    return types.Range(types.Position(line, start), types.Position(line, end))


def plain():
    client = strict_client()
    client.offered = {"codeActionProvider": {"codeActionKinds": ["quickfix"]}}
    document = client.document((NEWSROOM / "registry" / "snapshots" / "alliance-0216.txt").as_uri())
    return client, document


def test_places_that_are_none():
    client, document = plain()
    assert not list(checks.within(document, span(0, 3)))
    assert list(checks.within(document, span(3, 0)))
    assert list(checks.within(document, span(0, 100_000)))
    assert list(checks.within(document, span(0, 0, line=100_000)))
    assert list(checks.place(client, "file:///etc/hosts", span(0, 0)))
    assert list(checks.addresses(client, types.Location((NEWSROOM / "none.md").as_uri(), span(0, 0))))


def test_a_place_inside_of_a_character():
    from text import Document

    document = Document(NEWSROOM / "a.md", "utf-16", "a🗞b\r\nc")
    assert [document.offset(types.Position(0, at)) for at in range(6)] == [0, 1, None, 2, 3, None]
    assert document.position(5) == types.Position(1, 0)
    assert document.position(4) == types.Position(0, 4)
    utf_8 = Document(NEWSROOM / "a.md", "utf-8", "a🗞b")
    assert [utf_8.offset(types.Position(0, at)) for at in range(7)] == [0, 1, None, None, None, 2, 3]


def test_edits_that_cannot_be_made():
    client, document = plain()
    twice = [types.TextEdit(span(0, 3), "a"), types.TextEdit(span(2, 5), "b")]
    assert list(checks.text_edits(document, twice))
    beside = [types.TextEdit(span(0, 3), "a"), types.TextEdit(span(3, 5), "b")]
    assert not list(checks.text_edits(document, beside))
    versioned = types.TextDocumentEdit(
        types.OptionalVersionedTextDocumentIdentifier(document.uri, None), beside
    )
    [problem] = checks.workspace_edit(client, types.WorkspaceEdit(document_changes=[versioned]))
    assert "documentChanges" in problem


def test_what_the_client_cannot_do():
    client, document = plain()
    position = types.Position(0, 2)
    edit = types.TextEdit(span(0, 2), "${1:words}")
    item = types.CompletionItem("a", text_edit=edit, insert_text_format=types.InsertTextFormat.Snippet)
    found = " ".join(checks.completions(client, document, position, [item]))
    assert "snippetSupport" in found
    link = types.LocationLink(document.uri, span(0, 3), span(0, 4))
    found = " ".join(checks.links(client, document, position, [link], "definition"))
    assert "LocationLink" in found and "outside" in found
    symbol = types.DocumentSymbol("a", types.SymbolKind.Class, span(0, 3), span(0, 3))
    outer = types.DocumentSymbol("b", types.SymbolKind.Class, span(0, 2), span(0, 2), children=[symbol])
    found = " ".join(checks.symbols(client, document, [outer]))
    assert "with parts" in found and "'a' is outside of 'b'" in found
    action = types.CodeAction("a", kind="refactor", disabled=types.CodeActionDisabled("b"))
    found = " ".join(checks.code_actions(client, [action]))
    assert "cannot be taken" in found and "did not name" in found


def test_an_item_away_from_the_cursor():
    client, document = plain()
    position = types.Position(0, 2)
    for range_ in [span(3, 4), span(0, 0, line=1), types.Range(types.Position(0, 0), types.Position(1, 0))]:
        item = types.CompletionItem("a", text_edit=types.TextEdit(range_, "a"))
        assert "not on the cursor's line" in " ".join(checks.completions(client, document, position, [item]))
    never = types.CompletionItem("zzz", text_edit=types.TextEdit(span(0, 2), "zzz"))
    assert "never shown" in " ".join(checks.completions(client, document, position, [never]))
