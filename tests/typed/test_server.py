"""The language server by a typed client: every answer is read into the protocol's own types,
with what Visual Studio Code, Neovim and Emacs say they can do.

    NEWSMARK=target/debug/newsmark pytest tests/typed
"""

import pathlib

import pytest
import pytest_lsp
from lsprotocol import types

from client import CLIENTS, CONFIG, NEWSROOM, StrictClient, within_limit

ARTICLE = NEWSROOM / "2023" / "02" / "harbour-raid-morning-after.md"


@pytest_lsp.fixture(config=CONFIG, params=CLIENTS)
async def client(request, lsp_client: StrictClient):
    await lsp_client.start(request.param)
    yield
    await within_limit(lsp_client.shutdown_session())
    lsp_client.no_problems()


async def opened(client: StrictClient, path: pathlib.Path) -> tuple[str, str]:
    """Opens a file and waits until all that is wrong in it has been said."""
    document = client.open(path)
    client.diagnostics[document.uri] = await client.diagnostics_of(document.uri, "undefined-entity")
    return document.uri, document.text


def position(text: str, words: str, inside: int = 0) -> types.Position:
    at = text.index(words) + inside
    line = text.count("\n", 0, at)
    return types.Position(line, at - (text.rfind("\n", 0, at) + 1))


@pytest.mark.asyncio
async def test_an_article(client: StrictClient):
    uri, text = await opened(client, ARTICLE)
    document = types.TextDocumentIdentifier(uri)
    diagnostics = client.diagnostics[uri]
    assert {one.code for one in diagnostics} == {
        "weekday-date-mismatch",
        "undefined-entity",
        "unescaped-handle",
    }
    assert all(one.source == "newsmark" for one in diagnostics)
    shown = client.can["textDocument"].get("publishDiagnostics", {})
    if shown.get("codeDescriptionSupport"):
        assert all(one.code_description.href for one in diagnostics)

    at = position(text, "by=sarrel-hospital", len("by="))
    hover = await within_limit(
        client.text_document_hover_async(types.HoverParams(document, at))
    )
    assert isinstance(hover.contents, types.MarkupContent)
    assert "Sarrel General Hospital" in hover.contents.value

    found = await within_limit(
        client.text_document_definition_async(types.DefinitionParams(document, at))
    )
    [target] = found if isinstance(found, list) else [found]
    target_uri = target.target_uri if isinstance(target, types.LocationLink) else target.uri
    assert target_uri.endswith("registry/entities/organisations.yaml")

    symbols = await within_limit(
        client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    )
    assert symbols and all(isinstance(one, types.DocumentSymbol) for one in symbols)

    wrong = next(one for one in diagnostics if one.code == "undefined-entity")
    actions = await within_limit(
        client.text_document_code_action_async(
            types.CodeActionParams(document, wrong.range, types.CodeActionContext([wrong]))
        )
    )
    preferred = next(one for one in actions if "Harbour Monitor" in one.title)
    assert isinstance(preferred, types.CodeAction)
    assert list(preferred.diagnostics) == [wrong]
    assert preferred.edit.document_changes or preferred.edit.changes


@pytest.mark.asyncio
async def test_registries(client: StrictClient):
    await opened(client, ARTICLE)
    for path in sorted((NEWSROOM / "registry").rglob("*.*")):
        uri, text = path.as_uri(), path.read_text(encoding="utf-8")
        client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, path.suffix[1:], 1, text))
        )
        document = types.TextDocumentIdentifier(uri)
        symbols = await within_limit(
            client.text_document_document_symbol_async(types.DocumentSymbolParams(document))
        )
        for symbol in (symbols or [])[:20]:
            at = symbol.selection_range.start
            await within_limit(
                client.text_document_hover_async(types.HoverParams(document, at))
            )
            found = await within_limit(
                client.text_document_definition_async(types.DefinitionParams(document, at))
            )
            assert found, f"{path.name}: {symbol.name} leads to itself"
