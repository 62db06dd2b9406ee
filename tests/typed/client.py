"""The client of these tests: pytest-lsp's, which reads all that comes into the protocol's
types, and before that as strictly as the meta model says (`meta`).

What is wrong is gathered in `problems`; a test ends with `no_problems`.
"""

import asyncio
import os
import pathlib
import re

from lsprotocol import types
from pygls.exceptions import JsonRpcException
from pygls.protocol import default_converter
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities
from pytest_lsp.client import DEFAULT_CLIENT_FEATURES, register_lsp_features
from pytest_lsp.protocol import LanguageClientProtocol

import meta
from text import Document

ROOT = pathlib.Path(__file__).parents[2]
NEWSROOM = ROOT / "examples" / "newsroom"
SERVER = str((ROOT / os.environ.get("NEWSMARK", "target/debug/newsmark")).resolve())
CLIENTS = ["visual_studio_code", "neovim", "emacs"]

# What the server is known to do wrong. A line goes when what it is about is mended.
KNOWN: list[re.Pattern] = []

# Longer than anything takes; what takes longer hangs.
LIMIT = 60


def within_limit(awaitable):
    return asyncio.wait_for(awaitable, LIMIT)


class StrictProtocol(LanguageClientProtocol):
    def structure_message(self, data):
        # It is called for every object of a message; the message is the one with the version.
        if "jsonrpc" in data:
            answer = self._result_types.get(data.get("id"))
            self._server.problems += meta.problems_of_message(data, answer)
            self._server.messages_read += 1
        return super().structure_message(data)


class StrictClient(LanguageClient):
    protocol: StrictProtocol

    def __init__(self):
        super().__init__(protocol_cls=StrictProtocol, converter_factory=default_converter)
        self.problems: list[str] = []
        self.messages_read = 0
        # What the client says that it can do, and what the server says, as JSON has it.
        self.can: dict = {}
        self.offered: dict = {}
        self.encoding = "utf-16"
        self.documents: dict[str, Document] = {}
        # Parts of answers, by the token that they were asked for with.
        self.parts: dict[str | int, list] = {}
        self.registered: list[types.Registration] = []
        self.asked: dict[str, int] = {}
        self.answered: dict[str, int] = {}
        # What could not be had, with the last who asked for it.
        self.errors: dict[str, object] = {}

    def can_do(self, path: str):
        """What the client said about something: `textDocument/hover/contentFormat`."""
        at = self.can
        for name in path.split("/"):
            at = at.get(name) if isinstance(at, dict) else None
        return at

    async def start(self, editor: str, root: pathlib.Path = NEWSROOM):
        """Begins as an editor does."""
        params = types.InitializeParams(
            capabilities=client_capabilities(editor),
            root_uri=root.as_uri(),
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), root.name)],
        )
        self.can = meta.CONVERTER.unstructure(params.capabilities)
        result = await within_limit(self.initialize_session(params))
        assert result.server_info.name == "newsmark"
        self.offered = meta.CONVERTER.unstructure(result.capabilities)
        self.encoding = self.offered.get("positionEncoding", "utf-16")
        assert self.encoding in (self.can_do("general/positionEncodings") or ["utf-16"])

    def document(self, uri: str) -> Document | None:
        """A file of the newsroom; None if there is none of that address."""
        if uri not in self.documents:
            path = pathlib.Path(types_path(uri))
            if not path.is_relative_to(NEWSROOM) or not path.is_file() or path.as_uri() != uri:
                return None
            self.documents[uri] = Document(path, self.encoding)
        return self.documents[uri]

    def open(self, path: pathlib.Path) -> Document:
        document = self.document(path.as_uri())
        language = {".md": "markdown", ".yml": "yaml"}.get(path.suffix, path.suffix[1:])
        self.text_document_did_open(
            types.DidOpenTextDocumentParams(
                types.TextDocumentItem(document.uri, language, 1, document.text)
            )
        )
        return document

    async def diagnostics_of(self, uri: str, code: str):
        """What is wrong in a document, once something of that code is among it: pulled, if the
        server is there to be asked by this client, or published."""
        async with asyncio.timeout(LIMIT):
            if self.offered.get("diagnosticProvider") and self.can_do("textDocument/diagnostic"):
                while True:
                    params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(uri))
                    report = await self.text_document_diagnostic_async(params)
                    if any(one.code == code for one in report.items):
                        return report.items
                    await asyncio.sleep(0.05)
            while not any(one.code == code for one in self.diagnostics.get(uri, [])):
                await self.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
            return self.diagnostics[uri]

    async def ask(self, method: str, params, may_fail: bool = False):
        """The answer; None where the server says why there is none."""
        self.asked[method] = self.asked.get(method, 0) + 1
        try:
            result = await within_limit(self.protocol.send_request_async(method, params))
        except JsonRpcException as error:
            # An error is for what the user cannot have, never for what the server cannot do.
            # No file changes under these tests: whoever says so, has lost something.
            is_wrong = error.code in (-32603, -32601, -32700) or "not what newsmark has read" in str(error)
            self.errors[re.sub(r"`[^`]*`", "`…`", f"{method}: {error.code} {error}")] = params
            if not may_fail or is_wrong or not error.message:
                self.problems.append(f"{method} {_said(params)}: error {error.code} {error}")
            return None
        if result:
            self.answered[method] = self.answered.get(method, 0) + 1
        return result

    def wrong(self, method: str, params, problem: str):
        self.problems.append(f"{method} {_said(params)}: {problem}")

    def no_problems(self):
        """Fails with one example of each kind of problem."""
        kinds: dict[str, list[str]] = {}
        problems = [one for one in self.problems if not any(known.search(one) for known in KNOWN)]
        for problem in problems:
            # The same but for where it is, and which names it has.
            kind = re.sub(r"\{.*\}: |\d+|'[^']*'|\"[^\"]*\"|\(.*|: .*", "", problem)[:120]
            kinds.setdefault(kind, []).append(problem)
        shown = "\n\n".join(f"{len(all)} of these: {all[0][:1500]}" for all in kinds.values())
        assert not problems, f"{len(problems)} problems of {len(kinds)} kinds\n\n{shown}"


def _said(params) -> str:
    said = meta.CONVERTER.unstructure(params)
    text = str(said).replace(NEWSROOM.as_uri() + "/", "")
    return text if len(text) < 300 else text[:300] + "..."


def types_path(uri: str) -> str:
    from urllib.parse import unquote, urlsplit

    return unquote(urlsplit(uri).path)


def _progress(client: StrictClient, params: types.ProgressParams):
    if params.token in client.parts:
        client.parts[params.token].append(params.value)
        return
    DEFAULT_CLIENT_FEATURES[types.PROGRESS](client, params)


def _register(client: StrictClient, params: types.RegistrationParams):
    for one in params.registrations:
        feature = one.method.removeprefix("textDocument/")
        place = "workspace" if one.method.startswith("workspace/") else "textDocument"
        feature = feature.removeprefix("workspace/")
        if not client.can_do(f"{place}/{feature}/dynamicRegistration"):
            client.problems.append(f"{one.method} is registered; the client has no such thing")
        client.registered.append(one)


def _apply_edit(client: StrictClient, params: types.ApplyWorkspaceEditParams):
    if not client.can_do("workspace/applyEdit"):
        client.problems.append("workspace/applyEdit: the client has no such thing")
    # The files stay as they are: other tests read them.
    return types.ApplyWorkspaceEditResult(applied=False)


def _show_message_request(client: StrictClient, params: types.ShowMessageRequestParams):
    return None


def _refresh(method: str):
    feature = method.split("/")[1]
    capability = {"semanticTokens": "semanticTokens", "diagnostic": "diagnostics"}.get(
        feature, feature
    )

    def refresh(client: StrictClient, params=None):
        if not client.can_do(f"workspace/{capability}/refreshSupport"):
            client.problems.append(f"{method}: the client has no such thing")

    return refresh


FEATURES = {
    **DEFAULT_CLIENT_FEATURES,
    types.PROGRESS: _progress,
    types.CLIENT_REGISTER_CAPABILITY: _register,
    types.WORKSPACE_APPLY_EDIT: _apply_edit,
    types.WINDOW_SHOW_MESSAGE_REQUEST: _show_message_request,
    **{
        method: _refresh(method)
        for method in types.METHOD_TO_TYPES
        if method.startswith("workspace/") and method.endswith("/refresh")
    },
}


def strict_client() -> StrictClient:
    client = StrictClient()
    register_lsp_features(client, FEATURES)
    return client


CONFIG = ClientServerConfig(server_command=[SERVER, "lsp"], client_factory=strict_client)
