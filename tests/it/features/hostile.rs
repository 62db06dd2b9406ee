//! What registries and articles hold is shown as words, whatever it would be as Markdown;
//! and who is behind a source that is not on record is shown nowhere.

use newsmark::corpus::{FileFacts, FileId, Known};
use newsmark::features::hierarchy;
use newsmark::features::reach::{Reach, beginnings, beginnings_page, touched_page};
use newsmark::features::{self, Asked, InlaySettings, Says, Symbol};
use newsmark::text::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use pulldown_cmark::{Event, Options, Parser, Tag};

use crate::fixture::{Files, Newsroom};

/// Pieces that mean something in one dialect or another.
const PIECES: &[&str] = &[
    "[x](http://e.org)",
    "![x](y.png)",
    "[[x]]",
    "[^1]",
    "[x]: y",
    "<b>",
    "<script>",
    "<!--",
    "<https://e.org>",
    "https://e.org/a",
    "HTTP://e.org",
    "www.e.org",
    "WwW.e.org",
    "a@b.org",
    "mailto:a",
    "command:x",
    "`",
    "```",
    "~~~",
    "*",
    "**",
    "_",
    "~",
    "~~",
    "==",
    "^",
    "$",
    "$$",
    "$(bug)",
    ":smile:",
    "|",
    "&lt;",
    "&#35;",
    "\\",
    "\\\\",
    "\n",
    "\r\n\r\n",
    "\n# ",
    "\n- ",
    "\n---\n",
    "\n===\n",
    "\n    ",
    "# ",
    "- ",
    "+ ",
    "1. ",
    "12) ",
    "> ",
    "---",
    ": ",
    "::: {.x}",
    "{.claim}",
    "- [ ] ",
    "[!NOTE]",
    "\t",
    "\u{202e}",
    "\u{200b}",
    "\u{0}",
    "word",
    " ",
    ".",
    "é",
    "𝄞",
];

/// Ends in a letter, so that there is something to show.
fn hostile() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..6).prop_map(|pieces| pieces.concat() + "z")
}

/// A corpus in which every text that a hover may show is `words`, and the places to look at.
fn corpus(words: &str) -> Files {
    // What a JSON string says, one in YAML says, too, between double quotation marks.
    let json = |text: &str| serde_json::to_string(text).expect("a string is JSON");
    let words = &words.replace('\0', "\u{1}");
    let value = json(words);
    let attribute = words.replace(['\\', '"', '\n', '\r', '`', '{', '}', '<'], " ");
    let article = format!(
        "---\ntitle: {value}\ndate: 2026-03-11\nslug: {value}\n---\n\n[[one]] [[two]] [[page]] [[same]] [[by-id]]\n\n\
         [@wire; @gone] [[other]]\n\n[{attribute}]{{.quote #id as=\"{attribute}\" by=unnamed what=\"{attribute}\" \
         on=\"{attribute}\" checked=\"{attribute}\" verdict=\"{attribute}\" basis=\"{attribute}\"}} \
         [x]{{.response answers=#id by=two via=wire}}\n"
    );
    let other = format!(
        "---\ntitle: {value}\ndate: 2026-03-12\n---\n\n[[two]] [x]{{.claim disputes=a#id}} [@wire]\n"
    );
    let entities = format!(
        "- {{id: one, name: {value}, summary: {value}}}\n\
         - {{id: two, name: {value}, summary: {value}, aliases: [{value}, two-two], part-of: [one], \
         roles: [{{title: {value}, of: one}}, {{title: {value}, to: 2020}}]}}\n\
         - {{id: {value}, aliases: [by-id, same], summary: {value}}}\n- {{id: s, aliases: [same], name: {value}}}\n"
    );
    let page = format!("---\nentity: place\nname: {value}\n---\n\n{words}\n");
    let sources = format!(
        "- {{id: wire, type: {value}, title: {value}, author: [{{literal: {value}}}], issued: {value}, URL: {value}, \
         custom: {{issuer: one, relays: [{value}], standing: superseded, superseded-by: {value}, standing-note: {value}}}}}\n"
    );
    let files = [
        ("a.md", article),
        ("other.md", other),
        ("entities.yaml", entities),
        ("people/page.md", page),
        ("sources.yaml", sources),
    ];
    files.map(|(path, text)| (path.to_owned(), text)).into()
}

/// Every hover of a corpus, by file and place.
fn hovers(files: &Files) -> Vec<String> {
    let room = Newsroom::new(files);
    let mut all: Vec<(String, FileId)> =
        room.corpus.files().map(|(id, file)| (file.path.to_string(), id)).collect();
    all.sort();
    let mut out = Vec::new();
    for (path, id) in all {
        let file = room.corpus.file(id).expect("the file is in the corpus");
        let text = &files[&path];
        let mut last = None;
        for offset in (0..=text.len()).filter(|&offset| text.is_char_boundary(offset)) {
            let hover = features::hover(&room.corpus, &room.config, file, text, offset);
            if hover != last {
                out.extend(hover.as_ref().map(|hover| hover.markdown.clone()));
                last = hover;
            }
        }
    }
    out
}

/// Whether it is one of the things that a hover is made of.
fn is_ours(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(tag, Tag::Paragraph | Tag::Strong | Tag::List(None) | Tag::Item),
        Event::End(_) | Event::Text(_) | Event::HardBreak | Event::Rule => true,
        _ => false,
    }
}

/// All that pulldown-cmark reads beyond CommonMark, but for metadata, which begins with a
/// rule and which no editor reads in a hover.
fn options() -> Options {
    Options::all()
        - Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        - Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

#[track_caller]
fn check(markdown: &str) {
    let events: Vec<Event<'_>> = Parser::new_ext(markdown, options()).collect();
    for event in &events {
        assert!(is_ours(event), "{event:?} in\n{markdown}");
    }
    let strong = events.iter().filter(|event| matches!(event, Event::Start(Tag::Strong))).count();
    assert!(strong <= 10, "{strong} strong words in\n{markdown}");
    // What editors make links of although it is no link in CommonMark.
    let lower = markdown.to_lowercase();
    for bare in ["http:", "https:", "mailto:", "command:", "www."] {
        assert!(!lower.contains(bare), "{bare} in\n{markdown}");
    }
    let at = markdown.match_indices('@').all(|(at, _)| markdown[..at].ends_with('\\'));
    assert!(at, "a bare @ in\n{markdown}");
    for line in markdown.lines() {
        assert!(line.chars().count() < 3000, "{line}");
        let ours = ["- ", "---", "**"].iter().any(|start| line.starts_with(start));
        assert!(
            ours || !line.starts_with(['#', '>', '|', '`', '~', '\t', '=', '+', ':', ' ']),
            "{line:?} in\n{markdown}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_words_are_markup(words in hostile()) {
        let files = corpus(&words);
        let hovers = hovers(&files);
        prop_assert!(hovers.len() >= 10, "{} hovers of {words:?}", hovers.len());
        for markdown in hovers {
            check(&markdown);
        }
    }
}

#[test]
fn all_is_cut_somewhere() {
    for words in ["word ".repeat(200), "w".repeat(1000)] {
        for markdown in hovers(&corpus(&(words + "z"))) {
            check(&markdown);
            assert!(markdown.len() < 6_000, "{} bytes", markdown.len());
        }
    }
}

/// Nothing but the key of a source that is not on record, in no answer about any place.
#[test]
fn no_answer_names_a_source_that_is_not_on_record() {
    const PROTECTED: &str = "\"type\": \"interview\", \"title\": \"Secret\", \"publisher\": \"Secret\", \
        \"author\": [{\"literal\": \"Secret Name\"}], \"issued\": \"1999-09-09\", \"URL\": \"https://secret.example\", \
        \"custom\": {\"known-to\": \"Editor Edith\", \"issuer\": \"Secret Name\", \"relays\": [\"secret-tape\"], \
        \"standing\": \"retracted\", \"standing-note\": \"Secret\", \"superseded-by\": \"secret-too\", \
        \"article\": \"secret\", \"snapshot\": \"secret.txt\"}";
    let article = "---\ndate: 2026-03-11\nreferences:\n  - id: own\n    type: speech\n    author: [{literal: Secret Name}]\n    \
        custom: {terms: background, issuer: Secret Name}\n---\n\n[\"No\"]{.quote}[@tip]. [“Yes”]{.quote}[@own]. [@own; @tip]\n\n\
        [x]{.claim #c by=tip via=tip}[@relay] [y]{.response answers=#c}[@tip]\n";
    let files = Files::from([
        ("a.md".to_owned(), article.to_owned()),
        ("sources.json".to_owned(), format!("[{{\"id\": \"tip\", {PROTECTED}}}]\n")),
        (
            "more.sources.yaml".to_owned(),
            "- id: relay\n  custom: {relays: [tip], superseded-by: own}\n".to_owned(),
        ),
        ("entities.yaml".to_owned(), "- {id: person, name: Secret Name}\n".to_owned()),
    ]);
    let room = Newsroom::new(&files);
    for markdown in hovers(&files) {
        // Of the entity of that name the registry tells itself, but not what it said where.
        let entity = markdown.starts_with("**Secret Name** · person");
        assert!(!entity || markdown.contains("named in no article"), "{markdown}");
        for word in ["Secret", "secret", "Edith", "1999"] {
            assert!(entity || !markdown.contains(word), "`{word}` is shown:\n{markdown}");
        }
    }
    for wanted in ["", "secret", "secret name", "edith", "1999", "tape", "tip"] {
        for symbol in features::workspace_symbols(&room.corpus, wanted, 200) {
            // Of the entity of that name the registry tells itself.
            let entity = symbol.kind == features::SymbolKind::Entity;
            assert!(entity || !format!("{symbol:?}").contains("ecret"), "{symbol:?}");
        }
    }
    // Wherever somebody types, the registry of entities alone has the name.
    let typing = [
        "[@",
        "[[",
        "[x]{.claim by=",
        "[x]{.claim via=",
        "[x]{.claim against=s",
        "---\nreferences:\n- custom: {relays: [",
    ];
    for typed in typing {
        let mut files = files.clone();
        files.remove("entities.yaml");
        files.insert("b.md".to_owned(), typed.to_owned());
        let room = Newsroom::new(&files);
        let file = room.corpus.at_path("b.md").and_then(|id| room.corpus.file(id)).expect("it is there");
        let found = features::completion(&room.corpus, file, typed, typed.len(), None);
        for item in found.iter().flat_map(|found| &found.items) {
            let shown =
                format!("{item:?} {:?}", features::describe(&room.corpus, &room.config, file, &item.subject));
            assert!(!shown.contains("ecret"), "{shown}");
        }
    }
    for (_, file) in room.corpus.files().filter(|(_, file)| file.entities.is_empty()) {
        let shown = beside(&room, &files, file) + &hierarchies(&room, file);
        assert!(!["ecret", "Edith", "1999"].iter().any(|word| shown.contains(word)), "{shown}");
        let symbols: Vec<Symbol> = features::symbols(file, &files[&*file.path]);
        let shown = format!("{symbols:?}");
        assert!(!shown.contains("ecret"), "{shown}");
    }
    for path in ["a.md", "more.sources.yaml"] {
        let file = room.corpus.at_path(path).and_then(|id| room.corpus.file(id)).expect("it is there");
        let links = format!("{:?}", features::links(&room.corpus, file, &files[path]));
        assert!(!links.contains("ecret"), "{links}");
        for key in ["tip", "own"] {
            let address = features::source_address(&room.corpus, file, key, |path| files.get(&**path));
            assert_eq!(address, None, "{key}");
        }
    }
}

/// What lenses, hints and what rests on what show of a file.
fn beside(room: &Newsroom, files: &Files, file: &FileFacts) -> String {
    let corpus = &room.corpus;
    let mut shown = String::new();
    for lens in features::lenses(corpus, file) {
        let told = match lens.says {
            Says::This(told) => Some(told),
            Says::Entity(id) => features::told_of_entity(corpus, file, &id),
            Says::Source(key) => features::told_of_source(corpus, file, &key),
        };
        shown += &told.expect("what is offered is there").title;
    }
    let all = Span::new(0, files[&*file.path].len());
    for hint in features::inlay_hints(corpus, file, all, InlaySettings::default()) {
        shown += &hint.label;
    }
    shown
}

fn hierarchies(room: &Newsroom, file: &FileFacts) -> String {
    let corpus = &room.corpus;
    let claims = file.article.as_ref().map_or(0, |article| article.claims.len());
    let claims = (0..claims).map(|number| Asked::Claim(file, number as u32));
    let sources = file.sources.iter().map(|what| Asked::Source(Known { file, what }));
    let articles = file.article.iter().map(|_| Asked::Article(file));
    let mut shown = String::new();
    for asked in claims.chain(sources).chain(articles) {
        let own = hierarchy::item(corpus, &asked);
        let users = hierarchy::files(corpus, &asked).into_iter().filter_map(|id| corpus.file(id));
        let mut ties: Vec<hierarchy::Tie> = hierarchy::outgoing(corpus, &asked);
        ties.extend(users.flat_map(|user| hierarchy::incoming(corpus, user, &asked)));
        shown += &format!("{} {:?}", own.node.name, own.said());
        ties.iter().for_each(|tie| shown += &format!("{} {:?}", tie.item.node.name, tie.item.said()));
        let pages = [
            beginnings_page(&own, &beginnings(corpus, file, &asked)),
            touched_page(&own, &Reach::new(own.spot.clone()).part(corpus, file, 1000).unwrap_or_default()),
        ];
        for page in pages {
            check(&page);
            shown += &page;
        }
    }
    shown
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// Pages of what rests on what are Markdown of ours, too.
    #[test]
    fn no_words_of_what_rests_on_what_are_markup(words in hostile()) {
        let files = corpus(&words);
        let room = Newsroom::new(&files);
        for (_, file) in room.corpus.files() {
            hierarchies(&room, file);
        }
    }
}
