"""The language server by a typed client: every answer is read into the protocol's own types,
with what Visual Studio Code, Neovim and Emacs say they can do.

    NEWSMARK=target/debug/newsmark pytest tests/typed
"""

import asyncio
import os
import pathlib

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

ROOT = pathlib.Path(__file__).parents[2]
NEWSROOM = ROOT / "examples" / "newsroom"
ARTICLE = NEWSROOM / "2023" / "02" / "harbour-raid-morning-after.md"
SERVER = str((ROOT / os.environ.get("NEWSMARK", "target/debug/newsmark")).resolve())

# Longer than anything takes; what takes longer hangs.
LIMIT = 30


def within_limit(awaitable):
    return asyncio.wait_for(awaitable, LIMIT)


@pytest_lsp.fixture(
    config=ClientServerConfig(server_command=[SERVER, "lsp"]),
    params=["visual_studio_code", "neovim", "emacs"],
)
async def client(request, lsp_client: LanguageClient):
    # What a client says that it can do, this one has to do.
    @lsp_client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams):
        assert [one.method for one in params.registrations] == [
            types.WORKSPACE_DID_CHANGE_WATCHED_FILES
        ]

    params = types.InitializeParams(
        capabilities=client_capabilities(request.param),
        root_uri=NEWSROOM.as_uri(),
        workspace_folders=[types.WorkspaceFolder(NEWSROOM.as_uri(), "newsroom")],
    )
    result = await within_limit(lsp_client.initialize_session(params))
    assert result.server_info.name == "newsmark"
    yield
    await within_limit(lsp_client.shutdown_session())


async def opened(client: LanguageClient, path: pathlib.Path) -> tuple[str, str]:
    """Opens a file and waits until all that is wrong in it has been said."""
    uri, text = path.as_uri(), path.read_text(encoding="utf-8")
    client.text_document_did_open(
        types.DidOpenTextDocumentParams(types.TextDocumentItem(uri, "markdown", 1, text))
    )
    async with asyncio.timeout(LIMIT):
        while not any(one.code == "undefined-entity" for one in client.diagnostics.get(uri, [])):
            await client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return uri, text


def position(text: str, words: str, inside: int = 0) -> types.Position:
    at = text.index(words) + inside
    line = text.count("\n", 0, at)
    return types.Position(line, at - (text.rfind("\n", 0, at) + 1))


@pytest.mark.asyncio
async def test_an_article(client: LanguageClient):
    uri, text = await opened(client, ARTICLE)
    document = types.TextDocumentIdentifier(uri)
    diagnostics = client.diagnostics[uri]
    assert {one.code for one in diagnostics} == {
        "weekday-date-mismatch",
        "undefined-entity",
        "unescaped-handle",
    }
    assert all(one.source == "newsmark" and one.code_description.href for one in diagnostics)

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
async def test_registries(client: LanguageClient):
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
