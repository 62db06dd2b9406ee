//! Reading the items again that an edit touches comes to what reading the whole does.

use newsmark::corpus::FileFacts;
use newsmark::lint::{self, FileRole};
use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Pieces of items, good and bad; `⇥` is where the items of the list are indented to.
const LINES: &[&str] = &[
    "⇥- id: a\n",
    "⇥- id: b\n",
    "⇥- id: wire-1\n",
    "⇥- {id: c, type: report}\n",
    "⇥  type: report\n",
    "⇥  type: person\n",
    "⇥  title: \"Of 'this' and that: 1\"\n",
    "⇥  title: 'two\n⇥    lines'\n",
    "⇥  title: Ærø & Søn\n",
    "⇥  title: |\n⇥    a block\n\n⇥    goes on\n",
    "⇥  summary: >-\n⇥    folded\n⇥    text\n",
    "⇥  issued: 2026-03-10\n",
    "⇥  issued: 2026-13-40\n",
    "⇥  accessed: 2026-03-01\n",
    "⇥  author: [{given: Ana, family: Quay}]\n",
    "⇥  author:\n⇥  - literal: Kasra\n",
    "⇥  aliases: [b,\n⇥    c]\n",
    "⇥  roles: [{title: mayor, of: b, from: 2026}]\n",
    "⇥  part-of: [a, c]\n",
    "⇥  place: c\n",
    "⇥  custom: {relays: [a, wire-1], issuer: b}\n",
    "⇥  custom:\n⇥    article: x\n⇥    snapshot: s.txt\n",
    "⇥  custom: {standing: retracted, terms: nonsense}\n",
    "⇥  id: twice\n",
    "⇥  name: kasr\u{430}\n",
    "⇥# a comment\n",
    "# a comment at the start\n",
    "\n",
    "⇥  \n",
];

/// What may be typed or pasted anywhere.
const TYPED: &[&str] = &[
    "x",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    ":",
    ": ",
    "- ",
    "-",
    "\n- id: n\n",
    "\n- id: n\n  type: report\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "#",
    " # c",
    "|",
    ">",
    "&",
    "&x ",
    "*x",
    " &x y",
    "*",
    "---\n",
    "...\n",
    "%",
    "é",
    "𝒳",
    "\u{feff}",
    "\0",
    "- - ",
    "? ",
    "!!str ",
    "references:\n",
    "other: 1\n",
    "  ",
    "ab",
    "2026",
    "\u{200b}",
];

fn registry() -> impl Strategy<Value = String> {
    let head = select(
        &[
            "",
            "",
            "references:\n",
            "entities:\n",
            "# c\nreferences:\n",
            "a: 1\nreferences:\n",
            "\u{feff}",
            "---\n",
            "\n",
        ][..],
    );
    let tail = select(&["", "", "", "# the end", "b: 2\n", "...\n"][..]);
    (
        head,
        select(&["", "", "  "][..]),
        prop::collection::vec(prop::collection::vec(select(LINES), 0..4), 0..5),
        any::<bool>(),
        tail,
    )
        .prop_map(|(head, indent, items, windows, tail)| {
            let mut text = head.to_owned();
            for (number, lines) in items.iter().enumerate() {
                text.push_str(&format!("⇥- id: e{number}\n"));
                text.extend(lines.iter().copied());
            }
            text.push_str(tail);
            let text = text.replace('⇥', indent);
            if windows { text.replace('\n', "\r\n") } else { text }
        })
}

#[derive(Clone, Debug)]
enum Edit {
    /// Something is put where some bytes stood.
    Type(Index, usize, &'static str),
    /// A line is put before another, or in its place.
    Line(Index, bool, &'static str),
    /// What stands between two places goes.
    Cut(Index, Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        4 => (any::<Index>(), 0..3usize, select(TYPED)).prop_map(|(at, gone, typed)| Edit::Type(at, gone, typed)),
        4 => (any::<Index>(), any::<bool>(), select(LINES)).prop_map(|(at, instead, line)| Edit::Line(at, instead, line)),
        1 => (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Edit::Cut(from, to)),
    ]
}

impl Edit {
    fn make(&self, text: &str) -> String {
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let (from, to, new) = match self {
            Edit::Type(at, gone, typed) => {
                let at = at.index(ends.len());
                (ends[at], ends[(at + gone).min(ends.len() - 1)], (*typed).to_owned())
            }
            Edit::Line(at, instead, line) => {
                let starts: Vec<usize> =
                    [0].into_iter().chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
                let at = at.index(starts.len());
                let end = starts.get(at + 1).copied().unwrap_or(text.len());
                let indent = if text.contains("\n  - ") { "  " } else { "" };
                (starts[at], if *instead { end } else { starts[at] }, line.replace('⇥', indent))
            }
            Edit::Cut(from, to) => {
                let (a, b) = (ends[from.index(ends.len())], ends[to.index(ends.len())]);
                (a.min(b), a.max(b), String::new())
            }
        };
        format!("{}{new}{}", &text[..from], &text[to..])
    }
}

fn role(entities: bool) -> (&'static str, FileRole) {
    if entities { ("entities.yaml", FileRole::Entities) } else { ("sources.yaml", FileRole::Sources) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_again_is_what_the_whole_says(
        text in registry(),
        edits in prop::collection::vec(edit(), 1..8),
        entities: bool,
    ) {
        let (path, role) = role(entities);
        let read = |text: &str| lint::read(&path.into(), text, role);
        let (mut text, mut facts) = (text.clone(), read(&text));
        for edit in edits {
            let new = edit.make(&text);
            let whole = read(&new);
            if let Some(patch) = lint::reread(&facts, &text, &new, role) {
                let mut patched = facts.clone();
                let gone = patched.patch(&patch);
                prop_assert_eq!(&patched, &whole, "{:?}\n{}", text, new);
                prop_assert!(gone.sources.len() <= facts.sources.len());
            }
            (text, facts) = (new, whole);
        }
    }
}

/// A registry of some size, and what is typed into it.
#[track_caller]
fn reread(before: &str, typed: &str, at: &str) -> Option<FileFacts> {
    let items: String = (0..50).map(|number| format!("- id: s{number}\n  type: report\n\n")).collect();
    let old = format!("# Sources\n\nreferences:\n{items}{before}{}", items.replace("id: s", "id: t"));
    let place = old.find(at).expect("it is there") + at.len();
    let new = format!("{}{typed}{}", &old[..place], &old[place..]);
    let read = |text: &str| lint::read(&"sources.yaml".into(), text, FileRole::Sources);
    let mut facts = read(&old);
    let patch = lint::reread(&facts, &old, &new, FileRole::Sources)?;
    let came = patch.facts.clone();
    facts.patch(&patch);
    assert_eq!(facts, read(&new));
    Some(came)
}

#[test]
fn a_key_press_costs_the_entry_that_it_stands_in() {
    let entry = "- id: wire\n  title: \"A & B\"\n  custom: {relays: [a, b]}\n\n# the others\n";
    let came = |typed, at| reread(entry, typed, at).map(|facts| facts.sources.len());
    assert_eq!(came("c", "relays: [a"), Some(1));
    assert_eq!(came("x", "title: \"A"), Some(1));
    assert_eq!(came("\n  accessed: 2026-03-11", "id: wire"), Some(1));
    assert_eq!(came("# or not: ", "# the "), Some(1), "a comment belongs to the entry before it");
    assert_eq!(came("- id: new\n", "# the others\n"), Some(2));
    assert_eq!(came("w", "- id: "), Some(1), "the first of all");
    assert_eq!(came("[", "relays: [a"), None, "it is broken");
    assert_eq!(came("&name ", "id: "), None, "it may stand for something elsewhere");
    assert_eq!(came("other: 1\n", "# the others\n"), None, "it ends the list");
    assert_eq!(came("x", "references"), None);
}
