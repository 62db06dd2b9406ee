"""Sessions of real editors, sent again as they were recorded (`record.py`): every answer is
read as strictly as ever, and what is wrong at the end is what `newsmark check` says."""

import asyncio
import json
import pathlib
import shutil
import urllib.parse

import pytest
from lsprotocol import types

import meta
from client import LIMIT, NEWSROOM, SERVER
from text import Document
from wire import Wire

SESSIONS = sorted((pathlib.Path(__file__).parent / "sessions").glob("*.jsonl"))
# What a session has to have in it to be worth its place.
AT_LEAST = {
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_SAVE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.TEXT_DOCUMENT_HOVER,
    types.TEXT_DOCUMENT_DEFINITION,
    types.TEXT_DOCUMENT_REFERENCES,
    types.TEXT_DOCUMENT_COMPLETION,
    types.TEXT_DOCUMENT_CODE_ACTION,
    types.TEXT_DOCUMENT_RENAME,
    types.SHUTDOWN,
    types.EXIT,
}


def recorded(path: pathlib.Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_a_recording(path: pathlib.Path):
    lines = recorded(path)
    assert AT_LEAST <= {line["message"]["method"] for line in lines}
    text = path.read_text(encoding="utf-8")
    # Names of the machine: every address is below the root, and the root has none.
    assert text.count("file://") == text.count("file://<root>")
    assert not any(f"{folder}/" in text for folder in ('"/home', '"/tmp', '"/root', '"/work', '"/Users'))


async def until_ready(wire: Wire):
    """Waits until files of every kind have been read: a person takes longer for the first
    question than the server for the corpus, a recording does not."""
    for name in ["Valley Watch", "vwatch-1023", "what-we-got-wrong", "nils-arvo"]:
        async with asyncio.timeout(LIMIT):
            asked = 0
            while not (await wire.ask(f"{name} {asked}", types.WORKSPACE_SYMBOL, {"query": name}))["result"]:
                asked += 1
                await asyncio.sleep(0.05)
            for one in range(asked):
                # Nobody knew of it then, and nothing is wrong with that.
                del wire.methods[f"{name} {one}"]


class Desk:
    """A copy of the newsroom, and the documents as the editor has them."""

    def __init__(self, root: pathlib.Path):
        self.root = root
        self.encoding = "utf-16"
        self.open: dict[str, Document] = {}

    def path(self, uri: str) -> pathlib.Path:
        return pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(uri).path))

    def follow(self, method: str, params: dict):
        """Does to the copy what the message tells of."""
        document = params.get("textDocument")
        if method == types.TEXT_DOCUMENT_DID_OPEN:
            path = self.path(document["uri"])
            self.open[document["uri"]] = Document(path, self.encoding, document["text"])
        elif method == types.TEXT_DOCUMENT_DID_CHANGE:
            for change in params["contentChanges"]:
                before = self.open[document["uri"]]
                text = change["text"]
                if "range" in change:
                    edit = meta.CONVERTER.structure(
                        {"range": change["range"], "newText": text}, types.TextEdit
                    )
                    text = before.edited([edit])
                    assert text is not None, f"the recording changes what is not there: {change}"
                self.open[document["uri"]] = Document(before.path, self.encoding, text)
        elif method == types.TEXT_DOCUMENT_DID_SAVE:
            one = self.open[document["uri"]]
            one.path.write_text(one.text, encoding="utf-8", newline="")
        elif method == types.TEXT_DOCUMENT_DID_CLOSE:
            del self.open[document["uri"]]

    async def checked(self, document: Document) -> set:
        """What the headless check says of the text of a document."""
        name = str(document.path.relative_to(self.root))
        process = await asyncio.create_subprocess_exec(
            SERVER, "check", "--format", "json", "--stdin-filename", name,
            cwd=self.root, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await process.communicate(document.text.encode())
        found = set()
        for one in map(json.loads, out.splitlines()):
            message = one["message"] + (f"\n{one['help']}" if one.get("help") else "")
            place = one["range"]
            ends = [len(document.text.encode()[: place[end]["offset"]].decode()) for end in ("start", "end")]
            positions = [document.position(end) for end in ends]
            found.add((one["rule"], message, *((at.line, at.character) for at in positions)))
        return found


def said(diagnostics: list[dict]) -> set:
    return {
        (one["code"], one["message"], *((at["line"], at["character"]) for at in one["range"].values()))
        for one in (
            {**each, "range": {end: each["range"][end] for end in ("start", "end")}} for each in diagnostics
        )
    }


async def same_as_check(wire: Wire, desk: Desk, uri: str, pulls: bool):
    """Waits until what the editor has been told of a document is what the check says."""
    expected = await desk.checked(desk.open[uri])
    asked = 0

    async def told() -> set:
        nonlocal asked
        if not pulls:
            return said(wire.published(uri))
        asked += 1
        params = {"textDocument": {"uri": uri}}
        answer = await wire.ask(f"pull {uri} {asked}", types.TEXT_DOCUMENT_DIAGNOSTIC, params)
        return said(answer["result"]["items"])

    try:
        async with asyncio.timeout(LIMIT / 4):
            while await told() != expected:
                await asyncio.sleep(0.05)
    except TimeoutError:
        assert await told() == expected, f"{uri}: the editor and the check do not agree"
    return expected


@pytest.mark.asyncio
@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
async def test_a_session(path: pathlib.Path, tmp_path: pathlib.Path):
    root = tmp_path / "newsroom"
    shutil.copytree(NEWSROOM, root)
    desk, wire, found = Desk(root), await Wire.start(), {}
    pulls = is_ready = False
    for line in recorded(path):
        message = json.loads(json.dumps(line["message"]).replace("<root>", str(root)))
        method, params = message["method"], message.get("params") or {}
        if line["after"] is not None:
            await wire.answer(line["after"])
        if "id" in message and method != types.INITIALIZE and not is_ready:
            await until_ready(wire)
            is_ready = True
        if method == types.TEXT_DOCUMENT_DID_CLOSE and params["textDocument"]["uri"] in desk.open:
            uri = params["textDocument"]["uri"]
            found[desk.path(uri).name] = await same_as_check(wire, desk, uri, pulls)
        desk.follow(method, params)
        wire.send(message)
        if method == types.EXIT:
            # Neovim asks once more to shut down, of nobody.
            break
        if method == types.INITIALIZE:
            offered = (await wire.answer(message["id"]))["result"]["capabilities"]
            desk.encoding = offered.get("positionEncoding", "utf-16")
            can = params["capabilities"]["textDocument"]
            pulls = bool(offered.get("diagnosticProvider") and can.get("diagnostic"))
    await wire.stop()
    assert not wire.problems, "\n".join(wire.problems[:20])

    # Every request was answered, once, and by what it asked for.
    for id_, method in wire.methods.items():
        [answer] = wire.answers[id_]
        assert "error" not in answer, f"{method}: {answer}"
        if method not in (types.SHUTDOWN, types.TEXT_DOCUMENT_DIAGNOSTIC):
            assert answer["result"], f"{method}: nothing where the editor had an answer"
    # What the reporter got wrong, and nothing else, in the files that were touched.
    assert {rule for rule, *_ in found["tollan-dam.md"]} == {"weekday-date-mismatch"}
    assert {"statements.json", "pumps-for-tollan.md"} <= found.keys()
