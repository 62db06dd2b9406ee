//! Positions, in every way that a client may count them, in lines with characters of one to
//! four bytes and marks that join the letter before, with every end of line.

use serde_json::{Value, json};

use super::client::{Client, uri};
use crate::folder::Folder;

/// What stands before each thing: two units of UTF-16 and four bytes, a letter with a mark of
/// its own, one of two bytes, one of three.
const BEFORE: &str = "🦘 e\u{301} ß 字 ";

#[derive(Clone, Copy, Debug)]
enum Encoding {
    Utf8,
    Utf16,
    Utf32,
}

impl Encoding {
    fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    fn count(self, text: &str) -> usize {
        match self {
            Encoding::Utf8 => text.len(),
            Encoding::Utf16 => text.encode_utf16().count(),
            Encoding::Utf32 => text.chars().count(),
        }
    }

    /// The bytes of a line that so many units make.
    fn bytes(self, line: &str, units: usize) -> usize {
        let ends = line.char_indices().map(|(at, _)| at).chain([line.len()]);
        ends.into_iter().find(|at| self.count(&line[..*at]) == units).expect("it is between two characters")
    }
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    loop {
        let Some(end) = rest.find(['\n', '\r']) else {
            lines.push(rest);
            return lines;
        };
        lines.push(&rest[..end]);
        rest = &rest[end + if rest[end..].starts_with("\r\n") { 2 } else { 1 }..];
    }
}

/// Where `words` begin in `text`, and where they end.
fn find(text: &str, words: &str, encoding: Encoding) -> [Value; 2] {
    let (number, line) =
        lines(text).into_iter().enumerate().find(|(_, line)| line.contains(words)).expect("it is there");
    let at = line.find(words).expect("it was found there");
    let position = |at: usize| json!({ "line": number, "character": encoding.count(&line[..at]) });
    [position(at), position(at + words.len())]
}

/// The words of a range on one line.
fn words<'t>(text: &'t str, range: &Value, encoding: Encoding) -> &'t str {
    let number =
        |value: &Value| usize::try_from(value.as_u64().expect("it is a number")).expect("it is small");
    let (start, end) = (&range["start"], &range["end"]);
    assert_eq!(start["line"], end["line"], "{range}");
    let line = lines(text)[number(&start["line"])];
    &line[encoding.bytes(line, number(&start["character"]))..encoding.bytes(line, number(&end["character"]))]
}

/// The words that tokens cover.
fn token_words<'t>(text: &'t str, tokens: &Value, encoding: Encoding) -> Vec<&'t str> {
    let numbers: Vec<u64> =
        tokens["data"].as_array().expect("a list").iter().filter_map(Value::as_u64).collect();
    let (mut line, mut column) = (0, 0);
    let words = numbers.chunks(5).map(|token| {
        column = if token[0] == 0 { column + token[1] } else { token[1] };
        line += token[0];
        let at = |character: u64| json!({ "line": line, "character": character });
        words(text, &json!({ "start": at(column), "end": at(column + token[2]) }), encoding)
    });
    words.collect()
}

#[test]
fn a_client_that_cannot_say_so_may_ask_for_bytes() {
    let text = "Né [x]{.claim}\n";
    let folder = Folder::new(&[("newsmark.toml", ""), ("a.md", text)]);
    let mut client = Client::introduced(&folder, |introduction| {
        introduction["initializationOptions"] = json!({ "positionEncoding": "utf-8" });
    });
    let uri = uri(&folder, "a.md");
    client.open(&uri, 1, text);
    client.settle();
    let found = client.found(&uri);
    assert!(found.contains("0:4 unsourced-claim"), "{found}");
}

fn check(encoding: Encoding, end: &str) {
    let article = format!(
        "---\ntitle: T\ndate: 2026-03-11\nauthor: A\nstatus: review\n---\n{BEFORE}[[mayor|she]] {BEFORE}[closed it]{{.claim #c by=mayor}}[@wire-0312] {BEFORE}\n\n## {BEFORE}Höhe\n\n{BEFORE}https://example.org/a {BEFORE}[y]{{on=2026 .claim #d disputes=#c}}\n"
    )
    .replace('\n', end);
    let entities = format!("- {{summary: \"{BEFORE}\", id: mayor, type: person, name: \"{BEFORE}M\"}}\n")
        .replace('\n', end);
    let sources = "- {id: wire-0311, type: article}\n".replace('\n', end);
    let folder = Folder::new(&[
        ("newsmark.toml", ""),
        ("a.md", &article),
        ("entities.yaml", &entities),
        ("sources.yaml", &sources),
    ]);
    let uri = uri(&folder, "a.md");
    let mut client = Client::start(&folder);
    let answer = client.initialize(&folder, json!([encoding.name()]));
    assert_eq!(answer["capabilities"]["positionEncoding"], encoding.name());
    client.open(&uri, 1, &article);
    client.settle();

    let diagnostics = client.diagnostics[&uri]["diagnostics"].clone();
    let undefined = diagnostics
        .as_array()
        .and_then(|all| all.iter().find(|one| one["code"] == "undefined-source"))
        .unwrap_or_else(|| panic!("{diagnostics:#}"));
    assert_eq!(words(&article, &undefined["range"], encoding), "@wire-0312");

    let document = json!({ "uri": uri });
    for thing in ["mayor|", "she]]", "@wire-0312", "closed it"] {
        let [start, _] = find(&article, thing, encoding);
        let hover = client.ask("textDocument/hover", json!({ "textDocument": document, "position": start }));
        if thing == "@wire-0312" {
            continue;
        }
        let shown = words(&article, &hover["range"], encoding);
        assert!(shown.contains(thing.trim_end_matches(['|', ']'])) || thing == "she]]", "{thing}: {hover}");
    }

    let [start, _] = find(&article, "mayor|", encoding);
    let links = client.ask("textDocument/definition", json!({ "textDocument": document, "position": start }));
    assert_eq!(words(&article, &links[0]["originSelectionRange"], encoding), "[[mayor|she]]");
    assert_eq!(words(&entities, &links[0]["targetSelectionRange"], encoding), "mayor");
    assert!(words(&entities, &links[0]["targetRange"], encoding).contains("type: person"));

    let [start, _] = find(&article, "mayor}", encoding);
    let links =
        client.ask("textDocument/declaration", json!({ "textDocument": document, "position": start }));
    assert_eq!(words(&article, &links[0]["range"], encoding), "mayor");
    let [key, _] = find(&article, "by=mayor", encoding);
    let hover = client.ask("textDocument/hover", json!({ "textDocument": document, "position": key }));
    assert_eq!(words(&article, &hover["range"], encoding), "by");
    let found = client.ask("workspace/symbol", json!({ "query": "a#c" }));
    assert_eq!(words(&article, &found[0]["location"]["range"], encoding), "#c");
    // In the middle of the key.
    let [start, _] = find(&article, "0312]", encoding);
    let list = client.ask("textDocument/completion", json!({ "textDocument": document, "position": start }));
    let edit = &list["items"][0]["textEdit"];
    assert_eq!(edit["newText"], "wire-0311", "{list:#}");
    assert_eq!(words(&article, &edit["range"], encoding), "wire-0312");

    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": document }));
    let text = symbols.to_string();
    assert!(text.contains("Höhe") && text.contains("closed it"), "{symbols:#}");
    let mut open: Vec<&Value> = symbols.as_array().expect("a list").iter().collect();
    while let Some(symbol) = open.pop() {
        let name = words(&article, &symbol["selectionRange"], encoding);
        assert!(!name.is_empty(), "{symbol}");
        open.extend(symbol["children"].as_array().into_iter().flatten());
    }

    // Edits, and places of the other kinds.
    let options = json!({ "tabSize": 4, "insertSpaces": true });
    let edits =
        client.ask("textDocument/formatting", json!({ "textDocument": document, "options": options }));
    assert_eq!(edits.as_array().map(Vec::len), Some(1), "{edits}");
    assert_eq!(words(&article, &edits[0]["range"], encoding), "on=2026 .claim #d", "{edits}");
    assert_eq!(edits[0]["newText"], ".claim #d on=2026");
    let [start, _] = find(&article, "c by=", encoding);
    let linked =
        client.ask("textDocument/linkedEditingRange", json!({ "textDocument": document, "position": start }));
    let linked: Vec<&str> = linked["ranges"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|range| words(&article, range, encoding))
        .collect();
    assert_eq!(linked, ["c", "c"]);
    let [start, _] = find(&article, "closed", encoding);
    let grown =
        client.ask("textDocument/selectionRange", json!({ "textDocument": document, "positions": [start] }));
    assert_eq!(words(&article, &grown[0]["range"], encoding), "closed");
    assert_eq!(words(&article, &grown[0]["parent"]["range"], encoding), "closed it");
    let links = client.ask("textDocument/documentLink", json!({ "textDocument": document }));
    assert_eq!(words(&article, &links[0]["range"], encoding), "https://example.org/a");
    let folds = client.ask("textDocument/foldingRange", json!({ "textDocument": document }));
    assert_eq!(folds[0]["endLine"], 5, "{folds}");
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let tokens = client.ask("textDocument/semanticTokens/full", json!({ "textDocument": document }));
    let shown = token_words(&article, &tokens, encoding);
    let first = ["mayor", ".claim", "#c", "by", "mayor", "@wire-0312"];
    let second = ["on", "2026", ".claim", "#d", "disputes", "#c"];
    assert_eq!(shown, [first, second].concat(), "{tokens}");

    let hints = client.ask("textDocument/inlayHint", json!({ "textDocument": document, "range": all }));
    let [_, end_of_claim] = find(&article, "{.claim #c by=mayor}", encoding);
    assert_eq!(hints[0]["position"], end_of_claim, "{hints}");

    let [start, _] = find(&article, "closed it", encoding);
    let items = client
        .ask("textDocument/prepareCallHierarchy", json!({ "textDocument": document, "position": start }));
    assert_eq!(words(&article, &items[0]["selectionRange"], encoding), "#c");
    assert_eq!(words(&article, &items[0]["range"], encoding), "[closed it]{.claim #c by=mayor}");

    let listed = client.ask("newsmark/claims", json!({ "by": "article", "key": uri }));
    assert_eq!(words(&article, &listed["claims"][0]["range"], encoding), "[closed it]{.claim #c by=mayor}");
    assert_eq!(listed["claims"][1]["text"], "y", "{listed}");

    // The fix, made by the client as any editor makes it: through the document model.
    let range = &undefined["range"];
    let context = json!({ "diagnostics": [], "only": ["quickfix"] });
    let actions = client.ask(
        "textDocument/codeAction",
        json!({ "textDocument": document, "range": range, "context": context }),
    );
    let fix = actions
        .as_array()
        .and_then(|all| all.iter().find(|action| action["title"] == "Change to `wire-0311`"))
        .unwrap_or_else(|| panic!("{actions:#}"));
    let edit = &fix["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"]["version"], 1);
    assert_eq!(words(&article, &edit["range"], encoding), "wire-0312");
    let change = json!({ "range": edit["range"], "text": edit["newText"] });
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [change] }),
    );
    assert_eq!(
        client.ask("newsmark/text", json!({ "uri": uri })),
        article.replace("wire-0312", "wire-0311"),
        "{encoding:?} {end:?}"
    );
    assert!(!client.found(&uri).contains("undefined-source"));
    assert_eq!(client.end(), 0);
}

#[test]
fn however_the_client_counts_and_lines_end() {
    for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
        for end in ["\n", "\r\n", "\r"] {
            check(encoding, end);
        }
    }
}
