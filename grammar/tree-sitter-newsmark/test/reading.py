"""What the tree says of an article, in the words of `newsmark parse --format json`."""

import ctypes
import re
import warnings

from tree_sitter import Language, Parser

CLAIM_CLASSES = {"claim", "quote", "accusation", "response", "figure"}


def parser(library):
    """A parser for the grammar in the shared library at that path."""
    pointer = ctypes.CDLL(str(library)).tree_sitter_newsmark
    pointer.restype = ctypes.c_void_p
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return Parser(Language(pointer()))


def nodes(root):
    """All nodes, outer ones first."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def said(node):
    return node.text.decode("utf-8", "replace")


def attributes(node):
    """Classes, id and pairs of an attribute block, as written."""
    classes, identifier, pairs = [], None, {}
    for item in node.named_children:
        if item.type in ("class", "claim_class"):
            classes.append(said(item)[1:])
        elif item.type == "unnumbered":
            classes.append("unnumbered")
        elif item.type == "id":
            identifier = said(item)[1:]
        elif item.type == "attribute":
            key = said(item.child_by_field_name("key"))
            value = item.child_by_field_name("value")
            if value is None:
                written = ""
            elif value.type == "quoted_value":
                written = said(value)[1:-1]
            else:
                written = said(value)
            if key == "class":
                classes.extend(written.split())
            elif key == "id":
                identifier = written
            else:
                pairs[key] = written
    return classes, identifier, pairs


def is_plain(value):
    """Whether a value says what is written, so that it can be compared."""
    return not re.search(r"[\\&\r\n]", value)


def keys(node):
    return [said(key) for key in nodes(node) if key.type == "citation_key"]


def claim_of(node):
    """The range and the attributes of the claim that a node may be."""
    block = next((child for child in node.named_children if child.type == "attributes"), None)
    start, end = node.start_byte, node.end_byte
    if node.type in ("atx_heading", "setext_heading"):
        end = block.end_byte if block else end
    if node.type == "fenced_div":
        close = node.child_by_field_name("close")
        if close is None:
            # Its second fence is missing: no claim.
            return None
        end = close.end_byte
        word = next((child for child in node.named_children if child.type == "class"), None)
        if word is not None:
            return start, end, [said(word)], None, {}
    if block is None:
        return None
    return (start, end, *attributes(block))


def read(tree):
    """Claims, citations and mentions, as sets of tuples."""
    claims, citations, mentions = set(), set(), set()
    for node in nodes(tree.root_node):
        if node.type in ("span", "picture", "fenced_div", "atx_heading", "setext_heading"):
            found = claim_of(node)
            if found and CLAIM_CLASSES & set(found[2]):
                start, end, classes, identifier, pairs = found
                # A heading without an id has one of its own making.
                heading = node.type.endswith("heading")
                named = identifier if identifier is not None and is_plain(identifier) or not heading else "?"
                plain = tuple(sorted(pair for pair in pairs.items() if is_plain(pair[1])))
                claims.add((start, end, tuple(classes), named, plain))
        elif node.type == "citation":
            citations.add((node.start_byte, node.end_byte, tuple(keys(node)), False))
        elif node.type == "narrative_citation":
            citations.add((node.start_byte, node.end_byte, tuple(keys(node)), True))
        elif node.type == "mention":
            entity = node.child_by_field_name("entity")
            reference = next((c for c in node.named_children if c.type == "claim_reference"), None)
            mark = any(child.type == "#" for child in node.children)
            target = (said(entity) if entity else "") + ("#" if mark else "")
            target += said(reference) if reference else ""
            mentions.add((node.start_byte, node.end_byte, target))
    return {"claim": claims, "citation": citations, "mention": mentions}


def expected(answer):
    """The same of the Rust parser's answer."""

    def place(it):
        return it["range"]["start"]["offset"], it["range"]["end"]["offset"]

    claims = set()
    for claim in answer["claims"]:
        plain = tuple(sorted((k, v) for k, v in claim["attributes"].items()))
        claims.add((*place(claim), tuple(claim["classes"]), claim["id"], plain))
    citations = {(*place(c), tuple(c["keys"]), c["bare"]) for c in answer["citations"]}
    mentions = {(*place(m), m["target"]) for m in answer["mentions"]}
    return {"claim": claims, "citation": citations, "mention": mentions}


def differences(tree, answer, source):
    """What one of the two reads and the other does not, a line each."""
    ours, theirs = read(tree), expected(answer)
    lines = []
    for kind in ours:
        left, right = set(ours[kind]), set(theirs[kind])
        if kind == "claim":
            left, right = comparable(left, right)
        for who, only in (("tree", left - right), ("newsmark", right - left)):
            for it in sorted(only, key=repr):
                text = source[it[0] : it[1]].decode("utf-8", "replace")
                lines.append(f"only {who} has {kind} {it!r}: {text!r}")
    return lines


def comparable(ours, theirs):
    """Leaves out of claims what the tree does not decode: escapes, headings' own ids."""
    by_range = {claim[:2]: claim for claim in ours}

    def reduced(claim, model):
        if model is None:
            return claim
        known = {key for key, _ in model[4]}
        pairs = tuple(pair for pair in claim[4] if pair[0] in known)
        return (*claim[:3], "?" if model[3] == "?" else claim[3], pairs)

    return ours, {reduced(claim, by_range.get(claim[:2])) for claim in theirs}
