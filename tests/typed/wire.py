"""Messages as they are, over the server's pipes: for what a well-behaved client does not send.

All that the server sends is read as strictly as by the client (`meta`).
"""

import asyncio
import json
import typing

from lsprotocol import types

import meta
from client import LIMIT, SERVER

# What a client answers that grants everything and does nothing.
ANSWERS: dict[str, typing.Callable[[dict], object]] = {
    types.WORKSPACE_CONFIGURATION: lambda params: [None for _ in params["items"]],
    types.WORKSPACE_APPLY_EDIT: lambda params: {"applied": False},
    types.WORKSPACE_WORKSPACE_FOLDERS: lambda params: None,
    types.WINDOW_SHOW_DOCUMENT: lambda params: {"success": True},
}


class Wire:
    """A server, and what it has said."""

    def __init__(self, process: asyncio.subprocess.Process):
        self.process = process
        self.problems: list[str] = []
        # Answers by the id of the request, in the order in which they came.
        self.answers: dict[int | str, list[dict]] = {}
        self.notifications: list[dict] = []
        self.asked_by_server: list[dict] = []
        self.methods: dict[int | str, str] = {}
        self.news = asyncio.Condition()
        self.reader = asyncio.create_task(self.read())

    @classmethod
    async def start(cls) -> "Wire":
        pipe = asyncio.subprocess.PIPE
        return cls(await asyncio.create_subprocess_exec(SERVER, "lsp", stdin=pipe, stdout=pipe))

    def send(self, message: dict):
        if "method" in message and "id" in message:
            self.methods[message["id"]] = message["method"]
        body = json.dumps({"jsonrpc": "2.0", **message}, ensure_ascii=False).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))

    async def read(self):
        stream = self.process.stdout
        while header := await stream.readline():
            length = 0
            while header.strip():
                name, _, value = header.partition(b":")
                length = int(value) if name.lower() == b"content-length" else length
                header = await stream.readline()
            self.take(json.loads(await stream.readexactly(length)))
            async with self.news:
                self.news.notify_all()

    def take(self, message: dict):
        asked = types.METHOD_TO_TYPES.get(self.methods.get(message.get("id"), ""))
        self.problems += meta.problems_of_message(message, asked and asked[1])
        if "method" not in message:
            self.answers.setdefault(message["id"], []).append(message)
        elif "id" not in message:
            self.notifications.append(message)
        else:
            self.asked_by_server.append(message)
            answer = ANSWERS.get(message["method"], lambda params: None)
            self.send({"id": message["id"], "result": answer(message.get("params"))})

    async def until(self, what: typing.Callable[[], object], why: str):
        """Waits until something is so."""
        async with asyncio.timeout(LIMIT), self.news:
            while not (so := what()):
                assert not self.reader.done(), f"the server has ended; {why}"
                await self.news.wait()
            return so

    async def ask(self, id_: int | str, method: str, params: object = None) -> dict:
        self.send({"id": id_, "method": method, "params": params})
        return await self.answer(id_)

    async def answer(self, id_: int | str) -> dict:
        [answer] = await self.until(lambda: self.answers.get(id_), f"no answer to {id_}")
        return answer

    def published(self, uri: str) -> list[dict]:
        """The diagnostics of a document that were published last."""
        found = [one["params"]["diagnostics"] for one in self.notifications
                 if one["method"] == types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS and one["params"]["uri"] == uri]
        return found[-1] if found else []

    async def stop(self):
        """Ends as an editor does, and is sure that the server has."""
        if self.process.returncode is None:
            if types.SHUTDOWN not in self.methods.values():
                await self.ask("shutdown", types.SHUTDOWN)
            self.send({"method": types.EXIT})
        assert await asyncio.wait_for(self.process.wait(), LIMIT) == 0
        await self.reader
