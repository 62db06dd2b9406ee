"""What has to hold of an answer beyond its type: that its places exist, that its parts fit
each other, and that the client said it can do what it needs.

Every check is a generator of what is wrong.
"""

import re

import attrs
from lsprotocol import types

from client import NEWSROOM, StrictClient
from text import Document


def inside(inner: types.Range, outer: types.Range) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def holds(range_: types.Range, position: types.Position) -> bool:
    return range_.start <= position <= range_.end


def place(client: StrictClient, uri: str, *ranges: types.Range):
    """Ranges of a file of the newsroom."""
    document = client.document(uri)
    if document is None:
        yield f"{uri} is no file of the newsroom"
        return
    for range_ in ranges:
        if document.span(range_) is None:
            yield f"no range of {document.path.name}: {range_}"


def within(document: Document, *ranges: types.Range):
    for range_ in ranges:
        if document.span(range_) is None:
            yield f"no range of the document: {range_}"


def no_twins(items: list, what: str):
    seen = [repr(item) for item in items]
    if len(set(seen)) != len(seen):
        yield f"{what} twice: {next(one for one in seen if seen.count(one) > 1)}"


def addresses(client: StrictClient, value, name: str = ""):
    """Every address of an answer is one of a file of the newsroom."""
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from addresses(client, getattr(value, field.name), field.name)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from addresses(client, one, name)
    elif isinstance(value, dict):
        for key, one in value.items():
            if isinstance(key, str) and key.startswith("file:"):
                yield from place(client, key)
            yield from addresses(client, one, str(key))
    elif isinstance(value, str) and name in ("uri", "target_uri"):
        yield from place(client, value)


def markup(client: StrictClient, content, capability: str):
    """Texts for people: Markdown only for who shows it."""
    if isinstance(content, str) or content is None:
        return
    formats = client.can_do(capability)
    if formats is None:
        yield "a text with a format, and the client knows strings alone"
    elif content.kind.value not in formats:
        yield f"a text in {content.kind.value}, and the client shows {formats}"
    if not content.value.strip():
        yield "a text without words"


def links(client: StrictClient, document, position, answer, feature: str):
    """Where somewhere leads: places, or links for clients that know them."""
    found = answer if isinstance(answer, list) else [answer]
    yield from no_twins(found, "a place")
    for one in found:
        if isinstance(one, types.Location):
            yield from place(client, one.uri, one.range)
            continue
        if not client.can_do(f"textDocument/{feature}/linkSupport"):
            yield "a LocationLink, which the client does not know"
        yield from place(client, one.target_uri, one.target_range, one.target_selection_range)
        if not inside(one.target_selection_range, one.target_range):
            yield f"what is selected lies outside of its target: {one}"
        if origin := one.origin_selection_range:
            yield from within(document, origin)
            if not holds(origin, position):
                yield f"the origin {origin} is not at the cursor"


def text_edits(document: Document, edits: list):
    if document.edited(list(edits)) is None:
        yield f"edits that cannot be made in {document.path.name}: {edits}"


def workspace_edit(client: StrictClient, edit: types.WorkspaceEdit):
    """Edits that can be made at once, in a form that the client takes."""
    known = "workspace/workspaceEdit"
    if edit.changes is not None and edit.document_changes is not None:
        yield "edits in two forms"
    if edit.change_annotations and not client.can_do(f"{known}/changeAnnotationSupport"):
        yield "change annotations, which the client does not know"
    for uri, edits in (edit.changes or {}).items():
        document = client.document(uri)
        if document is None:
            yield f"an edit of {uri}, which is no file of the newsroom"
            continue
        yield from text_edits(document, edits)
    if edit.document_changes is None:
        return
    if not client.can_do(f"{known}/documentChanges"):
        yield "documentChanges, which the client does not know"
    made, used = set(), set()
    for change in edit.document_changes:
        if not isinstance(change, types.TextDocumentEdit):
            if change.kind not in (client.can_do(f"{known}/resourceOperations") or []):
                yield f"{change.kind} of a file, which the client does not know"
            uri = change.new_uri if isinstance(change, types.RenameFile) else change.uri
            made.add(uri)
            if not uri.startswith(NEWSROOM.as_uri() + "/"):
                yield f"{uri} is outside of the newsroom"
            continue
        used |= {one.annotation_id for one in change.edits if isinstance(one, types.AnnotatedTextEdit)}
        uri, version = change.text_document.uri, change.text_document.version
        if any(isinstance(one, types.SnippetTextEdit) for one in change.edits) and not client.can_do(
            f"{known}/snippetEditSupport"
        ):
            yield "a snippet in an edit, which the client does not know"
        if uri in made:
            continue
        document = client.document(uri)
        if document is None:
            yield f"an edit of {uri}, which is no file of the newsroom"
            continue
        if version not in (None, 1):
            yield f"an edit of version {version} of {document.path.name}; there is only 1"
        yield from text_edits(document, change.edits)
    annotations = edit.change_annotations or {}
    if used != set(annotations):
        yield f"edits are part of {sorted(used)}, and said is what {sorted(annotations)} are"
    for one in annotations.values():
        if not one.label.strip():
            yield f"an annotation without a label: {one}"


def is_empty(edit: types.WorkspaceEdit | None) -> bool:
    return edit is None or not (edit.changes or edit.document_changes)


def diagnostics(client: StrictClient, document: Document, found, feature: str):
    """What is wrong in a document, as published or as asked for."""
    yield from no_twins(found, "a diagnostic")
    for one in found:
        yield from within(document, one.range)
        if one.source != "newsmark" or not one.code or not one.message.strip() or not one.severity:
            yield f"a diagnostic without name or words: {one}"
        for related in one.related_information or []:
            yield from place(client, related.location.uri, related.location.range)
        # What a client does not know and passes over (the rule's page, the data of a fix) may
        # be there; what it would show in a wrong way may not.
        can = {**(client.can_do("textDocument/publishDiagnostics") or {}), **(client.can_do(feature) or {})}
        for field, capability in [
            (one.related_information, "relatedInformation"),
            (one.tags, "tagSupport"),
        ]:
            if field and not can.get(capability):
                yield f"a diagnostic needs {capability}: {one}"


def symbols(client: StrictClient, document: Document, found):
    if found and isinstance(found[0], types.SymbolInformation):
        for one in found:
            yield from place(client, one.location.uri, one.location.range)
            yield from symbol_kind(client, one, "textDocument/documentSymbol")
        return
    if found and not client.can_do("textDocument/documentSymbol/hierarchicalDocumentSymbolSupport"):
        yield "symbols with parts, which the client does not know"

    def nested(all_of_them, outer):
        for one in all_of_them:
            yield from within(document, one.range, one.selection_range)
            if not inside(one.selection_range, one.range):
                yield f"the name of {one.name!r} is outside of it"
            if outer and not inside(one.range, outer.range):
                yield f"{one.name!r} is outside of {outer.name!r}"
            yield from symbol_kind(client, one, "textDocument/documentSymbol")
            yield from nested(one.children or [], one)

    yield from nested(found, None)


def symbol_kind(client: StrictClient, one, feature: str):
    if not one.name.strip() or "\n" in one.name:
        yield f"a symbol without a name on one line: {one.name!r}"
    known = client.can_do(f"{feature}/symbolKind/valueSet")
    # Who says nothing knows those of the protocol's first version.
    if one.kind not in (known if known is not None else range(1, 19)):
        yield f"a symbol of kind {one.kind}, which the client does not know"
    if one.tags and not client.can_do(f"{feature}/tagSupport"):
        yield "tags of symbols, which the client does not know"


def code_actions(client: StrictClient, found, only=None):
    feature = "textDocument/codeAction"
    yield from no_twins(found, "an action")
    kinds = client.offered["codeActionProvider"]
    kinds = kinds.get("codeActionKinds") if isinstance(kinds, dict) else None
    for one in found:
        if isinstance(one, types.Command):
            continue
        if not client.can_do(f"{feature}/codeActionLiteralSupport"):
            yield "an action that is more than a command, which the client does not know"
        if not one.title.strip():
            yield "an action without a title"
        kind = str(one.kind.value if isinstance(one.kind, types.CodeActionKind) else one.kind)
        if kinds is not None and not any(is_part(kind, known) for known in kinds):
            yield f"an action of kind {kind}, which the server did not name"
        if only and not any(is_part(kind, wanted) for wanted in only):
            yield f"an action of kind {kind}, and asked for was {only}"
        if one.disabled and not client.can_do(f"{feature}/disabledSupport"):
            yield "an action that cannot be taken, which the client does not know"
        if one.is_preferred and not client.can_do(f"{feature}/isPreferredSupport"):
            yield "a preferred action, which the client does not know"
        resolves = "edit" in (client.can_do(f"{feature}/resolveSupport/properties") or [])
        if one.data is not None and not client.can_do(f"{feature}/dataSupport"):
            yield "data of an action, which the client does not keep"
        if one.edit is None and one.command is None and not one.disabled:
            if not resolves or one.data is None:
                yield f"an action that does nothing: {one.title}"
        if one.edit is not None:
            if is_empty(one.edit):
                yield f"an action with an empty edit: {one.title}"
            yield from workspace_edit(client, one.edit)


def is_part(kind: str, of: str) -> bool:
    return of == "" or kind == of or kind.startswith(of + ".")


# Snippets of the protocol: $1, ${1}, ${1:words}, ${1|one,two|}, ${NAME}, ${NAME:words}.
SNIPPET = re.compile(r"\\[\\$}|,]|\$\d+|\$[A-Z_]+|\$\{\w+\}|\$\{\w+:[^{}$]*\}|\$\{\d+\|[^{}$]*\|\}|[^\\$]")


def completions(client: StrictClient, document: Document, position: types.Position, answer):
    feature = "textDocument/completion"
    item_can = f"{feature}/completionItem"
    is_list = isinstance(answer, types.CompletionList)
    defaults = answer.item_defaults if is_list else None
    if defaults:
        known = client.can_do(f"{feature}/completionList/itemDefaults") or []
        for field in attrs.fields(type(defaults)):
            name = {"edit_range": "editRange", "insert_text_format": "insertTextFormat"}.get(field.name, field.name)
            if getattr(defaults, field.name) is not None and name not in known:
                yield f"a default {name} of completions, which the client does not know"
    items = answer.items if is_list else answer
    labels = [(one.label, one.detail, one.kind, repr(one.label_details), repr(one.text_edit)) for one in items]
    yield from no_twins(labels, "an item")
    for one in items:
        yield from completion(client, document, position, one, item_can)


def completion(client, document: Document, position, one: types.CompletionItem, can: str):
    if not one.label.strip():
        yield "an item without a label"
    is_snippet = one.insert_text_format == types.InsertTextFormat.Snippet
    needs = [
        (one.label_details, "labelDetailsSupport"),
        (one.tags, "tagSupport"),
        (one.deprecated, "deprecatedSupport"),
        (one.preselect, "preselectSupport"),
        (one.commit_characters, "commitCharactersSupport"),
        (one.insert_text_mode, "insertTextModeSupport"),
        (is_snippet, "snippetSupport"),
        (isinstance(one.text_edit, types.InsertReplaceEdit), "insertReplaceSupport"),
    ]
    for field, capability in needs:
        if field and not client.can_do(f"{can}/{capability}"):
            yield f"an item needs {capability}: {one}"
    known = client.can_do("textDocument/completion/completionItemKind/valueSet")
    if one.kind is not None and one.kind not in (known if known is not None else range(1, 19)):
        yield f"an item of kind {one.kind}, which the client does not know"
    if isinstance(one.documentation, types.MarkupContent):
        formats = client.can_do(f"{can}/documentationFormat") or ["plaintext"]
        if one.documentation.kind.value not in formats:
            yield f"documentation in {one.documentation.kind.value}, and the client shows {formats}"
    if one.text_edit is None:
        yield f"an item that leaves to the client what it replaces: {one.label}"
        return
    new_text = one.text_edit.new_text
    if is_snippet and SNIPPET.sub("", new_text):
        yield f"no snippet: {new_text!r}"
    if isinstance(one.text_edit, types.InsertReplaceEdit):
        ranges = [one.text_edit.insert, one.text_edit.replace]
        if ranges[0].start != ranges[1].start or not ranges[0].end <= ranges[1].end:
            yield f"what is inserted is not the beginning of what is replaced: {one}"
    else:
        ranges = [one.text_edit.range]
    for range_ in ranges:
        yield from within(document, range_)
        if not range_.start.line == range_.end.line == position.line or not holds(range_, position):
            yield f"an item's edit {range_} is not on the cursor's line, around the cursor {position}"
    start, cursor = document.offset(ranges[0].start), document.offset(position)
    if start is not None and cursor is not None and start <= cursor:
        # What has been typed is what the client goes by when it shows the item, or does not.
        typed = document.text[start:cursor]
        if not is_scattered(typed, one.filter_text or one.label):
            yield f"{one.filter_text or one.label!r} is never shown: {typed!r} has been typed"
    extra = list(one.additional_text_edits or [])
    if extra:
        yield from text_edits(document, [*extra, types.TextEdit(ranges[-1], new_text)])


def is_scattered(typed: str, words: str) -> bool:
    """Whether the letters come in that order, as editors filter."""
    letters = iter(words.casefold())
    return all(letter in letters for letter in typed.casefold() if not letter.isspace())


def semantic_tokens(client: StrictClient, document: Document, data: list[int]):
    """The tokens as (line, character, length, type, modifiers), and what is wrong with them."""
    legend = client.offered["semanticTokensProvider"]["legend"]
    problems = []
    if len(data) % 5 or any(number < 0 for number in data):
        return [], ["the numbers are no tokens"]
    tokens, line, character, end = [], 0, 0, 0
    for at in range(0, len(data), 5):
        lines, characters, length, kind, modifiers = data[at : at + 5]
        if lines or not tokens:
            line, character, end = line + lines, 0 if lines else character, 0 if lines else end
        character += characters
        span = document.span(
            types.Range(types.Position(line, character), types.Position(line, character + length))
        )
        if span is None or not length:
            problems.append(f"a token that is nowhere: {line}:{character}+{length}")
        if character < end and not client.can_do("textDocument/semanticTokens/overlappingTokenSupport"):
            problems.append(f"tokens overlap at {line}:{character}")
        if kind >= len(legend["tokenTypes"]) or modifiers >= 1 << len(legend["tokenModifiers"]):
            problems.append(f"a token of an unknown type: {kind}, {modifiers}")
        tokens.append((line, character, length, kind, modifiers))
        end = character + length
    return tokens, problems


def inlay_hints(client: StrictClient, document: Document, asked: types.Range, found):
    yield from no_twins(found, "a hint")
    for one in found:
        if document.offset(one.position) is None or not holds(asked, one.position):
            yield f"a hint where nobody asked: {one.position}"
        parts = [one.label] if isinstance(one.label, str) else [part.value for part in one.label]
        if not "".join(parts).strip():
            yield "a hint without words"
        yield from markup(client, one.tooltip, "textDocument/hover/contentFormat")
        for part in one.label if not isinstance(one.label, str) else []:
            if part.location:
                yield from place(client, part.location.uri, part.location.range)
        yield from text_edits(document, one.text_edits or [])


def folds(client: StrictClient, document: Document, found):
    only_lines = client.can_do("textDocument/foldingRange/lineFoldingOnly")
    limit = client.can_do("textDocument/foldingRange/rangeLimit")
    if limit and len(found) > limit:
        yield f"{len(found)} folds, and the client takes {limit}"
    yield from no_twins(found, "a fold")
    for one in found:
        if not one.start_line <= one.end_line < len(document.starts):
            yield f"no fold: {one}"
        elif only_lines and one.start_line == one.end_line:
            yield f"a fold that folds nothing: {one}"
        elif one.start_character is not None and one.end_character is not None:
            start = types.Position(one.start_line, one.start_character)
            yield from within(document, types.Range(start, types.Position(one.end_line, one.end_character)))
        if one.collapsed_text and not client.can_do("textDocument/foldingRange/foldingRange/collapsedText"):
            yield "collapsedText, which the client does not know"


def hierarchy_item(client: StrictClient, one):
    yield from place(client, one.uri, one.range, one.selection_range)
    if not inside(one.selection_range, one.range):
        yield f"the name of {one.name!r} is outside of it"
    if not one.name.strip():
        yield "an item without a name"
