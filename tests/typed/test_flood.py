"""Each request a thousand times at once, some of them cancelled: every one is answered, once,
and the server goes on answering."""

import asyncio
import random

import pytest
import pytest_asyncio
from lsprotocol import types
from pytest_lsp import client_capabilities

import meta
from client import LIMIT, NEWSROOM
from text import Document
from wire import Wire

ARTICLE = NEWSROOM / "2024" / "10" / "tollan-dam.md"
TIMES = 1000
CANCELLED, MODIFIED = -32800, -32801

RANGE = {"start": {"line": 0, "character": 0}, "end": {"line": 30, "character": 0}}
FORMATTING = {"tabSize": 4, "insertSpaces": True}

# What is asked by the capability that says that it may be; the document and a position of it
# are put in by the test.
QUESTIONS = {
    "hoverProvider": (types.TEXT_DOCUMENT_HOVER, {}),
    "definitionProvider": (types.TEXT_DOCUMENT_DEFINITION, {}),
    "declarationProvider": (types.TEXT_DOCUMENT_DECLARATION, {}),
    "typeDefinitionProvider": (types.TEXT_DOCUMENT_TYPE_DEFINITION, {}),
    "implementationProvider": (types.TEXT_DOCUMENT_IMPLEMENTATION, {}),
    "referencesProvider": (types.TEXT_DOCUMENT_REFERENCES, {"context": {"includeDeclaration": True}}),
    "documentHighlightProvider": (types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, {}),
    "documentSymbolProvider": (types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, {}),
    "codeActionProvider": (types.TEXT_DOCUMENT_CODE_ACTION, {"range": RANGE, "context": {"diagnostics": []}}),
    "completionProvider": (types.TEXT_DOCUMENT_COMPLETION, {}),
    "renameProvider": (types.TEXT_DOCUMENT_RENAME, {"newName": "another-name"}),
    "workspaceSymbolProvider": (types.WORKSPACE_SYMBOL, {"query": "dam"}),
    "diagnosticProvider": (types.TEXT_DOCUMENT_DIAGNOSTIC, {}),
    "codeLensProvider": (types.TEXT_DOCUMENT_CODE_LENS, {}),
    "inlayHintProvider": (types.TEXT_DOCUMENT_INLAY_HINT, {"range": RANGE}),
    "semanticTokensProvider": (types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, {}),
    "callHierarchyProvider": (types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, {}),
    "typeHierarchyProvider": (types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, {}),
    "documentLinkProvider": (types.TEXT_DOCUMENT_DOCUMENT_LINK, {}),
    "foldingRangeProvider": (types.TEXT_DOCUMENT_FOLDING_RANGE, {}),
    "selectionRangeProvider": (types.TEXT_DOCUMENT_SELECTION_RANGE, {"positions": [{"line": 15, "character": 3}]}),
    "linkedEditingRangeProvider": (types.TEXT_DOCUMENT_LINKED_EDITING_RANGE, {}),
    "documentFormattingProvider": (types.TEXT_DOCUMENT_FORMATTING, {"options": FORMATTING}),
    "documentRangeFormattingProvider": (types.TEXT_DOCUMENT_RANGE_FORMATTING, {"range": RANGE, "options": FORMATTING}),
    "signatureHelpProvider": (types.TEXT_DOCUMENT_SIGNATURE_HELP, {}),
    "executeCommandProvider": (types.WORKSPACE_EXECUTE_COMMAND, {"command": "no-such-command"}),
}
# A thousand of these have nobody who would send them, or need an answer to ask about first.
NOT_FLOODED = {"documentOnTypeFormattingProvider", "inlineCompletionProvider", "monikerProvider", "colorProvider"}


@pytest_asyncio.fixture
async def wire():
    wire = await Wire.start()
    yield wire
    await wire.stop()
    assert not wire.problems, "\n".join(wire.problems[:20])


async def begun(wire: Wire) -> dict:
    """Begins as VS Code does; gives what the server can do."""
    capabilities = meta.CONVERTER.unstructure(client_capabilities("visual_studio_code"))
    params = {"processId": None, "rootUri": NEWSROOM.as_uri(), "capabilities": capabilities}
    answer = await wire.ask("initialize", types.INITIALIZE, params)
    wire.send({"method": types.INITIALIZED, "params": {}})
    return answer["result"]["capabilities"]


def opens(document: Document) -> dict:
    item = {"uri": document.uri, "languageId": "markdown", "version": 1, "text": document.text}
    return {"method": types.TEXT_DOCUMENT_DID_OPEN, "params": {"textDocument": item}}


async def known(wire: Wire, params: dict) -> str:
    """What a hover says at last: while the corpus is being read, not every name is known."""
    for attempt in range(LIMIT * 10):
        answer = await wire.ask(f"last {attempt}", types.TEXT_DOCUMENT_HOVER, params)
        if answer["result"]:
            return answer["result"]["contents"]["value"]
        await asyncio.sleep(0.1)
    raise AssertionError("nothing is known there")


@pytest.mark.asyncio
async def test_every_request_a_thousand_times(wire: Wire):
    offered = await begun(wire)
    chance = random.Random("a thousand")
    document = Document(ARTICLE, "utf-16")
    wire.send(opens(document))
    asked = {name: question for name, question in QUESTIONS.items() if offered.get(name)}
    assert not {name for name in offered if name.endswith("Provider")} - QUESTIONS.keys() - NOT_FLOODED
    for name, (method, more) in asked.items():
        cancelled, ids = set(), [f"{name} {number}" for number in range(TIMES)]
        for id_ in ids:
            at = document.position(chance.randrange(len(document.text)))
            params = {
                "textDocument": {"uri": document.uri},
                "position": {"line": at.line, "character": at.character},
                **more,
            }
            fields = {meta.json_name(one) for one in types.METHOD_TO_TYPES[method][2].__annotations__}
            params = {key: value for key, value in params.items() if key in fields}
            wire.send({"id": id_, "method": method, "params": params})
            # At once, later, and after it has been answered.
            if chance.random() < 0.3:
                which = chance.choice([id_, chance.choice(ids[: ids.index(id_) + 1])])
                cancelled.add(which)
                wire.send({"method": "$/cancelRequest", "params": {"id": which}})
        await wire.until(lambda: all(id_ in wire.answers for id_ in ids), f"not all of {name}")
        await wire.process.stdin.drain()
        for id_ in ids:
            [answer] = wire.answers[id_]
            code = answer.get("error", {}).get("code")
            if code == CANCELLED:
                assert id_ in cancelled, f"{id_} was not cancelled: {answer}"
            elif name not in ("renameProvider", "executeCommandProvider"):
                assert code is None, f"{id_}: {answer}"
            else:
                # What cannot be had is said; that the server has failed is not.
                assert code != -32603, f"{id_}: {answer}"
        given = sum("result" in wire.answers[id_][0] for id_ in ids if id_ not in cancelled)
        assert given or name == "executeCommandProvider", f"{name}: nothing but errors"
    # None was answered again after all that, and the server is still there.
    at = document.position(document.text.index("[[Tollan]]") + 4)
    position = {"line": at.line, "character": at.character}
    params = {"textDocument": {"uri": document.uri}, "position": position}
    assert "Tollan" in await known(wire, params)
    assert [len(all_of_them) for all_of_them in wire.answers.values() if len(all_of_them) > 1] == []


@pytest.mark.asyncio
async def test_asked_while_the_text_changes(wire: Wire):
    """Questions between changes: each is answered, and the end is of the last text."""
    await begun(wire)
    document = Document(ARTICLE, "utf-16")
    wire.send(opens(document))
    chance = random.Random("changes")
    methods = [types.TEXT_DOCUMENT_HOVER, types.TEXT_DOCUMENT_COMPLETION, types.TEXT_DOCUMENT_DEFINITION,
               types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, types.TEXT_DOCUMENT_DOCUMENT_SYMBOL]
    text, ids = document.text, []
    for version in range(2, 302):
        # What is typed at the end, letter by letter, and now and then all at once.
        letter = "[[Tollan]] says so, and the water goes on.\n"[version % 43 - 1]
        now = Document(ARTICLE, "utf-16", text)
        end = now.position(len(text))
        place = {"line": end.line, "character": end.character}
        text += letter
        change = {"range": {"start": place, "end": place}, "text": letter} if version % 10 else {"text": text}
        wire.send({
            "method": types.TEXT_DOCUMENT_DID_CHANGE,
            "params": {"textDocument": {"uri": document.uri, "version": version}, "contentChanges": [change]},
        })
        for method in chance.sample(methods, 3):
            ids.append(f"{version} {method}")
            params = {"textDocument": {"uri": document.uri}, "position": place}
            if method == types.TEXT_DOCUMENT_DOCUMENT_SYMBOL:
                del params["position"]
            wire.send({"id": ids[-1], "method": method, "params": params})
            if chance.random() < 0.3:
                wire.send({"method": "$/cancelRequest", "params": {"id": chance.choice(ids)}})
    await wire.until(lambda: all(id_ in wire.answers for id_ in ids), "not all questions between changes")
    for id_ in ids:
        [answer] = wire.answers[id_]
        assert answer.get("error", {}).get("code") in (None, CANCELLED, MODIFIED), f"{id_}: {answer}"
    at = Document(ARTICLE, "utf-16", text).position(text.rindex("[[Tollan]]") + 4)
    position = {"line": at.line, "character": at.character}
    params = {"textDocument": {"uri": document.uri}, "position": position}
    assert "Tollan" in await known(wire, params)
