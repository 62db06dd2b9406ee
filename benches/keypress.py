#!/usr/bin/env python3
"""How long a key press takes until the diagnostics that follow from it are there.

  keypress.py --server 'target/release/newsmark lsp' --root DIR [--times 30]

DIR is a corpus of `gen.py --rich`. Something is typed and taken out again, in turn: in a figure and a
quotation of an article, in a `relays` list and a title of the registry, and what withdraws the source that
is cited most. The last is timed until an article that cites it is told."""
import argparse, collections, json, os, re, shlex, statistics, time

from lspbench import Proc, pc, pct, u16, uri


class Editor:
    def __init__(self, server, root, log, timeout):
        self.root, self.timeout = root, timeout
        self.server = Proc(shlex.split(server), dict(os.environ), root, log)
        self.server.folders = [{"uri": uri(root), "name": "bench"}]
        self.lines, self.versions = {}, {}
        capabilities = {"window": {"workDoneProgress": True},
                        "textDocument": {"publishDiagnostics": {"versionSupport": True, "relatedInformation": True}}}
        _, _, error = self.server.request(
            "initialize", {"processId": os.getpid(), "rootUri": uri(root), "capabilities": capabilities}, timeout)
        if error: raise SystemExit(f"initialize: {error}")
        self.server.notify("initialized", {})

    def uri(self, path): return uri(os.path.join(self.root, path))

    def open(self, path):
        if path in self.lines: return
        text = open(os.path.join(self.root, path), encoding="utf-8").read()
        self.lines[path], self.versions[path] = text.split("\n"), 1
        document = {"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text}
        sent = self.server.notify("textDocument/didOpen", {"textDocument": document})
        self.told(path, sent)

    def told(self, path, since, version=None):
        """When the diagnostics of a file came."""
        came = self.server.wait_diag(self.uri(path), since, version, self.timeout)
        if came is None: raise SystemExit(f"no diagnostics of {path}")
        return came[0]

    def ready(self):
        end = pc() + self.timeout
        while not self.server.progress["end"]:
            if self.server.dead or pc() > end: raise SystemExit("the corpus was not read")
            time.sleep(0.05)

    def press(self, what, path, line, column, typed, times, told=None):
        """Types `typed` and takes it out again, `times` in all, and prints how long each took."""
        took, cpu = [], self.server.cpu()
        at = {"line": line, "character": column}
        for number in range(times):
            time.sleep(0.05)
            self.versions[path] += 1
            end = at if number % 2 == 0 else {"line": line, "character": column + u16(typed)}
            change = {"range": {"start": at, "end": end}, "text": typed if number % 2 == 0 else ""}
            sent = self.server.notify("textDocument/didChange", {
                "textDocument": {"uri": self.uri(path), "version": self.versions[path]}, "contentChanges": [change]})
            came = self.told(told or path, sent, None if told else self.versions[path])
            took.append((came - sent) * 1000)
        cpu = (self.server.cpu() - cpu) / times * 1000
        print(f"{what:12} median {statistics.median(took):7.1f} ms  p95 {pct(took, 95):7.1f}  "
              f"max {max(took):7.1f}  CPU {cpu:7.1f} ms a press", flush=True)


def most_cited(root, articles):
    """The key that most of the articles cite that defines a source in `sources.yaml`, and one of them."""
    registry = open(os.path.join(root, "sources.yaml"), encoding="utf-8").read()
    # What has been withdrawn already is not withdrawn by one word more.
    entries = [entry for entry in re.split(r"^- id: ", registry, flags=re.M)[1:] if "standing:" not in entry]
    defined = {entry.split("\n", 1)[0] for entry in entries}
    citing = collections.defaultdict(list)
    for path in articles:
        text = open(os.path.join(root, path), encoding="utf-8").read()
        for key in sorted(defined.intersection(re.findall(r"\[@([\w-]+)", text))): citing[key].append(path)
    key = max(citing, key=lambda key: len(citing[key]))
    return key, citing[key][0]


def first(lines, piece, after=0):
    """Line and column of the first `piece` from a line on."""
    return next(((n, u16(line[:line.index(piece)])) for n, line in enumerate(lines) if n >= after and piece in line), None)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--server", required=True); ap.add_argument("--root", required=True)
    ap.add_argument("--times", type=int, default=30); ap.add_argument("--timeout", type=float, default=300)
    ap.add_argument("--log", default=os.devnull)
    a = ap.parse_args()
    root = os.path.realpath(a.root)
    articles = json.load(open(os.path.join(root, "bench.json")))["typical"]
    key, citing = most_cited(root, articles)
    editor = Editor(a.server, root, a.log, a.timeout)
    try:
        editor.open(citing); editor.ready()
        for what, end, typed in [("figure", "]{.figure", "1"), ("quotation", "\"]{.quote", "x")]:
            for article in articles:
                text = open(os.path.join(root, article), encoding="utf-8").read()
                if end in text: break
            else: continue
            editor.open(article)
            line, column = first(editor.lines[article], end)
            editor.press(what, article, line, column, typed, a.times)
        registry = "sources.yaml"
        editor.open(registry)
        lines = editor.lines[registry]
        for what, before in [("relays", "relays: ["), ("title", "title: \"")]:
            place = first(lines, before, len(lines) // 2) or first(lines, before)
            if place: editor.press(what, registry, place[0], place[1] + len(before), "x", a.times)
        # Withdrawn by one line more, or one word where the entry says more of itself already.
        entry = lines.index(f"- id: {key}")
        end = next((n for n in range(entry + 1, len(lines)) if lines[n].startswith("- ")), len(lines) - 1)
        own = next((n for n in range(entry, end) if "custom: {" in lines[n]), None)
        if own is None: place = (end, 0, "  custom: {standing: retracted}\n")
        else: place = (own, lines[own].index("{") + 1, "standing: retracted, ")
        editor.press("retraction", registry, *place, a.times, told=citing)
    finally:
        editor.server.close()


if __name__ == "__main__":
    main()
