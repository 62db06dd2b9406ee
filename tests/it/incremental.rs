//! A corpus that changes is the corpus that a fresh start would build.
//!
//! Files are written, half-typed, renamed and removed in batches. After each batch only
//! the files that [`Corpus::apply`] names are judged again; the rest keep what was found
//! in them before. That has to be what a new build finds in every file. What changes is
//! packed, and the new build is not; of a registry only what an edit touches is read and
//! judged, where that is enough.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use newsmark::corpus::{
    ArticleLink, Change, ClaimTarget, Corpus, Effect, EntityTarget, FileFacts, FileId, Speakers,
};
use newsmark::diagnostic::{Diagnostic, FilePath};
use newsmark::lint::{self, FileRole, InCorpus};
use newsmark::text::fold;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::fixture::{Files, Newsroom};

/// Names are settled for all; entity pages lie anywhere.
pub(crate) const CONFIG: &str = "[names]\nNorhaven = \"norhaven-city\"\nQuay = \"kasra\"\n";

/// Two of the articles share a slug unless the front matter says otherwise, and one path
/// can be an article or an entity's page.
pub(crate) const PATHS: &[&str] = &[
    "a.md",
    "2026/a.md",
    "2026/b.md",
    "2026/kasra.markdown",
    "people/kasra-camp.md",
    "entities.yaml",
    "2026/more.entities.yaml",
    "os.ftm.json",
    "sources.yaml",
    "x.bib",
    "2026/z.csl.json",
    "2026/files.json",
    "2026/pic.png",
    "pic.png",
    "snap.txt",
];

const NAMES: &[&str] = &[
    "kasra",
    "Kasra",
    "kasra-camp",
    "kasar",
    "Norhaven",
    "norhaven-city",
    "Alliance",
    "ana",
    "Quay",
    "b",
    "2026/a",
    "wire-1",
    "kasra, Alliance",
    "Old Harbour",
];

/// People whose names are kept from readers, or not.
const PEOPLE: &[(&str, &str)] = &[("Ana", "Quay"), ("Joris", "van Kasra")];

const KEYS: &[&str] = &["wire-1", "wire-2", "Wire-1", "tape", "tapes", "ana"];

const IDS: &[&str] = &["zone", "zones", "toll", "the-zone"];

/// Two days, and a month and a set that may mean either: what is later is not always certain.
const DATES: &[&str] = &["2026-03-10", "2026-03-12", "2026-03", "\"[2026-03-10,2026-03-12]\""];

/// What is quoted: some of it nearly the same.
const SAYINGS: &[&str] = &[
    "The road is open to lorries with a permit.",
    "The road is open to all lorries with a permit.",
    "The road is not open to lorries with a permit, and it will not be.",
    "Nobody was held in the camp at any time before the raid.",
    "Nobody was ever held in the camp at any time before the raid.",
];

const SLUGS: &[&str] = &["a", "b", "2026/a", "2026/b", "kasra", "bb"];

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    select(words)
}

fn front_matter() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        1 => (one_of(NAMES), one_of(NAMES)).prop_map(|(name, id)| format!("entities: {{{name:?}: {id:?}}}\n")),
        1 => one_of(SLUGS).prop_map(|slug| format!("slug: {slug}\n")),
        1 => one_of(&["Old Harbour lies open", "28 of Old Harbour Camp"]).prop_map(|title| format!("title: {title}\n")),
        1 => select(&["files.json", "2026/files.json", "../x.bib", "sources.yaml"][..])
            .prop_map(|path| format!("bibliography: {path}\n")),
        1 => source_items().prop_map(|items| format!("references:\n{items}")),
        1 => (one_of(IDS), one_of(IDS)).prop_map(|(a, b)| format!("title-claims: [{a}, {b}]\n")),
        1 => one_of(IDS).prop_map(|id| format!("corrections:\n- {{date: 2026-03-01, text: x, claims: [{id}]}}\n")),
        3 => one_of(DATES).prop_map(|date| format!("date: {date}\n")),
        1 => select(&["status: corrected\n", "status: retracted\n"][..]).prop_map(str::to_owned),
        1 => Just("entity: place\n".to_owned()),
    ];
    prop::collection::vec(line, 0..4).prop_map(|lines| match lines.is_empty() {
        true => String::new(),
        false => format!("---\n{}---\n", lines.concat()),
    })
}

/// What came of asking the accused: one word for all, or one for each.
fn reply() -> impl Strategy<Value = String> {
    let word = || select(&["declined", "sought", "not-sought", "no-answer"][..]);
    let each = (one_of(NAMES), word(), one_of(NAMES), word())
        .prop_map(|(a, first, b, second)| format!("{a}:{first}, {b}:{second}"));
    prop_oneof![word().prop_map(str::to_owned), each]
}

/// A toll of some event: in the article's voice or somebody's, updating another or not.
fn figure() -> impl Strategy<Value = String> {
    let value = select(&["9", "28", "31", "about 30", "at least 40", "28 per cent"][..]);
    let voice = prop_oneof![
        4 => Just(String::new()),
        2 => one_of(NAMES).prop_map(|by| format!(" by={by:?}")),
        1 => Just(" .quote".to_owned()),
        1 => Just(" verdict=false".to_owned()),
    ];
    let link = prop_oneof![
        3 => Just(String::new()),
        1 => one_of(IDS).prop_map(|id| format!(" updates=#{id}")),
        1 => (one_of(SLUGS), one_of(IDS)).prop_map(|(slug, id)| format!(" updates=\"{slug}#{id}\"")),
        1 => (one_of(SLUGS), one_of(IDS)).prop_map(|(slug, id)| format!(" disputes=\"{slug}#{id}\"")),
    ];
    (value, one_of(IDS), select(&["kasra", "kasra", "Quay"][..]), voice, link, one_of(KEYS)).prop_map(
        |(value, id, event, voice, link, key)| {
            format!(
                "[Now [{value}]{{.figure what=killed}}]{{.claim #{id} event={event}{voice}{link}}}[@{key}].\n"
            )
        },
    )
}

fn paragraph() -> impl Strategy<Value = String> {
    let (name, key, id, slug) = (|| one_of(NAMES), || one_of(KEYS), || one_of(IDS), || one_of(SLUGS));
    let link = select(
        &[
            "b.md",
            "../a.md",
            "2026/a.md",
            "../2026/b.md",
            "a.md",
            "pic.png",
            "../pic.png",
            "people/kasra-camp.md",
        ][..],
    );
    prop_oneof![
        name().prop_map(|name| format!("[[{name}]] said so.\n")),
        (name(), name()).prop_map(|(a, b)| format!("| a |\n| - |\n| [[{a}]] [[{b}\\|x]] |\n")),
        (slug(), id()).prop_map(|(slug, id)| format!("See [[{slug}#{id}]].\n")),
        (id(), name(), key())
            .prop_map(|(id, by, key)| format!("[\"It is closed\"]{{.quote #{id} by={by:?}}}[@{key}].\n")),
        (name(), key()).prop_map(|(via, key)| format!("[It is]{{.claim via={via:?}}}, @{key} says.\n")),
        (key(), key()).prop_map(|(via, key)| format!("[\"It is\"]{{.quote via={via}}}[@{key}, p. 2].\n")),
        (id(), name(), name(), key(), key()).prop_map(|(id, by, against, one, two)| format!(
            "[It lies]{{.accusation #{id} by={by:?} against={against:?}}}[@{one}; @{two}].\n"
        )),
        (id(), name(), key(), key()).prop_map(|(id, against, one, two)| format!(
            "::: {{source={one}}}\n[It lies]{{.accusation #{id} against={against:?} checked=2026-03-11}}[@{two}].\n:::\n"
        )),
        (id(), name(), reply()).prop_map(|(id, against, reply)| format!(
            "[It lies]{{.accusation #{id} by=ana against={against:?} reply={reply:?}}}.\n"
        )),
        (slug(), id()).prop_map(|(slug, id)| format!("[No]{{.response answers=\"{slug}#{id}\"}}.\n")),
        (name(), slug(), id())
            .prop_map(|(by, slug, id)| format!("[No]{{.response by={by:?} answers=\"{slug}#{id}\"}}.\n")),
        (name(), id(), key())
            .prop_map(|(by, id, key)| format!("[No]{{.response by={by:?} answers=#{id}}}[@{key}].\n")),
        (id(), key()).prop_map(|(id, key)| format!("[No]{{.response answers=#{id}}}[@{key}].\n")),
        // An accusation and an answer to it, in one article.
        (id(), name(), name()).prop_map(|(id, against, by)| format!(
            "[It lies]{{.accusation #{id} by=ana against={against:?}}}. [No]{{.response by={by:?} answers=#{id}}}.\n"
        )),
        (id(), id(), name()).prop_map(|(id, other, against)| format!(
            "[Again]{{.accusation #{id} repeats=#{other} against={against:?}}}.\n"
        )),
        (slug(), id(), name()).prop_map(|(slug, id, against)| format!(
            "[Again]{{.accusation repeats=\"{slug}#{id}\" against={against:?}}}.\n"
        )),
        (id(), id(), key())
            .prop_map(|(id, other, key)| format!("[\"and so\"]{{.quote #{id} continues=#{other}}}[@{key}].\n")),
        (id(), name(), id()).prop_map(|(id, by, other)| format!(
            "[\"Lies,\"]{{.quote .accusation #{id} by={by:?} against=kasra continues=#{other}}}.\n"
        )),
        (id(), id()).prop_map(|(a, b)| format!("[No]{{.claim disputes=\"#{a}, {b}\"}}.\n")),
        (id(), key(), key()).prop_map(|(id, a, b)| format!("[It is]{{.accusation #{id} against=kasra}}[@{a}; @{b}].\n")),
        (id(), select(&["verdict=false", "verdict=disputed", "retracted=2026-03-11"][..]), key())
            .prop_map(|(id, word, key)| format!("[It is]{{.claim #{id} {word}}}[@{key}].\n")),
        (slug(), id(), select(&["repeats", "confirms"][..]), key()).prop_map(|(slug, id, relation, key)| format!(
            "[It is]{{.claim {relation}=\"{slug}#{id}\"}}[@{key}].\n"
        )),
        (id(), slug(), id(), name()).prop_map(|(id, slug, answer, against)| format!(
            "[It lies]{{.accusation #{id} by=ana against={against:?} reply=\"{slug}#{answer}\"}}.\n"
        )),
        (select(PEOPLE), key()).prop_map(|((given, family), key)| format!("{given} {family} came [@{key}].\n")),
        select(PEOPLE).prop_map(|(given, family)| format!("[[ana]] and {family}, {given} came.\n")),
        (select(PEOPLE), key()).prop_map(|((given, family), key)| format!(
            "[It is]{{.claim by=\"{given} {family}\"}}[@{key}].\n"
        )),
        name().prop_map(|event| format!("[28]{{.figure event={event:?} what=killed}} died.\n")),
        (link, prop::option::of(id())).prop_map(|(link, id)| match id {
            Some(id) => format!("[before]({link}#{id})\n"),
            None => format!("![it]({link}){{place=kasra taken=2026-01-10}}\n"),
        }),
        id().prop_map(|id| format!("## {id}\n")),
        // An office that is held from or until some day, and what may put it into another time.
        (name(), name()).prop_map(|(who, event)| format!("Mayor [[{who}]] said so. The {event} mayor [[{who}]] saw [[{event}]].\n")),
        (name(), name(), key()).prop_map(|(who, body, key)| format!(
            "[No]{{.claim event={body:?}}}, said [[{who}]], {body}'s mayor [@{key}].\n"
        )),
        // An event that two articles may date otherwise: one that is nowhere else, by two names.
        (select(&["storm", "the storm"][..]), select(&["10 March 2026", "12 March 2026", "March 2026"][..]))
            .prop_map(|(event, date)| format!("The [[{event}]] of {date}.\n")),
        (name(), select(&["10 March", "12 March 2026", "Tuesday"][..]))
            .prop_map(|(event, date)| format!("The [[{event}]] of {date}.\n")),
        (name(), select(&["10 March", "12 March 2026"][..]))
            .prop_map(|(event, date)| format!("[The harbour of {date} is]{{.claim event={event:?}}}\n")),
        // A picture of a place, in an article that may be about it.
        (name(), name()).prop_map(|(place, other)| format!("![it](pic.png){{place={place:?}}} of [[{other}]]\n")),
    ]
}

/// Words that others quote, too, by speakers who say much.
fn quoted() -> impl Strategy<Value = String> {
    let name = || select(&["ana", "Alliance", "Norhaven"][..]);
    let key = || select(&["wire-1", "tape"][..]);
    prop_oneof![
        3 => (name(), one_of(SAYINGS), key())
            .prop_map(|(by, said, key)| format!("[\"{said}\"]{{.quote by={by:?}}}[@{key}].\n")),
        2 => (name(), one_of(SAYINGS)).prop_map(|(by, said)| format!("[\"{said}\"]{{.quote by={by:?}}}\n")),
        1 => (one_of(SAYINGS), key()).prop_map(|(said, key)| format!("[\"{said}\"]{{.quote}}[@{key}].\n")),
        1 => (one_of(IDS), one_of(SAYINGS), name(), one_of(SLUGS), one_of(IDS)).prop_map(
            |(id, said, by, slug, other)| format!(
                "[\"{said}\"]{{.quote #{id} by={by:?} corrects=\"{slug}#{other}\"}}.\n"
            )
        ),
    ]
}

fn article() -> impl Strategy<Value = String> {
    let paragraphs = prop::collection::vec(prop_oneof![3 => paragraph(), 1 => quoted()], 0..5);
    (front_matter(), paragraphs, prop::collection::vec(figure(), 0..3)).prop_map(
        |(front, paragraphs, figures)| format!("{front}{}", [paragraphs, figures].concat().join("\n")),
    )
}

fn entity() -> impl Strategy<Value = Vec<String>> {
    let kind = select(&["person", "organisation", "place", "event", "thing"][..]);
    let field = prop_oneof![
        one_of(NAMES).prop_map(|name| format!("name: {name:?}")),
        one_of(NAMES).prop_map(|alias| format!("aliases: [{alias:?}]")),
        select(PEOPLE).prop_map(|(given, family)| format!("name: {given} {family}")),
        one_of(NAMES).prop_map(|body| format!("part-of: [{body:?}]")),
        (one_of(NAMES), select(&["", ", from: 2026-03-11", ", to: 2026-03-11"][..]))
            .prop_map(|(body, when)| format!("roles: [{{title: mayor, of: {body:?}{when}}}]")),
        kind.prop_map(|kind| format!("type: {kind}")),
        one_of(NAMES).prop_map(|place| format!("place: {place:?}")),
        one_of(DATES).prop_map(|date| format!("date: {date}")),
    ];
    prop::collection::vec(field, 0..4)
}

fn items(entries: Vec<(&str, Vec<String>)>) -> String {
    let mut out = String::new();
    for (id, fields) in entries {
        let _ = writeln!(out, "- id: {id}");
        for field in fields {
            let _ = writeln!(out, "  {field}");
        }
    }
    out
}

fn entity_items() -> impl Strategy<Value = String> {
    prop::collection::vec((one_of(NAMES), entity()), 0..4).prop_map(items)
}

fn source_items() -> impl Strategy<Value = String> {
    let standing = select(&["retracted", "corrected", "superseded"][..]);
    let own = prop_oneof![
        one_of(KEYS).prop_map(|key| format!("relays: [{key}]")),
        (one_of(KEYS), one_of(KEYS)).prop_map(|(a, b)| format!("relays: [{a}, {b}]")),
        one_of(SLUGS).prop_map(|slug| format!("article: {slug}")),
        one_of(KEYS).prop_map(|key| format!("superseded-by: {key}, standing: superseded")),
        standing.prop_map(|standing| format!("standing: {standing}")),
        one_of(DATES).prop_map(|date| format!("standing-date: {date}")),
        one_of(NAMES).prop_map(|name| format!("issuer: {name:?}")),
        Just("snapshot: snap.txt".to_owned()),
        select(&["anonymous", "background", "off-record", "on-record"][..])
            .prop_map(|terms| format!("terms: {terms}")),
        select(&["anonymity-reason: asked", "known-to: ana"][..]).prop_map(str::to_owned),
    ];
    let field = prop_oneof![
        one_of(NAMES).prop_map(|name| format!("author: [{{literal: {name:?}}}]")),
        select(PEOPLE).prop_map(|(given, family)| format!("author: [{{given: {given}, family: {family}}}]")),
        select(PEOPLE).prop_map(|(given, family)| format!(
            "author: [{{given: {given}, family: {family}}}, {{literal: Ana Quay}}]"
        )),
        select(&["type: interview", "type: report"][..]).prop_map(str::to_owned),
        one_of(DATES).prop_map(|date| format!("issued: {date}")),
        one_of(DATES).prop_map(|date| format!("accessed: {date}")),
        Just("number-of-pages: 30".to_owned()),
    ];
    let fields = (prop::collection::vec(field, 0..3), prop::collection::vec(own, 0..3)).prop_map(
        |(mut fields, own)| {
            if !own.is_empty() {
                fields.push(format!("custom: {{{}}}", own.join(", ")));
            }
            fields
        },
    );
    prop::collection::vec((one_of(KEYS), fields), 0..4).prop_map(items)
}

fn bibtex() -> impl Strategy<Value = String> {
    prop::collection::vec((one_of(KEYS), one_of(NAMES)), 0..4).prop_map(|entries| {
        let entry =
            |(key, name)| format!("@misc{{{key},\n  author = {{{{{name}}}}},\n  issuer = {{{name}}}\n}}\n");
        entries.into_iter().map(entry).collect()
    })
}

fn csl_json() -> impl Strategy<Value = String> {
    prop::collection::vec((one_of(KEYS), one_of(NAMES)), 0..4).prop_map(|entries| {
        let entry = |(key, name)| {
            format!(
                "{{\"id\": \"{key}\", \"type\": \"interview\", \"author\": [{{\"literal\": \"{name}\"}}]}}"
            )
        };
        format!("[{}]\n", entries.into_iter().map(entry).collect::<Vec<String>>().join(",\n"))
    })
}

fn ftm() -> impl Strategy<Value = String> {
    prop::collection::vec((one_of(NAMES), one_of(NAMES)), 0..3).prop_map(|entries| {
        let entry = |(id, name)| {
            format!(
                "{{\"id\": \"{id}\", \"schema\": \"Company\", \"properties\": {{\"name\": [\"{name}\"]}}}}\n"
            )
        };
        entries.into_iter().map(entry).collect()
    })
}

fn page() -> impl Strategy<Value = String> {
    (prop::option::of(one_of(NAMES)), entity(), article()).prop_map(|(id, fields, body)| {
        let id = id.map(|id| format!("id: {id:?}\n")).unwrap_or_default();
        let fields: String = fields.iter().map(|field| format!("{field}\n")).collect();
        // What the body brings as front matter of its own is text there.
        format!("---\nentity: place\n{id}{fields}---\n{body}")
    })
}

/// What the file at `path` may hold.
pub(crate) fn text_for(path: &str) -> BoxedStrategy<String> {
    match path {
        "entities.yaml" | "2026/more.entities.yaml" => entity_items().boxed(),
        "os.ftm.json" => ftm().boxed(),
        "sources.yaml" => source_items().boxed(),
        "x.bib" => bibtex().boxed(),
        "2026/z.csl.json" | "2026/files.json" => csl_json().boxed(),
        "2026/pic.png" | "pic.png" => Just("bytes".to_owned()).boxed(),
        "snap.txt" => prop::collection::vec(one_of(SAYINGS), 0..4).prop_map(|said| said.join("\n")).boxed(),
        "people/kasra-camp.md" => page().boxed(),
        "2026/kasra.markdown" => prop_oneof![article(), page()].boxed(),
        _ => article().boxed(),
    }
}

/// Files that never change and in which every name and key leads somewhere, if nothing
/// nearer has it. A file in which something leads nowhere is looked at at every turn,
/// which would hide that it was forgotten for another reason.
fn base() -> Files {
    let entities: String = NAMES
        .iter()
        .enumerate()
        .map(|(number, name)| format!("- {{id: base-{number}, type: organisation, aliases: [{name:?}]}}\n"))
        .collect();
    let storm = "- {id: storm, type: event, name: the storm}\n";
    let sources: String = KEYS.iter().map(|key| format!("- {{id: {key}, type: report}}\n")).collect();
    let claims: String = IDS.iter().map(|id| format!("[It is]{{.claim #{id} basis=observed}}\n\n")).collect();
    Files::from([
        ("base.entities.yaml".to_owned(), entities + storm),
        ("base.sources.yaml".to_owned(), sources),
        ("2026/bb.md".to_owned(), claims),
    ])
}

/// A corpus to begin with, with something in every file.
fn beginning() -> impl Strategy<Value = Vec<Step>> {
    let write = |path: &&'static str| {
        let path = *path;
        text_for(path).prop_map(move |text| Step::Write(path, text)).boxed()
    };
    PATHS.iter().map(write).collect::<Vec<_>>()
}

#[derive(Clone, Debug)]
enum Step {
    Write(&'static str, String),
    /// Somebody is typing: the file up to some byte, and what comes next taken out.
    HalfType(Index, Index, usize),
    Rename(Index, &'static str),
    Remove(Index),
    /// Of the words that mean something in a registry, another one.
    Reword(Index, Index, &'static str),
    /// A line more in a registry.
    AddLine(Index, Index, &'static str),
}

/// What fields say of an entry, by what could stand in the same place.
const WORDS: &[&[&str]] = &[
    KEYS,
    NAMES,
    SLUGS,
    DATES,
    &["retracted", "corrected", "superseded"],
    &["anonymous", "background", "off-record", "on-record"],
    &["type: interview", "type: report"],
    &["type: person", "type: organisation", "type: place", "type: event", "type: thing"],
];

/// Lines for the end of an entry; some for any place in it.
const LINES: &[&str] = &[
    "\n",
    "# here\n",
    "  type: interview\n",
    "  custom: {standing: retracted}\n",
    "  custom: {relays: [wire-1, tape]}\n",
    "  part-of: [kasra]\n",
    "- id: wire-2\n",
    "- id: kasra\n",
];

fn step() -> impl Strategy<Value = Step> {
    let write =
        || one_of(PATHS).prop_flat_map(|path| text_for(path).prop_map(move |text| Step::Write(path, text)));
    prop_oneof![
        6 => write(),
        3 => (any::<Index>(), any::<Index>(), 1..12usize).prop_map(|(file, at, gone)| Step::HalfType(file, at, gone)),
        1 => (any::<Index>(), one_of(PATHS)).prop_map(|(file, to)| Step::Rename(file, to)),
        2 => any::<Index>().prop_map(Step::Remove),
        6 => (any::<Index>(), any::<Index>(), select(WORDS).prop_flat_map(one_of))
            .prop_map(|(file, at, word)| Step::Reword(file, at, word)),
        3 => (any::<Index>(), any::<Index>(), one_of(LINES))
            .prop_map(|(file, at, line)| Step::AddLine(file, at, line)),
    ]
}

/// An editor's session: what is there, the corpus, and what was last found in each file.
struct Session {
    files: Files,
    newsroom: Newsroom,
    found: BTreeMap<FilePath, Vec<Diagnostic>>,
    /// The same as it is kept, so that of a registry only the entries that a patch touches are judged again.
    in_corpus: BTreeMap<FilePath, InCorpus>,
    /// The registries as they were read, by path.
    read: Files,
}

impl Session {
    fn new(with_base: bool) -> Self {
        let mut files = Files::from([("newsmark.toml".to_owned(), CONFIG.to_owned())]);
        if with_base {
            files.extend(base());
        }
        let newsroom = Newsroom::packed(&files);
        let found = found_in(&newsroom);
        Session { files, newsroom, found, in_corpus: BTreeMap::new(), read: Files::new() }
    }

    /// Takes a step among the files; the paths that are different after it, in order.
    fn take(&mut self, step: &Step) -> Vec<String> {
        let paths: Vec<String> =
            self.files.keys().filter(|path| PATHS.contains(&path.as_str())).cloned().collect();
        let pick = |index: &Index| paths.get(index.index(paths.len().max(1))).cloned();
        match step {
            Step::Write(path, text) => {
                self.files.insert((*path).to_owned(), text.clone());
                vec![(*path).to_owned()]
            }
            Step::HalfType(file, at, gone) => {
                let Some(path) = pick(file) else { return Vec::new() };
                let text = self.files.get_mut(&path).expect("it was picked from them");
                let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
                let from = at.index(ends.len());
                let to = (from + gone).min(ends.len() - 1);
                text.replace_range(ends[from]..ends[to], "");
                vec![path]
            }
            Step::Rename(file, to) => {
                let Some(path) = pick(file) else { return Vec::new() };
                let text = self.files.remove(&path).expect("it was picked from them");
                self.files.insert((*to).to_owned(), text);
                vec![path, (*to).to_owned()]
            }
            Step::Remove(file) => {
                let Some(path) = pick(file) else { return Vec::new() };
                self.files.remove(&path);
                vec![path]
            }
            Step::Reword(file, at, word) => {
                let alike = WORDS.iter().find(|alike| alike.contains(word)).expect("it is one of them");
                let Some((path, text)) = self.registry(file) else { return Vec::new() };
                let mut places: Vec<(usize, &str)> =
                    alike.iter().flat_map(|word| text.match_indices(word)).collect();
                places.sort_unstable();
                let Some(&(from, old)) = places.get(at.index(places.len().max(1))) else { return Vec::new() };
                let to = from + old.len();
                text.replace_range(from..to, word);
                vec![path]
            }
            Step::AddLine(file, at, line) => {
                let Some((path, text)) = self.registry(file) else { return Vec::new() };
                let mut ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
                ends.push(0);
                text.insert_str(ends[at.index(ends.len())], line);
                vec![path]
            }
        }
    }

    /// One of the registries.
    fn registry(&mut self, which: &Index) -> Option<(String, &mut String)> {
        let is_yaml = |path: &&String| PATHS.contains(&path.as_str()) && path.ends_with(".yaml");
        let paths: Vec<String> = self.files.keys().filter(is_yaml).cloned().collect();
        let path = paths.get(which.index(paths.len().max(1)))?.clone();
        let text = self.files.get_mut(&path)?;
        Some((path, text))
    }

    /// What happened to a path, as the corpus is told.
    fn change(&mut self, path: &str) -> Change {
        let before = self.read.remove(path);
        let Some(text) = self.files.get(path) else { return Change::Remove(path.into()) };
        if path.ends_with(".yaml") {
            self.read.insert(path.to_owned(), text.clone());
        }
        if let (Some(before), Some(role)) = (before, self.newsroom.role(path))
            && let Some(id) = self.newsroom.corpus.at_path(path)
            && let Some(known) = self.newsroom.corpus.file(id)
            && let Some(patch) = lint::reread(known, &before, text, role)
        {
            return Change::Patch(Box::new(patch));
        }
        if let Some(change) = self.newsroom.put(path, text) {
            return change;
        }
        // What no pattern takes is a bibliography if an article names it as one.
        let path: FilePath = Arc::from(path);
        match self.newsroom.corpus.bibliographies().contains(&path) {
            true => Change::Put(Box::new(lint::read(&path, text, FileRole::Bibliography))),
            // If it is a snapshot, that is found out once it is asked for.
            false => Change::Other(path),
        }
    }

    fn apply(&mut self, paths: &[String]) {
        let before: BTreeSet<FilePath> = self.newsroom.corpus.bibliographies().into_iter().collect();
        // Each as it is in the end: a patch is made from what the corpus holds.
        let paths: BTreeSet<&String> = paths.iter().collect();
        let changes: Vec<Change> = paths.iter().map(|path| self.change(path)).collect();
        for change in &changes {
            if let (Change::Patch(patch), Some(found)) = (change, self.in_corpus.get_mut(change.path())) {
                found.carry(patch);
            }
        }
        let Effect { files, entries } = self.newsroom.corpus.apply_closely(changes);
        let mut judge: BTreeSet<FileId> = files.into_iter().collect();
        let mut more: BTreeSet<FileId> = BTreeSet::new();
        // Files that articles have begun or ceased to name as bibliographies, and no others:
        // a file that is put in again touches all that it holds.
        let after: BTreeSet<FilePath> = self.newsroom.corpus.bibliographies().into_iter().collect();
        let is_other =
            |path: &&FilePath| self.files.contains_key(&***path) && self.newsroom.put(path, "").is_none();
        let others: Vec<&FilePath> = before.symmetric_difference(&after).filter(is_other).collect();
        let changes: Vec<Change> = others.into_iter().map(|path| self.change(path)).collect();
        if !changes.is_empty() {
            more.extend(self.newsroom.corpus.apply(changes));
        }
        more.extend(self.newsroom.add_snapshots(&self.files));
        let entries = entries.filter(|(id, _)| !more.contains(id));
        judge.append(&mut more);
        for id in judge {
            let Some(facts) = self.newsroom.corpus.file(id) else { continue };
            let path = facts.path.clone();
            let before = self.in_corpus.remove(&path);
            let (corpus, options) = (&self.newsroom.corpus, &self.newsroom.options);
            let settings = self.newsroom.config.settings_for(&path);
            let found = match (before, &entries) {
                (Some(mut found), Some((patched, entries))) if *patched == id => {
                    found.find_again(corpus, facts, entries, &settings, options);
                    found
                }
                _ => InCorpus::find(corpus, facts, &settings, options),
            };
            self.found.insert(path.clone(), found.diagnostics(facts, &settings));
            self.in_corpus.insert(path, found);
        }
        let corpus = &self.newsroom.corpus;
        self.in_corpus.retain(|path, _| corpus.at_path(path).is_some());
        self.found.retain(|path, _| corpus.at_path(path).is_some());
    }
}

/// What a client is told: of places in other files, lines and columns. How many bytes come
/// before them changes with each key press there, and nobody is told anew for that.
fn told(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut told = diagnostics.to_vec();
    for diagnostic in &mut told {
        let own = diagnostic.location.path.clone();
        let related = diagnostic.related.iter_mut().map(|related| &mut related.location);
        let edits = diagnostic.fixes.iter_mut().flat_map(|fix| &mut fix.edits).map(|edit| &mut edit.location);
        for location in related.chain(edits).filter(|location| location.path != own) {
            location.place.start.offset = 0;
            location.place.end.offset = 0;
        }
    }
    told
}

/// What was found in each file that there is.
fn found_in(newsroom: &Newsroom) -> BTreeMap<FilePath, Vec<Diagnostic>> {
    let files = newsroom.corpus.files();
    files.map(|(id, facts)| (facts.path.clone(), newsroom.diagnostics(id))).collect()
}

/// What the tables answer to everything that can be asked with the names above.
fn answers(corpus: &Corpus) -> String {
    let mut out = String::new();
    let mut files: Vec<&FileFacts> = corpus.files().map(|(_, facts)| facts).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    for file in files {
        let _ = writeln!(out, "{} {:?}", file.path, file.kind);
        for name in NAMES {
            let entities = match corpus.entity(file, &fold(name)) {
                EntityTarget::Nothing => Vec::new(),
                EntityTarget::One(one) => vec![one],
                EntityTarget::Several => corpus.entities_named(&fold(name)).first,
            };
            for entity in entities {
                let at = entity.what.id_place.start;
                let _ = writeln!(out, "  {name}: {} {at:?}", entity.file.path);
            }
            if let ArticleLink::There(article) = corpus.article_link(file, name) {
                let _ = writeln!(out, "  [[{name}]]: {}", article.path);
            }
        }
        for key in KEYS {
            let nearest = corpus.source(file, key).map(|source| source.what.key_place);
            let all = corpus.sources(file, key);
            assert_eq!(nearest, all.first().map(|source| source.what.key_place));
            for source in all {
                let _ = writeln!(out, "  @{key}: {} {:?}", source.file.path, source.what.key_place.start);
            }
        }
        if let Some(article) = &file.article {
            for reference in &article.claim_references {
                let target = match corpus.claim(file, reference) {
                    ClaimTarget::Claim(file, anchor) => format!("{} {:?}", file.path, anchor.place.start),
                    ClaimTarget::NoClaim(file) => format!("nothing in {}", file.path),
                    ClaimTarget::SeveralArticles => "several".to_owned(),
                    ClaimTarget::NoArticle => "nothing".to_owned(),
                };
                let _ = writeln!(out, "  {:?}#{}: {target}", reference.article, reference.id);
            }
            for claim in &article.claims {
                let speakers = match corpus.speakers(file, claim) {
                    Speakers::Entities(names) => names.iter().map(|name| name.name.clone()).collect(),
                    Speakers::Implied(name) => vec![name],
                    Speakers::Missing | Speakers::Unnamed | Speakers::Own => Vec::new(),
                };
                let _ = writeln!(out, "  {:?} said by {speakers:?}", claim.place.start);
            }
        }
        for entity in &file.entities {
            let _ = writeln!(out, "  {} is used: {}", entity.id, corpus.is_entity_used(entity));
        }
        for source in &file.sources {
            let _ = writeln!(out, "  {} is used: {}", source.key, corpus.is_source_used(&source.key));
        }
    }
    for slug in SLUGS {
        let articles: Vec<&FilePath> =
            corpus.articles(slug).first.into_iter().map(|file| &file.path).collect();
        let _ = writeln!(out, "{slug}: {articles:?}");
    }
    let _ = writeln!(out, "unknown: {:?}", corpus.unknown_paths());
    out
}

fn check(with_base: bool, batches: &[Vec<Step>]) -> Result<(), TestCaseError> {
    let mut session = Session::new(with_base);
    for batch in batches {
        let before = session.files.clone();
        let mut paths: Vec<String> = Vec::new();
        for step in batch {
            paths.extend(session.take(step));
        }
        session.newsroom.corpus.rest();
        session.apply(&paths);
        session.newsroom.corpus.rest();
        let fresh = Newsroom::new(&session.files);
        prop_assert_eq!(answers(&session.newsroom.corpus), answers(&fresh.corpus));
        for (path, expected) in found_in(&fresh) {
            let kept = session.found.get(&path);
            prop_assert!(
                kept.map(|kept| told(kept)) == Some(told(&expected)),
                "{path} after {paths:?}\nbefore: {before:#?}\nafter: {:#?}\nkept: {kept:#?}\nfresh: {expected:#?}",
                session.files
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_corpus_is_what_a_fresh_build_makes(
        with_base: bool,
        beginning in beginning(),
        batches in prop::collection::vec(prop::collection::vec(step(), 1..4), 1..10)
    ) {
        check(with_base, &[vec![beginning], batches].concat())?;
    }
}

/// Who speaks in one article decides what is found in another, which need not name them.
#[test]
fn a_speaker_who_goes_touches_what_is_quoted_elsewhere() {
    let quote = |by: &str| {
        format!(
            "[\"We counted them twice and came to nineteen before the lights went out\"]{{.quote by={by}}}\n"
        )
    };
    let files = Files::from([
        ("a.md".to_owned(), quote("bela")),
        ("b.md".to_owned(), quote("ana")),
        ("ana.entities.yaml".to_owned(), "- {id: ana, type: person}\n".to_owned()),
        ("more.entities.yaml".to_owned(), "- {id: bela, type: person}\n".to_owned()),
    ]);
    let mut newsroom = Newsroom::packed(&files);
    let later = newsroom.corpus.at_path("b.md").expect("it is there");
    let conflicts = |newsroom: &Newsroom| {
        let found = newsroom.diagnostics(later);
        found.iter().filter(|found| found.rule == "quote-speaker-conflict").count()
    };
    assert_eq!(conflicts(&newsroom), 1);
    let gone = newsroom.put("more.entities.yaml", "");
    let touched = newsroom.corpus.apply(gone);
    assert_eq!(conflicts(&newsroom), 0, "nobody knows any more who it was");
    assert!(touched.contains(&later));
}

/// A registry is written anew, a few entries at a time, beside one of entities; each time it has
/// to be what a fresh start would find.
fn registry_through(texts: &[String]) {
    let entities =
        "- {id: alliance, aliases: [Front]}\n- {id: norhaven, aliases: [Front]}\n- {id: mill, type: place}\n";
    let mut steps = vec![vec![Step::Write("entities.yaml", entities.to_owned())]];
    steps.extend(texts.iter().map(|text| vec![Step::Write("sources.yaml", text.clone())]));
    check(false, &steps).expect("what is kept is what there is");
}

/// What is said of several entries at once is said where the first of them stands.
#[test]
fn what_is_said_once_in_a_registry_is_said_of_the_entries_as_they_are() {
    let texts =
        [["mill", "Front", "mill", "Front"], ["Front"; 4], ["mill", "Front", "Front", "mill"], ["mill"; 4]];
    let text = |issuers: &[&str; 4]| {
        let entry =
            |(number, issuer)| format!("- {{id: s{number}, type: report, custom: {{issuer: {issuer}}}}}\n");
        issuers.iter().enumerate().map(entry).collect::<String>()
    };
    registry_through(&texts.iter().map(text).collect::<Vec<String>>());
}

/// What was meant is worked out for so many names of a file and no more, from its beginning.
#[test]
fn of_a_registry_full_of_slips_the_first_get_a_guess() {
    let text = |slips: std::ops::Range<usize>| {
        let entry = |number| {
            let key = if slips.contains(&number) { "s0000" } else { "s000" };
            format!("- {{id: s{number:03}, type: report, custom: {{relays: [{key}]}}}}\n")
        };
        (0..230).map(entry).collect::<String>()
    };
    registry_through(&[
        text(1..199),
        text(1..200),
        text(1..201),
        text(1..202),
        text(1..225),
        text(2..225),
        text(3..9),
    ]);
}
