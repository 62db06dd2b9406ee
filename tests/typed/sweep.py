"""Every request that the server says it answers, by the capability that says so.

A capability that is not in `SWEEPS` or `WITHOUT_REQUESTS` fails the test of the table: what
the server learns to answer is asked here from then on.
"""

import asyncio
import dataclasses
import inspect
import random

from lsprotocol import types

import checks
import meta
from client import NEWSROOM, StrictClient, within_limit
from text import Document

# Each sweep by the capability that it needs, and whether it is of a position, a document or
# the whole workspace.
SWEEPS: dict[str, tuple[str, object]] = {}
# Commands that are the editor's, as docs/editors.md says.
OF_THE_EDITOR = {"newsmark.showReferences"}
WITHOUT_REQUESTS = {"positionEncoding", "textDocumentSync", "notebookDocumentSync", "experimental"}


@dataclasses.dataclass
class Case:
    """Where something is asked: the whole document, or a position of it."""

    client: StrictClient
    document: Document
    random: random.Random
    offset: int = 0

    @property
    def text_document(self):
        return types.TextDocumentIdentifier(self.document.uri)

    @property
    def position(self):
        return self.document.position(self.offset)

    @property
    def at(self):
        return {"text_document": self.text_document, "position": self.position}

    @property
    def all(self):
        return self.document.range(0, len(self.document.text))

    async def ask(self, method: str, params, may_fail: bool = False):
        result = await self.client.ask(method, params, may_fail)
        self.hold(method, params, checks.addresses(self.client, result))
        return result

    def hold(self, method: str, params, problems):
        for problem in problems:
            self.client.wrong(method, params, problem)


def sweep(capability: str, of: str):
    def add(function):
        assert capability not in SWEEPS
        SWEEPS[capability] = (of, function)
        return function

    return add


# At a position.


@sweep("hoverProvider", "position")
async def hover(case: Case):
    params = types.HoverParams(**case.at)
    answer = await case.ask(types.TEXT_DOCUMENT_HOVER, params)
    if answer is None:
        return
    method = types.TEXT_DOCUMENT_HOVER
    if not isinstance(answer.contents, types.MarkupContent):
        case.client.wrong(method, params, "contents of an old form")
        return
    case.hold(method, params, checks.markup(case.client, answer.contents, "textDocument/hover/contentFormat"))
    if answer.range is not None:
        case.hold(method, params, checks.within(case.document, answer.range))
        if not checks.holds(answer.range, case.position):
            case.client.wrong(method, params, f"of {answer.range}, which is not at the cursor")


def leads(capability: str, method: str, params_type: type, feature: str):
    @sweep(capability, "position")
    async def ask(case: Case):
        params = params_type(**case.at)
        answer = await case.ask(method, params)
        if answer:
            found = checks.links(case.client, case.document, case.position, answer, feature)
            case.hold(method, params, found)


leads("definitionProvider", types.TEXT_DOCUMENT_DEFINITION, types.DefinitionParams, "definition")
leads("declarationProvider", types.TEXT_DOCUMENT_DECLARATION, types.DeclarationParams, "declaration")
leads("typeDefinitionProvider", types.TEXT_DOCUMENT_TYPE_DEFINITION, types.TypeDefinitionParams, "typeDefinition")
leads("implementationProvider", types.TEXT_DOCUMENT_IMPLEMENTATION, types.ImplementationParams, "implementation")


@sweep("referencesProvider", "position")
async def references(case: Case):
    method = types.TEXT_DOCUMENT_REFERENCES
    with_declaration = types.ReferenceContext(include_declaration=True)
    params = types.ReferenceParams(with_declaration, **case.at)
    found = await case.ask(method, params) or []
    case.hold(method, params, checks.no_twins(found, "a place"))
    for one in found:
        case.hold(method, params, checks.place(case.client, one.uri, one.range))
    if case.random.random() < 0.5:
        without = types.ReferenceParams(types.ReferenceContext(include_declaration=False), **case.at)
        fewer = await case.ask(method, without) or []
        if not {repr(one) for one in fewer} <= {repr(one) for one in found}:
            case.client.wrong(method, without, "more without the declaration than with it")
    else:
        token = f"references {case.client.asked[method]}"
        in_parts = types.ReferenceParams(with_declaration, partial_result_token=token, **case.at)
        parts = case.client.parts[token] = []
        last = await case.ask(method, in_parts) or []
        for part in parts:
            for problem in meta.problems(part, list[types.Location], "part"):
                case.client.wrong(method, in_parts, problem)
        whole = [one for part in parts for one in part] + [meta.CONVERTER.unstructure(one) for one in last]
        if sorted(map(repr, whole)) != sorted(repr(meta.CONVERTER.unstructure(one)) for one in found):
            case.client.wrong(method, in_parts, f"{len(whole)} places in parts, {len(found)} at once")


@sweep("documentHighlightProvider", "position")
async def highlight(case: Case):
    method, params = types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, types.DocumentHighlightParams(**case.at)
    found = await case.ask(method, params) or []
    case.hold(method, params, checks.within(case.document, *(one.range for one in found)))
    case.hold(method, params, checks.no_twins([one.range for one in found], "a place"))


@sweep("completionProvider", "position")
async def completion(case: Case):
    method = types.TEXT_DOCUMENT_COMPLETION
    triggers = case.client.offered["completionProvider"].get("triggerCharacters", [])
    before = case.document.text[case.offset - 1 : case.offset]
    context = (
        types.CompletionContext(types.CompletionTriggerKind.TriggerCharacter, before)
        if before in triggers
        else types.CompletionContext(types.CompletionTriggerKind.Invoked)
    )
    if not case.client.can_do("textDocument/completion/contextSupport"):
        context = None
    params = types.CompletionParams(context=context, **case.at)
    answer = await case.ask(method, params)
    if not answer:
        return
    case.hold(method, params, checks.completions(case.client, case.document, case.position, answer))
    items = answer.items if isinstance(answer, types.CompletionList) else answer
    if items and case.client.offered["completionProvider"].get("resolveProvider"):
        item = case.random.choice(items)
        resolve = types.COMPLETION_ITEM_RESOLVE
        resolved = await case.ask(resolve, item)
        if resolved is None:
            return
        can = "textDocument/completion/completionItem"
        # These two every client takes late; what else, it says.
        later = {"documentation", "detail", *(case.client.can_do(f"{can}/resolveSupport/properties") or [])}
        before, after = meta.CONVERTER.unstructure(item), meta.CONVERTER.unstructure(resolved)
        for name in before.keys() | after.keys():
            if before.get(name) != after.get(name) and name not in later:
                case.client.wrong(resolve, item, f"{name} becomes {after.get(name)!r}, which the client leaves out")
        case.hold(resolve, item, checks.completion(case.client, case.document, case.position, resolved, can))


@sweep("renameProvider", "position")
async def rename(case: Case):
    prepare = types.TEXT_DOCUMENT_PREPARE_RENAME
    options = case.client.offered["renameProvider"]
    what = None
    if isinstance(options, dict) and options.get("prepareProvider"):
        if not case.client.can_do("textDocument/rename/prepareSupport"):
            case.client.wrong(prepare, options, "the client does not know of it")
        params = types.PrepareRenameParams(**case.at)
        what = await case.ask(prepare, params, may_fail=True)
        range_ = getattr(what, "range", what)
        if isinstance(range_, types.Range):
            case.hold(prepare, params, checks.within(case.document, range_))
            if not checks.holds(range_, case.position):
                case.client.wrong(prepare, params, f"{range_} is not at the cursor")
        if isinstance(what, types.PrepareRenamePlaceholder) and not what.placeholder.strip():
            case.client.wrong(prepare, params, "a name without letters")
    method = types.TEXT_DOCUMENT_RENAME
    for new_name in ["a-new-name", "Ein neuer Näme 🗞"]:
        params = types.RenameParams(new_name=new_name, **case.at)
        edit = await case.ask(method, params, may_fail=True)
        if edit is not None:
            if checks.is_empty(edit):
                case.client.wrong(method, params, "an edit that changes nothing")
            case.hold(method, params, checks.workspace_edit(case.client, edit))


@sweep("codeActionProvider", "position")
async def code_action(case: Case):
    method, client = types.TEXT_DOCUMENT_CODE_ACTION, case.client
    length = case.random.choice([0, 0, 5, 40, 400])
    range_ = case.document.range(case.offset, min(case.offset + length, len(case.document.text)))
    known = [one for one in client.diagnostics.get(case.document.uri, [])
             if one.range.start <= range_.end and range_.start <= one.range.end]
    options = client.offered["codeActionProvider"]
    kinds = options.get("codeActionKinds", []) if isinstance(options, dict) else []
    only = case.random.choice([None, None, None, *([kind] for kind in kinds)])
    kind = case.random.choice([types.CodeActionTriggerKind.Invoked, types.CodeActionTriggerKind.Automatic, None])
    context = types.CodeActionContext(known, only=only, trigger_kind=kind)
    params = types.CodeActionParams(case.text_document, range_, context)
    found = await case.ask(method, params) or []
    case.hold(method, params, checks.code_actions(client, found, only))
    later = [one for one in found if isinstance(one, types.CodeAction)
             and one.edit is None and one.command is None and not one.disabled]
    if not later:
        return
    if not (isinstance(options, dict) and options.get("resolveProvider")):
        client.wrong(method, params, f"nothing to be done, now or later: {later[0]}")
        return
    one = case.random.choice(later)
    resolved = await case.ask(types.CODE_ACTION_RESOLVE, one)
    if resolved is not None:
        if (resolved.title, resolved.kind) != (one.title, one.kind):
            client.wrong(types.CODE_ACTION_RESOLVE, one, f"it has become {resolved.title}")
        if checks.is_empty(resolved.edit) and resolved.command is None:
            client.wrong(types.CODE_ACTION_RESOLVE, one, "still nothing to be done")
        case.hold(types.CODE_ACTION_RESOLVE, one, checks.code_actions(client, [resolved], only))


@sweep("signatureHelpProvider", "position")
async def signature_help(case: Case):
    method, params = types.TEXT_DOCUMENT_SIGNATURE_HELP, types.SignatureHelpParams(**case.at)
    answer = await case.ask(method, params)
    if answer and answer.active_signature and answer.active_signature >= len(answer.signatures):
        case.client.wrong(method, params, "the active signature is none of them")


@sweep("inlineCompletionProvider", "position")
async def inline_completion(case: Case):
    context = types.InlineCompletionContext(types.InlineCompletionTriggerKind.Invoked)
    params = types.InlineCompletionParams(context=context, **case.at)
    await case.ask(types.TEXT_DOCUMENT_INLINE_COMPLETION, params)


@sweep("monikerProvider", "position")
async def moniker(case: Case):
    await case.ask(types.TEXT_DOCUMENT_MONIKER, types.MonikerParams(**case.at))


@sweep("linkedEditingRangeProvider", "position")
async def linked_editing_range(case: Case):
    method, params = types.TEXT_DOCUMENT_LINKED_EDITING_RANGE, types.LinkedEditingRangeParams(**case.at)
    answer = await case.ask(method, params)
    if answer is None:
        return
    case.hold(method, params, checks.within(case.document, *answer.ranges))
    spans = sorted(filter(None, map(case.document.span, answer.ranges)))
    if len({case.document.text[start:end] for start, end in spans}) != 1:
        case.client.wrong(method, params, "different words are edited as one")
    if any(end > start for (_, end), (start, _) in zip(spans, spans[1:])):
        case.client.wrong(method, params, "ranges overlap")
    if not any(checks.holds(one, case.position) for one in answer.ranges):
        case.client.wrong(method, params, "none is at the cursor")


@sweep("selectionRangeProvider", "position")
async def selection_range(case: Case):
    method = types.TEXT_DOCUMENT_SELECTION_RANGE
    other = case.random.randrange(len(case.document.text) + 1)
    positions = [case.position, case.document.position(other)]
    params = types.SelectionRangeParams(case.text_document, positions)
    answer = await case.ask(method, params)
    if answer is None:
        return
    if len(answer) != len(positions):
        case.client.wrong(method, params, f"{len(answer)} answers")
    for position, one in zip(positions, answer):
        if not checks.holds(one.range, position):
            case.client.wrong(method, params, f"{one.range} is not at the cursor")
        while one is not None:
            case.hold(method, params, checks.within(case.document, one.range))
            if one.parent and (one.parent.range == one.range or not checks.inside(one.range, one.parent.range)):
                case.client.wrong(method, params, f"{one.range} is not inside {one.parent.range}")
            one = one.parent


@sweep("documentOnTypeFormattingProvider", "position")
async def on_type_formatting(case: Case):
    method, options = types.TEXT_DOCUMENT_ON_TYPE_FORMATTING, case.client.offered["documentOnTypeFormattingProvider"]
    typed = [options["firstTriggerCharacter"], *options.get("moreTriggerCharacter", [])]
    params = types.DocumentOnTypeFormattingParams(
        ch=case.random.choice(typed), options=FORMATTING, **case.at
    )
    await formatted(case, method, params)


@sweep("callHierarchyProvider", "position")
async def call_hierarchy(case: Case):
    method, params = types.TEXT_DOCUMENT_PREPARE_CALL_HIERARCHY, types.CallHierarchyPrepareParams(**case.at)
    for item in await case.ask(method, params) or []:
        case.hold(method, params, checks.hierarchy_item(case.client, item))
        incoming = types.CallHierarchyIncomingCallsParams(item)
        for call in await case.ask(types.CALL_HIERARCHY_INCOMING_CALLS, incoming) or []:
            case.hold(method, params, checks.hierarchy_item(case.client, call.from_))
            case.hold(method, params, checks.place(case.client, call.from_.uri, *call.from_ranges))
        outgoing = types.CallHierarchyOutgoingCallsParams(item)
        for call in await case.ask(types.CALL_HIERARCHY_OUTGOING_CALLS, outgoing) or []:
            case.hold(method, params, checks.hierarchy_item(case.client, call.to))
            case.hold(method, params, checks.place(case.client, item.uri, *call.from_ranges))


@sweep("typeHierarchyProvider", "position")
async def type_hierarchy(case: Case):
    method, params = types.TEXT_DOCUMENT_PREPARE_TYPE_HIERARCHY, types.TypeHierarchyPrepareParams(**case.at)
    for item in await case.ask(method, params) or []:
        case.hold(method, params, checks.hierarchy_item(case.client, item))
        for way, params_type in [
            (types.TYPE_HIERARCHY_SUPERTYPES, types.TypeHierarchySupertypesParams),
            (types.TYPE_HIERARCHY_SUBTYPES, types.TypeHierarchySubtypesParams),
        ]:
            for other in await case.ask(way, params_type(item)) or []:
                case.hold(way, params, checks.hierarchy_item(case.client, other))


# Of a document.


@sweep("documentSymbolProvider", "document")
async def document_symbol(case: Case):
    method, params = types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, types.DocumentSymbolParams(case.text_document)
    found = await case.ask(method, params) or []
    case.hold(method, params, checks.symbols(case.client, case.document, found))


@sweep("diagnosticProvider", "document")
async def diagnostic(case: Case):
    method, client = types.TEXT_DOCUMENT_DIAGNOSTIC, case.client
    if not client.can_do("textDocument/diagnostic"):
        client.wrong(method, case.text_document, "offered to a client that never asks")
    params = types.DocumentDiagnosticParams(case.text_document)
    report = await case.ask(method, params)
    if report is None:
        client.wrong(method, params, "no report")
        return
    if not isinstance(report, types.RelatedFullDocumentDiagnosticReport):
        client.wrong(method, params, "unchanged, and there was nothing before")
        return
    case.hold(method, params, checks.diagnostics(client, case.document, report.items, "textDocument/diagnostic"))
    if report.related_documents and not client.can_do("textDocument/diagnostic/relatedDocumentSupport"):
        client.wrong(method, params, "relatedDocuments, which the client does not know")
    if report.result_id is not None:
        again = types.DocumentDiagnosticParams(case.text_document, previous_result_id=report.result_id)
        second = await case.ask(method, again)
        if getattr(second, "items", report.items) != report.items and second.result_id == report.result_id:
            client.wrong(method, again, "other diagnostics by the same id")


@sweep("documentLinkProvider", "document")
async def document_link(case: Case):
    method, params = types.TEXT_DOCUMENT_DOCUMENT_LINK, types.DocumentLinkParams(case.text_document)
    found = await case.ask(method, params) or []
    resolves = (case.client.offered["documentLinkProvider"] or {}).get("resolveProvider")
    case.hold(method, params, checks.no_twins([one.range for one in found], "a link"))
    for one in found:
        case.hold(method, params, checks.within(case.document, one.range))
        if one.target is None and resolves:
            resolved = await case.ask(types.DOCUMENT_LINK_RESOLVE, one)
            if resolved is None or resolved.range != one.range:
                case.client.wrong(method, params, f"{one} has become {resolved}")
                continue
            one = resolved
        if one.target is None or "://" not in one.target:
            case.client.wrong(method, params, f"a link to nowhere: {one}")
        elif one.target.startswith("file:"):
            case.hold(method, params, checks.place(case.client, one.target.split("#")[0]))
        if one.tooltip and not case.client.can_do("textDocument/documentLink/tooltipSupport"):
            case.client.wrong(method, params, "a tooltip, which the client does not know")


@sweep("codeLensProvider", "document")
async def code_lens(case: Case):
    method, params = types.TEXT_DOCUMENT_CODE_LENS, types.CodeLensParams(case.text_document)
    found = await case.ask(method, params) or []
    resolves = case.client.offered["codeLensProvider"].get("resolveProvider")
    for one in found:
        case.hold(method, params, checks.within(case.document, one.range))
        if one.range.start.line != one.range.end.line:
            case.client.wrong(method, params, f"a lens of several lines: {one.range}")
        if one.command is None and resolves:
            resolved = await case.ask(types.CODE_LENS_RESOLVE, one)
            if resolved is None or resolved.range != one.range:
                case.client.wrong(method, params, f"{one} has become {resolved}")
                continue
            one = resolved
        if one.command is None or not one.command.title.strip():
            case.client.wrong(method, params, f"a lens without words: {one}")
        else:
            case.hold(method, params, commands(case.client, one.command))


def commands(client: StrictClient, command: types.Command):
    known = (client.offered.get("executeCommandProvider") or {}).get("commands", [])
    if command.command not in known and command.command not in OF_THE_EDITOR:
        yield f"{command.command} is a command that the server did not name"


@sweep("inlayHintProvider", "document")
async def inlay_hint(case: Case):
    method, client = types.TEXT_DOCUMENT_INLAY_HINT, case.client
    options = client.offered["inlayHintProvider"]
    for range_ in [case.all, some_range(case)]:
        params = types.InlayHintParams(case.text_document, range_)
        found = await case.ask(method, params) or []
        case.hold(method, params, checks.inlay_hints(client, case.document, range_, found))
        if isinstance(options, dict) and options.get("resolveProvider"):
            for one in case.random.sample(found, min(len(found), 10)):
                resolved = await case.ask(types.INLAY_HINT_RESOLVE, one)
                if resolved is None:
                    continue
                case.hold(method, params, checks.inlay_hints(client, case.document, range_, [resolved]))
                if resolved.position != one.position:
                    client.wrong(types.INLAY_HINT_RESOLVE, one, f"it has become {resolved}")


@sweep("inlineValueProvider", "document")
async def inline_value(case: Case):
    context = types.InlineValueContext(0, case.all)
    params = types.InlineValueParams(case.text_document, case.all, context)
    await case.ask(types.TEXT_DOCUMENT_INLINE_VALUE, params)


@sweep("foldingRangeProvider", "document")
async def folding_range(case: Case):
    method, params = types.TEXT_DOCUMENT_FOLDING_RANGE, types.FoldingRangeParams(case.text_document)
    found = await case.ask(method, params) or []
    case.hold(method, params, checks.folds(case.client, case.document, found))


@sweep("semanticTokensProvider", "document")
async def semantic_tokens(case: Case):
    client, options = case.client, case.client.offered["semanticTokensProvider"]
    whole, tokens = None, []
    if options.get("full"):
        method, params = types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL, types.SemanticTokensParams(case.text_document)
        whole = await case.ask(method, params)
        if whole is not None:
            tokens, problems = checks.semantic_tokens(client, case.document, list(whole.data))
            case.hold(method, params, problems)
    if whole and whole.result_id and isinstance(options["full"], dict) and options["full"].get("delta"):
        params = types.SemanticTokensDeltaParams(case.text_document, previous_result_id=whole.result_id)
        delta = await case.ask(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, params)
        data = list(getattr(delta, "data", whole.data))
        for edit in sorted(getattr(delta, "edits", []), key=lambda edit: -edit.start):
            data[edit.start : edit.start + edit.delete_count] = edit.data or []
        if data != list(whole.data):
            client.wrong(types.TEXT_DOCUMENT_SEMANTIC_TOKENS_FULL_DELTA, params, "the text is the same, the tokens are not")
    if options.get("range"):
        range_ = some_range(case)
        method, params = types.TEXT_DOCUMENT_SEMANTIC_TOKENS_RANGE, types.SemanticTokensRangeParams(case.text_document, range_)
        answer = await case.ask(method, params)
        if answer is not None:
            some, problems = checks.semantic_tokens(client, case.document, list(answer.data))
            case.hold(method, params, problems)
            if whole and not set(some) <= set(tokens):
                client.wrong(method, params, "tokens that the whole document does not have")


@sweep("colorProvider", "document")
async def color(case: Case):
    await case.ask(types.TEXT_DOCUMENT_DOCUMENT_COLOR, types.DocumentColorParams(case.text_document))


FORMATTING = types.FormattingOptions(tab_size=4, insert_spaces=True)


async def formatted(case: Case, method: str, params):
    edits = await case.ask(method, params, may_fail=True)
    if edits:
        case.hold(method, params, checks.text_edits(case.document, edits))


@sweep("documentFormattingProvider", "document")
async def formatting(case: Case):
    params = types.DocumentFormattingParams(case.text_document, FORMATTING)
    await formatted(case, types.TEXT_DOCUMENT_FORMATTING, params)


@sweep("documentRangeFormattingProvider", "document")
async def range_formatting(case: Case):
    params = types.DocumentRangeFormattingParams(case.text_document, some_range(case), FORMATTING)
    await formatted(case, types.TEXT_DOCUMENT_RANGE_FORMATTING, params)


def some_range(case: Case) -> types.Range:
    ends = sorted(case.random.randrange(len(case.document.text) + 1) for _ in range(2))
    return case.document.range(*ends)


# Of the workspace. The case's document is any.

QUERIES = ["", "a", "harbour", "Tollan dam", "#fig", "@ra-", "Ünbekannt", "zzzzzz", "🗞", "kasra valley\n"]


@sweep("workspaceSymbolProvider", "workspace")
async def workspace_symbol(case: Case):
    method, client = types.WORKSPACE_SYMBOL, case.client
    lazily = "location.range" in (client.can_do("workspace/symbol/resolveSupport/properties") or [])
    options = client.offered["workspaceSymbolProvider"]
    for query in QUERIES:
        params = types.WorkspaceSymbolParams(query)
        found = await case.ask(method, params) or []
        case.hold(method, params, checks.no_twins(found, "a symbol"))
        for one in found:
            case.hold(method, params, checks.symbol_kind(client, one, "workspace/symbol"))
            if isinstance(one.location, types.Location):
                case.hold(method, params, checks.place(client, one.location.uri, one.location.range))
                continue
            if not lazily:
                client.wrong(method, params, "a place without a range, and the client does not ask for it")
        later = [one for one in found if isinstance(one, types.WorkspaceSymbol)]
        if isinstance(options, dict) and options.get("resolveProvider"):
            for one in case.random.sample(later, min(len(later), 10)):
                resolved = await case.ask(types.WORKSPACE_SYMBOL_RESOLVE, one)
                if resolved is None:
                    continue
                if resolved.name != one.name or not isinstance(resolved.location, types.Location):
                    client.wrong(types.WORKSPACE_SYMBOL_RESOLVE, one, f"it has become {resolved}")
                else:
                    found = checks.place(client, resolved.location.uri, resolved.location.range)
                    case.hold(types.WORKSPACE_SYMBOL_RESOLVE, one, found)


@sweep("workspace/fileOperations/willRename", "workspace")
async def will_rename(case: Case):
    method, client = types.WORKSPACE_WILL_RENAME_FILES, case.client
    if not client.can_do("workspace/fileOperations/willRename"):
        client.wrong(method, case.document.uri, "the client does not know of it")
    files = sorted(path for path in NEWSROOM.rglob("*") if path.is_file())
    for path in [*files, NEWSROOM / "2024", NEWSROOM / "registry", NEWSROOM / "no-such-file.md"]:
        for new in [path.with_name("moved-" + path.name), path.parent.parent / path.name]:
            params = types.RenameFilesParams([types.FileRename(path.as_uri(), new.as_uri())])
            edit = await case.ask(method, params)
            if edit is not None:
                case.hold(method, params, checks.workspace_edit(client, edit))


def will(name: str, method: str, params_type: type, file_type: type):
    @sweep(f"workspace/fileOperations/{name}", "workspace")
    async def ask(case: Case):
        for path in sorted(NEWSROOM.rglob("*.*")):
            params = params_type([file_type(path.as_uri())])
            edit = await case.ask(method, params)
            if edit is not None:
                case.hold(method, params, checks.workspace_edit(case.client, edit))


will("willCreate", types.WORKSPACE_WILL_CREATE_FILES, types.CreateFilesParams, types.FileCreate)
will("willDelete", types.WORKSPACE_WILL_DELETE_FILES, types.DeleteFilesParams, types.FileDelete)


@sweep("diagnosticProvider/workspaceDiagnostics", "workspace")
async def workspace_diagnostic(case: Case):
    method, client = types.WORKSPACE_DIAGNOSTIC, case.client
    params = types.WorkspaceDiagnosticParams([])
    report = await case.ask(method, params)
    for one in report.items if report else []:
        document = client.document(one.uri)
        if document and isinstance(one, types.WorkspaceFullDocumentDiagnosticReport):
            case.hold(method, params, checks.diagnostics(client, document, one.items, "textDocument/diagnostic"))
    if not report or not any(getattr(one, "items", None) for one in report.items):
        client.wrong(method, params, "nothing is wrong in the whole newsroom")
        return
    # A second question may be held until there is something new: it is asked and cancelled.
    before = [types.PreviousResultId(one.uri, one.result_id) for one in report.items if one.result_id]
    waiting = client.protocol.send_request(method, types.WorkspaceDiagnosticParams(before), msg_id="held")
    client.cancel_request(types.CancelParams("held"))
    try:
        await within_limit(asyncio.wrap_future(waiting))
    except asyncio.TimeoutError:
        client.wrong(method, params, "cancelled, and never answered")
    except Exception as error:
        # Cancelled, or told to ask again.
        if getattr(error, "code", None) not in (-32800, -32802):
            client.wrong(method, params, f"cancelled, and answered by {error}")


@sweep("executeCommandProvider", "workspace")
async def execute_command(case: Case):
    for name in case.client.offered["executeCommandProvider"]["commands"]:
        for arguments in [None, [], [1, {"uri": "no address"}], [case.document.uri]]:
            params = types.ExecuteCommandParams(name, arguments)
            await case.ask(types.WORKSPACE_EXECUTE_COMMAND, params, may_fail=True)


# Which of them are to be asked.


def announced(client: StrictClient) -> list[str]:
    """What the server says that it can do, by the names of the table."""
    names = []
    for name, value in client.offered.items():
        if value is False or value is None:
            continue
        if name == "workspace":
            operations = value.get("fileOperations") or {}
            names += [f"workspace/fileOperations/{one}" for one in operations if one.startswith("will")]
            names += [f"workspace/{one}" for one in value if one not in ("workspaceFolders", "fileOperations")]
            continue
        names.append(name)
        if name == "diagnosticProvider" and value.get("workspaceDiagnostics"):
            names.append("diagnosticProvider/workspaceDiagnostics")
    by_method = {
        method: name
        for name, method in [
            ("semanticTokensProvider", "textDocument/semanticTokens"),
            ("renameProvider", types.TEXT_DOCUMENT_RENAME),
        ]
    }
    for one in client.registered:
        name = by_method.get(one.method)
        feature = one.method.partition("/")[2]
        name = name or next((each for each in SWEEPS if each == f"{feature}Provider"), None)
        if name and name not in names:
            names.append(name)
            client.offered[name] = one.register_options or True
    return names


def to_ask(client: StrictClient, of: str) -> list:
    """The sweeps of that kind for which the server is there."""
    return [SWEEPS[name][1] for name in announced(client) if name in SWEEPS and SWEEPS[name][0] == of]


def unknown(client: StrictClient) -> set[str]:
    """What the server says that it can do and nobody asks for here."""
    return set(announced(client)) - SWEEPS.keys() - WITHOUT_REQUESTS


async def at_positions(client: StrictClient, document: Document, offsets: list[int], seed: str, together: int = 32):
    """Asks everything at the positions, some at a time, as an editor in haste does."""
    sweeps = to_ask(client, "position")
    assert all(inspect.iscoroutinefunction(one) for one in sweeps)
    cases = [Case(client, document, random.Random(f"{seed} {offset}"), offset) for offset in offsets]
    work = [(one, case) for case in cases for one in sweeps]
    for start in range(0, len(work), together):
        await asyncio.gather(*(one(case) for one, case in work[start : start + together]))
