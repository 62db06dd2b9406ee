"""Records what an editor sends: stands between it and the server, and passes everything on.

    python tests/typed/record.py SESSION.jsonl ROOT -- newsmark lsp

is what the editor starts in the place of `newsmark lsp`. ROOT is the folder that it works in:
a copy of examples/newsroom, since a session writes. What is done in it stands beside the
recordings in `sessions`:

| recording | editor | what is done |
| --- | --- | --- |
| neovim-0.10, neovim-0.12 | Neovim 0.10.4 (UTF-16), 0.12 (UTF-8) | neovim.lua |
| vscode-1.139.1 | Visual Studio Code 1.139.1, as code-server 4.139.1 serves it to Chromium, vscode-languageclient 11.0.0 | vscode/steps.mjs |
| emacs-30.1 | Emacs 30.1 with its own Eglot 1.17.30, in a terminal | emacs.el |
| emacs-28.2 | Emacs 28.2 with Eglot 1.9, in a terminal | emacs.el |

With Neovim:

    cp -r examples/newsroom /tmp/desk
    nvim --headless --clean -l tests/typed/sessions/neovim.lua /tmp/desk \\
        python3 tests/typed/record.py tests/typed/sessions/neovim.jsonl /tmp/desk -- \\
        target/debug/newsmark lsp

With Emacs, in a terminal (where there is none, `script -qec "emacs …" /dev/null` makes one):

    cp -r examples/newsroom /tmp/desk
    emacs -nw -Q -l tests/typed/sessions/emacs.el /tmp/desk \\
        python3 $PWD/tests/typed/record.py $PWD/tests/typed/sessions/emacs.jsonl /tmp/desk -- \\
        $PWD/target/debug/newsmark lsp

Before Emacs 29, tell it with `-L` where Eglot and the packages that it needs are.

With Visual Studio Code, `sessions/vscode/record.sh` does it.

A line of the recording is one message of the editor, `{"message": {...}}`, or says that the
server answered by then: `{"answered": 3}`, with `"nothing": true` where the answer was empty,
with `"error": -32800` where it was an error of that code. Answers of the editor are not kept:
what the server asks is answered anew when the session is replayed (`test_sessions.py`). The
root becomes `<root>`, and the process, for whose end the server would wait, none; look through
the recording for other names of your machine before you keep it.
"""

import json
import pathlib
import subprocess
import sys
import threading
import urllib.parse


def frames(stream):
    """The messages of a stream as they come."""
    while header := stream.readline():
        length = 0
        while header.strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
            header = stream.readline()
        yield stream.read(length)


def pass_on(stream, body: bytes):
    stream.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
    stream.flush()


def without_machine(body: bytes, root: str) -> dict:
    """The message without the names of this machine."""
    # Written anew: some editors escape the strokes of a path.
    text = json.dumps(json.loads(body), ensure_ascii=False)
    for name in (urllib.parse.quote(root), root):
        text = text.replace(name, "<root>")
    message = json.loads(text)
    if message.get("method") == "initialize":
        message["params"]["processId"] = None
    return message


def answered(answer: dict) -> dict:
    """The line that says so."""
    line = {"answered": answer["id"]}
    if "error" in answer:
        return {**line, "error": answer["error"]["code"]}
    return line if answer["result"] else {**line, "nothing": True}


def main():
    split = sys.argv.index("--")
    out, root = sys.argv[1:split]
    root = str(pathlib.Path(root).resolve())
    server = subprocess.Popen(sys.argv[split + 1 :], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    one_at_a_time = threading.Lock()
    with open(out, "w", encoding="utf-8") as recording:

        def keep(line: dict):
            with one_at_a_time:
                print(json.dumps(line, ensure_ascii=False), file=recording, flush=True)

        def from_server():
            for body in frames(server.stdout):
                message = json.loads(body)
                if "method" not in message:
                    keep(answered(message))
                pass_on(sys.stdout.buffer, body)

        answers = threading.Thread(target=from_server, daemon=True)
        answers.start()
        for body in frames(sys.stdin.buffer):
            message = without_machine(body, root)
            if "method" in message:
                keep({"message": message})
            pass_on(server.stdin, body)
        server.stdin.close()
        code = server.wait()
        answers.join()
    sys.exit(code)


if __name__ == "__main__":
    main()
