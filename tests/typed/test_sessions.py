"""Sessions of real editors, sent again as they were recorded (`record.py`): every answer is
read as strictly as ever, and what is wrong at the end is what `newsmark check` says.

A message is sent once all is answered that was answered when the editor sent it. What the
server says in between may come at other times than it did: whoever did not wait for an answer
may now get one, and whoever took a question back.
"""

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


def messages(lines: list[dict]) -> list[dict]:
    return [line["message"] for line in lines if "message" in line]


@pytest.mark.parametrize("path", SESSIONS, ids=lambda path: path.stem)
def test_a_recording(path: pathlib.Path):
    lines = recorded(path)
    assert AT_LEAST <= {message["method"] for message in messages(lines)}
    # An error was only ever the answer to who did not want one any more.
    taken_back = {message["params"]["id"] for message in messages(lines) if message["method"] == types.CANCEL_REQUEST}
    assert {line["answered"] for line in lines if "error" in line} <= taken_back
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

    def __init__(self, folder: pathlib.Path):
        self.root = folder / "newsroom"
        # The same, but for what is open: that is there as the editor has it, saved or not.
        self.as_edited = folder / "as-edited"
        shutil.copytree(NEWSROOM, self.root)
        shutil.copytree(NEWSROOM, self.as_edited)
        self.encoding = "utf-16"
        self.shows_related = False
        self.open: dict[str, Document] = {}

    def path(self, uri: str) -> pathlib.Path:
        return pathlib.Path(urllib.parse.unquote(urllib.parse.urlsplit(uri).path))

    def has(self, uri: str, text: str):
        """The editor has that text now."""
        self.open[uri] = Document(self.path(uri), self.encoding, text)
        write(self.as_edited / self.path(uri).relative_to(self.root), text)

    def save(self, document: Document):
        write(document.path, document.text)
        write(self.as_edited / document.path.relative_to(self.root), document.text)

    def follow(self, method: str, params: dict, is_saved: bool):
        """Does to the copy what the message tells of; what is closed may have been saved before
        the editor says so."""
        uri = params.get("textDocument", {}).get("uri")
        if method == types.TEXT_DOCUMENT_DID_OPEN:
            self.has(uri, params["textDocument"]["text"])
        elif method == types.TEXT_DOCUMENT_DID_CHANGE:
            for change in params["contentChanges"]:
                text = change["text"]
                if "range" in change:
                    edit = meta.CONVERTER.structure(
                        {"range": change["range"], "newText": text}, types.TextEdit
                    )
                    text = self.open[uri].edited([edit])
                    assert text is not None, f"the recording changes what is not there: {change}"
                self.has(uri, text)
        elif method == types.TEXT_DOCUMENT_DID_SAVE and uri in self.open:
            self.save(self.open[uri])
        elif method == types.TEXT_DOCUMENT_DID_CLOSE:
            document = self.open.pop(uri)
            if is_saved:
                self.save(document)
            else:
                shutil.copy(document.path, self.as_edited / document.path.relative_to(self.root))

    async def checked(self, document: Document) -> set:
        """What the headless check says of the text of a document."""
        name = str(document.path.relative_to(self.root))
        process = await asyncio.create_subprocess_exec(
            SERVER, "check", "--format", "json", name,
            cwd=self.as_edited, stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await process.communicate()
        found = set()
        for one in map(json.loads, out.splitlines()):
            message = one["message"] + (f"\n{one['help']}" if one.get("help") else "")
            if not self.shows_related:
                # In words, and not more than are read.
                for other in one.get("related", [])[:5]:
                    path = "" if other["path"] == one["path"] else f"{other['path']}, "
                    message += f"\n{other['message']}: {path}line {other['range']['start']['line']}"
            place = one["range"]
            ends = [len(document.text.encode()[: place[end]["offset"]].decode()) for end in ("start", "end")]
            positions = [document.position(end) for end in ends]
            found.add((one["rule"], message, *((at.line, at.character) for at in positions)))
        return found


def write(path: pathlib.Path, text: str):
    path.write_text(text, encoding="utf-8", newline="")


def saved_when_closed(lines: list[dict]) -> set[int]:
    """The places in a recording where what is closed has been saved: Visual Studio Code says
    first that it has closed a file that nobody saw, and then that it had saved it."""
    closed: dict[str, int] = {}
    saved = set()
    for at, line in enumerate(lines):
        message = line.get("message", {})
        uri = (message.get("params") or {}).get("textDocument", {}).get("uri")
        match message.get("method"):
            case types.TEXT_DOCUMENT_DID_CLOSE:
                closed[uri] = at
            case types.TEXT_DOCUMENT_DID_OPEN:
                closed.pop(uri, None)
            case types.TEXT_DOCUMENT_DID_SAVE if uri in closed:
                saved.add(closed[uri])
    return saved


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

    async def told() -> set:
        if not pulls:
            return said(wire.published(uri))
        params = {"textDocument": {"uri": uri}}
        answer = await wire.ask(f"pull {len(wire.methods)}", types.TEXT_DOCUMENT_DIAGNOSTIC, params)
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
    desk, wire, found = Desk(tmp_path), await Wire.start(), {}
    lines = recorded(path)
    were_saved = saved_when_closed(lines)
    pulls = is_ready = False
    for at, line in enumerate(lines):
        if "answered" in line:
            await wire.answer(line["answered"])
            continue
        message = json.loads(json.dumps(line["message"]).replace("<root>", str(desk.root)))
        method, params = message["method"], message.get("params") or {}
        if "id" in message and method != types.INITIALIZE and not is_ready:
            await until_ready(wire)
            is_ready = True
        if method == types.TEXT_DOCUMENT_DID_CLOSE and params["textDocument"]["uri"] in desk.open:
            uri = params["textDocument"]["uri"]
            found[desk.path(uri).name] = await same_as_check(wire, desk, uri, pulls)
        desk.follow(method, params, at in were_saved)
        wire.send(message)
        if method == types.EXIT:
            # Neovim asks once more to shut down, of nobody.
            break
        if method == types.INITIALIZE:
            offered = (await wire.answer(message["id"]))["result"]["capabilities"]
            desk.encoding = offered.get("positionEncoding", "utf-16")
            can = params["capabilities"]["textDocument"]
            published = can.get("publishDiagnostics", {}) | can.get("diagnostic", {})
            desk.shows_related = bool(published.get("relatedInformation"))
            pulls = bool(offered.get("diagnosticProvider") and can.get("diagnostic"))
    await wire.stop()
    assert not wire.problems, "\n".join(wire.problems[:20])

    # Every request was answered, once, and by what it asked for.
    had_one = {line["answered"] for line in lines if line.keys() == {"answered"}}
    taken_back = {one["params"]["id"] for one in messages(lines) if one["method"] == types.CANCEL_REQUEST}
    for id_, method in wire.methods.items():
        assert len(wire.answers[id_]) == 1, f"{id_} {method}: {wire.answers[id_]}"
        [answer] = wire.answers[id_]
        if id_ in taken_back:
            assert answer.get("error", {}).get("code") in (None, types.LSPErrorCodes.RequestCancelled), answer
            continue
        assert "error" not in answer, f"{method}: {answer}"
        if id_ in had_one:
            assert answer["result"], f"{method}: nothing where the editor had an answer"
    # What the reporter got wrong, and nothing else, in the files that were touched.
    assert {rule for rule, *_ in found["tollan-dam.md"]} == {"weekday-date-mismatch"}
    assert {"statements.json", "pumps-for-tollan.md"} <= found.keys()
