"""Every request that the server says it answers, over every file of the newsroom."""

import asyncio
import os
import random

import pytest
import pytest_lsp
from lsprotocol import types

import checks
import sweep
from client import CLIENTS, CONFIG, NEWSROOM, StrictClient

ARTICLE = NEWSROOM / "2023" / "02" / "harbour-raid-morning-after.md"

# How many positions of each kind of file every client asks at. More of them for a longer look.
POSITIONS = int(os.environ.get("POSITIONS", "200"))


def kinds() -> dict[str, list]:
    """The files of the newsroom by what they are."""
    found = {}
    for path in sorted(NEWSROOM.rglob("*.*")):
        if not path.is_file() or path.suffix in (".png", ".jpg", ".webp", ".svg"):
            continue
        folder = path.relative_to(NEWSROOM).parts[0]
        kind = "".join(path.suffixes) if not folder.startswith("2") else "article"
        found.setdefault(kind, []).append(path)
    return found


KINDS = kinds()


@pytest_lsp.fixture(config=CONFIG, params=CLIENTS)
async def client(request, lsp_client: StrictClient):
    await lsp_client.start(request.param)
    yield
    await asyncio.wait_for(lsp_client.shutdown_session(), 30)


async def begin(client: StrictClient):
    """Until the whole newsroom is known."""
    document = client.open(ARTICLE)
    await client.diagnostics_of(document.uri, "undefined-entity")
    return document


def published(client: StrictClient):
    for uri, found in client.diagnostics.items():
        document = client.document(uri)
        if document is None:
            client.problems.append(f"diagnostics of {uri}, which is no file of the newsroom")
            continue
        for problem in checks.diagnostics(client, document, found, "textDocument/publishDiagnostics"):
            client.problems.append(f"{document.path.name}: {problem}")


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", sorted(KINDS))
async def test_every_position(client: StrictClient, kind: str, request):
    await begin(client)
    seed = request.node.name
    chance = random.Random(seed)
    documents = [client.open(path) for path in KINDS[kind] if path != ARTICLE]
    for document in documents:
        # Articles are many, and what is asked of the whole of one is worth asking of all.
        for one in sweep.to_ask(client, "document"):
            await one(sweep.Case(client, document, random.Random(f"{seed} {document.uri}")))
    # One file at the boundaries of its words, the others anywhere.
    first = chance.choice(documents)
    boundaries = first.boundaries()
    at_boundaries = chance.sample(boundaries, min(len(boundaries), POSITIONS // 2))
    at_boundaries += [0, len(first.text)]
    await sweep.at_positions(client, first, at_boundaries, seed)
    each = max(1, POSITIONS // 2 // len(documents))
    for document in documents:
        anywhere = [chance.randrange(len(document.text) + 1) for _ in range(each)]
        await sweep.at_positions(client, document, anywhere, seed)
    published(client)
    client.no_problems()


# At every boundary of a word is a lot; each client does it in another file.
EVERY_BOUNDARY = {
    "visual_studio_code": NEWSROOM / "2024" / "10" / "tollan-dam.md",
    "neovim": NEWSROOM / "registry" / "entities" / "events.yaml",
    "emacs": NEWSROOM / "newsmark.toml",
}


# What is asked at positions and may have no answer anywhere in an article.
MAY_BE_SILENT = {types.TEXT_DOCUMENT_ON_TYPE_FORMATTING, types.TEXT_DOCUMENT_DIAGNOSTIC}


@pytest.mark.asyncio
async def test_every_boundary(client: StrictClient, request):
    await begin(client)
    document = client.open(EVERY_BOUNDARY[request.node.callspec.params["client"]])
    await sweep.at_positions(client, document, document.boundaries(), request.node.name)
    if document.path.suffix == ".md":
        # In an article there is something to be said to every question that is answered at all.
        assert client.asked.keys() - client.answered.keys() <= MAY_BE_SILENT
    published(client)
    client.no_problems()


@pytest.mark.asyncio
async def test_the_whole_workspace(client: StrictClient, request):
    document = await begin(client)
    assert not sweep.unknown(client), "announced, and not asked for by any sweep"
    for one in sweep.to_ask(client, "workspace"):
        await one(sweep.Case(client, document, random.Random(request.node.name)))
    published(client)
    client.no_problems()
